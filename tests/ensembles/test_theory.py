"""Theory over a plane of learning rate and memory, against what runs do."""

import numpy as np
import pytest

from engine.noise import Noise
from engine.scenario import Run, Scenario
from engine.simulate import simulate_run
from ensembles.axis import Axis
from ensembles.plane import plane
from ensembles.theory import Theory, theory_of, why
from optimizers.adam import Adam
from optimizers.gradient_descent import GradientDescent
from optimizers.momentum import Momentum
from optimizers.nesterov import Nesterov
from optimizers.qhm import QHM
from schedules.cosine import Cosine
from surfaces.booth import Booth
from surfaces.rosenbrock import Rosenbrock
from surfaces.saddle import Saddle
from surfaces.valley import Valley

RULES = [Momentum(), Momentum(form="average"), Nesterov(), QHM(nu=0.7), QHM(nu=0.3), QHM(nu=1.0)]
BOWL = Valley(kappa=10.0, angle=30.0)


def scene(rule, surface=BOWL, steps=600):
    return Scenario(surface, (3.0, 2.0), steps, (Run(rule, 0.01),))


@pytest.mark.parametrize("rule", RULES, ids=str)
def test_runs_are_lost_beyond_the_boundary_and_nowhere_else(rule):
    made = scene(rule)
    theory = theory_of(made)
    rates, memories = Axis("a.lr", 0.01, 3.0, 40, log=True), Axis("a.beta", 0.0, 0.95, 12)
    found = plane(made, rates, memories, watch=False)
    beyond = rates.values / theory.boundary(memories.values)[:, None]
    start = float(BOWL.value(3.0, 2.0))
    assert (found.loss[beyond < 0.97] < start).all()
    assert (found.loss[beyond > 1.03] > start).all()
    radius = theory.spectral_radius(rates.values, memories.values[:, None])
    np.testing.assert_array_equal(radius > 1.0, beyond > 1.0)


@pytest.mark.parametrize("rule", RULES, ids=str)
@pytest.mark.parametrize("rate", [0.01, 0.05])
def test_the_spectral_radius_is_the_rate_at_which_a_run_comes_nearer(rule, rate):
    rule = type(rule)(**{**vars(rule), "beta": 0.5})
    radius = float(theory_of(scene(rule)).spectral_radius(np.array(rate), np.array(0.5)))
    path = simulate_run(scene(rule, steps=400), Run(rule, rate)).theta
    away = np.hypot(*path.T)
    late = slice(100, 200)
    assert np.exp(np.polyfit(range(100), np.log(away[late]), 1)[0]) == pytest.approx(radius, abs=5e-3)


def test_polyak_is_the_fastest_of_all():
    theory = theory_of(scene(Momentum()))
    rate, memory = theory.optimum
    best = float(theory.spectral_radius(np.array(rate), np.array(memory)))
    assert best == pytest.approx(np.sqrt(memory))
    assert memory == pytest.approx(((np.sqrt(10.0) - 1.0) / (np.sqrt(10.0) + 1.0)) ** 2)
    rates, memories = np.geomspace(1e-3, 1.0, 200), np.linspace(0.0, 0.99, 200)
    assert theory.spectral_radius(rates, memories[:, None]).min() >= best - 1e-9


def test_on_the_critically_damped_curve_both_roots_are_one():
    theory, memories = theory_of(scene(Momentum())), np.array([0.1, 0.5, 0.9])
    soft, sharp = theory.critically_damped(memories)
    for rates, curvature in ((soft, 1.0), (sharp, 10.0)):
        a = rates * curvature
        np.testing.assert_allclose((1.0 + memories - a) ** 2, 4.0 * memories)
    assert theory_of(scene(Nesterov())).critically_damped(memories) == ()
    assert theory_of(scene(Nesterov())).optimum is None


def test_gradient_descent_has_a_line_without_memory():
    theory = theory_of(scene(GradientDescent()))
    assert theory.memory == ""
    np.testing.assert_allclose(theory.boundary(np.zeros(3)), 0.2)


def test_curvatures_are_told_from_the_surface():
    assert isinstance(theory_of(scene(Momentum(), Booth())), Theory)
    assert theory_of(scene(Momentum(), Booth())).curvatures == pytest.approx((2.0, 18.0))


@pytest.mark.parametrize(
    ("made", "words"),
    [
        (scene(Adam()), "σ stood still"),
        (scene(Momentum(), Rosenbrock()), "no bowl"),
        (scene(Momentum(), Saddle()), "no bowl"),
        (Scenario(BOWL, (3.0, 2.0), 9, (Run(Momentum(), 0.01, Cosine()),)), "constant learning rate"),
        (Scenario(BOWL, (3.0, 2.0), 9, (Run(Momentum(), 0.01),), Noise(level=0.1)), "constant learning rate"),
    ],
)
def test_where_theory_does_not_apply_it_says_why(made, words):
    assert theory_of(made) is None
    assert words in str(why(made))
