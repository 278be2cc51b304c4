"""The form that takes the fewest operations: equal, and never longer."""

import numpy as np
import pytest
import sympy as sp

from surfaces import SURFACES
from surfaces.formula.compiled import X, Y, gradient_of
from surfaces.formula.shortest import shortest


def operations(expressions):
    shared, remaining = sp.cse(expressions)
    return sum(sp.count_ops(part) for part in (*(part for _, part in shared), *remaining))


def test_a_sum_that_sympy_spread_out_is_shared_again():
    a, b = X**2 + Y - 11, X + Y**2 - 7
    slopes = gradient_of(a**2 + b**2)
    assert operations(shortest(slopes)) < operations(slopes)


def test_what_is_shortest_as_it_is_stays():
    slopes = gradient_of((X + 2 * Y - 7) ** 2 + (2 * X + Y - 5) ** 2)
    assert shortest(slopes) == slopes


@pytest.mark.parametrize("slug", [slug for slug in SURFACES if slug != "own"])
def test_the_short_gradient_is_the_gradient(slug):
    surface = SURFACES[slug]()
    (x_low, x_high), (y_low, y_high) = surface.window
    x, y = np.random.default_rng(0).uniform((x_low, y_low), (x_high, y_high), (50, 2)).T
    for short, slope in zip(surface.gradient_code(x, y), surface.gradient_array(x, y), strict=True):
        np.testing.assert_allclose(short, slope, rtol=1e-9, atol=1e-12 * np.abs(slope).max())
