"""Near a critical point: the Newton step in shares of the extent, against NumPy's own solution of the equations."""

import numpy as np
import pytest

from engine.rest import TOLERANCE, is_near
from engine.window import escape_bounds, has_not_escaped
from surfaces.own import Own
from surfaces.valley import Valley

COUPLED = Own(formula="3*x^2 + 2*x*y + y^2 + x - 4*y")
HESSIAN, LINEAR = np.array([[6.0, 2.0], [2.0, 2.0]]), np.array([1.0, -4.0])
MINIMUM = np.linalg.solve(HESSIAN, -LINEAR)


@pytest.mark.parametrize("extent", [(1.0, 1.0), (5.0, 0.2), (0.01, 3.0)])
@pytest.mark.parametrize("angle", np.linspace(0.0, 5.5, 12).tolist())
@pytest.mark.parametrize(("share", "near"), [(0.9, True), (1.1, False)])
def test_the_newton_step_decides_where_the_axes_are_coupled(extent, angle, share, near):
    """On a quadratic the Newton step is the way to the minimum: it is a share of TOLERANCE long here."""
    away = share * TOLERANCE * np.array(extent) * (np.cos(angle), np.sin(angle))
    theta = (MINIMUM + away)[:, None]
    assert is_near(COUPLED, theta, np.array(extent)[:, None]).tolist() == [near]


def test_on_the_bound_is_outside():
    valley = Valley()
    (left, right), (low, high) = escape_bounds(valley)
    x, y = has_not_escaped(valley, np.array([left, right, 0.0]), np.array([low, high, 0.0]))
    assert x.tolist() == y.tolist() == [False, False, True]
