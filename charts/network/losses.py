"""The charts of a training's losses and gradient, and of what it has learned."""

from collections.abc import Sequence

import numpy as np

from charts.figure import Say
from charts.network.curves import Curve, CurvePanel, curves_chart
from charts.ranges import AxisRange
from charts.theme import Theme
from charts.time import BESIDE_DASH
from network.studied import Slice
from network.training import Training
from player.contract import Figure

HELD_OUT_DASH = "5px,3px"


def loss_chart(
    names: Sequence[str], trainings: Sequence[Training], cut: Slice | None, end: int, theme: Theme, say: Say = str
) -> Figure:
    """Return the loss of each update's batch, on held-out digits and on the slice, and the norm of the gradient."""
    losses, norms = [], []
    held, on = say("held out"), say("on the slice")
    for k, (name, training) in enumerate(zip(names, trainings, strict=True)):
        updates, looks = np.arange(training.updates), training.clock
        losses.append(Curve(k, updates, training.loss, name))
        held_out = f"{name}, {held}"
        losses.append(Curve(k, looks, training.at_looks("held_out"), held_out, dash=HELD_OUT_DASH))
        if cut:
            on_slice = f"{name}, {on}"
            losses.append(Curve(k, looks, cut.along[k], on_slice, dash=BESIDE_DASH, width=1.5, decides=False))
        norms.append(Curve(k, updates, training.gradient_norm, name))
    title = say("Loss") + f" L, - - {held}" + (f", ⋯ {on}" if cut else "")
    panels = (CurvePanel(title, losses), CurvePanel(say("Gradient norm") + " ‖g‖", norms))
    return curves_chart(panels, [training.is_lost for training in trainings], end, theme, say)


def accuracy_chart(
    names: Sequence[str], trainings: Sequence[Training], end: int, theme: Theme, say: Say = str
) -> Figure:
    """Return the share of held-out digits that are read rightly, and the learning rate."""
    right, rates = [], []
    for k, (name, training) in enumerate(zip(names, trainings, strict=True)):
        right.append(Curve(k, training.clock, training.at_looks("accuracy"), name))
        rates.append(Curve(k, np.arange(len(training.lr)), training.lr, name))
    panels = (
        CurvePanel(say("Held-out digits read rightly"), right, axis=AxisRange("linear", (0.0, 1.03))),
        CurvePanel(say("Learning rate") + " μₜ", rates),
    )
    return curves_chart(panels, [False] * len(trainings), end, theme, say)
