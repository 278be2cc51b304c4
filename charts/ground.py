"""The ground of the map: the relief, lines of equal loss over it, and what a few of them stand for."""

import numpy as np
from numpy.typing import NDArray

from charts.figure import Say, Trace, float32
from charts.relief import reliefs
from charts.theme import TYPE, Theme
from engine.landscape import landscape, surroundings
from engine.levels import Levels, levels_of, written
from engine.trajectory import Floats
from player.contract import GroundMeta, ReliefMeta
from spec.shared import shared
from surfaces.base import Point, Surface

FINE = 1 / 2048
"""Of the spacing between lines: as exact as a line is drawn, in few bytes."""

SPARE_BITS = 8
"""Of the 23 digits of a loss in 32 bits, how many are zero; what is left is exact to five decimal digits."""

LABELLED = (0.3, 0.52, 0.74, 0.96)
"""Which of a window's lines say what they stand for, as shares of all of them."""

EDGE, ASIDE, APART, UPRIGHT = 0.08, 0.06, 0.2, 0.09
"""Of the window, at least: a label from its edge, from a critical point, from another one; and from a start."""


def contours(surface: Surface, theme: Theme, say: Say) -> Trace:
    """Return the lines of a surface, with its relief in the trace's meta; z is where a height lies among the levels."""
    levels = levels_around(surface)
    x, y = surface.axes
    return {
        "type": "contour",
        **_heights(surface),
        "contours": {"start": 0, "end": len(levels.losses) - 1, "size": 1, "coloring": "none"},
        "line": {"color": theme.contour_line, "width": 1},
        "showscale": False,
        "meta": GroundMeta(
            reliefs=[ReliefMeta(file=r.file, x=list(r.x), y=list(r.y)) for r in reliefs(surface, theme)]
        ),
        "hovertemplate": f"{x} %{{x:.4~g}}<br>{y} %{{y:.4~g}}<br>{say('loss')} %{{customdata:.4~g}}<extra></extra>",
    }


@shared(64)
def _heights(surface: Surface) -> Trace:
    """Return the arrays of the lines of a surface; nobody writes into them."""
    land, levels = surroundings(surface), levels_around(surface)
    return {
        "x": float32(land.x),
        "y": float32(land.y),
        "z": float32(np.round(levels.position(land.height) / FINE) * FINE),
        "customdata": _short(float32(land.loss)),
    }


def contour_labels(surface: Surface, start: Point, theme: Theme, say: Say) -> Trace:
    """Return the losses of a few lines, each where its line runs level; none at the start."""
    x, y = start
    sides = [high - low for low, high in surface.window]
    labels = [
        label for label in _labels(surface) if np.hypot((label[0] - x) / sides[0], (label[1] - y) / sides[1]) > UPRIGHT
    ]
    halo = f"0 0 3px {theme.background}"
    return {
        "type": "scatter",
        "mode": "text",
        "x": [label[0] for label in labels],
        "y": [label[1] for label in labels],
        "text": [label[2] for label in labels],
        "textfont": {"color": theme.text, "size": TYPE.small, "shadow": ", ".join([halo] * 6)},
        "showlegend": False,
        "hovertemplate": f"{say('loss')} %{{text}}<extra></extra>",
    }


@shared(64)
def levels_around(surface: Surface) -> Levels:
    """Return the levels of a surface's map."""
    return levels_of(landscape(surface), surroundings(surface))


def _short(numbers: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return numbers in 32 bits whose last SPARE_BITS are zero; nan and infinity stay what they are."""
    bits = numbers.view(np.uint32)
    rounded = (bits + np.uint32(1 << (SPARE_BITS - 1))) & np.uint32(0xFFFFFFFF << SPARE_BITS & 0xFFFFFFFF)
    return np.where(np.isfinite(numbers), rounded.view(np.float32), numbers)


@shared(64)
def _labels(surface: Surface) -> tuple[tuple[float, float, str], ...]:
    """Return place and text of each label: where its line runs level, far from its neighbours and from other labels."""
    levels, sides = levels_around(surface), np.array([high - low for low, high in surface.window])
    corner = np.array([low for low, _ in surface.window])
    taken = [(np.array([p.x, p.y]) - corner) / sides for p in surface.critical_points]
    distances = [ASIDE] * len(taken)
    labels = []
    for k in dict.fromkeys(round(share * (levels.inside - 1)) for share in LABELLED):
        points, ease = _crossings(surface, levels.heights[k])
        is_free = (np.abs(points - 0.5) < 0.5 - EDGE).all(axis=1)
        for place, distance in zip(taken, distances, strict=True):
            is_free &= np.hypot(*(points - place).T) > distance
        if not is_free.any():
            continue
        best = points[np.argmax(np.where(is_free, ease, -np.inf))]
        taken.append(best)
        distances.append(APART)
        x, y = (best * sides + corner).tolist()
        labels.append((x, y, written(float(levels.losses[k]))))
    return tuple(labels)


def _crossings(surface: Surface, height: float) -> tuple[Floats, Floats]:
    """Return where a line crosses the window's columns, (n, 2) as shares of it, and how good each is for a label."""
    land = landscape(surface)
    below, above = land.height[:-1] - height, land.height[1:] - height
    with np.errstate(invalid="ignore"):
        rows, columns = np.nonzero((below < 0) != (above < 0))
    known = np.isfinite(below[rows, columns]) & np.isfinite(above[rows, columns])
    rows, columns = rows[known], columns[known]
    start, end = below[rows, columns], above[rows, columns]
    last = len(land.x) - 1
    points = np.stack([columns / last, (rows + start / (start - end)) / last], axis=1)
    slopes: list[Floats] = list(np.gradient(land.height))
    north, east = (slope[rows, columns] for slope in slopes)
    with np.errstate(invalid="ignore", divide="ignore"):
        level = np.abs(north) / np.hypot(north, east)
        ease = 2 * level - 0.3 * np.log(np.hypot(north, east)) - np.abs(points[:, 0] - 0.5)
    return points, np.where(np.isfinite(ease), ease, -np.inf)
