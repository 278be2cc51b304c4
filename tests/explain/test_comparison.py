"""Which loss tells runs apart: a share of the way to the minimum, whatever constant is added to the loss."""

import math
from dataclasses import replace

import numpy as np
import pytest

from engine.presets import PRESETS
from engine.simulate import simulate
from explain.comparison import LEFT, default_goal, updates_to
from surfaces.himmelblau import Himmelblau
from surfaces.lecture_valley import LectureValley
from surfaces.own import Own
from surfaces.saddle import Saddle

RUNS = simulate(PRESETS["rotation-45"][1])
SURFACE = PRESETS["rotation-45"][1].surface


def runs(*losses):
    """Trajectories of which only the losses count."""
    return [replace(RUNS[0], loss=np.array(loss, float)) for loss in losses]


def test_runs_that_end_far_apart_are_told_apart():
    """The geometric middle of first and lowest loss was reached by both within a few updates."""
    goal = default_goal(SURFACE, RUNS)
    adam, descent = (updates_to(run, goal.loss) for run in RUNS)
    assert goal.is_minimum
    assert adam is None
    assert descent > 100


@pytest.mark.parametrize(
    ("losses", "share"),
    [
        ([[100, 40]], "50\u202f%"),
        ([[100, 50, 0.5], [100, 60, 20]], "99.5\u202f%"),
        ([[100, 0.01], [100, 15], [100, 15]], "80\u202f%"),
        ([[100, 0], [100, 0]], "99.9999\u202f%"),
        ([[100, 40], [100, 90], [100, 90]], "50\u202f%"),
    ],
)
def test_it_is_the_last_share_that_half_of_the_runs_reach_or_that_one_does(losses, share):
    goal = default_goal(Himmelblau(), runs(*losses))
    assert (goal.percent, goal.is_minimum) == (share, True)
    assert goal.loss == pytest.approx(goal.left * 100)
    assert str(goal.sentence) == f"{share} of the way from the first loss to the minimum"


@pytest.mark.parametrize("surface", [Saddle(), Own(), LectureValley()])
def test_without_a_minimum_that_is_known_and_near_the_runs_themselves_are_the_measure(surface):
    goal = default_goal(surface, runs([1e6, 8e5], [1e6, 5e5 + 1e5]))
    assert not goal.is_minimum
    assert (goal.left, goal.loss) == (LEFT[-1], pytest.approx(6e5))


@pytest.mark.parametrize("constant", [0.0, -7.0, 1e4])
def test_a_constant_changes_nothing(constant):
    surface = Own()
    losses = np.array([[9.0, 4.0, 1.0, 0.5], [9.0, 8.0, 7.0, 0.6]])
    goal, other = default_goal(surface, runs(*losses)), default_goal(surface, runs(*(losses + constant)))
    assert other.left == goal.left
    assert other.loss == pytest.approx(goal.loss + constant)


@pytest.mark.parametrize("loss", [[math.nan, math.nan], [math.inf, 3.0], [2.0, 5.0], [2.0, math.nan], [2.0, 2.0]])
def test_where_no_run_comes_down_it_is_the_lowest_loss(loss):
    goal = default_goal(Own(), runs(loss))
    assert goal.loss == min([value for value in loss if math.isfinite(value)], default=math.inf)
    assert str(goal.sentence) == "the lowest loss of all runs"
    assert default_goal(Own(), runs([4.0, -math.inf], [4.0, 2.0])).loss == pytest.approx(2.0, abs=1e-5)
