"""A new run opens with a learning rate that makes sense, whatever is combined."""

from types import SimpleNamespace
from typing import NamedTuple

import numpy as np
import pytest

from engine.scenario import Run, Scenario
from engine.simulate import simulate_run
from engine.suggest import gain, sharpest, suggest_learning_rate
from optimizers import OPTIMIZERS
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


@pytest.mark.parametrize("slug", [slug for slug, kind in SURFACES.items() if may_hold(kind())])
@pytest.mark.parametrize("kind", OPTIMIZERS.values(), ids=list(OPTIMIZERS))
def test_the_suggested_rate_makes_progress_and_stays_near(slug, kind):
    surface = SURFACES[slug]()
    optimizer = kind()
    run = Run(optimizer, suggest_learning_rate(surface, surface.start, optimizer))
    t = simulate_run(Scenario(surface, surface.start, 500, (run,)), run)
    assert t.outcome.ending != "diverged"
    assert np.nanmin(t.loss) < t.loss[0]
    spans = np.array([high - low for low, high in surface.window])
    assert (np.abs(t.theta - t.theta[0]) <= 3 * spans).all()


def test_the_suggestion_is_a_round_number():
    surface = SURFACES["rosenbrock"]()
    lr = suggest_learning_rate(surface, surface.start, OPTIMIZERS["gd"]())
    assert float(f"{lr:.0e}") == lr


def test_a_flat_start_still_gets_a_rate():
    surface = SURFACES["saddle"]()
    assert suggest_learning_rate(surface, (0.0, 0.0), OPTIMIZERS["gd"]()) > 0


def mean_share(shares):
    """The geometric mean: rounding to 1, 2, 5, 10, ... leaves it where it is."""
    return float(np.exp(np.mean(np.log(shares))))


def test_gradient_descent_opens_at_two_fifths_of_its_limit():
    kappas = np.geomspace(10.0, 1e5, 120).tolist()
    rates = [suggest_learning_rate(Valley(kappa=k), (0.1, 0.0), GradientDescent()) for k in kappas]
    assert mean_share([lr * k / 2 for lr, k in zip(rates, kappas, strict=True)]) == pytest.approx(0.4, rel=0.08)


def test_momentum_opens_lower_by_the_root_of_what_it_makes_of_a_gradient():
    kappas = np.geomspace(10.0, 1e5, 120).tolist()
    rates = [suggest_learning_rate(Valley(kappa=k), (0.1, 0.0), Momentum(beta=0.9)) for k in kappas]
    share = mean_share([lr * k / 2 for lr, k in zip(rates, kappas, strict=True)])
    assert share == pytest.approx(0.4 / np.sqrt(10), rel=0.08)


def test_the_first_step_of_gradient_descent_covers_at_most_a_fifth_of_the_window():
    slopes = np.geomspace(1e-3, 1e3, 60).tolist()
    planes = [Own(formula=f"{slope!r}*x + y*{slope / 3!r}") for slope in slopes]
    rates = [suggest_learning_rate(plane, plane.start, GradientDescent()) for plane in planes]
    (low, high), _ = planes[0].window
    shares = [lr * slope / (high - low) for lr, slope in zip(rates, slopes, strict=True)]
    assert mean_share(shares) == pytest.approx(0.2, rel=0.08)
    assert max(shares) < 0.2 * 1.6


@pytest.mark.parametrize("slug", SURFACES)
def test_a_rate_that_is_a_distance_is_a_hundredth_of_the_window(slug):
    surface = SURFACES[slug]()
    shorter = min(high - low for low, high in surface.window)
    assert 1 / 1.6 < suggest_learning_rate(surface, surface.start, SignSGD()) / shorter / 0.01 < 1.6


@pytest.mark.parametrize(("kind", "length"), [(GradientDescent, 1.0), (Momentum, 10.0), (SignSGD, 1.0)])
def test_what_a_rule_makes_of_a_constant_gradient(kind, length):
    assert gain(kind()) == pytest.approx(length)


def test_a_rule_that_uses_its_rate_both_ways_gets_the_smaller_one():
    kind = next(kind for kind in OPTIMIZERS.values() if kind.step_unit == "both")
    for kappa in (2.0, 1e5):
        surface = Valley(kappa=kappa)
        shorter = min(high - low for low, high in surface.window)
        lr = suggest_learning_rate(surface, (0.1, 0.0), kind())
        by_gradient = 0.4 * 2 / kappa / np.sqrt(gain(kind()))
        assert 1 / 1.6 < lr / min(by_gradient, 0.01 * shorter) < 1.6


def test_a_rate_that_is_free_is_1():
    kind = next(kind for kind in OPTIMIZERS.values() if kind.step_unit == "free")
    assert all(suggest_learning_rate(s(), s().start, kind()) == 1.0 for s in SURFACES.values())


class Still(NamedTuple):
    """No state."""


@pytest.mark.parametrize(
    ("m", "sigma", "length"), [(6.0, 2.0, 3.0), (0.0, 2.0, 1e-3), (-6.0, 2.0, 1e-3), (6.0, 0.0, 1.0)]
)
def test_what_a_rule_makes_of_a_gradient_is_direction_over_scale(m, sigma, length):
    rule = SimpleNamespace(init=lambda zero: Still(), update=lambda g, state, t, lr, xp: (m * g, sigma, state))
    assert gain(rule) == length


def test_the_sharpest_point_is_no_higher_than_the_start():
    surface = Own(formula="x^4/12", x_low=-4.0, x_high=4.0)
    assert sharpest(surface, (2.0, 0.0)) == pytest.approx(4.0)
    assert sharpest(surface, (-3.05, 0.0)) == pytest.approx(3.05**2)
    assert sharpest(Own(formula="x + y"), (0.0, 0.0)) == 0.0
    assert sharpest(Own(formula="sqrt(x) + y"), (-1.0, 0.0)) == 0.0


def test_what_is_no_rate_becomes_a_hundredth():
    assert suggest_learning_rate(Own(formula="sqrt(x) + 0*y"), (-1.0, 0.0), GradientDescent()) == 0.01
