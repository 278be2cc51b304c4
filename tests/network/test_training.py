"""Training by the catalogue's rules, and the limits of the parabola on a real network."""

import numpy as np
import pytest

from engine.scenario import Run
from network.curvature import sharpness
from network.digits import digits
from network.model import Network
from network.study import RULES
from network.training import Task, train
from optimizers.adam import Adam
from optimizers.gradient_descent import GradientDescent
from optimizers.momentum import Momentum
from schedules.base import WarmUp
from xp.functions import FLOATS

SMALL = Network((8,))


def test_gradient_descent_is_what_one_writes_by_hand():
    run = Run(GradientDescent(), 0.5)
    found = train(Task(SMALL, steps=20, looks=20), run)
    data, theta = digits(0)[0], SMALL.start(0)
    for t in range(20):
        np.testing.assert_array_equal(found.looks[t].theta, theta)
        value, slope = SMALL.gradient(theta, data)
        assert (found.loss[t], found.gradient_norm[t]) == (value, np.linalg.norm(slope))
        theta = theta - 0.5 * slope


@pytest.mark.parametrize("slug", RULES)
def test_every_rule_trains_and_gives_what_it_gives_on_numbers(slug):
    """Each parameter by itself, on Python floats, from the gradients of the run."""

    rule = RULES[slug]()
    found = train(Task(SMALL, steps=6, looks=6), Run(rule, 0.01))
    assert len(found.looks) == 6
    data, k = digits(0)[0], 100
    state = rule.init(0.0)
    for look in found.looks[:-1]:
        g = float(SMALL.gradient(look.theta, data)[1][k])
        m, sigma, state = rule.update(g, state, look.update, 0.01, FLOATS)
        step = 0.0 if m == 0.0 else 0.01 / sigma * m
        after = look.theta[k] - step - 0.01 * rule.weight_decay * look.theta[k]
        assert found.looks[look.update + 1].theta[k] == pytest.approx(after, rel=1e-9, abs=1e-12)


def test_a_training_is_the_same_again_and_another_with_another_seed():
    task = Task(SMALL, steps=30, batch=32, looks=3)
    first, again, other = (
        train(t, Run(Adam(), 0.01)) for t in (task, task, Task(SMALL, steps=30, batch=32, seed=1, looks=3))
    )
    np.testing.assert_array_equal(first.loss, again.loss)
    assert not np.array_equal(first.loss, other.loss)


def test_a_rate_that_explodes_ends_the_run_and_says_so():
    found = train(Task(steps=200, looks=5), Run(GradientDescent(), 50.0))
    assert found.is_lost
    assert len(found.loss) < 200
    assert not np.isfinite(found.loss[-1])


def test_a_training_is_reported_while_it_goes_on_and_given_up():
    counts = []

    def report(so_far):
        counts.append(len(so_far.loss))
        if len(counts) == 3:
            raise TimeoutError

    with pytest.raises(TimeoutError):
        train(Task(SMALL, steps=100, looks=11), Run(Adam(), 0.01), report)
    assert counts == [1, 11, 21]


def test_a_warm_up_is_the_engine_s():
    found = train(Task(SMALL, steps=10, looks=10), Run(GradientDescent(), 1.0, warmup=WarmUp(steps=5)))
    rates = [look.rate[0, 2] for look in found.looks]
    assert rates == sorted(rates)
    assert rates[-1] == 1.0


def test_power_iteration_finds_what_a_decomposition_finds():
    random = np.random.default_rng(0)
    a = random.standard_normal((30, 30))
    hessian, rate = a @ a.T, random.random(30)
    found = sharpness(lambda v: hessian @ v, rate, random.standard_normal((1, 30)))
    exact = np.linalg.eigvals(np.diag(rate) @ hessian).real.max()
    assert found.value == pytest.approx(exact, rel=1e-3)
    again = sharpness(lambda v: hessian @ v, rate, found.vectors)
    assert again.products <= 2 < found.products


def test_the_three_largest_are_found_and_each_says_how_good_it_is():
    random = np.random.default_rng(1)
    a = random.standard_normal((40, 40))
    hessian, rate = a @ a.T - 5 * np.eye(40), random.random(40)
    found = sharpness(lambda v: hessian @ v, rate, random.standard_normal((3, 40)))
    exact = np.linalg.eigvals(np.diag(rate) @ hessian).real
    assert found.value == pytest.approx(exact.max(), rel=1e-3)
    for value, residual in zip(found.values, found.residuals, strict=True):
        assert np.abs(exact - value).min() <= residual * found.value
    assert found.residuals[0] < 1e-2
    assert found.residuals.max() < 0.1
    np.testing.assert_allclose(found.vectors @ found.vectors.T, np.eye(3), atol=1e-9)


def test_a_hessian_of_rank_one_has_one_eigenvalue_and_zeros():
    a = np.arange(1.0, 6.0)
    found = sharpness(lambda v: a * (a @ v), np.ones(5), np.random.default_rng(0).standard_normal((3, 5)))
    np.testing.assert_allclose(found.values, [a @ a, 0.0, 0.0], atol=1e-9)
    assert found.vectors.shape == (3, 5)


def test_what_is_not_finite_has_no_sharpness():
    assert np.isnan(sharpness(lambda v: v * np.inf, np.ones(3), np.ones((1, 3))).value)
    assert sharpness(lambda v: 0.0 * v, np.ones(3), np.ones((1, 3))).value == 0.0


@pytest.mark.long
@pytest.mark.parametrize("seed", [0, 1])
@pytest.mark.parametrize(
    ("rule", "lr", "limit"),
    [(GradientDescent(), 1.0, 2.0), (Momentum(), 0.7, 3.8), (Adam(beta2=0.99), 0.003, 38.0)],
)
def test_the_sharpness_of_a_trained_network_hovers_at_the_parabola_s_limit(rule, lr, limit, seed):
    assert rule.stability_limit == pytest.approx(limit)
    found = train(Task(steps=1500, looks=31, seed=seed), Run(rule, lr))
    late = [look.sharpness.value for look in found.looks[-10:]]
    assert np.median(late) == pytest.approx(limit, rel=0.08)
    assert found.looks[-1].accuracy > 0.9
