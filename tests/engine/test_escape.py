"""Where a run has left every reasonable distance: a million windows from the window's centre, on all four sides."""

import math

import pytest

from engine.scenario import Run, Scenario
from engine.simulate import simulate_run
from engine.window import escape_bounds
from ensembles.ensemble import run_ensemble
from optimizers.gradient_descent import GradientDescent
from surfaces.own import Own

WINDOW = {"x_low": 2.0, "x_high": 8.0, "y_low": -9.0, "y_high": -7.0}
CENTRE, SIZE = (5.0, -8.0), (6.0, 2.0)
SIDES = [(axis, sign) for axis in (0, 1) for sign in (-1, 1)]

every_side = pytest.mark.parametrize(("axis", "sign"), SIDES, ids=["left", "right", "below", "above"])


def falling(axis, sign):
    """A plane that falls towards one side by 1 a unit of length."""
    return Own(formula=f"{-sign} * {'xy'[axis]} + 0 * {'yx'[axis]}", **WINDOW)


def start(axis, sign, steps):
    """The point inside the bounds from which half a step more than `steps` steps of 1 lead to the bound."""
    point = list(CENTRE)
    point[axis] = CENTRE[axis] + sign * (1e6 * SIZE[axis] - steps - 0.5)
    return tuple(point)


@every_side
def test_the_box_is_a_million_windows_from_the_centre(axis, sign):
    bounds = escape_bounds(falling(axis, sign))
    for (low, high), middle, side in zip(bounds, CENTRE, SIZE, strict=True):
        assert (low, high) == (middle - 1e6 * side, middle + 1e6 * side)


@every_side
def test_a_recorded_run_ends_with_the_update_that_leaves_the_box(axis, sign):
    run = Run(GradientDescent(), 1.0)
    trajectory = simulate_run(Scenario(falling(axis, sign), start(axis, sign, 7), 50, (run,)), run)
    outcome = trajectory.outcome
    assert (outcome.ending, outcome.update, outcome.axis) == ("diverged", 8, "xy"[axis])
    assert trajectory.updates == 8
    assert len(trajectory.theta) == len(trajectory.loss) == len(trajectory.grad) == 9


@every_side
def test_a_start_of_an_ensemble_leaves_there_too(axis, sign):
    starts = [start(axis, sign, 3), start(axis, sign, 99)]
    many = run_ensemble(falling(axis, sign), Run(GradientDescent(), 1.0), starts, 60)
    assert many.diverged.tolist() == [True, False]
    assert 4 <= many.updates[0] < 4 + 10
    assert many.updates[1] == 60


def test_what_is_no_number_has_left():
    surface, run = Own(formula="x^2 + sqrt(y)"), Run(GradientDescent(), 1.0)
    outcome = simulate_run(Scenario(surface, (0.5, 0.01), 50, (run,)), run).outcome
    assert outcome.ending == "undefined"
    assert not math.isnan(outcome.update)
