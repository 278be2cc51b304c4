"""A new run opens with a learning rate that makes sense, whatever is combined."""

from types import SimpleNamespace
from typing import NamedTuple

import numpy as np
import pytest

from engine.scenario import Run, Scenario
from engine.simulate import simulate_run
from engine.suggest import curvature_below, gain, guess, suggest_learning_rate
from engine.trial import attempt
from optimizers import OPTIMIZERS
from optimizers.adadelta import Adadelta
from optimizers.adagrad import Adagrad
from optimizers.adam import Adam
from optimizers.gradient_descent import GradientDescent
from optimizers.momentum import Momentum
from optimizers.signsgd import SignSGD
from surfaces import SURFACES
from surfaces.own import Own
from surfaces.valley import Valley


def may_hold(surface):
    """Return whether a run may come to rest: a surface whose known points are all saddles lets none."""
    kinds = {point.kind for point in surface.critical_points}
    return not kinds or "minimum" in kinds


@pytest.mark.parametrize("slug", SURFACES)
@pytest.mark.parametrize("kind", OPTIMIZERS.values(), ids=list(OPTIMIZERS))
def test_the_suggested_rate_makes_progress_and_stays_near(slug, kind):
    surface = SURFACES[slug]()
    optimizer = kind()
    run = Run(optimizer, suggest_learning_rate(surface, surface.start, optimizer))
    t = simulate_run(Scenario(surface, surface.start, 500, (run,)), run)
    assert t.loss[-1] < t.loss[0] or t.outcome.ending == "diverged" or kind.may_climb
    if not may_hold(surface) or kind.may_climb:
        return
    assert t.outcome.ending != "diverged"
    spans = np.array([high - low for low, high in surface.window])
    assert (np.abs(t.theta - t.theta[0]) <= 3 * spans).all()


def test_the_suggestion_is_a_round_number():
    surface = SURFACES["rosenbrock"]()
    lr = suggest_learning_rate(surface, surface.start, OPTIMIZERS["gd"]())
    assert float(f"{lr:.0e}") == lr


@pytest.mark.parametrize("kind", OPTIMIZERS.values(), ids=list(OPTIMIZERS))
def test_where_no_rate_is_better_than_another_the_guess_stays(kind):
    surface = SURFACES["saddle"]()
    lr = suggest_learning_rate(surface, (0.0, 0.0), kind())
    assert 1 / 1.6 < lr / guess(surface, (0.0, 0.0), kind()) < 1.6


@pytest.mark.parametrize(
    "formula", ["(x^2 + y^2)^2", "sqrt(1 + x^2 + 5*y^2)", "x^2 + 100*y^4", "log(1 + x^2 + 10*y^2)"]
)
@pytest.mark.parametrize("kind", [GradientDescent, Momentum, Adagrad, Adadelta, Adam, SignSGD])
def test_on_a_smooth_loss_no_round_rate_nearby_ends_a_thousand_times_lower(formula, kind):
    surface = Own(formula=formula)
    lr = suggest_learning_rate(surface, surface.start, kind())
    near = [float(f"{digit}e{decade}") for decade in range(-4, 3) for digit in (1, 2, 5)]
    scene = Scenario(surface, surface.start, 500, (Run(kind(), lr),))
    ends = [attempt(scene, scene.runs[0], rate).rank for rate in near]
    assert attempt(scene, scene.runs[0], lr).rank <= 1e3 * min(ends) + 1e-6 * surface.value(*surface.start)


def test_a_guess_that_is_far_too_high_is_left_behind():
    surface = Own(formula="2*abs(x) + exp(6*x^2 + 6*y^2)", x_low=-2.0, x_high=2.0, y_low=-2.0, y_high=2.0)
    start = (1.2, 1.0)
    run = Run(GradientDescent(), suggest_learning_rate(surface, start, GradientDescent()))
    assert simulate_run(Scenario(surface, start, 500, (run,)), run).loss[-1] < surface.value(*start)


def test_the_tip_of_a_cone_does_not_decide():
    ackley = SURFACES["ackley"]()
    assert curvature_below(ackley, ackley.start) < 1e3
    assert all(
        suggest_learning_rate(ackley, ackley.start, kind()) > 1e-3
        for kind in OPTIMIZERS.values()
        if kind.step_unit != "free"
    )


def test_where_every_trial_ends_higher_the_lowest_rate_is_suggested():
    wall = Own(formula="-exp(x^2 + y^2)")
    assert suggest_learning_rate(wall, (3.0, 3.0), GradientDescent()) <= 1e-6


def test_the_guess_for_gradient_descent_is_two_fifths_of_its_limit():
    for kappa in (10.0, 300.0, 1e5):
        assert guess(Valley(kappa=kappa), (0.1, 0.0), GradientDescent()) * kappa / 2 == pytest.approx(0.4)


def test_the_guess_for_momentum_is_lower_by_the_root_of_what_it_makes_of_a_gradient():
    share = guess(Valley(kappa=300.0), (0.1, 0.0), Momentum(beta=0.9)) * 300.0 / 2
    assert share == pytest.approx(0.4 / np.sqrt(10))


@pytest.mark.parametrize("slope", [1e-3, 1.0, 1e3])
def test_by_the_guess_the_first_step_of_gradient_descent_covers_a_fifth_of_the_window(slope):
    plane = Own(formula=f"{slope!r}*x + y*{slope / 3!r}")
    (low, high), _ = plane.window
    assert guess(plane, plane.start, GradientDescent()) * slope / (high - low) == pytest.approx(0.2)


@pytest.mark.parametrize("slug", SURFACES)
def test_the_guess_for_a_distance_is_a_hundredth_of_the_window(slug):
    surface = SURFACES[slug]()
    shorter = min(high - low for low, high in surface.window[: surface.dimension])
    assert guess(surface, surface.start, SignSGD()) == pytest.approx(shorter / 100)


@pytest.mark.parametrize(("kind", "length"), [(GradientDescent, 1.0), (Momentum, 10.0), (SignSGD, 1.0)])
def test_what_a_rule_makes_of_a_constant_gradient(kind, length):
    assert gain(kind()) == pytest.approx(length)


@pytest.mark.parametrize("kappa", [2.0, 1e5])
def test_a_rule_that_uses_its_rate_both_ways_has_the_smaller_guess(kappa):
    kind = next(kind for kind in OPTIMIZERS.values() if kind.step_unit == "both")
    surface = Valley(kappa=kappa)
    shorter = min(high - low for low, high in surface.window[: surface.dimension])
    by_gradient = 0.4 * 2 / kappa / np.sqrt(gain(kind()))
    assert guess(surface, (0.1, 0.0), kind()) == pytest.approx(min(by_gradient, 0.01 * shorter))


def test_the_guess_for_a_free_rate_is_1():
    kind = next(kind for kind in OPTIMIZERS.values() if kind.step_unit == "free")
    assert all(guess(s(), s().start, kind()) == 1.0 for s in SURFACES.values())


class Still(NamedTuple):
    """No state."""


@pytest.mark.parametrize(
    ("m", "sigma", "length"), [(6.0, 2.0, 3.0), (0.0, 2.0, 1e-3), (-6.0, 2.0, 1e-3), (6.0, 0.0, 1.0)]
)
def test_what_a_rule_makes_of_a_gradient_is_direction_over_scale(m, sigma, length):
    rule = SimpleNamespace(init=lambda zero: Still(), update=lambda g, state, t, lr, xp: (m * g, sigma, state))
    assert gain(rule) == length


def test_curvature_is_that_of_the_region_below_the_start():
    surface = Own(formula="x^4/12 + 0*y", x_low=-4.0, x_high=4.0)
    assert curvature_below(surface, (2.0, 0.0)) == pytest.approx(0.9**2 * 4.0, rel=0.2)
    assert curvature_below(Own(formula="x^4/12", x_low=-4.0, x_high=4.0), (2.0, 0.0)) == pytest.approx(
        0.9**2 * 4.0, rel=0.2
    )
    assert curvature_below(surface, (0.0, 0.0)) == 0.0
    assert curvature_below(Own(formula="x + y"), (0.0, 0.0)) == 0.0
    assert curvature_below(Own(formula="sqrt(x) + y"), (-1.0, 0.0)) == 0.0


def test_what_is_no_rate_becomes_a_hundredth():
    assert suggest_learning_rate(Own(formula="sqrt(x) + 0*y"), (-1.0, 0.0), GradientDescent()) == 0.01
