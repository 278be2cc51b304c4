"""The surface that a person types."""

import numpy as np
import pytest

from spec.sentences import SentenceError
from surfaces.own import Own


def test_the_formula_gives_value_gradient_and_curvature():
    own = Own(formula="x^2 + 3*x*y")
    assert own.value(2.0, 1.0) == 10.0
    assert own.gradient(2.0, 1.0) == (7.0, 6.0)
    assert [float(h) for h in own.hessian_array(2.0, 1.0)] == [2.0, 3.0, 0.0]


def test_a_flat_formula_has_no_slope_and_keeps_its_shape():
    own = Own(formula="3")
    assert own.gradient(1.0, 2.0) == (0.0, 0.0)
    assert own.value_array(np.zeros((2, 3)), 0.0).tolist() == [[3.0] * 3] * 2


@pytest.mark.parametrize(("formula", "reason"), [("2x", "At character 2"), ("", "is empty"), ("import os", "`import`")])
def test_a_formula_that_cannot_be_read_says_where(formula, reason):
    with pytest.raises(SentenceError, match=f"Own.formula .*cannot be read.*{reason}"):
        Own(formula=formula)


@pytest.mark.parametrize("formula", ["x" * 201, 3, None, b"x"])
def test_a_formula_is_a_short_text(formula):
    with pytest.raises(SentenceError, match=r"Own\.formula must be text of at most 200 characters"):
        Own(formula=formula)


def test_the_window_takes_its_bounds_in_either_order():
    assert Own(x_low=4.0, x_high=-2.0, y_low=-1.0, y_high=5.0).window == ((-2.0, 4.0), (-1.0, 5.0))


def test_a_window_of_no_width_is_opened():
    assert Own(x_low=2.0, x_high=2.0).window[0] == (1.0, 3.0)


def test_the_start_lies_in_every_window():
    own = Own(x_low=10.0, x_high=22.0, y_low=-6.0, y_high=0.0)
    assert own.start == (21.0, -1.0)


def test_two_formulas_are_two_surfaces():
    assert Own(formula="x") != Own(formula="y")
    assert Own(formula="x") == Own(formula="x")
    assert hash(Own(formula="x")) == hash(Own(formula="x"))
