"""The surface of a slice that was brought: an address names it, and without it nothing is made up."""

import pickle

import numpy as np
import pytest

from charts.map import map_chart
from charts.theme import LIGHT
from engine.landscape import landscape
from engine.levels import levels_of
from engine.scenario import Run, Scenario
from engine.simulate import simulate
from engine.url import decode, encode
from explain.brought import told_of_slice
from export.measured_code import MOST_LOSSES, measured_gradient
from optimizers.adam import Adam
from spec.sentences import SentenceError
from surfaces.measured.grid import Grid
from surfaces.measured.recording import Recording
from surfaces.measured.shelf import SHELF
from surfaces.slice_brought import SliceBrought


def recording(rows=21, columns=31, walk=None, holes=(), scale=1.0):
    x, y = np.linspace(-2.0, 1.0, columns), np.linspace(-1.0, 2.0, rows)
    loss = scale * np.exp(x[None, :] ** 2 + 2.0 * y[:, None] ** 2)
    for row, column in holes:
        loss[row, column] = np.nan
    points = b"" if walk is None else np.array(walk, float).tobytes()
    return Recording(Grid.of(x, y, loss), points)


def scene(surface, steps=60):
    return Scenario(surface, surface.start, steps, (Run(Adam(), 0.05),))


@pytest.fixture
def shelf():
    token = SHELF.set({})
    yield SHELF.get()
    SHELF.reset(token)


def test_it_is_what_was_measured(shelf):
    found = recording()
    surface = SliceBrought.of(found)
    grid = found.grid
    x, y = np.meshgrid(np.linspace(*grid.x), np.linspace(*grid.y))
    np.testing.assert_allclose(surface.value_array(x, y), grid.loss, rtol=1e-12)
    assert surface.window == ((-2.0, 1.0), (-1.0, 2.0))
    assert surface.start == (-2.0, 2.0)


def test_an_address_names_it_and_finds_it_where_it_was_put(shelf):
    found = recording()
    made = scene(SliceBrought(found.content, turned=True, heights="linear", found=found))
    query = encode(made)
    assert query["surface.content"] == found.content
    missing, notes = decode(query)
    assert notes == ()
    assert str(missing.surface.missing) == f"The slice {found.content} is not in its link: bring its file again."
    shelf[found.content] = found
    assert decode(query) == (made, ())


def test_without_it_nothing_is_made_up(shelf):
    surface = SliceBrought("0123456789abcdef")
    made = scene(surface)
    (run,) = simulate(made)
    assert run.outcome.ending == "undefined"
    assert np.isnan(landscape(surface).loss).all()
    map_chart(made, [run], LIGHT)
    assert encode(made)["surface.content"] == "0123456789abcdef"


def test_two_of_one_content_are_one(shelf):
    one, other = recording(), recording()
    assert SliceBrought.of(one) == SliceBrought.of(other)
    assert hash(SliceBrought.of(one)) == hash(SliceBrought.of(other))
    assert SliceBrought.of(one) != SliceBrought.of(recording(scale=2.0))
    assert pickle.loads(pickle.dumps(SliceBrought.of(one))) == SliceBrought.of(one)


@pytest.mark.parametrize("text", ["x", "0123456789abcdeg", "0123456789ABCDEF", "0" * 17])
def test_a_mark_is_a_mark(text):
    made, notes = decode({"surface": "slice", "surface.content": text})
    assert made.surface.content == ""
    assert len(notes) == 1


def test_turned_is_the_mirror_image(shelf):
    found = recording(21, 21)
    surface, turned = SliceBrought.of(found), SliceBrought(found.content, turned=True, found=found)
    assert turned.window == surface.window
    np.testing.assert_array_equal(turned.measurements.loss, surface.measurements.loss.T)


def test_heights_may_be_linear(shelf):
    found = recording()
    log, linear = (SliceBrought(found.content, heights=heights, found=found) for heights in ("log", "linear"))
    np.testing.assert_array_equal(landscape(log).loss, landscape(linear).loss)
    losses = levels_of(landscape(linear), landscape(linear)).losses
    assert np.ptp(np.diff(losses)) < np.diff(losses).max()
    assert losses[0] > levels_of(landscape(log), landscape(log)).losses[0]


def test_a_run_begins_where_the_slice_is_whole(shelf):
    corner = SliceBrought.of(recording(holes=[(19, 0)]))
    assert corner.start != (-2.0, 2.0)
    (run,) = simulate(scene(corner))
    assert run.updates == 60
    assert SliceBrought.of(recording(walk=[(0.5, 0.25, np.nan), (0.0, 0.0, np.nan)])).start == (0.5, 0.25)
    outside = SliceBrought.of(recording(walk=[(5.0, 0.25, np.nan), (0.0, 0.0, np.nan)]))
    assert outside.start == (-2.0, 2.0)


def test_the_path_is_drawn_and_its_gap_is_said(shelf):
    surface = SliceBrought.of(recording(walk=[(0.5, 0.5, 2.5), (0.0, 0.0, 4.0)]))
    made = scene(surface)
    figure = map_chart(made, simulate(made), LIGHT)
    (path,) = [trace for trace in figure.data if trace.get("name") == "the path in the file"]
    assert path["x"].tolist() == [0.5, 0.0]
    assert path["text"] == ["loss 2.5", "loss 4"]
    said = " ".join(map(str, told_of_slice(surface)))
    assert "has 2 points" in said
    assert "Its point 1 has a loss of 4, the slice has 1 there" in said


def test_what_it_is_is_said(shelf):
    said = [str(sentence) for sentence in told_of_slice(SliceBrought.of(recording(holes=[(0, 0), (3, 4)])))]
    assert said[0] == "Runs move on the slice, not on the network."
    assert said[1].startswith("31 × 21 losses, from 1.01 to ")
    assert said[2] == "Not measured, and left as holes: 2 of them."
    assert "an example" in str(list(told_of_slice(SliceBrought()))[1])
    assert "bring its file again" in str(list(told_of_slice(SliceBrought("0" * 16)))[1])


def test_a_script_holds_no_more_than_a_few_pages(shelf):
    side = int(MOST_LOSSES**0.5)
    assert "def gradient" in measured_gradient(SliceBrought.of(recording(side, side)))
    with pytest.raises(SentenceError, match="at most 16,384 losses"):
        measured_gradient(SliceBrought.of(recording(side + 1, side)))
