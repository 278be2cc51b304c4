"""The engine: one update rule, divergence recorded, work that can be abandoned."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.presets import DEFAULT_SCENE
from engine.scale import Scale
from engine.scenario import Run, Scenario
from engine.simulate import CHUNK, simulate, simulate_run
from optimizers import OPTIMIZERS
from optimizers.adagrad_rms import AdagradRMS
from optimizers.adam import Adam
from optimizers.gradient_descent import GradientDescent
from schedules import SCHEDULES
from schedules.base import WarmUp
from surfaces import SURFACES
from surfaces.himmelblau import Himmelblau
from surfaces.rosenbrock import Rosenbrock
from surfaces.saddle import Saddle

every_optimizer = pytest.mark.parametrize("kind", OPTIMIZERS.values(), ids=list(OPTIMIZERS))


def scene(surface, *runs, steps=200, start=None):
    return Scenario(surface, start or surface.start, steps, runs)


@every_optimizer
def test_every_recorded_step_obeys_the_one_update_rule(kind):
    run = Run(kind(), lr=0.01)
    (trajectory,) = simulate(scene(Himmelblau(), run))
    theta, lr = trajectory.theta, trajectory.lr[:, None]
    decay = lr * run.optimizer.weight_decay * theta[:-1]
    with np.errstate(all="ignore"):
        moved = Scale.of(trajectory).step(trajectory.m) + decay
    rounding = 1e-12 if trajectory.angle is None else 1e-8
    np.testing.assert_allclose(theta[1:], theta[:-1] - moved, rtol=rounding, atol=rounding)


@every_optimizer
def test_the_arrays_have_their_declared_shapes(kind):
    (t,) = simulate(scene(Rosenbrock(), Run(kind(), lr=1e-3), steps=50))
    n = t.updates
    assert t.theta.shape == t.grad.shape == (n + 1, 2)
    assert t.loss.shape == t.grad_norm.shape == (n + 1,)
    assert t.m.shape == t.sigma.shape == t.rate.shape == (n, 2)
    assert t.lr.shape == t.sharpness.shape == (n,)


def test_divergence_stops_the_run_there_and_says_so():
    (t,) = simulate(scene(Rosenbrock(), Run(GradientDescent(), lr=0.5)))
    assert t.outcome.ending == "diverged"
    assert t.updates < 10
    assert str(t.outcome.sentence) == f"diverged at update {t.updates} along x"


def test_gradient_descent_runs_off_a_saddle_along_its_open_axis():
    (t,) = simulate(scene(Saddle(), Run(GradientDescent(), lr=0.1), steps=1000))
    assert (t.outcome.ending, t.outcome.axis) == ("diverged", "y")


def test_a_start_on_the_ridge_rests_at_the_saddle():
    (t,) = simulate(scene(Saddle(), Run(GradientDescent(), lr=0.1), start=(1.0, 0.0)))
    assert t.outcome.ending == "saddle"
    assert 50 < t.outcome.update < 150


def test_convergence_is_dated_from_the_last_large_gradient():
    (t,) = simulate(scene(Himmelblau(), Run(GradientDescent(), lr=0.01), steps=500))
    assert t.outcome.ending == "converged"
    assert t.theta[-1] == pytest.approx((-3.779310253377747, -3.283185991286169), abs=1e-6)
    assert 10 < t.outcome.update < 400


def test_an_axis_without_gradient_does_not_move_though_its_scale_is_zero():
    (t,) = simulate(scene(Saddle(), Run(AdagradRMS(), lr=0.1), start=(1.0, 0.0)))
    assert np.isinf(t.rate[:, 1]).all()
    assert (t.theta[:, 1] == 0).all()


def test_a_start_on_a_minimum_stays():
    for kind in OPTIMIZERS.values():
        (t,) = simulate(scene(Rosenbrock(), Run(kind(), lr=0.01), start=(1.0, 1.0)))
        if t.outcome.ending != "converged":
            assert run_has_decay(kind), kind


def run_has_decay(kind):
    return kind().weight_decay > 0


def test_the_learning_rate_follows_schedule_and_warm_up():
    run = Run(GradientDescent(), 1e-3, SCHEDULES["exponential"](base=0.5, per_epoch=1), WarmUp(steps=4))
    (t,) = simulate(scene(Rosenbrock(), run, steps=6))
    np.testing.assert_allclose(t.lr, 1e-3 * np.array([0.25, 0.5, 0.75, 1.0, 1.0, 0.5]))


def test_the_run_is_the_same_whether_alone_or_among_others():
    one, two = Run(Adam(), lr=0.1), Run(GradientDescent(), lr=1e-3)
    together = simulate(scene(Rosenbrock(), one, two))
    np.testing.assert_array_equal(together[1].theta, simulate_run(scene(Rosenbrock(), two), two).theta)


def test_long_work_reports_progress_and_can_be_abandoned():
    seen = []

    def stop_at_second_report(done):
        seen.append(done)
        if len(seen) == 2:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        simulate(replace(DEFAULT_SCENE, steps=10 * CHUNK), stop_at_second_report)
    assert seen == [CHUNK, 2 * CHUNK]


any_surface = st.sampled_from([kind for slug, kind in SURFACES.items() if slug != "own"])


@given(any_surface, st.sampled_from(list(OPTIMIZERS.values())), st.floats(1e-12, 1e6), st.data())
def test_no_combination_raises(surface_kind, optimizer_kind, lr, data):
    surface = surface_kind()
    start = tuple(data.draw(st.floats(2 * low - high, 2 * high - low)) for low, high in surface.window)
    (t,) = simulate(scene(surface, Run(optimizer_kind(), lr), steps=30, start=start))
    assert 1 <= t.updates <= 30
    assert str(t.outcome.sentence)


def test_an_overflow_is_a_divergence_without_a_warning():
    surface = SURFACES["own"](formula="exp(exp(x*x)) + y")
    (t,) = simulate(scene(surface, Run(Adam(), lr=0.1), start=(30.0, 0.0)))
    assert t.outcome.ending in ("diverged", "undefined")
