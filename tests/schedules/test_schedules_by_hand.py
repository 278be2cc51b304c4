"""Every schedule, worked by hand."""

import numpy as np
import pytest

from schedules import SCHEDULES
from schedules.base import WarmUp, learning_rates
from schedules.constant import Constant
from schedules.inverse_time import InverseTime

P = (0.2 + 0.8 * 0.5**0.5, 0.2 + 0.8 * 0.75**0.5)
"""A rise by the square root, at a half and at three quarters."""

BY_HAND = {
    "constant": ("constant", {}, 9, [0, 5, 8], [1.0, 1.0, 1.0]),
    "inverse-time": ("inverse-time", {"rate": 0.5, "per_epoch": 1}, 9, [0, 1, 2, 6], [1.0, 2 / 3, 0.5, 0.25]),
    "inverse-time-epochs": ("inverse-time", {"rate": 1.0, "per_epoch": 4}, 99, [3, 4, 11, 12], [1.0, 0.5, 1 / 3, 0.25]),
    "exponential": ("exponential", {"per_epoch": 1}, 9, [0, 1, 2, 3], [1.0, 0.95, 0.9025, 0.857375]),
    "exponential-epochs": ("exponential", {"base": 0.5, "per_epoch": 10}, 99, [9, 10, 20], [1.0, 0.5, 0.25]),
    "exponential-zero": ("exponential", {"base": 0.0, "per_epoch": 1}, 9, [0, 1], [1.0, 0.0]),
    "sqrt-epoch": ("sqrt-epoch", {"k": 2.0, "per_epoch": 5}, 99, [0, 4, 15, 40], [2.0, 2.0, 1.0, 2 / 3]),
    "sqrt-update": ("sqrt-update", {"k": 3.0}, 99, [0, 3, 8, 15], [3.0, 1.5, 1.0, 0.75]),
    "staircase": ("staircase", {"every": 3, "per_epoch": 1}, 9, [0, 2, 3, 5, 6, 8], [1.0, 1.0, 0.5, 0.5, 0.25, 0.25]),
    "staircase-epochs": ("staircase", {"every": 3, "per_epoch": 2, "gamma": 0.1}, 99, [5, 6, 12], [1.0, 0.1, 0.01]),
    "manual": (
        "manual",
        {"points": ((2, 0.5), (4, 3.0), (5, 0.0))},
        9,
        [0, 1, 2, 3, 4, 5, 8],
        [1, 1, 0.5, 0.5, 3, 0, 0],
    ),
    "manual-from-the-start": ("manual", {"points": ((0, 0.25),)}, 9, [0, 8], [0.25, 0.25]),
    "multi-step": ("multi-step", {"milestones": ((2, 0.5), (4, 0.1))}, 9, [1, 2, 3, 4, 8], [1.0, 0.5, 0.5, 0.05, 0.05]),
    "linear": ("linear", {}, 10, [0, 1, 5, 9, 10], [1.0, 0.9, 0.5, 0.1, 0.0]),
    "linear-over": ("linear", {"start": 0.2, "end": 1.0, "over": 4}, 99, [0, 1, 2, 4, 50], [0.2, 0.4, 0.6, 1.0, 1.0]),
    "polynomial": ("polynomial", {"power": 2.0}, 10, [0, 1, 5, 9], [1.0, 0.81, 0.25, 0.01]),
    "polynomial-floor": (
        "polynomial",
        {"power": 2.0, "floor": 0.2, "over": 2},
        99,
        [0, 1, 2, 50],
        [1.0, 0.4, 0.2, 0.2],
    ),
    "cosine": ("cosine", {}, 12, [0, 4, 6, 8, 12], [1.0, 0.75, 0.5, 0.25, 0.0]),
    "cosine-floor": ("cosine", {"floor": 0.2, "over": 6}, 99, [0, 2, 3, 6, 50], [1.0, 0.8, 0.6, 0.2, 0.2]),
    "sgdr": (
        "sgdr",
        {"period": 6, "mult": 2},
        99,
        [0, 2, 3, 4, 6, 10, 12, 18, 26],
        [1, 0.75, 0.5, 0.25, 1, 0.75, 0.5, 1, 0.75],
    ),
    "sgdr-equal": ("sgdr", {"period": 6, "mult": 1, "floor": 0.2}, 99, [0, 2, 6, 8, 60], [1.0, 0.8, 1.0, 0.8, 1.0]),
    "one-cycle": (
        "one-cycle",
        {"rise": 0.5, "start": 0.2, "floor": 0.1},
        14,
        [0, 2, 3, 4, 6, 13, 20],
        [0.2, 0.4, 0.6, 0.8, 1.0, 0.1, 0.1],
    ),
    "one-cycle-too-short-to-rise": ("one-cycle", {"rise": 0.3, "floor": 0.5}, 3, [0, 1, 2], [1.0, 0.75, 0.5]),
    "one-cycle-linear": (
        "one-cycle",
        {"rise": 0.5, "start": 0.4, "floor": 0.3, "shape": "linear"},
        14,
        [0, 2, 3, 6, 7, 13],
        [0.4, 0.6, 0.7, 1.0, 0.9, 0.3],
    ),
    "one-cycle-in-three-phases": (
        "one-cycle",
        {"rise": 0.5, "start": 0.2, "floor": 0.1, "phases": "three"},
        14,
        [0, 3, 6, 8, 9, 10, 12, 13, 20],
        [0.2, 0.6, 1.0, 0.8, 0.6, 0.4, 0.2, 0.1, 0.1],
    ),
    "one-cycle-in-three-straight-phases": (
        "one-cycle",
        {"rise": 0.25, "start": 0.4, "floor": 0.2, "shape": "linear", "phases": "three"},
        20,
        [0, 2, 4, 6, 8, 19],
        [0.4, 0.7, 1.0, 0.7, 0.4, 0.2],
    ),
    "sgdr-by-half": (
        "sgdr",
        {"period": 4, "mult": 1.5},
        99,
        [0, 1, 2, 4, 6, 7, 8, 10, 13, 16, 19],
        [1.0, (2 + 2**0.5) / 4, 0.5, 1.0, 0.75, 0.5, 0.25, 1.0, 0.75, 0.25, 1.0],
    ),
    "sgdr-with-parts-of-updates": ("sgdr", {"period": 2, "mult": 1.25, "floor": 0.5}, 9, [0, 1, 2], [1.0, 0.75, 1.0]),
    "triangular": (
        "triangular",
        {"half": 4, "floor": 0.2},
        99,
        [0, 1, 2, 4, 6, 8, 12],
        [0.2, 0.4, 0.6, 1.0, 0.6, 0.2, 1.0],
    ),
    "triangular-halved": (
        "triangular",
        {"half": 4, "floor": 0.2, "shrink": 0.5},
        99,
        [4, 8, 12, 20],
        [1.0, 0.2, 0.6, 0.4],
    ),
    "wsd": (
        "wsd",
        {"rise": 0.2, "fall": 0.4},
        20,
        [0, 1, 3, 4, 12, 13, 16, 19],
        [0.25, 0.5, 1.0, 1.0, 1.0, 0.875, 0.5, 0.125],
    ),
    "wsd-bare": ("wsd", {"rise": 0.0, "fall": 0.0, "over": 5}, 99, [0, 4], [1.0, 1.0]),
    "wsd-floor": ("wsd", {"rise": 0.0, "fall": 0.5, "floor": 0.5, "over": 8}, 99, [4, 6, 8, 50], [1.0, 0.75, 0.5, 0.5]),
    "noam": ("noam", {"warmup": 4}, 99, [0, 1, 3, 15, 35], [0.25, 0.5, 1.0, 0.5, 1 / 3]),
}


@pytest.mark.parametrize("name", BY_HAND)
def test_factors(name):
    slug, knobs, steps, updates, factors = BY_HAND[name]
    np.testing.assert_allclose(
        SCHEDULES[slug](**knobs).factor(np.array(updates), steps), factors, rtol=1e-14, atol=1e-15
    )


def test_a_schedule_that_is_not_worked_is_listed(listed):
    worked = {slug for slug, *_ in BY_HAND.values()}
    assert worked <= set(SCHEDULES)
    listed("Schedule to work by hand", sorted(set(SCHEDULES) - worked))


def test_noam_is_the_transformers_rate_over_its_peak():
    width, warmup, number = 512, 4000, np.arange(1, 20001)
    rate = width**-0.5 * np.minimum(number**-0.5, number * warmup**-1.5)
    factors = SCHEDULES["noam"](warmup=warmup).factor(number - 1, 20000)
    np.testing.assert_allclose(factors, rate / rate.max(), rtol=1e-14)
    assert factors[warmup - 1] == factors.max() == 1.0


def test_restarts_stay_exact_after_many_cycles():
    t = 3 * (3 ** np.arange(1, 13) - 1) // 2
    np.testing.assert_array_equal(SCHEDULES["sgdr"](period=3, mult=3).factor(t, 1), 1.0)


@pytest.mark.parametrize("mult", [1.0000011, 1.001, 1.37, 1.5, 2.0, 2.5, 10.0])
def test_restarts_by_a_real_factor_come_when_the_cycles_before_are_over(mult):
    cycles = min(60, int(np.log(1e7) / np.log(mult)))
    ends = np.cumsum(7 * mult ** np.arange(cycles))
    t = np.arange(20_000)
    progress = SCHEDULES["sgdr"](period=7, mult=mult).progress(t)
    within = t[t < ends[-1] - 1]
    cycle = np.searchsorted(ends, within, side="right")
    begins = np.concatenate([[0.0], ends])[cycle]
    expected = (within - begins) / (7 * mult**cycle)
    apart = np.abs(progress[: len(within)] - expected)
    assert np.minimum(apart, 1.0 - apart).max() < 1e-8  # where rounding decides, the end of a cycle is its beginning


@pytest.mark.parametrize(
    ("warmup", "factors"),
    [
        (WarmUp(steps=4), [0.25, 0.5, 0.75, 1.0, 1.0, 1.0]),
        (WarmUp(steps=4, start=0.2), [0.4, 0.6, 0.8, 1.0, 1.0, 1.0]),
        (WarmUp(steps=4, count="zero"), [0.0, 0.25, 0.5, 0.75, 1.0, 1.0]),
        (WarmUp(steps=4, start=0.2, count="zero"), [0.2, 0.4, 0.6, 0.8, 1.0, 1.0]),
        (WarmUp(steps=1, start=0.2, count="zero"), [0.2] + [1.0] * 5),
        (WarmUp(steps=2, shape="constant", start=0.1), [0.1, 0.1, 1, 1, 1, 1]),
        (WarmUp(steps=2, shape="constant", start=0.1, count="zero"), [0.1, 0.1, 1, 1, 1, 1]),
        (WarmUp(steps=4, shape="polynomial"), [1 / 16, 1 / 4, 9 / 16, 1.0, 1.0, 1.0]),
        (WarmUp(steps=4, shape="polynomial", power=0.5, start=0.2, count="zero"), [0.2, 0.6, *P, 1.0, 1.0]),
        (WarmUp(steps=2, shape="exponential"), [0.1, 1.0, 1.0, 1.0, 1.0, 1.0]),
        (WarmUp(steps=4, shape="exponential", start=0.0625, count="zero"), [0.0625, 0.125, 0.25, 0.5, 1.0, 1.0]),
        (WarmUp(), [1.0] * 6),
    ],
    ids=str,
)
def test_warm_up_by_hand(warmup, factors):
    np.testing.assert_allclose(learning_rates(3.0, SCHEDULES["constant"](), warmup, 6), 3.0 * np.array(factors))


def test_a_warm_up_delays_the_decay():
    rates = learning_rates(2.0, InverseTime(rate=1.0, per_epoch=1), WarmUp(steps=2), 5)
    np.testing.assert_allclose(rates, [1.0, 2.0, 2.0, 1.0, 2 / 3])


def test_a_warm_up_longer_than_the_run_never_ends():
    np.testing.assert_allclose(learning_rates(1.0, Constant(), WarmUp(steps=10), 3), [0.1, 0.2, 0.3])
