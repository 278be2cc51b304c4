"""Stuck: the loss flat, the gradient not, and the steps turning back; each is told on both sides of its threshold."""

from dataclasses import replace

import numpy as np
import pytest

from engine.presets import PRESETS
from engine.scenario import Run, Scenario
from engine.simulate import simulate, simulate_run
from engine.trajectory import Outcome
from explain.events import accounts
from explain.story import story
from optimizers.gradient_descent import GradientDescent
from surfaces.own import Own

SCENE = PRESETS["stuck"][1]
(STUCK,) = simulate(SCENE)
UPDATES, HALF = STUCK.updates, STUCK.updates // 2


def is_stuck(trajectory):
    return any("stuck between two walls" in str(sentence) for sentence in accounts(story(SCENE.surface, trajectory)))


def between():
    """The loss half-way between two points of the path, on the floor between the walls."""
    return SCENE.surface.value_array(*((STUCK.theta[1:] + STUCK.theta[:-1]) / 2).T)


def with_loss(change):
    """The run with a loss that falls by a share of the walls' height over its second half."""
    floor = np.median(between()[HALF:])
    fall = np.concatenate([np.ones(HALF), np.linspace(1.0, 1.0 - change, UPDATES + 1 - HALF)])
    return replace(STUCK, loss=floor + (STUCK.loss[-1] - floor) * fall)


def with_gradient(share):
    """The run with gradients that keep a share of their first length."""
    grad = np.full((UPDATES + 1, 2), [0.0, 3.0 * share])
    grad[0] = 3.0, 0.0
    return replace(STUCK, grad=grad)


def with_turns(share):
    """The run with steps of which a share turns back, over its second half."""
    steps = np.ones(UPDATES)
    pairs = UPDATES - HALF - 1
    turning = np.arange(pairs) < round(share * pairs)
    steps[HALF + 1 :] = np.cumprod(np.where(turning, -1.0, 1.0))
    b, w = (STUCK.theta[-1] + STUCK.theta[-2]) / 2
    crossing = w - steps[HALF + 1] / 2 + np.concatenate([[0.0], np.cumsum(steps)])
    return replace(STUCK, theta=np.stack([np.full(UPDATES + 1, b), crossing - crossing[HALF] + w - 0.5], axis=1))


def test_the_run_of_the_preset_is_stuck():
    assert is_stuck(STUCK)


@pytest.mark.parametrize(("change", "stuck"), [(0.0, True), (0.09, True), (0.11, False), (0.9, False)])
def test_the_loss_changes_by_less_than_a_tenth_of_the_walls_height(change, stuck):
    assert is_stuck(with_loss(change)) == stuck


@pytest.mark.parametrize(("share", "stuck"), [(1.0, True), (0.11, True), (0.09, False), (0.0, False)])
def test_the_gradient_keeps_a_tenth_of_its_first_length(share, stuck):
    assert is_stuck(with_gradient(share)) == stuck


@pytest.mark.parametrize(("share", "stuck"), [(1.0, True), (0.92, True), (0.88, False), (0.0, False)])
def test_nine_of_ten_steps_turn_back(share, stuck):
    assert is_stuck(with_turns(share)) == stuck


@pytest.mark.parametrize("constant", [-1e9, -1e6, 1e6, 1e9])
def test_a_constant_added_to_the_loss_makes_no_difference(constant):
    surface = Own(formula=f"{constant!r} + 50*x^2 + y^2/20")
    run = Run(GradientDescent(), 0.019999)
    trajectory = simulate_run(Scenario(surface, (1.0, 1.0), 100, (run,)), run)
    assert any("stuck between two walls" in str(sentence) for sentence in accounts(story(surface, trajectory)))


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
@pytest.mark.parametrize("place", [HALF + 1, UPDATES])
def test_where_a_number_is_none_nothing_is_said_of_walls(value, place):
    for field in ("loss", "grad"):
        changed = getattr(STUCK, field).copy()
        changed[place] = value
        assert not is_stuck(replace(STUCK, **{field: changed}))


def test_the_first_half_does_not_count():
    loss, theta = STUCK.loss.copy(), STUCK.theta.copy()
    loss[: HALF - 1] *= 100.0
    theta[: HALF - 1] = 0.0
    assert is_stuck(replace(STUCK, loss=loss, theta=theta))


@pytest.mark.parametrize("ending", ["converged", "saddle", "diverged", "undefined"])
def test_a_run_that_has_ended_is_not_stuck(ending):
    assert not is_stuck(replace(STUCK, outcome=Outcome(ending, UPDATES, "w")))


@pytest.mark.parametrize(("updates", "stuck"), [(18, False), (24, True)])
def test_a_run_of_a_few_updates_is_not_stuck_yet(updates, stuck):
    scene = replace(SCENE, steps=updates)
    (short,) = simulate(scene)
    flat = replace(short, loss=np.full(updates + 1, short.loss[0]))
    assert is_stuck(flat) == stuck


def test_without_a_first_gradient_nothing_is_stuck():
    grad = STUCK.grad.copy()
    grad[0] = 0.0
    assert not is_stuck(replace(STUCK, grad=grad))
