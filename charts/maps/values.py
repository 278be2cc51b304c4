"""Numbers of many runs as colours: which number a map shows, where each lies on a scale, and what the scale says."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, cast

import numpy as np
from numpy.typing import NDArray

from charts.figure import Say, Trace
from charts.maps.frame import colour_bar
from charts.maps.picture import PATTERNS, Colours, rgb
from engine.trajectory import ENDINGS, LOST, Floats
from ensembles.plane import Plane, equalised
from ensembles.watch import floor_of
from spec.knobs import format_real
from surfaces.base import Surface

Measure = Literal["loss", "best", "updates", "goal", "trainability"]

MEASURES: Mapping[Measure, str] = {
    "loss": "Loss at the end",
    "best": "Lowest loss on the way",
    "updates": "Updates until at rest",
    "goal": "Updates to the goal",
    "trainability": "Trainability",
}

RAMP = ("#00204c", "#213d6b", "#555b6c", "#7b7a77", "#a59c74", "#d3c064", "#ffe945")
"""From little to much, for every kind of colour vision; lightness alone says as much."""

BLUES, REDS = ("#10305c", "#3f74b5", "#bcd6ee"), ("#f7d3bb", "#d07236", "#5f2407")
"""What trains, from best to worst, and what does not, from nearly to not at all."""

DEEPEST = 16.0
"""Decades that a scale of losses shows at most."""

MARKS = 6


@dataclass(frozen=True, eq=False)
class Shades:
    """The cells of a map on a scale.

    at: (y, x), from 0 to 1, nan where a cell has no number. marks: places on the scale and what stands there.
    """

    at: Floats
    ramp: Sequence[str]
    marks: Sequence[tuple[float, str]]

    @property
    def colours(self) -> Colours:
        """The colours of the cells, (y, x, 3)."""
        anchors = np.array([rgb(colour) for colour in self.ramp])
        along = np.linspace(0.0, 1.0, len(anchors))
        at = np.nan_to_num(self.at, nan=1.0)
        channels = [np.interp(at, along, anchors[:, channel]) for channel in range(3)]
        made: Colours = np.rint(np.stack(channels, axis=-1)).astype(np.uint8)
        return made

    def bar(self, title: str) -> Trace:
        """Return the scale as a bar of colours."""
        last = len(self.ramp) - 1
        return colour_bar(title, [(k / last, colour) for k, colour in enumerate(self.ramp)], self.marks)


def shades(planes: Sequence[Plane], measure: Measure, surface: Surface, say: Say = str) -> list[Shades]:
    """Return the cells of maps of one scene on one scale."""
    values = [numbers_of(plane, measure) for plane in planes]
    if measure == "trainability":
        return _trainability(values, say)
    values = [np.where(is_lost(plane), np.nan, one) for plane, one in zip(planes, values, strict=True)]
    return _counts(values) if measure in ("updates", "goal") else _losses(values, surface)


def numbers_of(plane: Plane, measure: Measure) -> Floats:
    """Return what a map says of its cells, (y, x); nan where a cell has no number."""
    if measure == "trainability":
        return cast(Floats, plane.trainability)
    if measure in ("updates", "goal"):
        counts = np.asarray(_rests(plane) if measure == "updates" else plane.to_goal, float)
        return np.where(counts < 0, np.nan, counts)
    return plane.loss if measure == "loss" else cast(Floats, plane.best)


def patterns(plane: Plane) -> NDArray[np.uint8]:
    """Return the patterns of what has no number: lines where a run went off, dots where its loss was undefined."""
    made = np.zeros(plane.ending.shape, np.uint8)
    for ending, pattern in zip(LOST, ("up", "dots"), strict=True):
        made[plane.ending == ENDINGS.index(ending)] = PATTERNS.index(pattern)
    return made


def is_lost(plane: Plane) -> NDArray[np.bool_]:
    """Return which runs of a map were lost, (y, x)."""
    return np.isin(plane.ending, [ENDINGS.index(ending) for ending in LOST])


def _losses(values: Sequence[Floats], surface: Surface) -> list[Shades]:
    """Return losses on a scale of decades above the lowest one, known or found."""
    known = np.concatenate([loss[np.isfinite(loss)] for loss in values])
    if not len(known):
        return [Shades(loss, RAMP, ()) for loss in values]
    floor = min(floor_of(surface), float(known.min()))
    with np.errstate(all="ignore"):
        logs = [np.log10(loss - floor) for loss in values]
        above = np.log10(known - floor)
    finite = above[np.isfinite(above)]
    high = float(np.percentile(finite, 99)) if len(finite) else 0.0
    low = min(max(high - DEEPEST, float(finite.min()) if len(finite) else high), high - 1.0)
    return [Shades(np.clip((log - low) / (high - low), 0.0, 1.0), RAMP, _decades(low, high)) for log in logs]


def _decades(low: float, high: float) -> list[tuple[float, str]]:
    every = max(1, round((high - low) / MARKS))
    exponents = range(math.ceil(low), math.floor(high) + 1, every)
    return [((exponent - low) / (high - low), f"10<sup>{exponent}</sup>".replace("-", "−")) for exponent in exponents]


def _counts(values: Sequence[Floats]) -> list[Shades]:
    """Return counts on a scale of decades that begins at 0."""
    high = max((float(np.nanmax(count)) for count in values if np.isfinite(count).any()), default=1.0)
    last = math.log1p(max(high, 1.0))
    written = [0.0, *(10.0**k for k in range(math.floor(math.log10(max(high, 1.0))) + 1))]
    marks = [(math.log1p(n) / last, format_real(n)) for n in written]
    return [Shades(np.log1p(count) / last, RAMP, marks) for count in values]


def _rests(plane: Plane) -> NDArray[np.int32]:
    moving = np.isin(plane.ending, [ENDINGS.index(name) for name in ("moving", "stalled", "idle", *LOST)])
    return np.where(moving, -1, plane.updates).astype(np.int32)


def _trainability(values: Sequence[Floats], say: Say) -> list[Shades]:
    marks = [(0.0, say("trains best")), (0.5, say("the border")), (1.0, say("not at all"))]
    return [Shades(_from_best(equalised(one)), (*BLUES, *REDS), marks) for one in values]


def _from_best(rank: Floats) -> Floats:
    """Return ranks as places: those that train, -1 to 0, by their sum, then the others from nearly to not at all.

    The sum of v is small where a run trains well, the sum of 1 / v where it does not train at all.
    """
    return np.where(rank < 0.0, -rank / 2.0, 1.0 - rank / 2.0)
