"""Maps of many runs as figures: what a colour says can be read back, and every side has numbers on it."""

import io
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from charts.figure import to_plotly
from charts.maps.basins import basins_figure, outcomes
from charts.maps.picture import PATTERNS, css, painted, rgb
from charts.maps.plane import planes_figure
from charts.maps.sides import ends, place, side, value_at
from charts.maps.values import MEASURES, is_lost, numbers_of, shades
from charts.theme import DARK, LIGHT
from engine.simulate import simulate
from engine.trajectory import ENDINGS
from engine.url import decode
from ensembles.axis import Axis, axis_of
from ensembles.basins import basins
from ensembles.plane import plane

VALLEY, _ = decode({"v": "1", "surface": "valley", "steps": "60", "a": "adam", "a.lr": "0.1"})
HILLS, _ = decode(
    {"v": "1", "surface": "himmelblau", "steps": "150", "a": "gd", "a.lr": "0.01", "b": "adam", "b.lr": "1"}
)
X, Y = axis_of(VALLEY, "a.lr", 1e-3, 1e3, 7), axis_of(VALLEY, "a.beta1", count=5)
PLANE = plane(VALLEY, X, Y, goal=1.0)
SIDES = (axis_of(HILLS, "x", count=9), axis_of(HILLS, "y", count=8))


def pixels(file):
    return np.asarray(Image.open(io.BytesIO(file.tobytes())).convert("RGB"))


def test_a_picture_has_its_lowest_row_below_and_every_cell_as_large():
    colours = np.array([[[255, 0, 0], [0, 255, 0]], [[0, 0, 255], [9, 9, 9]]], np.uint8)
    made = pixels(painted(colours, np.zeros((2, 2), np.uint8), LIGHT))
    half = len(made) // 2
    assert (made[:half, :half] == (0, 0, 255)).all()
    assert (made[half:, half:] == (0, 255, 0)).all()


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_patterns_differ_where_colours_do_not(theme):
    colours = np.full((1, len(PATTERNS), 3), 128, np.uint8)
    made = pixels(painted(colours, np.arange(len(PATTERNS), dtype=np.uint8)[None], theme))
    width = made.shape[1] // len(PATTERNS)
    cells = [made[:, k * width : (k + 1) * width].tobytes() for k in range(len(PATTERNS))]
    assert len(set(cells)) == len(PATTERNS)
    assert len({css(pattern, theme) for pattern in PATTERNS}) == len(PATTERNS)


@given(st.floats(1e-6, 1e6), st.floats(1.1, 1e6), st.integers(1, 40))
def test_what_stands_along_a_logarithmic_side_lies_on_it(low, factor, count):
    axis = Axis("a.lr", low, low * factor, count, log=True)
    first, last = ends(axis)
    drawn = side(axis, "")
    assert drawn["range"] == [first, last]
    assert all(first - 1e-9 <= at <= last + 1e-9 for at in drawn["tickvals"])
    assert drawn["tickvals"] == sorted(set(drawn["tickvals"]))
    assert len(drawn["tickvals"]) <= 14
    assert value_at(axis, place(axis, low)) == pytest.approx(low)


@given(st.floats(0.0, 0.9), st.floats(0.01, 1.0))
def test_what_stands_along_a_side_of_memory_lies_on_it(low, share):
    axis = Axis("a.beta1", low, 1.0 - (1.0 - low) * (1.0 - share) - 1e-7 * share, 9, memory=True)
    drawn = side(axis, "")
    assert all(axis.low - 1e-9 <= value_at(axis, at) <= axis.high + 1e-9 for at in drawn["tickvals"])
    assert drawn["tickvals"] == sorted(set(drawn["tickvals"]))


@pytest.mark.parametrize("measure", MEASURES)
@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_a_plane_of_every_measure_is_a_figure(measure, theme):
    figure = planes_figure(VALLEY, {"a": PLANE}, measure, theme)
    to_plotly(figure)
    assert figure.layout["meta"]["cells"] == {"subplots": [["xaxis", "yaxis"]], "counts": [7, 5]}
    (scaled,) = shades([PLANE], measure, VALLEY.surface)
    known = np.isfinite(numbers_of(PLANE, measure)) & ((measure == "trainability") | ~is_lost(PLANE))
    assert np.isfinite(scaled.at[known]).all()
    assert (scaled.at[known] >= 0.0).all()
    assert (scaled.at[known] <= 1.0).all()
    assert len(scaled.marks) >= 2


@pytest.mark.parametrize("measure", ["loss", "best", "updates", "goal"])
def test_a_lower_number_lies_lower_on_its_scale(measure):
    (scaled,) = shades([PLANE], measure, VALLEY.surface)
    numbers = numbers_of(PLANE, measure)
    known = np.isfinite(numbers) & ~is_lost(PLANE)
    order = np.argsort(numbers[known], kind="stable")
    assert (np.diff(scaled.at[known][order]) >= -1e-12).all()


def test_where_nothing_is_known_a_plane_is_still_a_figure():
    lost = replace(
        PLANE,
        loss=np.full_like(PLANE.loss, np.inf),
        ending=np.full_like(PLANE.ending, ENDINGS.index("undefined")),
    )
    for measure in MEASURES:
        to_plotly(planes_figure(VALLEY, {"a": lost}, measure, DARK))


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_basins_say_every_start_once(theme):
    x, y = SIDES
    maps = {run: basins(HILLS, run, (x.low, x.high, y.low, y.high), 9, 8) for run in "ab"}
    figure = basins_figure(HILLS, maps, SIDES, simulate(HILLS), theme)
    to_plotly(figure)
    assert figure.layout["meta"]["cells"]["subplots"] == [["xaxis", "yaxis"], ["xaxis2", "yaxis2"]]
    for one in maps.values():
        told = outcomes(one, theme)
        assert sum(outcome.share for outcome in told) == pytest.approx(1.0)
        assert len({(outcome.colour, outcome.pattern) for outcome in told}) == len(told)


def test_a_colour_is_read():
    assert rgb("#0a10ff").tolist() == [10.0, 16.0, 255.0]
