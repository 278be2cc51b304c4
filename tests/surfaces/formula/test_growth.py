"""The growth of derivatives, reckoned without making them."""

import pytest
import sympy as sp

from surfaces.formula.compiled import X, Y
from surfaces.formula.growth import growth_of
from surfaces.formula.parser import parse


def nodes(expression):
    return sum(1 for _ in sp.preorder_traversal(expression)) if expression != 0 else 0


def test_constants_and_variables():
    assert growth_of(sp.Integer(7), (X, Y)).derivatives == 0
    assert growth_of(X, (X, Y)).slopes == (1, 0)
    assert growth_of(X + 3, (X, Y)).curvatures == ((0, 0), (0, 0))


def test_what_does_not_depend_on_a_variable_has_no_derivative_by_it():
    growth = growth_of(parse("sin(x)*exp(x) + y"), (X, Y))
    assert growth.slopes[1] == 1
    assert growth.curvatures[0][1] == growth.curvatures[1][1] == 0


@pytest.mark.parametrize("text", ["x*y", "sin(x*y)", "(x+y)^3*cos(x)", "exp(x*y)/(x+2)", "max(x*y, x^2)", "x^y"])
def test_a_derivative_is_no_larger_than_reckoned(text):
    expression = parse(text)
    growth = growth_of(expression, (X, Y))
    for a, first in enumerate((X, Y)):
        assert 0 < nodes(expression.diff(first)) <= growth.slopes[a]
        for b, second in enumerate((X, Y)):
            assert nodes(expression.diff(first, second)) <= growth.curvatures[a][b]


def test_a_product_of_many_factors_grows_as_their_cube():
    small, large = (growth_of(sp.prod([sp.sin(X + k * Y) for k in range(n)]), (X, Y)).derivatives for n in (8, 16))
    assert 6 < large / small < 10
