"""Losses that are sums over data: the gradients of their terms."""

import numpy as np
import pytest

from surfaces import SURFACES

SUMS = {slug: kind for slug, kind in SURFACES.items() if kind.data}
every_sum = pytest.mark.parametrize("kind", SUMS.values(), ids=list(SUMS))


def test_the_size_of_the_data_is_known():
    assert all(kind.data_size == len(kind.data) for kind in SURFACES.values())
    assert (SURFACES["lecture"].data_size, SURFACES["network"].data_size) == (10, 6)


@every_sum
def test_the_terms_add_up_to_the_gradient(kind):
    surface = kind()
    for x, y in [surface.start, (0.3, -1.7), (-150.0, 2.5)]:
        slopes = np.array([surface.term_gradient(x, y, n) for n in range(surface.data_size)])
        assert slopes.sum(axis=0) == pytest.approx(surface.gradient(x, y), rel=1e-12, abs=1e-12 * np.abs(slopes).max())


@every_sum
def test_terms_on_arrays_agree_with_terms_on_floats(kind):
    surface = kind()
    x, y, n = np.linspace(-1, 1, 3)[:, None], 0.7, np.array([[2, 0, 2, 5]]) % kind.data_size
    slopes = surface.term_gradient_array(x, y, n)
    floats = [[surface.term_gradient(float(a), y, int(k)) for k in n[0]] for a in x[:, 0]]
    np.testing.assert_allclose(np.stack(slopes, axis=-1), floats, rtol=1e-13)


@every_sum
def test_scaled_batches_have_the_gradient_as_their_mean(kind):
    surface = kind()
    size, batch = surface.data_size, 2
    pairs = [(i, j) for i in range(size) for j in range(i)]
    slopes = [np.add(*(surface.term_gradient(*surface.start, n) for n in pair)) * size / batch for pair in pairs]
    assert np.mean(slopes, axis=0) == pytest.approx(surface.gradient(*surface.start), rel=1e-12)


def test_a_term_of_the_lecture_by_hand():
    residual = 640 - (-120) - (-4) * 338
    assert SURFACES["lecture"]().term_gradient(-120.0, -4.0, 0) == (-2 * residual, -2 * residual * 338)
