"""Rules from 2017 on, and those that see both axes, worked by hand from their papers."""

import math

import numpy as np
import pytest

from optimizers.ademamix import AdEMAMix
from optimizers.adopt import ADOPT
from optimizers.barzilai_borwein import BarzilaiBorwein
from optimizers.base import Seen
from optimizers.cautious_adamw import CautiousAdamW
from optimizers.conjugate_gradient import ConjugateGradients
from optimizers.full_adagrad import FullAdagrad
from optimizers.grams import Grams
from optimizers.lbfgs import LBFGS
from optimizers.mars_adamw import MARSAdamW
from optimizers.newton import Newton
from optimizers.polyak import Polyak
from optimizers.prodigy import Prodigy
from optimizers.saddle_free import SaddleFreeNewton
from optimizers.schedule_free_adamw import ScheduleFreeAdamW
from optimizers.schedule_free_sgd import ScheduleFreeSGD
from optimizers.shampoo import Shampoo
from optimizers.soap import SOAP
from optimizers.sophia import Sophia
from xp.functions import FLOATS


def feed(rule, grads, lr=0.1, **seen):
    """Return (m, sigma) or (m, S) of each update of a rule fed with gradients."""
    state, answers = rule.init(0.0), []
    for t, g in enumerate(grads):
        here = Seen(g, seen.get("loss"), seen.get("hessian")) if isinstance(g, tuple) else g
        m, scale, state = rule.update(here, state, t, lr, FLOATS)
        answers.append((m, scale))
    return answers


def near(value):
    return pytest.approx(value, rel=1e-12, abs=1e-14)


def test_full_adagrad_s_root():
    """G = (3, 4)(3, 4)' + (4, -3)(4, -3)' = 25 I, and its root is 5 I."""
    (m, _), (after, s) = feed(FullAdagrad(eps=0.0), [(3.0, 4.0), (4.0, -3.0)])
    assert m == (3.0, 4.0)
    assert after == (4.0, -3.0)
    assert s == pytest.approx((5.0, 0.0, 5.0), rel=1e-9, abs=1e-9)


def test_shampoo_averages_and_corrects():
    """L = 0.5 (0.5 * 16, 0) + 0.5 (0, 64) = (4, 32), over 1 - 1/4; the directions 4/2 and 0, 8/2, over 1 - 1/4."""
    rule = Shampoo(beta1=0.5, beta2=0.5, eps=0.0)
    (_, _), (m, s) = feed(rule, [(4.0, 0.0), (0.0, 8.0)])
    assert m == near((1.0 / 0.75, 4.0 / 0.75))
    assert s == pytest.approx((math.sqrt(4.0 / 0.75), 0.0, math.sqrt(32.0 / 0.75)), rel=1e-9)


def test_soap_only_looks_at_first_and_turns_by_power_iteration():
    """q = (3, 4)/5; then along 5 and across 0 of (3, 4): S = 5 along, eps across; G stays a multiple of g g'."""
    (m, s), (later, matrix) = feed(SOAP(beta1=0.0, beta2=0.9, eps=1e-8), [(3.0, 4.0), (3.0, 4.0)])
    assert m == (0.0, 0.0)
    assert s == (1.0, 0.0, 1.0)
    assert later == near((3.0, 4.0))
    values, vectors = np.linalg.eigh([[matrix[0], matrix[1]], [matrix[1], matrix[2]]])
    assert values[1] == pytest.approx(5.0 + 1e-8 / math.sqrt(0.1), rel=1e-9)
    assert abs(vectors[:, 1] @ [0.6, 0.8]) == pytest.approx(1.0)


def test_newton_divides_by_the_damped_hessian():
    ((m, s),) = feed(Newton(damping=0.5), [(1.0, 2.0)], hessian=(3.0, 1.0, -2.0))
    assert (m, s) == ((1.0, 2.0), (3.5, 1.0, -1.5))


def test_saddle_free_newton_takes_sizes_and_trusts_a_radius():
    """Of diag(4, -1) the sizes are 4 and 1; the step 0.5 (2/4, 3/1) = (0.25, 1.5) is 1.5207 long, its radius 1."""
    ((_, s),) = feed(SaddleFreeNewton(damping=0.0), [(2.0, 3.0)], lr=0.5, hessian=(4.0, 0.0, -1.0))
    length = math.hypot(0.25, 1.5)
    assert s == near((4.0 * length, 0.0, length))
    ((_, s),) = feed(SaddleFreeNewton(damping=0.0), [(2.0, 3.0)], lr=0.5, hessian=(0.0, 2.0, 0.0))
    assert s == near((2.0, 0.0, 2.0))


def test_ademamix_adds_an_uncorrected_slow_average():
    """m 0.5 * 4, corrected 4; slow 0.1 * 4, three times; v 0.5 * 16, corrected 16."""
    ((m, sigma),) = feed(AdEMAMix(beta1=0.5, beta2=0.5, beta3=0.9, alpha=3.0, eps=0.0), [4.0])
    assert (m, sigma) == (near(4.0 + 3.0 * 0.4), near(4.0))


def test_adopt_scales_by_what_came_before():
    """v = 4, nothing moves; n = 6 / 2 cut to 1, m = 0.5; v = 0.5 * 4 + 0.5 * 36 = 20; n = -2^(1/4) at most."""
    answers = feed(ADOPT(beta1=0.5, beta2=0.5), [2.0, 6.0, -100.0])
    assert [sigma for _, sigma in answers] == [1.0] * 3
    assert [m for m, _ in answers] == near([0.0, 0.5, 0.25 - 0.5 * 2.0**0.25])


def test_grams_has_adam_s_size_and_the_gradient_s_sign():
    """m = 2, then 1 - 0.5 = 0.5 over 0.75: positive, but the gradient points the other way."""
    (_, (m, _)) = feed(Grams(beta1=0.5, beta2=0.5, eps=0.0), [4.0, -1.0])
    assert m == near(-(0.5 * 2.0 - 0.5) / 0.75)


def test_sophia_divides_by_curvature_or_by_the_size_of_m():
    """m = (1, 0.25); h = 0.5 (8, -8) = (4, -4), with gamma 0.5 (2, -2): scales 2 and |m| = 0.25."""
    rule = Sophia(beta1=0.5, beta2=0.5, gamma=0.5)
    ((m, s),) = feed(rule, [(2.0, 0.5)], hessian=(8.0, 1.0, -8.0))
    assert (m, s) == (near((1.0, 0.25)), near((2.0, 0.0, 0.25)))


def test_cautious_adamw_doubles_the_one_that_agrees():
    """After 4 and -1 m = 0.5 of x, of which the gradient is -1: it rests; y goes twice as far."""
    (_, (m, _)) = feed(CautiousAdamW(beta1=0.5, beta2=0.5, eps=0.0), [(4.0, 4.0), (-1.0, 4.0)])
    assert m == (0.0, near(2.0 * 4.0))


def test_mars_carries_on_and_cuts():
    """At first c = g of length 5, cut to (0.6, 0.8); then g + 0.5 (g - g') = (0.3, 0) + 0.5 (-2.7, -4) is cut too."""
    first, second = feed(MARSAdamW(beta1=0.5, beta2=0.5, gamma=0.5), [(3.0, 4.0), (0.3, 0.0)])
    assert first[0] == near((0.6, 0.8))
    c = np.array([0.3 - 1.35, -2.0])
    c /= np.linalg.norm(c)
    assert second[0] == near(tuple((0.25 * np.array([0.6, 0.8]) * 1.0 + 0.5 * c) / 0.75))


def test_prodigy_keeps_its_first_distance_until_a_step_has_shown_more():
    """m = 0.1 d g, v = 0.001 d^2 g^2; the first d is kept, since nothing has moved; sigma / m is Adam's over d."""
    ((m, s),) = feed(Prodigy(first=0.5), [(3.0, -4.0)], lr=1.0)
    assert m == near((0.15, -0.2))
    assert s[0] == pytest.approx((math.sqrt(0.001) * 1.5 + 0.5e-8) / (0.5 * math.sqrt(0.001) / 0.1), rel=1e-12)
    assert 1.0 / s[0] * m[0] == pytest.approx(0.5, rel=1e-6)


@pytest.mark.parametrize("rule", [ScheduleFreeSGD(beta=0.75), ScheduleFreeAdamW(beta1=0.75, beta2=0.5)])
def test_a_schedule_free_rule_s_moves_are_those_of_x(rule):
    """x, y and z kept as the paper has them, on the parabola 2 y^2, beside x moved by m / sigma."""
    x = z = theta = 3.0
    v, state = 0.0, rule.init(0.0)
    for t in range(5):
        y, z_ghost = (theta + offset for offset in rule.offsets(state))
        assert y == pytest.approx(0.25 * z + 0.75 * x, rel=1e-12)
        assert z_ghost == pytest.approx(z, rel=1e-12)
        g = 4.0 * y
        v = 0.5 * v + 0.5 * g * g
        sigma = 1.0 if isinstance(rule, ScheduleFreeSGD) else math.sqrt(v / (1.0 - 0.5 ** (t + 1))) + rule.eps
        z -= 0.1 / sigma * g
        x += (z - x) / (t + 1)
        m, found, state = rule.update(g, state, t, 0.1, FLOATS)
        theta -= 0.1 / found * m
        assert theta == pytest.approx(x, rel=1e-11)


def test_polyak_steps_to_where_the_tangent_meets_the_lowest_loss():
    """25 / (7 - 2) = 5."""
    ((m, s),) = feed(Polyak(lowest=2.0), [(3.0, 4.0)], loss=7.0)
    assert (m, s) == ((3.0, 4.0), (5.0, 0.0, 5.0))
    ((m, _),) = feed(Polyak(lowest=7.0), [(3.0, 4.0)], loss=7.0)
    assert m == (0.0, 0.0)


def test_barzilai_borwein_takes_the_curvature_of_its_last_step():
    """The step 0.1 (4, 0) changed the gradient from 4 to 2: 2 / 0.4 = 5 is the curvature, and mu times that S."""
    _, (_, s) = feed(BarzilaiBorwein(), [(4.0, 0.0), (2.0, 0.0)])
    assert s == near((0.5, 0.0, 0.5))
    _, (_, s) = feed(BarzilaiBorwein(), [(4.0, 0.0), (6.0, 0.0)])
    assert s == near((1.0, 0.0, 1.0))


def test_conjugate_gradients_need_two_updates_on_a_quadratic():
    matrix, theta = np.array([[3.0, 1.0], [1.0, 2.0]]), np.array([2.0, -1.0])
    rule = ConjugateGradients()
    state = rule.init(0.0)
    for t in range(2):
        seen = Seen(tuple(matrix @ theta), None, (3.0, 1.0, 2.0))
        d, (size, _, _), state = rule.update(seen, state, t, 1.0, FLOATS)
        theta = theta - np.array(d) / size
    assert np.abs(theta).max() < 1e-14


def test_lbfgs_knows_a_quadratic_after_two_pairs_along_conjugate_directions():
    """At first max(1, |g|_1); after a move along x its curvature is known exactly, S s = y."""
    rule = LBFGS()
    state = rule.init(0.0)
    _, s, state = rule.update(Seen((4.0, 0.0)), state, 0, 1.0, FLOATS)
    assert s == (4.0, 0.0, 4.0)
    _, s, state = rule.update(Seen((1.0, -1.0)), state, 1, 1.0, FLOATS)
    step, change = np.array([-1.0, 0.0]), np.array([-3.0, -1.0])
    np.testing.assert_allclose(np.array([[s[0], s[1]], [s[1], s[2]]]) @ step, change, rtol=1e-12)
