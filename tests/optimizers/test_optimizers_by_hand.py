"""Rules that no framework here can check, worked by hand from their papers."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from optimizers.adabelief import AdaBelief
from optimizers.adagrad import Adagrad
from optimizers.adagrad_rms import AdagradRMS
from optimizers.adam import Adam
from optimizers.adamax import Adamax
from optimizers.adan import Adan
from optimizers.lion import Lion
from optimizers.momentum import Momentum
from optimizers.nadam import NAdam
from optimizers.nesterov import Nesterov
from optimizers.qhm import QHM
from optimizers.radam import RAdam
from optimizers.rmsprop import RMSProp
from optimizers.rmsprop_lee import RMSPropLee
from optimizers.rprop import Rprop
from optimizers.signsgd import SignSGD
from optimizers.yogi import Yogi
from xp.functions import FLOATS


def feed(optimizer, grads, rates=None):
    """Return (m, sigma) of each update of the rule fed with `grads` at the learning rates `rates`."""
    state, answers = optimizer.init(0.0), []
    for t, g in enumerate(grads):
        m, sigma, state = optimizer.update(g, state, t, rates[t] if rates else 0.1, FLOATS)
        answers.append((m, sigma))
    return np.array(answers).T


def check(optimizer, grads, directions, scales):
    m, sigma = feed(optimizer, grads)
    np.testing.assert_allclose(m, directions, rtol=1e-14, atol=1e-15)
    np.testing.assert_allclose(sigma, scales, rtol=1e-14)


def test_heavy_ball():
    check(Momentum(beta=0.5), [4.0, -2.0, 6.0], [4.0, 0.0, 6.0], 1.0)


def test_exponential_average():
    """2 = (0 + 4) / 2, 0 = (2 - 2) / 2, 3 = (0 + 6) / 2."""
    check(Momentum(beta=0.5, form="average"), [4.0, -2.0, 6.0], [2.0, 0.0, 3.0], 1.0)


def test_nesterov():
    """v = 4, 0, 6, and half of each is added to the gradient."""
    check(Nesterov(beta=0.5), [4.0, -2.0, 6.0], [6.0, -2.0, 9.0], 1.0)


def test_nadam_without_its_schedule():
    """m = 1/2, 3/4; v = 1/4, 7/16; 1/2 m over 1 - b^2, 1 - b^3 and half of g over 1 - b, 1 - b^2; v over 1/4, 7/16."""
    directions = [0.25 / 0.75 + 1.0, 0.375 / 0.875 + 0.5 / 0.75]
    check(NAdam(beta1=0.5, beta2=0.75, eps=0.0, scheduled=False), [1.0, 1.0], directions, [1.0, 1.0])
    still = NAdam(psi=10.0, scheduled=False)
    np.testing.assert_array_equal(feed(still, [1.0, -2.0]), feed(NAdam(scheduled=False), [1.0, -2.0]))


def test_heavy_ball_with_the_rate_inside():
    """Velocities 0.4 * 4, 0.8 + 0.2 * -2, 0.2 + 0.1 * 6 = 1.6, 0.4, 0.8, over the rates 0.4, 0.2, 0.1."""
    m, sigma = feed(Momentum(beta=0.5, rate="inside"), [4.0, -2.0, 6.0], [0.4, 0.2, 0.1])
    np.testing.assert_allclose(m, [4.0, 2.0, 8.0], rtol=1e-14)
    np.testing.assert_array_equal(sigma, 1.0)


def test_nesterov_with_the_rate_inside():
    """Velocities 1.6, 0.4, 0.8 as above; half of each over its rate, 2, 1, 4, is added to the gradient."""
    m, _ = feed(Nesterov(beta=0.5, rate="inside"), [4.0, -2.0, 6.0], [0.4, 0.2, 0.1])
    np.testing.assert_allclose(m, [6.0, -1.0, 10.0], rtol=1e-14)


@pytest.mark.parametrize("nesterov", [False, True])
def test_momentum_moves_as_keras_does_while_the_rate_changes(nesterov):
    """keras.optimizers.SGD: velocity = momentum * velocity - lr * g; w += velocity, or momentum * velocity - lr * g."""
    curvature, rates = 3.0, [0.1, 0.3, 0.05, 0.2, 0.02, 0.2]
    rule = (Nesterov if nesterov else Momentum)(beta=0.9, rate="inside")
    w = theta = 2.0
    velocity, state = 0.0, rule.init(0.0)
    for t, lr in enumerate(rates):
        g = curvature * w
        velocity = 0.9 * velocity - lr * g
        w += 0.9 * velocity - lr * g if nesterov else velocity
        m, sigma, state = rule.update(curvature * theta, state, t, lr, FLOATS)
        theta -= lr / sigma * m
        assert theta == pytest.approx(w, rel=1e-13)


def test_nesterov_with_the_rate_inside_is_sutskevers_point_looked_ahead_to():
    """v <- beta v - lr g(theta + beta v), theta <- theta + v (ICML 2013, equations 3 and 4)."""
    rule, theta, v, ahead = Nesterov(beta=0.75, rate="inside"), 1.0, 0.0, 1.0
    state = rule.init(0.0)
    for t, lr in enumerate([0.1, 0.4, 0.02, 0.3]):
        v = 0.75 * v - lr * (theta + 0.75 * v)
        theta += v
        m, _, state = rule.update(ahead, state, t, lr, FLOATS)
        ahead -= lr * m
        assert ahead == pytest.approx(theta + 0.75 * v, rel=1e-13)


@pytest.mark.parametrize("kind", [Momentum, Nesterov])
@given(
    st.lists(st.floats(-1e3, 1e3), min_size=1, max_size=8), st.floats(0.0, 0.999), st.sampled_from([0.5, 0.125, 4.0])
)
def test_the_place_of_a_constant_rate_makes_no_difference(kind, grads, beta, lr):
    rates = [lr] * len(grads)
    outside, inside = (feed(kind(beta=beta, rate=rate), grads, rates) for rate in ("outside", "inside"))
    np.testing.assert_allclose(inside, outside, rtol=1e-12, atol=1e-9)


@pytest.mark.parametrize("kind", [Momentum, Nesterov])
def test_a_rate_of_zero_is_guarded(kind):
    m, _ = feed(kind(beta=0.5, rate="inside"), [4.0, 4.0, 0.0], [0.5, 0.0, 0.5])
    assert np.isfinite(m).all()
    assert m[2] == pytest.approx({Momentum: 1.0, Nesterov: 0.5}[kind])  # the velocity 2 has been halved twice


def test_quasi_hyperbolic_momentum():
    """v = 2, 0, 3; m = g / 4 + 3 v / 4."""
    check(QHM(beta=0.5, nu=0.75), [4.0, -2.0, 6.0], [2.5, -0.5, 3.75], 1.0)


def test_signsgd():
    check(SignSGD(), [4.0, -2.0, 0.0], [1.0, -1.0, 0.0], 1.0)


@pytest.mark.parametrize(
    ("grads", "signs"),
    [([4.0, -0.5, -2.0, 0.0], [1.0, 1.0, -1.0, -1.0]), ([4.0, 0.0, -0.5, -2.0], [1.0, 1.0, 1.0, -1.0])],
)
def test_lion(grads, signs):
    """The signs are those of 2, 0.25, -0.6875, -0.015625 and of 2, 0.5, 0.125, -0.78125."""
    check(Lion(beta1=0.5, beta2=0.75), grads, signs, 1.0)


def test_adagrad_of_the_lecture_takes_the_mean():
    """sigma^2 = 9, 25 / 2, 25 / 3."""
    check(AdagradRMS(), [3.0, 4.0, 0.0], [3.0, 4.0, 0.0], [3.0, 3.5355339059327378, 2.8867513459481287])


@pytest.mark.parametrize(
    ("place", "scales"), [("outside", [4.0, 6.0, 6.0]), ("inside", [10**0.5, 26**0.5, 26**0.5])], ids=str
)
def test_adagrad_takes_the_sum(place, scales):
    """s = 9, 25, 25 and epsilon = 1."""
    check(Adagrad(eps=1.0, place=place), [3.0, 4.0, 0.0], [3.0, 4.0, 0.0], scales)


def test_adagrad_starts_its_sum_where_it_is_told():
    check(Adagrad(eps=0.0, initial=7.0), [3.0, 3.0, 0.0], [3.0, 3.0, 0.0], [4.0, 5.0, 5.0])


def test_rmsprop_of_the_lecture_starts_at_the_first_gradient():
    """sigma^2 = 16, 12, 9 + 1."""
    check(RMSPropLee(rho=0.75), [4.0, 0.0, 2.0], [4.0, 0.0, 2.0], [4.0, 3.4641016151377544, 3.1622776601683795])


@pytest.mark.parametrize(
    ("place", "scales"),
    [("outside", [3.0, 2.7320508075688772, 2.8027756377319946]), ("inside", [5**0.5, 2.0, 4.25**0.5])],
)
def test_rmsprop_starts_at_zero(place, scales):
    """v = 4, 3, 2.25 + 1 and epsilon = 1."""
    check(RMSProp(rho=0.75, eps=1.0, place=place), [4.0, 0.0, 2.0], [4.0, 0.0, 2.0], scales)


@given(rho=st.floats(0.0, 0.99999), g=st.floats(1e-100, 1e100))
def test_the_first_steps_of_the_two_rmsprops_differ_by_the_root_of_one_minus_rho(rho, g):
    ((m_lee,), (sigma_lee,)) = feed(RMSPropLee(rho=rho), [g])
    ((m,), (sigma,)) = feed(RMSProp(rho=rho, eps=0.0), [g])
    assert (m / sigma) / (m_lee / sigma_lee) == pytest.approx(1.0 / math.sqrt(1.0 - rho), rel=1e-12)


def test_centred_rmsprop_of_an_equal_gradient_has_no_spread_and_no_nan():
    sigma = feed(RMSProp(centered=True, eps=1e-8), [0.1] * 5000)[1]
    assert (sigma >= 1e-8).all()
    assert sigma[-1] < 1e-6


def test_momentum_of_rmsprop_stands_still_while_there_is_no_scale():
    m, sigma = feed(RMSProp(momentum=0.5, eps=0.0), [0.0, 0.0, 2.0])
    np.testing.assert_allclose(m / np.where(sigma == 0, 1, sigma), [0.0, 0.0, 10.0])


@pytest.mark.parametrize(
    ("knobs", "directions", "scales"),
    [
        ({}, [4.0, 4 / 3], [5.0, (48 / 7) ** 0.5 + 1]),
        ({"place": "inside"}, [4.0, 4 / 3], [17**0.5, (55 / 7) ** 0.5]),
        ({"place": "hat"}, [4.0, 4 / 3], [6.0, (3**0.5 + 1) / 0.4375**0.5]),
        ({"corrected": False}, [2.0, 1.0], [3.0, 3**0.5 + 1]),
        ({"corrected": False, "place": "hat"}, [2.0, 1.0], [3.0, 3**0.5 + 1]),
        ({"corrected": False, "place": "inside"}, [2.0, 1.0], [5**0.5, 2.0]),
    ],
    ids=str,
)
def test_every_epsilon_of_adam(knobs, directions, scales):
    """m = 2, 1; v = 4, 3; the corrections are 1/2, 3/4 and 1/4, 7/16; epsilon = 1."""
    check(Adam(beta1=0.5, beta2=0.75, eps=1.0, **knobs), [4.0, 0.0], directions, scales)


@pytest.mark.parametrize(("place", "scales"), [("inside", [5.0, 2.5, 3.0]), ("outside", [5.0, 3.0, 3.0])])
def test_every_epsilon_of_adamax(place, scales):
    """m = 2, 0.5, 1.25; u = max(2.5, 1 + 1), max(1.25, 2 + 1), or max(2, 1), max(1, 2) and then + 1."""
    adamax = Adamax(beta1=0.5, beta2=0.5, eps=1.0, place=place)
    check(adamax, [4.0, -1.0, 2.0], [4.0, 2 / 3, 10 / 7], scales)


def test_yogi():
    """m = 1, 1, -1, 0.5; v = 1 + 4 / 4, 2 - 1 / 4, 7 / 4 + 9 / 4 and 4 again, which is g^2; epsilon = 1."""
    yogi = Yogi(beta1=0.5, beta2=0.75, eps=1.0, initial=1.0)
    check(yogi, [2.0, 1.0, -3.0, 2.0], [1.0, 1.0, -1.0, 0.5], [2**0.5 + 1, 1.75**0.5 + 1, 3.0, 3.0])


def test_adabelief():
    """m = 2, 1, -1; g - m = 2, -1, -2; s = 1.25, 1.4375, 2.328125 with epsilon = 1/4 in each."""
    check(
        AdaBelief(beta1=0.5, beta2=0.75, eps=0.25),
        [4.0, 0.0, -3.0],
        [4.0, 4 / 3, -8 / 7],
        [5**0.5 + 0.25, (23 / 7) ** 0.5 + 0.25, (149 / 37) ** 0.5 + 0.25],
    )


def test_adan():
    """d = 0, -2, 4; m = 2, 2, 4; v = 0, -1, 1.5; g + d / 2 = 4, 1, 8; n = 4, 3.25, 18.4375."""
    check(
        Adan(beta1=0.5, beta2=0.5, beta3=0.75, eps=0.0),
        [4.0, 2.0, 6.0],
        [4.0, 2.0, 38 / 7],
        [4.0, (52 / 7) ** 0.5, (1180 / 37) ** 0.5],
    )


def test_radam_trusts_its_scale_from_the_sixth_update_on():
    scales = feed(RAdam(eps=0.0), [3.0] * 7)[1]
    np.testing.assert_array_equal(scales[:5], 1.0)
    rho = 1999 - 2 * 6 * 0.999**6 / (1 - 0.999**6)
    r = math.sqrt((rho - 4) * (rho - 2) * 1999 / (1995 * 1997 * rho))
    assert scales[5] == pytest.approx(3.0 / r, rel=1e-9)
    assert scales[6] < scales[5]


def test_radam_can_stand_still_instead():
    scales = feed(RAdam(early="still"), [3.0] * 7)[1]
    np.testing.assert_array_equal(scales[:5], math.inf)
    np.testing.assert_array_equal(scales[5:], feed(RAdam(), [3.0] * 7)[1][5:])


def test_rprop_steps_by_its_own_sizes_whatever_the_schedule_does_later():
    """eta = 1, 1.2, 0.6 (and rest), 0.6, 0.72."""
    rates = [1.0, 0.1, 3.0, 1.0, 1e-9]
    m, sigma = feed(Rprop(), [2.0, 1.0, -1.0, -3.0, -1.0], rates)
    np.testing.assert_array_equal(m, [1.0, 1.0, 0.0, -1.0, -1.0])
    np.testing.assert_allclose(rates / sigma, [1.0, 1.2, 0.6, 0.6, 0.72], rtol=1e-14)


def test_rprop_keeps_its_steps_within_bounds():
    sigma = feed(Rprop(least=0.09, most=0.125), [1.0, 1.0, 1.0, -1.0, 0.0, 1.0, -1.0])[1]
    np.testing.assert_allclose(0.1 / sigma, [0.1, 0.12, 0.125, 0.09, 0.09, 0.09, 0.09], rtol=1e-14)


def test_rprop_stands_still_at_a_learning_rate_of_zero():
    m, sigma = feed(Rprop(), [1.0, 1.0], [0.1, 0.0])
    assert (0.0 / sigma * m)[1] == 0.0
