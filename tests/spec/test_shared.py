"""What is worked out once for everybody is kept within its bound, and what is tried leaves nothing behind."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from spec.shared import shared, trying


def counted(most=100, **how):
    asked = []

    @shared(most, **how)
    def double(x, *, beside=None):
        asked.append(x)
        return np.full(x, 2 * x)

    return double, asked


def test_a_value_is_worked_out_once_whatever_stands_beside():
    double, asked = counted()
    assert double(3) is double(3, beside="other")
    assert asked == [3]


@given(st.lists(st.integers(0, 40)), st.integers(0, 300))
def test_what_is_kept_never_exceeds_its_bound(sizes, most):
    double, _ = counted(most, size=lambda array: array.nbytes)
    for size in sizes:
        np.testing.assert_array_equal(double(size), np.full(size, 2 * size))
        assert double.known.currsize == sum(array.nbytes for array in double.known.values()) <= most


def test_what_is_tried_is_worked_out_once_and_leaves_nothing():
    double, asked = counted()
    known = double(1)
    with trying():
        assert double(1) is known
        assert double(2) is double(2)
    assert asked == [1, 2]
    assert list(double.known) == [(1,)]
    double(2)
    assert asked == [1, 2, 2]


def test_who_tries_does_not_hinder_others():
    double, _ = counted()
    with trying(), ThreadPoolExecutor(1) as apart:
        apart.submit(double, 5).result()
    assert list(double.known) == [(5,)]
