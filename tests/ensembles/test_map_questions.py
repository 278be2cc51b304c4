"""What is said of the maps worth looking at is measured anew."""

from dataclasses import replace

import numpy as np
import pytest

from engine.fields import RUN_KEYS
from ensembles.axis import axis_of
from ensembles.basins import basins
from ensembles.plane import plane
from ensembles.watch import floor_of
from explain.maps import MAP_QUESTIONS
from surfaces.rough_bowl import RoughBowl

BY_SLUG = {question.slug: question for question in MAP_QUESTIONS}


def made(slug, columns, rows=None, letter="a", watch=False, scene=None):
    question = BY_SLUG[slug]
    scene, shown = scene or question.scene, question.shown
    ends = [float(shown[name]) for name in ("x0", "x1", "y0", "y1")]
    run = scene.runs[RUN_KEYS.index(letter)]
    alone = replace(scene, runs=(run,))
    x, y = (
        axis_of(alone, name if "." in name else f"a.{name}", low, high, count)
        for name, low, high, count in (
            (shown["across"], *ends[:2], columns),
            (shown["up"], *ends[2:], rows or columns),
        )
    )
    return plane(alone, x, y, watch=watch)


def border(trains):
    return int((trains[:, 1:] != trains[:, :-1]).sum() + (trains[1:] != trains[:-1]).sum())


def test_the_border_of_training_is_a_coast_on_a_rough_bowl_and_a_line_on_a_smooth_one():
    question = BY_SLUG["coast"]
    grown = {}
    for roughness in (question.scene.surface.roughness, question.numbers["low"]):
        scene = replace(question.scene, surface=RoughBowl(roughness=roughness))
        coarse, fine = (border(made("coast", n, watch=True, scene=scene).trainability < 0) for n in (128, 256))
        grown[roughness] = fine / coarse
    assert grown[0.1] == pytest.approx(question.numbers["rough"], abs=0.05)
    assert grown[0.02] == pytest.approx(question.numbers["smooth"], abs=0.05)


def test_two_rules_end_at_other_minima_from_some_starts():
    question = BY_SLUG["two-rules"]
    first, second = (basins(question.scene, run, (-5, 5, -5, 5), 128, 128) for run in "ab")
    assert (first.where != second.where).mean() == pytest.approx(question.numbers["share"], abs=0.002)


def test_the_basins_of_momentum_are_fractal():
    question = BY_SLUG["momentum"]
    found = basins(question.scene, "a", (-5, 5, -5, 5), 192, 192)
    assert found.boundary_entropy == pytest.approx(question.numbers["border"], abs=0.005)
    for cells in (64, 128, 300):
        assert basins(question.scene, "a", (-5, 5, -5, 5), cells, cells).is_fractal


def test_the_blow_outs_on_the_lecture_s_valley():
    question = BY_SLUG["blow-outs"]
    found, floor = made("blow-outs", 64, watch=True), floor_of(question.scene.surface)
    thrown = (found.loss - floor) > 10 * np.maximum(found.best - floor, 1.0)
    assert thrown.mean() == pytest.approx(question.numbers["share"], abs=0.01)
    assert not thrown[found.y.values >= question.numbers["safe"]].any()
    assert thrown[found.y.values < 0.98].mean() > 0.5


def test_adam_minds_a_turned_valley():
    found = made("rotation", 91, 64)
    good = (found.loss < 1e-6).mean(axis=0) * 4
    assert good[0] == pytest.approx(BY_SLUG["rotation"].numbers["straight"], abs=0.05)
    assert good[45] == 0.0


def test_a_small_epsilon_does_not_matter():
    numbers, found = BY_SLUG["epsilon"].numbers, made("epsilon", 120, 57)
    small = found.y.values < 1e-4
    with np.errstate(divide="ignore"):
        same = np.abs(np.log10(found.loss[small] / found.loss[0])) < 0.1
    assert same.mean() == pytest.approx(numbers["same"], abs=0.004)
    enough = [found.x.values[np.argmax(row < 1e-3)] for row in (found.loss[0], found.loss[-1])]
    assert found.y.values[-1] == pytest.approx(numbers["large"], abs=0.005)
    assert enough == pytest.approx([numbers["without"], numbers["with"]], abs=0.005)


def test_radam_needs_the_warm_up():
    numbers = BY_SLUG["warm-up"].numbers
    decades = {}
    for letter in "ab":
        found = made("warm-up", 64, 41, letter)
        decades[letter] = [5 * (found.loss[row] < 1e-3).mean() for row in (0, 39)]
        assert found.y.values[[0, 39]].tolist() == [5, 385]
    assert decades["a"] == pytest.approx([numbers["adam_without"], numbers["adam_with"]], abs=0.05)
    assert decades["b"] == pytest.approx([0.0, numbers["radam_with"]], abs=0.05)
