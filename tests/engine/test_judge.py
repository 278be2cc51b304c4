"""What is said of a run that hardly moves any more, on both sides of the threshold.

A run has come to rest where its gradient is at most 1e-8 of the window's median gradient.
"""

import numpy as np
import pytest

from engine.scenario import Run, Scenario
from engine.simulate import simulate_run
from ensembles.ensemble import run_ensemble
from ensembles.sweep import sweep
from optimizers.gradient_descent import GradientDescent
from surfaces.own import Own
from surfaces.rosenbrock import Rosenbrock
from surfaces.saddle import Saddle
from surfaces.valley import Valley

SHARE = 1e-8
STANDING = Run(GradientDescent(), 1e-12)
SIDES = [(0.5, True), (0.9, True), (1.1, False), (2.0, False), (50.0, False)]

every_side = pytest.mark.parametrize(("part", "rests"), SIDES)
every_surface = pytest.mark.parametrize("surface", [Valley(kappa=1.0), Valley(kappa=30.0), Rosenbrock()], ids=repr)


def median(surface):
    x, y = np.meshgrid(*(np.linspace(low, high, 401) for low, high in surface.window))
    return float(np.median(np.hypot(*surface.gradient_array(x, y))))


def start(surface, part):
    """Return a point beside the minimum with a gradient of this part of the threshold."""
    (point,) = surface.critical_points
    h_xx, h_xy, _ = (float(h) for h in surface.hessian_array(point.x, point.y))
    away = part * SHARE * median(surface) / np.hypot(h_xx, h_xy)
    return point.x + away, point.y


@every_surface
@every_side
def test_a_recorded_run_rests_below_the_threshold(surface, part, rests):
    scene = Scenario(surface, start(surface, part), 30, (STANDING,))
    outcome = simulate_run(scene, STANDING).outcome
    assert (outcome.ending, outcome.update) == (("converged", 0) if rests else ("moving", 30))


@every_surface
@every_side
def test_a_start_of_an_ensemble_rests_below_the_same_threshold(surface, part, rests):
    many = run_ensemble(surface, STANDING, [start(surface, part)], 30)
    assert many.converged.tolist() == [rests]
    assert many.updates.tolist() == [0 if rests else 30]


def test_a_run_is_at_rest_from_the_update_at_which_its_gradient_is_small_enough():
    surface = Valley(kappa=1.0)
    scene = Scenario(surface, (4.0, 0.0), 100, (Run(GradientDescent(), 0.5),))
    expected = int(np.ceil(np.log2(4.0 / (SHARE * median(surface)))))
    trajectory = simulate_run(scene, scene.runs[0])
    assert trajectory.outcome.ending == "converged"
    assert abs(trajectory.outcome.update - expected) <= 1
    assert trajectory.grad_norm[trajectory.outcome.update] < trajectory.grad_norm[0] * 1e-7


@pytest.mark.parametrize(("y", "ending"), [(0.0, "saddle"), (1e-12, "saddle"), (1e-3, "moving")])
def test_rest_at_a_saddle_is_told_from_rest_at_a_minimum(y, ending):
    scene = Scenario(Saddle(), (0.0, y), 30, (STANDING,))
    assert simulate_run(scene, STANDING).outcome.ending == ending


def test_a_sweep_says_the_same():
    surface = Valley(kappa=1.0)
    scene = Scenario(surface, (1.0, 0.0), 30, (STANDING,))
    found = sweep(scene, "x", [start(surface, part)[0] for part, _ in SIDES])
    assert found.converged[0].tolist() == [rests for _, rests in SIDES]


@pytest.mark.parametrize(
    ("formula", "ending"),
    [
        ("x^2 + y^2", "converged"),
        ("x^2 + y^2 + x*y", "converged"),
        ("x^2 + 0*y", "converged"),
        ("0*x + y^2", "converged"),
        ("x^2 + y^2 + 2*x*y", "converged"),
        ("x^2 + y^2 + 3*x*y", "saddle"),
        ("x*y", "saddle"),
        ("x^2 - y^2", "saddle"),
        ("x^2 - 1e-6*y^2", "saddle"),
        ("-x^2 - y^2", "saddle"),
    ],
)
def test_the_curvature_tells_a_minimum_from_a_saddle_and_a_maximum(formula, ending):
    scene = Scenario(Own(formula=formula), (0.0, 0.0), 5, (STANDING,))
    outcome = simulate_run(scene, STANDING).outcome
    assert (outcome.ending, outcome.update) == (ending, 0)
