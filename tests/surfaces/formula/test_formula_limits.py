"""The limits of a formula, each with the last text that is taken and the first that is refused."""

import ast

import pytest
import sympy as sp

from surfaces.formula.compiled import X, Y
from surfaces.formula.functions import ON_ARRAYS, ON_FLOATS, cosh, direction, larger, magnitude, sinh, smaller, tanh
from surfaces.formula.grammar import LOOKALIKES, FormulaError, read
from surfaces.formula.growth import growth_of
from surfaces.formula.latex import latex_of
from surfaces.formula.parser import parse
from surfaces.formula.printers import SETTINGS, ArrayPrinter, FloatPrinter


def why(text):
    """Return at which character a formula is refused and why, or nothing."""
    try:
        parse(text)
    except FormulaError as error:
        return error.column, str(error.sentence.values["reason"])
    return None


def nested(depth):
    return "(" * depth + "x" + ")" * depth


@pytest.mark.parametrize(
    ("taken", "refused", "column", "reason"),
    [
        ("x+" + " " * 197 + "y", "x+" + " " * 198 + "y", 201, "longer than 200 characters"),
        (nested(10), nested(11), 11, "more than 10 parentheses are open here"),
        ("x^100", "x^100.5", 3, "this exponent goes beyond 100"),
        ("x^-100", "x^-101", 3, "this exponent goes beyond 100"),
        ("(x^10)^10", "(x^10)^10.5", 4, "this exponent goes beyond 100"),
        ("(x^0.5)^100", "(x^0.5)^101", 9, "this exponent goes beyond 100"),
        ("(x^2)^50 + (y^2)^50", "(x^2)^50 + (y^2)^51", 15, "this exponent goes beyond 100"),
        ("x^(y^100)", "x^(y^101)", 6, "this exponent goes beyond 100"),
        ("9e299*x", "1e300*x", 1, "this number is too large"),
        ("x - 9e299", "x - 1e300", 5, "this number is too large"),
        ("1e-299*x", "1e-301*x", 1, "holds a number too large or too small"),
        ("1e200*x", "1e200*x*1e101", 1, "holds a number too large or too small"),
        ("2^x", "0^x", 1, "a number under a variable exponent must be positive"),
        ("max(x, 1)", "max(x, 1, 2)", 1, "`max` takes 2, not 3, between its parentheses"),
        ("sqrt(0)+x", "sqrt(-1)+x", 1, "this has no real value, or one too large"),
        ("x/1", "x/0", 1, "this has no real value"),
        ("exp(690)*x", "exp(700)*x", 1, "this number is too large"),
        ("exp(1)*x", "exp(1000)*x", 1, "this has no real value, or one too large"),
    ],
)
def test_the_last_that_is_taken_and_the_first_that_is_not(taken, refused, column, reason):
    assert why(taken) is None
    where, said = why(refused)
    assert reason in said
    assert where == column


@pytest.mark.parametrize(
    ("text", "column", "reason"),
    [
        ("x + x y", 7, "write `*` between `x` and `y`"),
        ("(x)(y)", 4, "write `*` between `)` and `(`"),
        ("x (y)", 3, "write `*` between `x` and `(`"),
        ("2 3", 3, "write `*` between `2` and `3`"),
        ("*x", 1, "something is missing before `*`"),
        ("()", 2, "something is missing before `)`"),
        ("max(,x)", 5, "something is missing before `,`"),
        ("max(x,)", 7, "something is missing before `)`"),
        ("x ** ** y", 6, "something is missing before `**`"),
        ("x, y", 2, "this `,` stands outside of parentheses"),
        ("(x, y)", 1, "this has no place in a formula"),
        ("((x) + (y", 8, "this `(` is never closed"),
        ("x + sin", 5, "the formula ends before it is complete"),
        ("sin", 1, "the formula ends before it is complete"),
        ("sin)x(", 1, "write `sin(...)`, with parentheses"),
        ("x +  -", 6, "the formula ends before it is complete"),
        ("x + _y", 5, "the name `_y` is not known"),
        ("012*x", 1, "this is not a number"),
        ("y + 007", 5, "this is not a number"),
        ("x + é", 5, "the character '\\xe9' has no place in a formula"),
        ("x·y", 2, "write `*` instead of `·`"),
        ("√x", 1, "write `sqrt` instead of `√`"),
    ],
)
def test_what_is_wrong_is_said_where_it_is(text, column, reason):
    where, said = why(text)
    assert reason in said
    assert where == column


def test_an_operator_may_follow_a_closing_parenthesis_and_a_sign_may_follow_any_operator():
    for text in ("(x)*(y)", "(x)^2", "-(x)", "x*-y", "x^-+y", "max(-x, +y)", "max((x), (y))", "x - -y", "+x"):
        assert why(text) is None


@pytest.mark.parametrize("text", ["x+y", "  x  ^ 2", "x**2 + y", "max( x , y )", "x^2^y"])
def test_every_node_has_its_place(text):
    tree, place = read(text)
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            assert text[place(node) - 1 :].startswith(node.id)
        if isinstance(node, ast.Constant):
            assert text[place(node) - 1 :].startswith(str(node.value))


@pytest.mark.parametrize(
    ("text", "expression"),
    [
        ("x^0.5", sp.sqrt(X)),
        ("x^1.5", X ** sp.Rational(3, 2)),
        ("x^2.0", X**2),
        ("x^0.25", X ** sp.Float(0.25)),
        ("0.1*x", sp.Float(0.1) * X),
        ("x + 4503599627370495", X + sp.Integer(4503599627370495)),
        ("x + 4503599627370496", X + sp.Float(4503599627370496.0)),
        ("x + 4503599627370495.5", X + sp.Rational(9007199254740991, 2)),
    ],
)
def test_halves_and_whole_numbers_are_exact(text, expression):
    assert parse(text) == expression


a, b = sp.symbols("a b", real=True)


@pytest.mark.parametrize(
    ("function", "by", "slope"),
    [
        (magnitude(a), a, direction(a)),
        (direction(a), a, 0),
        (sinh(a), a, cosh(a)),
        (cosh(a), a, sinh(a)),
        (tanh(a), a, 1 - tanh(a) ** 2),
        (larger(a, b), a, (1 + direction(a - b)) / 2),
        (larger(a, b), b, (1 - direction(a - b)) / 2),
        (smaller(a, b), a, (1 + direction(b - a)) / 2),
        (smaller(a, b), b, (1 - direction(b - a)) / 2),
    ],
)
def test_slopes_of_the_functions_that_sympy_does_not_give(function, by, slope):
    assert sp.simplify(sp.diff(function, by) - slope) == 0
    assert function.is_real or function.func is sp.Mul


@pytest.mark.parametrize("functions", [ON_FLOATS, ON_ARRAYS], ids=["floats", "arrays"])
@pytest.mark.parametrize(
    ("name", "arguments", "value"),
    [
        ("direction", (-3.0,), -1.0), ("direction", (0.0,), 0.0), ("direction", (0.5,), 1.0),
        ("magnitude", (-3.0,), 3.0), ("magnitude", (3.0,), 3.0),
        ("larger", (1.0, 2.0), 2.0), ("larger", (2.0, 1.0), 2.0), ("larger", (-1.0, -1.0), -1.0),
    ],
)  # fmt: skip
def test_floats_and_arrays_agree_on_them(functions, name, arguments, value):
    assert functions[name](*arguments) == value


def test_a_sum_grows_as_its_parts_and_a_product_as_their_copies():
    small = growth_of(X * Y, (X, Y))
    assert small.size == 3
    assert small.slopes == (4, 4)
    assert small.curvatures == ((0, 5), (5, 0))
    assert small.derivatives == 4 + 4 + 0 + 5 + 0
    total = growth_of(X * Y + sp.sin(X), (X, Y))
    assert total.size == 1 + 3 + 2
    assert total.slopes == (4 + 2 + 5 + 1, 4)
    assert total.curvatures[0][1] == 5
    bend = growth_of(sp.sin(X), (X, Y))
    assert (bend.size, bend.slopes, bend.curvatures) == (2, (8, 0), ((16, 0), (0, 0)))


@pytest.mark.parametrize(
    ("text", "latex"),
    [
        ("x", "x"),
        ("pi", r"\pi"),
        ("+x", "x"),
        ("-x", "-x"),
        ("--x", r"-\left(-x\right)"),
        ("-x^2", "-x^{2}"),
        ("(-x)^2", r"\left(-x\right)^{2}"),
        ("-(x*y)", r"-x\,y"),
        ("-(x+y)", r"-\left(x + y\right)"),
        ("x*(y+1)", r"x\,\left(y + 1\right)"),
        ("(x+1)*y", r"\left(x + 1\right)\,y"),
        ("x*-y", r"x\,\left(-y\right)"),
        ("-x*y", r"-x\,y"),
        ("x-y-1", "x - y - 1"),
        ("x+(y+1)", r"x + \left(y + 1\right)"),
        ("x*2", r"x \cdot 2"),
        ("2*3*x", r"2 \cdot 3\,x"),
        ("x^(y+1)", "x^{y + 1}"),
        ("2^x^y", "2^{x^{y}}"),
        ("x/(y/2)", r"\frac{x}{\frac{y}{2}}"),
        ("(x/y)^2", r"\left(\frac{x}{y}\right)^{2}"),
        ("2.5e3^x", r"2500.0^{x}"),
        ("1e22*x", r"1 \cdot 10^{22}\,x"),
        ("x^1e-7", r"x^{1 \cdot 10^{-7}}"),
        ("min(x, y)*2", r"\min\left(x, y\right) \cdot 2"),
    ],
)
def test_latex_holds_together_as_the_formula_does(text, latex):
    assert latex_of(text) == latex


@pytest.mark.parametrize(("character", "known"), LOOKALIKES.items())
def test_a_character_that_looks_like_another_is_named(character, known):
    assert why(f"x + {character}y") == (5, f"write `{known}` instead of `{character}`")


z = sp.Symbol("z", real=True)


@pytest.mark.parametrize(
    ("expression", "on_floats", "on_arrays"),
    [
        (X**2, "(x*x)", "(x*x)"),
        (X**6, "(x*x*x*x*x*x)", "(x*x*x*x*x*x)"),
        (X**7, "x**7", "x**7"),
        (1 / X, "1/x", "x**(-1.0)"),
        (X**-2, "x**(-2)", "x**(-2.0)"),
        ((X + Y) ** 2, "(x + y)**2", "(x + y)**2"),
        (X * z**3, "x*(z*z*z)", "x*(z*z*z)"),
        (sp.sqrt(X), "sqrt(x)", "sqrt(x)"),
        (1 / sp.sqrt(X), "1/sqrt(x)", "1/sqrt(x)"),
        (X**Y, "pow(x, y)", "x**y"),
        (sp.Float(0.1) * X, "0.1*x", "0.1*x"),
        (X + sp.Float(1e-7), "x + 1e-07", "x + 1e-07"),
    ],
)
def test_powers_and_numbers_are_written_for_speed_and_exactly(expression, on_floats, on_arrays):
    made = [kind(SETTINGS).doprint(expression) for kind in (FloatPrinter, ArrayPrinter)]
    assert made == [on_floats, on_arrays]
