"""The ensemble: the same ends as one run at a time, whatever the blocks and threads."""

from dataclasses import replace

import numpy as np
import pytest

from engine.noise import Noise
from engine.scenario import Run, Scenario
from engine.simulate import simulate_run
from ensembles import block, ensemble
from ensembles.ensemble import run_ensemble
from ensembles.resting import CHECK
from optimizers import OPTIMIZERS
from optimizers.adam import Adam
from optimizers.gradient_descent import GradientDescent
from schedules import SCHEDULES
from schedules.base import WarmUp
from spec.knobs import Choice, Number, knobs_of
from surfaces import SURFACES
from surfaces.himmelblau import Himmelblau
from surfaces.lecture_valley import LectureValley
from surfaces.rosenbrock import Rosenbrock
from surfaces.saddle import Saddle

STARTS = np.array([(-3.0, 2.5), (0.5, -0.5), (2.0, 2.0), (4.0, -3.0), (-1.0, 0.0)])


def last_points(surface, run, starts, steps, noise):
    scene = Scenario(surface, (0.0, 0.0), steps, (run,), noise)
    return np.array([simulate_run(replace(scene, start=tuple(start)), run).theta[-1] for start in starts.tolist()])


@pytest.mark.parametrize("kind", OPTIMIZERS.values(), ids=list(OPTIMIZERS))
def test_the_batch_ends_where_single_runs_end(kind):
    run = Run(kind(), 0.01, SCHEDULES["exponential"](base=0.99), WarmUp(steps=5))
    many = run_ensemble(Himmelblau(), run, STARTS, 60, stop=False)
    np.testing.assert_allclose(many.theta, last_points(Himmelblau(), run, STARTS, 60, Noise()), rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("slug", [slug for slug in SURFACES if slug != "own"])
def test_every_surface_can_be_recorded(slug):
    surface = SURFACES[slug]()
    (x_low, x_high), (y_low, y_high) = surface.window
    starts = np.random.default_rng(0).uniform((x_low, y_low), (x_high, y_high), (20, 2))
    starts[:, surface.dimension :] = 0.0
    run = Run(Adam(), 0.01)
    many = run_ensemble(surface, run, starts, 25, stop=False)
    np.testing.assert_allclose(many.theta, last_points(surface, run, starts, 25, Noise()), rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("noise", [Noise(level=0.3, seed=4), Noise(batch=3, seed=4), Noise(level=0.1, batch=2)])
def test_noise_is_the_same_as_in_single_runs(noise):
    starts = np.array([(-120.0, -4.0), (-180.0, 2.0)])
    run = Run(Adam(), 0.1)
    many = run_ensemble(LectureValley(), run, starts, 50, noise=noise, stop=False)
    np.testing.assert_allclose(many.theta, last_points(LectureValley(), run, starts, 50, noise), rtol=1e-10)


def test_each_start_may_have_its_own_learning_rate():
    rates = np.array([1e-4, 1e-3, 2e-3])
    starts = np.tile((-1.2, 1.0), (3, 1))
    many = run_ensemble(Rosenbrock(), Run(GradientDescent(), 1.0), starts, 100, rates=rates, stop=False)
    for rate, end in zip(rates.tolist(), many.theta, strict=True):
        (alone,) = last_points(Rosenbrock(), Run(GradientDescent(), rate), starts[:1], 100, Noise())
        np.testing.assert_allclose(end, alone, rtol=1e-10)


def test_rprop_takes_its_own_learning_rates_too():
    many = run_ensemble(Himmelblau(), Run(OPTIMIZERS["rprop"](), 1.0), STARTS[:2], 30, rates=[0.01, 0.1], stop=False)
    for rate, start, end in zip((0.01, 0.1), STARTS[:2], many.theta, strict=True):
        (alone,) = last_points(Himmelblau(), Run(OPTIMIZERS["rprop"](), rate), start[None], 30, Noise())
        np.testing.assert_allclose(end, alone, rtol=1e-10)


@pytest.mark.parametrize("threads", [1, 2, 3])
@pytest.mark.parametrize("size", [1, 7, 10_000])
def test_blocks_and_threads_change_nothing(monkeypatch, threads, size):
    starts = np.random.default_rng(1).uniform(-5, 5, (50, 2))
    whole = run_ensemble(Himmelblau(), Run(Adam(), 0.1), starts, 300, threads=1)
    monkeypatch.setattr(ensemble, "BLOCK", size)
    cut = run_ensemble(Himmelblau(), Run(Adam(), 0.1), starts, 300, threads=threads)
    np.testing.assert_array_equal(whole.theta, cut.theta)
    np.testing.assert_array_equal(whole.updates, cut.updates)


def test_it_works_where_no_thread_can_start(monkeypatch):
    def refuse(*_):
        raise RuntimeError("can't start new thread")

    expected = run_ensemble(Himmelblau(), Run(Adam(), 0.1), STARTS, 200)
    monkeypatch.setattr(ensemble, "ThreadPoolExecutor", refuse)
    seen = []
    alone = run_ensemble(Himmelblau(), Run(Adam(), 0.1), STARTS, 200, progress=seen.append)
    np.testing.assert_array_equal(alone.theta, expected.theta)
    assert seen == sorted(seen)
    assert seen[-1] > 0


def test_a_converged_start_leaves_and_says_when():
    run = Run(GradientDescent(), 0.01)
    many = run_ensemble(Himmelblau(), run, STARTS[2:3], 500)
    alone = simulate_run(Scenario(Himmelblau(), (2.0, 2.0), 500, (run,)), run)
    assert many.converged.all()
    assert alone.outcome.update <= many.updates[0] < alone.outcome.update + 2 * CHECK


def test_a_diverged_start_leaves_and_the_others_go_on():
    starts = np.array([(1.0, 0.0), (1.0, 1.0), (0.5, -1e-3)])
    many = run_ensemble(Saddle(), Run(GradientDescent(), 0.1), starts, 1000)
    assert many.diverged.tolist() == [False, True, True]
    assert many.converged.tolist() == [True, False, False]
    assert many.updates[1] < many.updates[2] < 1000


def test_an_axis_without_gradient_stays_though_its_scale_is_zero():
    many = run_ensemble(Saddle(), Run(OPTIMIZERS["adagrad-rms"](), 0.01), np.array([(1.0, 0.0), (0.0, 0.0)]), 50)
    assert np.isfinite(many.theta).all()
    assert (many.theta[:, 1] == 0).all()


def test_work_can_be_abandoned():
    def give_up(done):
        raise InterruptedError

    with pytest.raises(InterruptedError):
        run_ensemble(Rosenbrock(), Run(Adam(), 1e-3), np.zeros((2_000, 2)), 100_000, progress=give_up)


def test_a_start_beyond_every_bound_leaves_at_once():
    many = run_ensemble(Rosenbrock(), Run(Adam(), 1e-3), np.array([(np.inf, 1.0), (np.nan, 0.0), (0.0, 0.0)]), 10)
    assert many.diverged.tolist() == [True, True, False]
    assert many.updates.tolist() == [0, 0, 10]


def test_no_starts_are_no_work():
    many = run_ensemble(Rosenbrock(), Run(Adam(), 1e-3), np.zeros((0, 2)), 10)
    assert many.theta.shape == (0, 2)


@pytest.mark.parametrize("share", [0.0, 1.0])
def test_it_makes_no_difference_when_finished_starts_are_put_away(monkeypatch, share):
    starts = np.random.default_rng(2).uniform(-5, 5, (50, 2))
    expected = run_ensemble(Himmelblau(), Run(Adam(), 0.1), starts, 400)
    monkeypatch.setattr(block, "SHARE", share)
    many = run_ensemble(Himmelblau(), Run(Adam(), 0.1), starts, 400)
    assert len(set(expected.updates)) > 2
    np.testing.assert_array_equal(many.theta, expected.theta)
    np.testing.assert_array_equal(many.updates, expected.updates)


def test_gradients_of_different_factors_come_to_rest_together():
    starts = np.array([(1.0, 1.0), (1.0, 1.0 + 1e-3), (-1.2, 1.0)])
    many = run_ensemble(Rosenbrock(), Run(GradientDescent(), 1e-4), starts, 25)
    assert many.converged.tolist() == [True, False, False]


def ends_of(declared):
    if isinstance(declared, Number):
        return declared.low, declared.high
    return declared.options if isinstance(declared, Choice) else (True, False)


@pytest.mark.parametrize("kind", OPTIMIZERS.values(), ids=list(OPTIMIZERS))
def test_the_ends_of_every_knob_change_nothing(kind):
    for name, declared in knobs_of(kind).items():
        for value in ends_of(declared):
            run = Run(kind(**{name: value}), 1e-3, SCHEDULES["linear"]())
            many = run_ensemble(Himmelblau(), run, STARTS[:3], 40, stop=False)
            expected = last_points(Himmelblau(), run, STARTS[:3], 40, Noise())
            near = np.abs(expected) < 1e5
            np.testing.assert_array_equal(np.abs(many.theta) < 1e5, near)
            np.testing.assert_allclose(
                many.theta[near], expected[near], rtol=1e-7, atol=1e-9, err_msg=f"{name} {value}"
            )
