"""Heights order the window as its losses do, and holes stay holes."""

import numpy as np
import pytest

from engine.landscape import landscape
from surfaces import SURFACES
from surfaces.rosenbrock import Rosenbrock
from tests.planes import PLANES


@pytest.mark.parametrize("slug", PLANES)
def test_heights_rise_with_the_loss(slug):
    land = landscape(SURFACES[slug]())
    finite = np.isfinite(land.loss)
    assert (np.isfinite(land.height) == finite).all()
    order = np.argsort(land.loss[finite], kind="stable")
    assert (np.diff(land.height[finite][order]) >= 0).all()


def test_a_landscape_is_made_once():
    assert landscape(Rosenbrock()) is landscape(Rosenbrock())


def test_levels_divide_the_heights_evenly():
    land = landscape(Rosenbrock())
    first, last, spacing = land.levels(10)
    assert first == pytest.approx(land.height.min() + spacing)
    assert last == pytest.approx(land.height.max() - spacing)


class Holed(Rosenbrock):
    """Rosenbrock with a pole and a hole."""

    @property
    def value_array(self):
        def value(x, y):
            return np.where(x > 1, np.inf, np.where(x < -1, np.nan, 5.0 + 0 * y))

        return value


class Flat(Rosenbrock):
    """The same loss everywhere, which hides the minimum that the facts know."""

    critical_points = ()

    @property
    def value_array(self):
        return lambda x, y: 5.0 + 0 * x


def test_holes_are_nan_and_a_plain_has_levels():
    holed = landscape(Holed())
    assert np.isnan(holed.loss[:, [0, -1]]).all()
    assert np.isfinite(holed.height[:, 60]).all()
    flat = landscape(Flat())
    assert np.isfinite(flat.height).all()
    assert flat.levels(10)[2] > 0
