"""The chart of a training's preconditioned sharpness: does it hover at the limit of the parabola?"""

from collections.abc import Sequence

import numpy as np

from charts.figure import Say
from charts.network.curves import Curve, CurvePanel, Level, curves_chart
from charts.ranges import AxisRange
from charts.theme import Theme
from charts.time import BESIDE_DASH
from network.training import Training
from player.contract import Figure

HIGHEST = 2.2
"""How many times its limit a chart of runs with one limit shows at most."""


def sharpness_chart(
    names: Sequence[str], trainings: Sequence[Training], end: int, theme: Theme, say: Say = str
) -> Figure:
    """Return the largest eigenvalues of diag(mu_t / sigma_t) H, with each run's limit, and its curvature along g."""
    values, along, levels, spans = [], [], [], []
    for k, (name, training, limit) in enumerate(zip(names, trainings, limits_of(trainings), strict=True)):
        looks = training.clock
        found = np.array([look.sharpness.values for look in training.looks])
        for number, eigenvalue in enumerate(found.T):
            title = f"{name}, λ{number + 1}" if found.shape[1] > 1 else name
            thin = {"width": 1.0, "dash": BESIDE_DASH} if number else {}
            values.append(Curve(k, looks, eigenvalue, title, **thin))  # type: ignore[arg-type]
        along.append(Curve(k, looks, training.at_looks("along"), name))
        if np.isfinite(limit):
            levels.append(Level(k, limit))
            spans += [(k, span) for span in _above(training)]
    axis = limit_axis(trainings)
    panels = (
        CurvePanel(say("Sharpness") + " λ(diag(μₜ/σₜ) H)", values, levels, spans, axis),
        CurvePanel(say("Along the gradient"), along, levels, (), axis),
    )
    return curves_chart(panels, [training.is_lost for training in trainings], end, theme, say)


def limits_of(trainings: Sequence[Training]) -> list[float]:
    """Return the limit of each run, nan where it has none that is finite."""
    limits = (np.nan if training.limit is None else training.limit for training in trainings)
    return [limit if np.isfinite(limit) else np.nan for limit in limits]


def limit_axis(trainings: Sequence[Training]) -> AxisRange | None:
    """Return a linear axis where all runs have one limit, which is then easy to see; else None."""
    limits = limits_of(trainings)
    if np.isnan(limits).any() or len(set(limits)) != 1:
        return None
    return AxisRange("linear", (0.0, HIGHEST * limits[0]))


def _above(training: Training) -> list[tuple[int, int]]:
    """Return the spans of updates between looks at which sharpness is above the limit."""
    looks = np.append(training.clock, training.updates)
    limit = np.inf if training.limit is None else training.limit
    with np.errstate(invalid="ignore"):
        above = training.sharpness > limit
    edges = np.flatnonzero(np.diff(np.concatenate([[False], above, [False]]).astype(int)))
    return [(int(looks[a]), int(looks[b])) for a, b in zip(edges[::2], edges[1::2], strict=True)]
