"""What stands around a rule: a clipped gradient, a momentum of each update; everywhere where a rule runs."""

import math
from dataclasses import replace

import numpy as np
import pytest

from engine.around import Clip, around, momentum_of
from engine.labels import labels
from engine.scenario import Run, Scenario
from engine.simulate import simulate_run
from engine.trial import attempt
from engine.url import decode, encode
from ensembles.ensemble import run_ensemble
from explain.arithmetic import step_lines, step_text
from explain.timeline import timeline
from optimizers import OPTIMIZERS
from optimizers.adam import Adam
from optimizers.base import Coupled
from optimizers.gradient_descent import GradientDescent
from optimizers.momentum import Momentum
from schedules.base import WarmUp, momenta
from schedules.constant import Constant
from schedules.one_cycle import OneCycle
from surfaces.rosenbrock import Rosenbrock
from surfaces.valley import Valley
from xp.functions import FLOATS

CYCLE = OneCycle(rise=0.5, cycled=True, least=0.5, most=0.9)


def scene(*runs, surface=None, steps=60):
    return Scenario(surface or Rosenbrock(), (-1.2, 1.0), steps, runs)


def by_hand(run, surface, steps, momentum=None):
    """Return the points of gradient descent with a heavy ball whose gradients are clipped."""
    theta, memory, points = np.array((-1.2, 1.0)), np.zeros(2), []
    for t in range(steps):
        g = np.array(surface.gradient(*theta.tolist()))
        g = np.clip(g, -run.clip.value, run.clip.value) if run.clip.value else g
        memory = (momentum[t] if momentum is not None else 0.0) * memory + g
        theta = theta - run.lr * run.schedule.factor(np.array([t]), steps)[0] * memory
        points.append(theta)
    return np.array(points)


def test_a_gradient_is_clipped_component_by_component():
    run = Run(GradientDescent(), 0.01, clip=Clip(3.0))
    made = simulate_run(scene(run), run)
    np.testing.assert_allclose(made.theta[1:], by_hand(run, Rosenbrock(), 60), rtol=1e-12)
    assert np.abs(made.grad).max() > 3.0
    assert np.abs(made.m).max() == 3.0
    np.testing.assert_array_equal(made.m, np.clip(made.grad[:-1], -3.0, 3.0))


@pytest.mark.parametrize("value", [math.inf, -math.inf, math.nan, 1e300, -0.5, 0.0])
def test_what_is_no_number_stays_none(value):
    clipped = Clip(2.0).of(value, FLOATS)
    np.testing.assert_array_equal(clipped, np.clip(value, -2.0, 2.0))


def test_nothing_around_is_the_rule_itself():
    rule = Adam()
    assert around(rule, Constant(), WarmUp(), Clip(), 10) is rule
    assert around(rule, OneCycle(), WarmUp(), Clip(), 10) is rule


def test_the_momentum_moves_against_the_rate():
    rates, moved = CYCLE.factor(np.arange(21), 21), CYCLE.momentum(np.arange(21), 21)
    np.testing.assert_allclose(moved[[0, 5, 20]], [0.9, 0.9 - 0.4 * math.sin(math.pi * 5 / 19) ** 2, 0.9], rtol=1e-12)
    assert moved.argmin() in (9, 10)
    assert moved.min() == pytest.approx(0.5, abs=0.01)
    assert np.corrcoef(rates, moved)[0, 1] < -0.9


def test_in_three_phases_it_is_back_with_the_rate_and_stays():
    three = replace(CYCLE, rise=0.25, phases="three", shape="linear")
    np.testing.assert_allclose(three.momentum(np.array([0, 2, 4, 6, 8, 12, 19]), 20), [0.9, 0.7, 0.5, 0.7, *[0.9] * 3])


def test_a_warm_up_delays_it():
    np.testing.assert_array_equal(momenta(CYCLE, WarmUp(5), 25)[:6], [0.9] * 6)
    np.testing.assert_array_equal(momenta(CYCLE, WarmUp(5), 25)[5:], momenta(CYCLE, WarmUp(), 20))


def test_a_heavy_ball_with_a_momentum_of_each_update():
    run = Run(Momentum(), 0.0005, CYCLE, clip=Clip(50.0))
    made = simulate_run(scene(run), run)
    np.testing.assert_allclose(made.theta[1:], by_hand(run, Rosenbrock(), 60, momenta(CYCLE, WarmUp(), 60)), rtol=1e-10)
    assert made.limit is None


def test_which_momentum_is_moved():
    assert [momentum_of(OPTIMIZERS[slug]()) for slug in ("adam", "momentum", "rmsprop", "gd")] == [
        "beta1",
        "beta",
        "momentum",
        "",
    ]


@pytest.mark.parametrize("schedule", [Constant(), CYCLE], ids=["constant", "cycled"])
@pytest.mark.parametrize("clip", [Clip(), Clip(1.5)], ids=["whole", "clipped"])
@pytest.mark.parametrize("kind", OPTIMIZERS.values(), ids=list(OPTIMIZERS))
def test_every_rule_runs_so_and_alike_everywhere(kind, schedule, clip):
    run = Run(kind(), 0.01, schedule, WarmUp(3), clip=clip)
    made = scene(run, surface=Valley(), steps=40)
    recorded = simulate_run(made, run)
    assert attempt(made, run, run.lr).loss == recorded.loss[-1]
    many = run_ensemble(made.surface, run, np.array([made.start, made.start]), made.steps, stop=False)
    theta = np.reshape(many.theta, (-1, 2)) if np.shape(many.theta)[-1] == 2 else np.transpose(many.theta)
    np.testing.assert_allclose(theta[0], recorded.theta[-1], rtol=1e-6, atol=1e-9)
    if clip.value and not isinstance(kind(), Coupled) and kind.slug in ("gd", "signsgd"):
        assert np.abs(recorded.m).max() <= clip.value


def test_it_is_in_the_address():
    run = Run(Adam(), 0.01, replace(CYCLE, phases="three"), clip=Clip(2.5))
    made = scene(run)
    query = encode(made)
    assert query["a.clip"] == "2.5"
    assert query["a.sched.cycled"] == "on"
    assert decode(query) == (made, ())
    bent, notes = decode(query | {"a.clip": "-1"})
    assert bent.runs[0].clip == Clip()
    assert "a.clip must lie in" in str(notes[0])


def test_runs_are_told_apart_by_it():
    made = scene(Run(Adam(), 0.01), Run(Adam(), 0.01, clip=Clip(2.5)))
    assert labels(made) == ("Adam", "Adam, c 2.5")


def test_it_is_said_when_a_gradient_is_clipped():
    run = Run(GradientDescent(), 0.001, clip=Clip(5.0))
    made = scene(run)
    recorded = simulate_run(made, run)
    (event,) = [event for event in timeline(made, [recorded]) if event.kind == "clips"]
    cut = np.abs(recorded.grad[:-1]).max(axis=1) > 5.0
    assert event.update == np.flatnonzero(cut)[0]
    assert "is cut to 5" in str(event.caption)
    assert f"in {cut.sum()} update" in str(event.detail)
    lines = step_text(step_lines(made, run, recorded, event.update, event.axis))
    assert "min(max(" in lines
    wide = replace(run, clip=Clip(1e6))
    assert not [e for e in timeline(scene(wide), [simulate_run(scene(wide), wide)]) if e.kind == "clips"]
