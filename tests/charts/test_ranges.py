"""Axis ranges: what settled runs need, a little of what a run that flies off adds, and a margin."""

from types import SimpleNamespace

import numpy as np
import pytest

from charts.ranges import axis_range, linear_range


def runs(*endings):
    return [SimpleNamespace(outcome=SimpleNamespace(ending=ending)) for ending in endings]


def logarithmic(endings, *curves):
    axis = axis_range(runs(*endings), [np.array(curve) for curve in curves])
    assert axis.type == "log"
    return axis.range


def linear(endings, *curves):
    return linear_range(runs(*endings), [np.array(curve) for curve in curves])


def padded(low, high):
    """A twentieth of the range on either side."""
    return pytest.approx((low - 0.05 * (high - low), high + 0.05 * (high - low)))


def test_a_margin_of_a_twentieth_is_on_either_side():
    assert linear(["moving"], [-2.0, 1.0, 4.0]) == padded(-2.0, 4.0)
    assert logarithmic(["moving"], [1e-3, 1e5]) == padded(-3.0, 5.0)


def test_settled_runs_need_all_they_have():
    assert logarithmic(["moving", "converged", "saddle"], [1.0, 1e3], [1e-9, 1.0], [1e6]) == padded(-9.0, 6.0)
    assert linear(["moving", "converged", "saddle"], [0.0], [-5.0], [9.0]) == padded(-5.0, 9.0)


@pytest.mark.parametrize("ending", ["diverged", "undefined"])
def test_a_run_that_flies_off_adds_three_decades_at_most(ending):
    assert logarithmic(["moving", ending], [1.0, 10.0], [10.0, 1e4]) == padded(0.0, 4.0)
    assert logarithmic(["moving", ending], [1.0, 10.0], [10.0, 1e90]) == padded(0.0, 4.0)
    assert logarithmic(["moving", ending], [1.0, 10.0], [1e-90, 10.0]) == padded(-3.0, 1.0)
    assert logarithmic(["moving", ending], [1.0, 10.0], [10.0, 1e3]) == padded(0.0, 3.0)


@pytest.mark.parametrize("ending", ["diverged", "undefined"])
def test_on_a_linear_axis_it_adds_three_heights_at_most(ending):
    assert linear(["moving", ending], [-1.0, 1.0], [0.0, 1e9]) == padded(-1.0, 7.0)
    assert linear(["moving", ending], [-1.0, 1.0], [-1e9, 0.0]) == padded(-7.0, 1.0)
    assert linear(["moving", ending], [-1.0, 1.0], [0.0, 4.0]) == padded(-1.0, 4.0)
    assert linear(["moving", ending], [2.0], [2.0, 1e9]) == padded(2.0, 8.0)


def test_twenty_decades_are_seen_at_most_and_the_highest_are_kept():
    assert logarithmic(["moving"], [1e-40, 1e4]) == padded(-16.0, 4.0)
    assert logarithmic(["moving"], [1e-15, 1e4]) == padded(-15.0, 4.0)


def test_where_every_run_flies_off_the_lowest_decades_are_seen():
    assert logarithmic(["diverged"], [1e2, 1e90]) == padded(2.0, 22.0)
    assert logarithmic(["diverged"], [1e2, 1e9]) == padded(2.0, 9.0)
    assert linear(["diverged"], [2.0, 1e90]) == padded(2.0, 8.0)


def test_a_negative_value_makes_the_axis_linear():
    axis = axis_range(runs("moving"), [np.array([-1.0, 3.0])])
    assert (axis.type, axis.range) == ("linear", padded(-1.0, 3.0))


def test_what_is_not_finite_decides_nothing():
    assert logarithmic(["moving"], [0.0, 1.0, 1e4, np.inf, np.nan]) == padded(0.0, 4.0)
    assert linear(["moving"], [-np.inf, 1.0, 5.0, np.inf, np.nan]) == padded(1.0, 5.0)
    assert axis_range(runs("moving"), [np.full(3, np.nan)]).range == (0.0, 1.0)
    assert linear(["moving"], [np.nan]) == (0.0, 1.0)


def test_a_curve_of_one_value_has_room():
    assert logarithmic(["moving"], [100.0]) == (1.5, 2.5)
    low, high = linear(["moving"], [7.0])
    assert low < 7.0 < high
    assert high - low < 1e-6
