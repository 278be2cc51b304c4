"""The heights of a landscape: logarithms of the loss above the lowest one known, and back."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.landscape import CELLS, FLOOR, landscape
from engine.window import contains
from surfaces import SURFACES
from surfaces.own import Own
from surfaces.rosenbrock import Rosenbrock
from tests.planes import PLANES

every_surface = pytest.mark.parametrize("slug", PLANES)


@every_surface
def test_the_grid_covers_the_window(slug):
    surface = SURFACES[slug]()
    land = landscape(surface)
    assert len(land.x) == len(land.y) == CELLS
    assert ((land.x[0], land.x[-1]), (land.y[0], land.y[-1])) == surface.window
    i, j = CELLS // 3, CELLS // 5
    value = float(surface.value_array(land.x[j], land.y[i]))
    assert land.loss[i, j] == value or (np.isnan(land.loss[i, j]) and not np.isfinite(value))


@every_surface
def test_the_lowest_loss_is_that_of_the_grid_or_of_a_known_point_in_the_window(slug):
    surface = SURFACES[slug]()
    known = [p.loss for p in surface.critical_points if contains(surface, p.x, p.y)]
    assert landscape(surface).low == min([*known, np.nanmin(landscape(surface).loss)])


@every_surface
def test_a_hundredth_of_the_window_is_its_floor(slug):
    land = landscape(SURFACES[slug]())
    above = land.loss[np.isfinite(land.loss)] - land.low
    assert (above <= land.floor).mean() == pytest.approx(FLOOR, abs=0.002) or land.floor == 1e-12 * above.max()
    np.testing.assert_allclose(np.exp(land.height[np.isfinite(land.height)]), above + land.floor, rtol=1e-9)


@given(st.sampled_from(PLANES), st.floats(-3.0, 6.0))
def test_a_height_reads_back_to_its_loss(slug, decades):
    land = landscape(SURFACES[slug]())
    loss = land.low + 10.0**decades * land.floor
    assert land.loss_at(land.height_of(loss)) == pytest.approx(loss, rel=1e-9, abs=1e-9 * (abs(land.low) + land.floor))


def test_what_is_lower_than_the_lowest_loss_is_as_high_as_that():
    land = landscape(Rosenbrock())
    assert land.height_of(land.low - 7.0) == land.height_of(land.low) == np.log(land.floor)
    assert land.height_of(np.inf) == np.inf


@pytest.mark.parametrize("bands", [1, 2, 12])
def test_levels_lie_between_the_bands(bands):
    land = landscape(Rosenbrock())
    first, last, spacing = land.levels(bands)
    assert spacing == pytest.approx((land.height.max() - land.height.min()) / bands)
    assert first == pytest.approx(land.height.min() + spacing)
    assert last == pytest.approx(land.height.min() + (bands - 1) * spacing)


def test_a_plain_is_one_height():
    land = landscape(Own(formula="7 + 0*x"))
    assert (land.low, land.floor) == (7.0, 1.0)
    assert (land.height == 0.0).all()
    assert land.levels(5) == (1.0, 4.0, 1.0)


def test_a_window_without_a_loss_has_levels():
    land = landscape(Own(formula="sqrt(x) + 0*y", x_low=-9.0, x_high=-1.0))
    assert np.isnan(land.loss).all()
    assert land.levels(4) == (1.0, 3.0, 1.0)


def test_the_window_holds_its_edges():
    surface = Rosenbrock()
    (left, right), (low, high) = surface.window
    inside = [(left, low), (right, high), (left, high), (0.0, 0.5)]
    outside = [(left - 1e-9, 0.5), (right + 1e-9, 0.5), (0.0, low - 1e-9), (0.0, high + 1e-9)]
    x, y = np.array(inside + outside).T
    assert contains(surface, x, y).tolist() == [True] * len(inside) + [False] * len(outside)
