"""What every entry of the catalogue of schedules keeps, whichever it is."""

import numpy as np
import pytest

from schedules import SCHEDULES
from schedules.base import EpochSchedule, WarmUp, learning_rates
from schedules.horizon import HorizonSchedule
from spec.knobs import Number, knobs_of

every_schedule = pytest.mark.parametrize("kind", SCHEDULES.values(), ids=list(SCHEDULES))
every_knob = pytest.mark.parametrize(
    ("kind", "name"),
    [(kind, name) for kind in SCHEDULES.values() for name in knobs_of(kind)],
    ids=[f"{slug}-{name}" for slug, kind in SCHEDULES.items() for name in knobs_of(kind)],
)


@every_schedule
def test_the_formula_is_the_learning_rates(kind):
    assert kind.latex.startswith(r"\mu_t = ")


@every_schedule
@pytest.mark.parametrize("steps", [1, 2, 3, 7, 500])
def test_factors_are_finite_at_every_length_of_run_and_beyond(kind, steps):
    t = np.arange(2 * steps)
    factors = kind().factor(t, steps)
    assert factors.shape == t.shape
    assert factors.dtype == np.float64
    assert (np.isfinite(factors) & (factors >= 0.0)).all()


@every_knob
def test_factors_are_finite_over_the_whole_range_of_a_knob(kind, name):
    declared = knobs_of(kind)[name]
    values = (declared.low, declared.high) if isinstance(declared, Number) else getattr(declared, "options", [])
    for value in values:
        for steps in (1, 500):
            assert np.isfinite(kind(**{name: value}).factor(np.arange(steps), steps)).all()


@every_schedule
def test_a_factor_depends_on_its_own_update_only(kind):
    t = np.array([[400, 3, 17], [0, 250, 499]])
    alone = [[kind().factor(np.array([u]), 500)[0] for u in row] for row in t]
    np.testing.assert_array_equal(kind().factor(t, 500), alone)


@pytest.mark.parametrize("slug", [slug for slug, kind in SCHEDULES.items() if issubclass(kind, HorizonSchedule)])
def test_a_horizon_makes_a_short_run_of_a_long_one(slug):
    kind, t = SCHEDULES[slug], np.arange(60)
    np.testing.assert_array_equal(kind(over=40).factor(t, 500), kind().factor(t, 40))
    assert len(set(kind(over=40).factor(np.arange(40, 60), 500))) == 1


@pytest.mark.parametrize("slug", [slug for slug, kind in SCHEDULES.items() if issubclass(kind, EpochSchedule)])
def test_an_epoch_schedule_changes_between_epochs_only(slug):
    kind, t = SCHEDULES[slug], np.arange(4000)
    by_epoch = kind(per_epoch=8).factor(t, 4000).reshape(-1, 8)
    np.testing.assert_array_equal(
        by_epoch, np.repeat(kind(per_epoch=1).factor(np.arange(500), 500)[:, None], 8, axis=1)
    )
    assert len(set(by_epoch[:, 0])) > 1


@every_schedule
def test_a_warm_up_stands_in_front_and_does_not_eat_the_schedule(kind):
    rates = learning_rates(0.5, kind(), WarmUp(steps=10), 110)
    np.testing.assert_allclose(rates[10:], 0.5 * kind().factor(np.arange(100), 100), rtol=1e-15)
    np.testing.assert_allclose(rates[:10], np.arange(1, 11) / 10 * rates[10], rtol=1e-15)
