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
    apart = rows // 5
    spikes = np.arange(5) * apart + random.integers(apart - rows * curves // 1_000, size=5)
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


@given(st.integers(0, 2**32 - 1), st.integers(2_001, 30_000), st.integers(1, 4), st.sampled_from([np.nan, np.inf]))
def test_the_rows_on_both_sides_of_every_gap_are_kept(seed, rows, curves, hole):
    random = np.random.default_rng(seed)
    series = random.normal(size=(rows, curves))
    for begin, length in zip(
        random.integers(0, rows, 8).tolist(), random.integers(1, rows // 4, 8).tolist(), strict=True
    ):
        series[begin : begin + length, random.integers(curves)] = hole
    kept = set(thin(series).tolist())
    finite = np.isfinite(series)
    turns = np.flatnonzero((finite[1:] != finite[:-1]).any(axis=1))
    assert {*turns.tolist(), *(turns + 1).tolist()} <= kept
    assert len(kept) <= 2_200


def test_of_very_many_gaps_no_more_than_the_first_are_kept():
    series = np.ones((50_000, 1))
    series[::2] = np.nan
    kept = thin(series, most=500)
    assert len(kept) < 1_100
    assert set(range(500)) <= set(kept.tolist())


def test_thinner_is_fewer():
    series = np.random.default_rng(0).normal(size=(50_000, 2))
    assert 450 < len(thin(series, most=500)) <= 510
    assert 1_900 < len(thin(series)) <= 2_010
