"""Thinning: fewer points, every spike."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from charts.thinning import thin


def test_short_series_are_left_whole():
    np.testing.assert_array_equal(thin(np.zeros((2000, 3))), np.arange(2000))


@given(st.integers(0, 2**32 - 1), st.integers(2_001, 30_000), st.integers(1, 4))
def test_every_spike_is_kept(seed, rows, curves):
    random = np.random.default_rng(seed)
    series = random.normal(size=(rows, curves))
    spikes = random.choice(rows, size=5, replace=False)
    series[spikes] += np.sign(series[spikes]) * np.arange(100, 105)[:, None]
    kept = thin(series)
    assert set(spikes) <= set(kept)
    assert {0, rows - 1} <= set(kept)
    assert (np.diff(kept) > 0).all()
    assert len(kept) <= 2100


def test_where_a_curve_stops_being_finite_is_kept():
    series = np.ones((50_000, 1))
    series[30_001:] = np.nan
    series[12_345] = np.inf
    assert {30_000, 30_001, 12_344, 12_345, 12_346} <= set(thin(series))
