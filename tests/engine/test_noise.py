"""Gradient noise: seeded, the same for every run, unbiased."""

from dataclasses import replace

import numpy as np
import pytest

from engine.noise import Noise, noisy_gradient
from engine.presets import DEFAULT_SCENE
from engine.scenario import Run, Scenario
from engine.simulate import simulate
from engine.window import median_gradient
from optimizers.adam import Adam
from optimizers.gradient_descent import GradientDescent
from surfaces.lecture_valley import LectureValley
from surfaces.own import Own
from surfaces.rosenbrock import Rosenbrock

SCENE = Scenario(Rosenbrock(), (-1.0, 1.0), 50, (Run(GradientDescent(), 1e-4), Run(GradientDescent(), 1e-4)))


def test_every_run_meets_the_same_noise():
    first, second = simulate(replace(SCENE, noise=Noise(level=0.5, seed=7)))
    np.testing.assert_array_equal(first.theta, second.theta)


def test_the_seed_decides():
    one, same, other = (simulate(replace(SCENE, noise=Noise(level=0.5, seed=s)))[0].theta for s in (1, 1, 2))
    np.testing.assert_array_equal(one, same)
    assert not np.array_equal(one, other)


def test_no_noise_is_the_surfaces_own_gradient():
    assert noisy_gradient(Rosenbrock(), Noise(), 10)(0.5, 0.5) == Rosenbrock().gradient(0.5, 0.5)


def test_gaussian_noise_has_the_declared_spread():
    surface, steps = Rosenbrock(), 20_000
    gradient = noisy_gradient(surface, Noise(level=0.1, seed=3), steps)
    draws = np.array([gradient(0.5, 0.5) for _ in range(steps)]) - surface.gradient(0.5, 0.5)
    assert draws.std(axis=0) == pytest.approx(0.1 * median_gradient(surface) * np.ones(2), rel=0.02)
    assert np.abs(draws.mean(axis=0)).max() < 0.03 * draws.std()


@pytest.mark.parametrize("batch", [1, 3, 9])
def test_a_mini_batch_is_unbiased_and_drawn_without_replacement(batch):
    surface, steps = LectureValley(), 20_000
    gradient = noisy_gradient(surface, Noise(batch=batch, seed=5), steps)
    draws = np.array([gradient(-150.0, 1.0) for _ in range(steps)])
    error = np.abs(draws.mean(axis=0) - surface.gradient(-150.0, 1.0))
    assert (error < 5 * draws.std(axis=0) / np.sqrt(steps)).all()
    if batch == 1:
        assert len(np.unique(draws.round(3), axis=0)) == surface.data_size


@pytest.mark.parametrize("batch", [0, 10, 11])
def test_all_the_data_is_no_noise(batch):
    scene = replace(DEFAULT_SCENE, steps=20)
    full, batched = simulate(scene), simulate(replace(scene, noise=Noise(batch=batch)))
    np.testing.assert_array_equal(full[1].theta, batched[1].theta)


def test_the_recorded_gradient_is_the_one_the_update_saw():
    scene = replace(SCENE, runs=(Run(Adam(), 0.01),), noise=Noise(level=1.0))
    (t,) = simulate(scene)
    m1 = 0.1 * t.grad[0] / (1 - 0.9)
    np.testing.assert_allclose(t.m[0], m1)
    assert not np.allclose(t.grad[0], Rosenbrock().gradient(-1.0, 1.0))


def test_where_nothing_in_the_window_is_finite_there_is_no_noise():
    surface = Own(formula="sqrt(x) + y", x_low=-9.0, x_high=-1.0)
    assert noisy_gradient(surface, Noise(level=10.0), 5)(4.0, 0.0) == (0.25, 1.0)


def test_noise_of_a_level_is_that_many_median_gradients():
    plane = Own(formula="3*x - 4*y")
    draw = noisy_gradient(plane, Noise(level=0.5, seed=9), 1)(0.0, 0.0)
    expected = 0.5 * 5.0 * np.random.default_rng([9, 1]).standard_normal((1, 2))[0]
    np.testing.assert_allclose(np.array(draw) - (3.0, -4.0), expected, rtol=1e-12)


@pytest.mark.parametrize(("name", "high"), [("level", 10.0), ("batch", 1000), ("seed", 2**31 - 1)])
def test_noise_has_a_range(name, high):
    assert getattr(Noise(**{name: high}), name) == high
    for value in (-1, 2 * high):
        with pytest.raises(ValueError, match=f"Noise.{name} must lie in"):
            Noise(**{name: value})
