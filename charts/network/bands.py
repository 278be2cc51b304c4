"""The charts of sigma and of mu / sigma over all parameters: a band in the place of the valley's two curves."""

from collections.abc import Sequence
from functools import partial

import numpy as np

from charts.figure import Say
from charts.network.curves import LAYER_DASHES, Curve, CurvePanel, curves_chart
from charts.theme import Theme
from engine.trajectory import Floats
from network.training import Training
from player.contract import Figure

LOWEST, LOW, MEDIAN, HIGH, HIGHEST = range(5)


def _chart(
    name: str, title: str, names: Sequence[str], trainings: Sequence[Training], end: int, theme: Theme, say: Say
) -> Figure:
    whole, layers = [], []
    layer_word = say("layer")
    for k, (run, training) in enumerate(zip(names, trainings, strict=True)):
        looks, found = training.clock, training.at_looks(name)  # (n, 1 + layers, 5)
        if not len(looks):
            continue
        shares = _shown(found[:, 0]).T
        bands = ((shares[LOWEST], shares[HIGHEST]), (shares[LOW], shares[HIGH]))
        whole.append(Curve(k, looks, shares[MEDIAN], run, bands))
        for layer in range(1, found.shape[1]):
            medians = _shown(found[:, layer, MEDIAN])
            label = f"{run}, {layer_word} {layer}"
            layers.append(Curve(k, looks, medians, label, dash=LAYER_DASHES[layer - 1], width=1.5))
    of_all, of_layers = say("all weights"), say("layer by layer")
    panels = (CurvePanel(f"{title}, {of_all}", whole), CurvePanel(f"{title}, {of_layers}", layers))
    return curves_chart(panels, [training.is_lost for training in trainings], end, theme, say)


def _shown(values: Floats) -> Floats:
    """Return values for a logarithmic axis, which has no place for 0."""
    shown: Floats = np.where(values > 0.0, values, np.nan)
    return shown


sigma_chart = partial(_chart, "sigma", "σ")
"""sigma of each parameter over the updates."""

rate_chart = partial(_chart, "rate", "μₜ/σ")
"""mu_t / sigma of each parameter over the updates."""
