"""Stability, by NumPy's eigenvalues: sharpness, the axis that causes it, and the spans above the limit."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from engine.presets import PRESETS
from engine.scale import Scale
from engine.simulate import simulate
from engine.stability import crossings, spectral_norm, unstable_spans
from surfaces import SURFACES

(RUN,) = simulate(replace(PRESETS["stuck"][1], steps=40))
LIMIT = RUN.limit

any_surface = st.sampled_from([kind for slug, kind in SURFACES.items() if slug not in ("own", "ackley")])
seeds = st.integers(0, 2**32 - 1)


def somewhere(surface, random, count=8):
    (left, right), (low, high) = surface.window
    return random.uniform((left, low), (right, high), (count, 2))


def hessians(surface, theta):
    h_xx, h_xy, h_yy = surface.hessian_array(*theta.T)
    return np.stack([h_xx, h_xy, h_xy, h_yy], axis=1).reshape(-1, 2, 2)


def with_sharpness(above):
    """The run with a sharpness above its limit where `above` says so."""
    sharpness = np.where(above, LIMIT + 1e-9, LIMIT)
    return replace(RUN, sharpness=sharpness)


@given(any_surface, seeds)
def test_sharpness_is_the_largest_eigenvalue_of_rate_times_hessian(kind, seed):
    random = np.random.default_rng(seed)
    surface, rate = kind(), 10.0 ** random.uniform(-3, 1, (8, 2))
    theta = somewhere(surface, random)
    matrices = rate[:, :, None] * hessians(surface, theta)
    expected = np.linalg.eigvals(matrices).real.max(axis=1)
    size = np.abs(matrices).max()
    made = Scale(1.0 / rate, np.ones(8)).sharpness(surface, theta)
    np.testing.assert_allclose(made, expected, rtol=1e-8, atol=1e-10 * size)


@given(any_surface, seeds)
def test_the_norm_of_the_curvature_is_the_largest_size_of_an_eigenvalue(kind, seed):
    surface = kind()
    theta = somewhere(surface, np.random.default_rng(seed))
    matrices = hessians(surface, theta)
    size = surface.dimension
    expected = np.abs(np.linalg.eigvalsh(matrices[:, :size, :size])).max(axis=1)
    np.testing.assert_allclose(spectral_norm(surface, *theta.T), expected, rtol=1e-9, atol=1e-12)


@given(any_surface, seeds)
def test_the_unstable_axis_is_the_larger_part_of_the_eigenvector(kind, seed):
    random = np.random.default_rng(seed)
    surface, rate = kind(), 10.0 ** random.uniform(-3, 1, (8, 2))
    theta = somewhere(surface, random)
    roots = np.sqrt(rate)[:, :, None] * np.eye(2)
    parts = np.abs(np.linalg.eigh(roots @ hessians(surface, theta) @ roots).eigenvectors[:, :, -1])
    clear = np.abs(parts[:, 0] - parts[:, 1]) > 1e-6
    axes = Scale(1.0 / rate, np.ones(8)).eigen_axis(surface, theta)
    assert axes[clear].tolist() == parts.argmax(axis=1)[clear].tolist()


above_or_not = st.lists(st.booleans(), min_size=RUN.updates, max_size=RUN.updates)


@given(above_or_not)
def test_crossings_are_where_the_limit_is_passed(above):
    rises, falls = crossings(with_sharpness(np.array(above)))
    before = [False, *above[:-1]]
    assert rises.tolist() == [t for t, (was, now) in enumerate(zip(before, above, strict=True)) if now and not was]
    assert falls.tolist() == [t for t, (was, now) in enumerate(zip(before, above, strict=True)) if was and not now]


@given(above_or_not)
def test_spans_are_the_updates_above_the_limit(above):
    spans = unstable_spans(with_sharpness(np.array(above)), most=60)
    inside = [any(begin <= t < end for begin, end in spans) for t in range(RUN.updates)]
    assert inside == above
    assert all(end < begin for (_, end), (begin, _) in pairwise(spans))


def test_of_too_many_spans_those_with_the_shortest_pauses_are_joined():
    above = np.zeros(RUN.updates, bool)
    above[[0, 1, 4, 7, 8, 9, 11, 20, 39]] = True  # pauses of 2, 2, 1, 8 and 18 updates
    spans = {most: unstable_spans(with_sharpness(above), most) for most in (6, 5, 4, 3, 2, 1)}
    assert spans[6] == [(0, 2), (4, 5), (7, 10), (11, 12), (20, 21), (39, 40)]
    assert spans[5] == [(0, 2), (4, 5), (7, 12), (20, 21), (39, 40)]
    assert spans[4] == [(0, 5), (7, 12), (20, 21), (39, 40)]
    assert spans[3] == [(0, 12), (20, 21), (39, 40)]
    assert spans[2] == [(0, 21), (39, 40)]
    assert spans[1] == [(0, 40)]


def test_without_a_limit_nothing_is_crossed():
    run = replace(with_sharpness(np.ones(RUN.updates, bool)), limit=None)
    assert [part.tolist() for part in crossings(run)] == [[], []]
    assert unstable_spans(run) == []
