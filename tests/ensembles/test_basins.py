"""Basins: where each start of a window ends, by the judge's words, and the entropy of the borders."""

import numpy as np
import pytest

from engine.scenario import Run, Scenario
from engine.simulate import simulate_run
from engine.trajectory import ENDINGS
from ensembles.basins import Basins, basins, places_of
from ensembles.ensemble import run_ensemble
from optimizers.adam import Adam
from optimizers.gradient_descent import GradientDescent
from surfaces.ackley import Ackley
from surfaces.himmelblau import Himmelblau
from surfaces.own import Own
from surfaces.saddle import Saddle

MINIMA = [(p.x, p.y) for p in Himmelblau().critical_points if p.kind == "minimum"]


def test_each_minimum_is_named():
    starts = np.array([(3.1, 2.1), (-2.9, 3.0), (-3.5, -3.2), (3.5, -2.0)])
    many = run_ensemble(Himmelblau(), Run(Adam(), 0.05), starts, 500)
    where, places = places_of(Himmelblau(), many)
    np.testing.assert_allclose(places[where], many.theta, atol=1e-3)
    assert sorted(map(tuple, places[where])) == sorted(MINIMA)


def test_what_ends_nowhere_is_told():
    many = run_ensemble(Ackley(), Run(GradientDescent(), 1e-6), np.array([(4.0, 4.0), (0.0, 0.0)]), 5)
    assert places_of(Ackley(), many)[0].tolist()[0] == -1


def test_places_that_are_not_known_are_found():
    surface = Own(formula="(x^2 - 1)^2 + (y^2 - 1)^2")
    scene = Scenario(surface, (0.5, 0.5), 400, (Run(GradientDescent(), 0.05),))
    found = basins(scene, "a", (-2.0, 2.0, -2.0, 2.0), 8, 6)
    assert found.where.shape == (6, 8)
    assert sorted(np.round(found.places).astype(int).tolist()) == [[-1, -1], [-1, 1], [1, -1], [1, 1]]
    np.testing.assert_allclose(found.places[found.where], found.ends, atol=1e-6)


def test_a_cell_is_the_recorded_run_from_its_middle():
    scene = Scenario(Himmelblau(), (0.0, 0.0), 300, (Run(GradientDescent(), 0.01),))
    found = basins(scene, "a", (-4.0, 4.0, -2.0, 2.0), 4, 2)
    alone = simulate_run(Scenario(Himmelblau(), (-1.0, 1.0), 300, scene.runs), scene.runs[0])
    np.testing.assert_allclose(found.ends[1, 1], alone.theta[-1], rtol=1e-9)
    assert ENDINGS[found.ending[1, 1]] == alone.outcome.ending


def test_a_run_that_only_passes_a_saddle_has_not_ended_there():
    scene = Scenario(Saddle(), (0.0, 0.0), 3, (Run(GradientDescent(), 1e-3),))
    assert (basins(scene, "a", (-1e-3, 1e-3, -1e-3, 1e-3), 4, 4).where == -1).all()


def coloured(colours):
    colours = np.asarray(colours)
    blank = np.zeros(colours.shape)
    return Basins("a", (0, 1, 0, 1), blank, blank, blank.astype(np.int8), blank, colours, np.zeros((9, 2)))


def test_entropy_by_hand():
    """One box is of one colour; the other is 10 of 25 cells of another."""
    left, right = np.zeros((5, 5), int), np.repeat([0, 0, 0, 1, 1], 5).reshape(5, 5)
    found = coloured(np.hstack([left, right]))
    mixed = -(0.4 * np.log(0.4) + 0.6 * np.log(0.6))
    assert found.entropy == pytest.approx(mixed / 2)
    assert found.boundary_entropy == pytest.approx(mixed)
    assert not found.is_fractal


def test_a_border_of_many_colours_is_fractal():
    assert coloured(np.random.default_rng(0).integers(0, 4, (50, 50))).is_fractal
    assert coloured(np.zeros((3, 3), int)).entropy == 0.0
