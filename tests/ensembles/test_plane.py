"""A plane of two numbers: each cell is the recorded run of its scene."""

import numpy as np
import pytest

from engine.fields import numbers
from engine.scenario import Run, Scenario
from engine.simulate import simulate_run
from engine.trajectory import ENDINGS
from ensembles.axis import Axis, axis_of
from ensembles.plane import equalised, plane, scene_at
from optimizers.adam import Adam
from optimizers.gradient_descent import GradientDescent
from spec.sentences import SentenceError
from surfaces.himmelblau import Himmelblau
from surfaces.rosenbrock import Rosenbrock

SCENE = Scenario(Himmelblau(), (2.0, 2.0), 100, (Run(Adam(), 0.1),))
RATES, BETAS = Axis("a.lr", 1e-3, 10.0, 4, log=True), Axis("a.beta1", 0.0, 0.99, 3, memory=True)


def test_a_cell_is_the_recorded_run_of_its_scene():
    found = plane(SCENE, RATES, BETAS, goal=1.0)
    for i in range(3):
        for j in range(4):
            scene = scene_at(SCENE, RATES, BETAS, i, j)
            path = simulate_run(scene, scene.runs[0])
            assert found.loss[i, j] == pytest.approx(path.loss[-1], rel=1e-6)
            assert found.best[i, j] == pytest.approx(path.loss.min(), rel=1e-6)
            assert ENDINGS[found.ending[i, j]] == path.outcome.ending
            reached = np.flatnonzero(path.loss <= 1.0)
            assert found.to_goal[i, j] == (reached[0] if len(reached) else -1)


def test_the_scene_of_a_cell_has_its_two_values():
    scene = scene_at(SCENE, RATES, BETAS, 2, 1)
    table = numbers(scene)
    assert table["a.lr"].read(scene) == RATES.values[1]
    assert table["a.beta1"].read(scene) == BETAS.values[2]


def test_without_watching_only_the_end_is_known():
    found = plane(SCENE, RATES, BETAS, watch=False)
    assert found.best is None
    assert found.to_goal is None
    assert found.trainability is None


def test_a_lost_run_has_no_loss():
    scene = Scenario(Rosenbrock(), (-1.2, 1.0), 50, (Run(GradientDescent(), 1.0),))
    found = plane(scene, Axis("a.lr", 1.0, 2.0, 2), Axis("y", 0.0, 2.0, 2))
    assert np.isposinf(found.loss).all()
    assert (found.trainability > 0).all()


@pytest.mark.parametrize(
    ("x", "y", "run"), [("a.lr", "a.lr", "a"), ("a.lr", "x", "b"), ("b.lr", "x", "a"), ("surface", "x", "a")]
)
def test_what_makes_no_plane_is_said_before_anything_runs(x, y, run):
    with pytest.raises(SentenceError):
        plane(SCENE, Axis(x, 0.1, 1.0, 2), Axis(y, 0.1, 1.0, 2), run=run)


def test_ranks_fill_each_sign():
    ranks = equalised(np.array([[-5.0, -1.0, np.nan], [2.0, 2.0, 8.0]]))
    np.testing.assert_allclose(ranks, [[-1.0, -0.5, np.nan], [2 / 3, 2 / 3, 1.0]])


def test_ranges_of_one_value_are_refused():
    with pytest.raises(SentenceError):
        axis_of(SCENE, "a.lr", 1.0, 1.0)
