"""Every chart of a network's training by its name, the slice in the main place first."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from charts.figure import Say
from charts.network.bands import rate_chart, sigma_chart
from charts.network.cut import cut_chart
from charts.network.losses import accuracy_chart, loss_chart
from charts.network.sharpness import sharpness_chart
from charts.network.tiles import tiles_chart
from charts.theme import Theme
from engine.labels import labels
from network.studied import Slice
from network.study import Study
from network.training import Training
from player.contract import Figure

NETWORK_CURVES = ("stability", "loss", "accuracy", "sigma", "step_size", "digits")
"""The charts beside the slice."""

CUT_TITLES = {"paths": "Along the paths", "random": "At random", "gradient": "Gradient and sharpest"}
"""What the slices are called."""


@dataclass(frozen=True, eq=False)
class Studied:
    """What there is to draw of a study: its trainings so far, and a slice, if there is one."""

    study: Study
    trainings: Sequence[Training]
    cut: Slice | None


def network_figures(
    shown: Studied, charts: Sequence[str], theme: Theme, say: Say = str, tick: Callable[[], None] = lambda: None
) -> dict[str, Figure]:
    """Return some of the charts by their names: of NETWORK_CURVES, and the slice as "map", if there is one.

    tick: called before each one.
    """
    names, end = labels(shown.study, say), shown.study.steps
    runs, cut = shown.trainings, shown.cut
    drawn: dict[str, Callable[[], Figure | None]] = {
        "map": lambda: cut_chart(names, runs, cut, theme, say) if cut else None,
        "stability": lambda: sharpness_chart(names, runs, end, theme, say),
        "loss": lambda: loss_chart(names, runs, cut, end, theme, say),
        "accuracy": lambda: accuracy_chart(names, runs, end, theme, say),
        "sigma": lambda: sigma_chart(names, runs, end, theme, say),
        "step_size": lambda: rate_chart(names, runs, end, theme, say),
        "digits": lambda: tiles_chart(shown.study, runs, theme, say),
    }
    figures = {}
    for name in charts:
        tick()
        figure = drawn[name]()
        if figure is not None:
            figures[name] = figure
    return figures
