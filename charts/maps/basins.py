"""Basins: every start of a window in the hue of the place where its run ends, the darker the longer that took."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from charts.figure import Say, Trace
from charts.ground import contours
from charts.map import critical_points
from charts.maps.frame import Tableau, path, plane_figure
from charts.maps.picture import LOST, PATTERNS, Colours, Pattern, mixed, painted, rgb
from charts.theme import Theme
from engine.fields import RUN_KEYS
from engine.labels import labels
from engine.scenario import Scenario
from engine.trajectory import ENDINGS, Ending, Trajectory
from ensembles.axis import Axis
from ensembles.basins import Basins
from player.contract import Figure
from spec.shared import shared
from surfaces.base import CriticalPoint

PALE, DEEP = 0.72, 0.12
"""How much of the page's colour is mixed into a hue where a run has ended at once, and where it took all updates."""

SHADES = 24
"""Steps of lightness: more are not told apart, and make a picture larger."""

WITHOUT_HUE: dict[Ending, tuple[str, Pattern]] = {
    "diverged": (LOST, "up"),
    "undefined": (LOST, "dots"),
    "saddle": ("#c9c9c9", "grid"),
}
"""The colour and the pattern of the endings that are at none of the places where runs should."""

ELSE: tuple[str, Pattern] = ("#d8d4c8", "level")
"""Of all other endings: on its way, or at rest where nothing holds it."""

DRAWN = 4
"""Pictures that are kept while cells of them are pointed at."""

AGAIN: tuple[Pattern, ...] = ("plain", "upright", "down")
"""The patterns of the first places, of as many again in the same hues, and of more."""


@dataclass(frozen=True)
class Outcome:
    """One outcome of many starts, as a key says it.

    code: its number among a map's colours. place: where runs ended, None where that is no one place. ending: how.
    share: of all starts. colour, pattern: of its cells.
    """

    code: int
    place: tuple[float, float] | None
    ending: Ending
    share: float
    colour: str
    pattern: Pattern


def outcomes(basins: Basins, theme: Theme) -> list[Outcome]:
    """Return the outcomes of the starts, those at places first, in the order of the places."""
    made = []
    for code in _codes(basins):
        share = float((basins.colours == code).mean())
        if code < 0:
            made.append(Outcome(code, None, ENDINGS[-1 - code], share, *_without_hue(ENDINGS[-1 - code])))
            continue
        x, y = basins.places[code].tolist()
        endings = basins.ending[basins.colours == code]
        ending = ENDINGS[int(np.bincount(endings, minlength=len(ENDINGS)).argmax())]
        look = WITHOUT_HUE["saddle"] if ending == "saddle" else _hue(code, theme)
        made.append(Outcome(code, (x, y), ending, share, *look))
    return made


def _codes(basins: Basins) -> list[int]:
    codes = np.unique(basins.colours).tolist()
    return [*(code for code in codes if code >= 0), *sorted((code for code in codes if code < 0), reverse=True)]


def _hue(place: int, theme: Theme) -> tuple[str, Pattern]:
    turn, hue = divmod(place, len(theme.runs) - 1)  # the last is black or white
    return theme.runs[hue], AGAIN[min(turn, len(AGAIN) - 1)]


def _without_hue(ending: Ending) -> tuple[str, Pattern]:
    return WITHOUT_HUE.get(ending, ELSE)


def _looks(basins: Basins, steps: int, theme: Theme) -> tuple[Colours, NDArray[np.uint8]]:
    """Return colours and patterns of the cells."""
    shape = basins.ending.shape
    base, drawn = np.zeros((*shape, 3)), np.zeros(shape, np.uint8)
    for code, outcome in zip(_codes(basins), outcomes(basins, theme), strict=True):
        here = basins.colours == code
        base[here], drawn[here] = rgb(outcome.colour), PATTERNS.index(outcome.pattern)
    time = np.log1p(basins.updates) / np.log1p(max(steps, 1))
    pale = PALE - (PALE - DEEP) * np.round(np.clip(time, 0.0, 1.0) * SHADES) / SHADES
    return mixed(base, rgb(theme.background), pale), drawn


@shared(DRAWN)
def _picture(basins: Basins, steps: int, theme: Theme) -> NDArray[np.uint8]:
    """Return the picture of the cells, which is the same whichever one is pointed at."""
    return painted(*_looks(basins, steps, theme), theme)


def basins_figure(
    scenario: Scenario,
    maps: Mapping[str, Basins],
    axes: tuple[Axis, Axis],
    trajectories: Sequence[Trajectory],
    theme: Theme,
    say: Say = str,
) -> Figure:
    """Return the basins of one or two runs, by their letters, with the paths of those runs over them."""
    names = labels(scenario, say)
    tableaux = []
    for letter, one in maps.items():
        k = RUN_KEYS.index(letter)
        over = [*_ground(scenario, axes, theme, say), path(k, names[k], trajectories[k].theta, theme)]
        tableaux.append(Tableau(names[k], _picture(one, scenario.steps, theme), over))
    x, y = zip(axes, scenario.surface.axes, strict=True)
    return plane_figure(tableaux, x, y, theme)


def _ground(scenario: Scenario, axes: tuple[Axis, Axis], theme: Theme, say: Say) -> list[Trace]:
    """Return lines of equal loss and the places that are known, without a picture of their own."""
    lines = contours(scenario.surface, theme, say) | {"hoverinfo": "skip"}
    del lines["meta"], lines["hovertemplate"]
    points = [p for p in scenario.surface.critical_points if p.kind == "minimum" and _shows(axes, p)]
    return [lines, *([critical_points(points, theme, say) | {"hoverinfo": "skip"}] if points else [])]


def _shows(axes: tuple[Axis, Axis], point: CriticalPoint) -> bool:
    x, y = axes
    return x.low <= point.x <= x.high and y.low <= point.y <= y.high
