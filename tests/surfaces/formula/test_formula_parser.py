"""The strict parser: what it understands, what it refuses, and that nothing else can happen."""

import ast
import json
import math
import operator
from contextlib import suppress
from pathlib import Path

import mpmath as mp
import numpy as np
import pytest
import sympy as sp
from hypothesis import assume, given
from hypothesis import strategies as st

from surfaces.formula import parser
from surfaces.formula.compiled import X, Y, compile_expression, gradient_of, hessian_of
from surfaces.formula.grammar import FUNCTIONS, LONGEST, NAMES, FormulaError, read
from surfaces.formula.growth import growth_of
from surfaces.formula.latex import latex_of
from surfaces.formula.parser import LARGEST_GROWTH, parse

HOSTILE = json.loads((Path(__file__).parent / "hostile_formulas.json").read_text())
NESTED = [
    "(" * 100 + "x" + ")" * 100,
    "(" * 200,
    ")" * 200,
    "sin(" * 20 + "x" + ")" * 20,
    "^".join("xy" * 50),
    "x" * 201,
    "x+" * 100_000 + "x",
    "(" * 100_000 + ")" * 100_000,
    "9" * 100_000,
]
REFERENCE = {name: getattr(mp, name) for name in FUNCTIONS if hasattr(mp, name)} | {"abs": abs, "max": max, "min": min}
OPERATORS = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
    ast.USub: operator.neg,
    ast.UAdd: operator.pos,
}

HONEST_REFUSALS = {
    "this exponent goes beyond {most}",
    "a number under a variable exponent must be positive",
    "the formula is too long to differentiate",
}


def refusal(text):
    """Return why a formula is refused, without its values; empty if it is not."""
    try:
        parse(text)
    except FormulaError as error:
        return error.sentence.values["reason"].template
    return ""


def value_of(text, x, y):
    return compile_expression(parse(text)).bind().value(x, y)


def gradient_of_text(text, x, y):
    return compile_expression(parse(text)).bind().gradient(x, y)


def reference(text, x, y):
    """Return the value of a formula to 40 digits, and the largest and smallest size met on the way."""
    sizes = [mp.mpf(1)]

    def walk(node):
        match node:
            case ast.Constant(value=value):
                result = mp.mpf(value)
            case ast.Name(id=name):
                result = {"x": mp.mpf(x), "y": mp.mpf(y), "pi": mp.mpf(math.pi), "e": mp.mpf(math.e)}[name]
            case ast.BinOp(left=left, op=sign, right=right):
                result = OPERATORS[type(sign)](walk(left), walk(right))
            case ast.UnaryOp(op=sign, operand=operand):
                result = OPERATORS[type(sign)](walk(operand))
            case ast.Call(func=ast.Name(id=name), args=arguments):
                result = REFERENCE[name](*map(walk, arguments))
        if not isinstance(result, mp.mpf):
            raise ValueError("not real")
        sizes.append(abs(result))
        return result

    with mp.workdps(40):
        value = walk(ast.parse(text.replace("^", "**").strip(), mode="eval").body)
        return value, max(sizes), min(sizes)


numbers = st.sampled_from(["1", "2", "3", "0.5", "0.25", "1.7", "pi", "e", "2e-1", "7", ".3", "4."])
leaves = st.one_of(st.sampled_from(["x", "y"]), numbers)


def _grow(inner):
    unary = st.sampled_from([name for name, function in FUNCTIONS.items() if function.arity == 1])
    binary = st.sampled_from([name for name, function in FUNCTIONS.items() if function.arity == 2])
    return st.one_of(
        st.builds("({}{}{})".format, inner, st.sampled_from([*"+-*/", " + ", " - "]), inner),
        st.builds("{}({})".format, unary, inner),
        st.builds("{}({}, {})".format, binary, inner, inner),
        st.builds(
            "({}){}{}".format, inner, st.sampled_from(["^", "**", " ^ "]), st.sampled_from(["2", "3", "0.5", "-1"])
        ),
        st.builds("({})^({})".format, inner, inner),
        st.builds("(-{})".format, inner),
    )


formulas = st.recursive(leaves, _grow, max_leaves=8)


@given(formulas, st.floats(0.3, 2.0), st.floats(0.3, 2.0))
def test_a_formula_means_what_mathematics_says(text, x, y):
    try:
        expected, largest, smallest = reference(text, x, y)
    except (ValueError, ZeroDivisionError, OverflowError):
        assume(False)
    assume(largest < 1e3)
    assume(smallest > 1e-3)
    reason = refusal(text)
    assert reason in {"", *HONEST_REFUSALS}
    assume(not reason)
    code = compile_expression(parse(text)).bind()
    assert code.value(x, y) == pytest.approx(float(expected), rel=1e-6, abs=1e-6)
    assert float(code.value_array(x, y)) == pytest.approx(float(expected), rel=1e-6, abs=1e-6)


def derivatives_size(expression):
    derivatives = (*gradient_of(expression), *hessian_of(expression))
    return sum(1 for derivative in derivatives for _ in sp.preorder_traversal(derivative))


@given(formulas)
def test_every_formula_is_small_once_differentiated_or_refused(text):
    try:
        expression = parse(text)
    except FormulaError:
        return
    assert derivatives_size(expression) <= 1.5 * growth_of(expression, (X, Y)).derivatives + 20
    assert growth_of(expression, (X, Y)).derivatives <= LARGEST_GROWTH
    assert expression.free_symbols <= {X, Y}
    assert latex_of(text).count("{") == latex_of(text).count("}")


def chain(link, times, end):
    return link * times + end + ")" * times


def series(sign, term, times):
    return sign.join(term.replace("#", str(i)) for i in range(1, times + 1))


EXPLOSIVE = [
    series("*", "abs(x-#)", 17),
    series("*", "tanh(x/y+#)", 12),
    series("*", "sin(x+#*y)", 13),
    series("*", "(x^#+y)", 18),
    series("/", "(x+#)", 28),
    chain("tanh(x/", 9, "y"),
    "(x+y)/(x-y)*(x*y+1)/(x/y+2)*(x-2*y)/(2*x+y)*(x*x+y)/(y*y+x)*(x*y+3)/(x+4)",
    "max((x/min(max(sinh(x*2),log(x*x)),acos((x^2)^y))),min(abs(max(y^2,2))/(x+x/y*min(x,x)),min(2,sinh(x)*y)^min(y,x)))",
]


@pytest.mark.parametrize("text", EXPLOSIVE, ids=range(len(EXPLOSIVE)))
def test_a_formula_whose_derivatives_explode_is_refused_before_they_are_made(monkeypatch, text):
    monkeypatch.setattr(parser, "gradient_of", pytest.fail)
    monkeypatch.setattr(parser, "hessian_of", pytest.fail)
    assert "the formula is too long to differentiate" in str(refused(text))


LONG = [
    series("+", "sqrt(x^2+y+#)/y", 10),
    series("+", "sin(#*x*y)^2", 11),
    series("+", "max(x,#*y)", 14),
    chain("1/(1+", 9, "x/y"),
    chain("asin(", 9, "x*y"),
    "x^x^x^x^x^x^x^x^x^x",
    "(sin(x)+cos(y))^2/(1+(x-y)^2)^3*exp(-(x^2+y^2)/2)*log(1+x^2*y^2)*atan(x*y)*sqrt(1+x^2)",
]


@pytest.mark.parametrize("text", LONG, ids=range(len(LONG)))
def test_a_long_formula_with_modest_derivatives_is_taken(text):
    assert derivatives_size(parse(text)) <= LARGEST_GROWTH


def test_the_refusal_points_at_the_part_that_grows_too_large():
    assert refused(f"x + {EXPLOSIVE[0]}").column == 5


def refused(text):
    """Return the error of a text that is no formula, having checked that it can be shown."""
    with pytest.raises(FormulaError) as caught:
        parse(text)
    error = caught.value
    assert 1 <= error.column <= min(len(text), LONGEST) + 1
    assert str(error).startswith(f"At character {error.column}: ")
    assert len(str(error)) < 300
    return error


@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
def test_hostile_text_is_refused_with_a_sentence(text):
    refused(text)


@pytest.mark.parametrize("text", NESTED, ids=range(len(NESTED)))
def test_deep_and_long_text_is_refused(text):
    refused(text)


@given(st.text(max_size=60))
def test_any_text_ends_in_an_expression_or_in_a_formula_error(text):
    _parse_or_refuse(text)


tokens = st.sampled_from(
    [*NAMES, *FUNCTIONS, *"+-*/^(),", "**", " ", "1", "2.5", "1e3", ".5", "3.", "9", "x(", ")*", "0"]
)


@given(st.lists(tokens, max_size=40).map("".join))
def test_any_row_of_tokens_ends_in_an_expression_or_in_a_formula_error(text):
    _parse_or_refuse(text)


def _parse_or_refuse(text):
    with suppress(FormulaError):
        assert parse(text).free_symbols <= {X, Y}


@pytest.mark.parametrize(
    ("text", "column", "sentence"),
    [
        ("2*os", 3, "the name `os` is not known; use x, y, pi, e and the functions sin, cos, "),
        ("1 + 2x", 6, "write `*` between `2` and `x`"),
        ("x + (y", 5, "this `(` is never closed"),
        ("x + y)", 6, "this `)` stands outside of parentheses"),
        ("x * / y", 5, "something is missing before `/`"),
        ("x +", 3, "the formula ends before it is complete"),
        ("3 + sin x", 5, "write `sin(...)`, with parentheses"),
        ("x\u00b2", 2, "write `^2` instead of `\u00b2`"),
        ("x \u2212 y", 3, "write `-` instead of `\u2212`"),
        ("x[0]", 2, "the character '[' has no place in a formula"),
        ("y + 9**9**9", 8, "this exponent goes beyond 100"),
        ("y + x^200", 7, "this exponent goes beyond 100"),
        ("y + log(0)", 5, "this has no real value, or one too large"),
        ("x + max(y)", 5, "`max` takes 2, not 1, between its parentheses"),
        ("1 + (-2)^x", 6, "a number under a variable exponent must be positive"),
        ("x" * 300, 201, "the formula is longer than 200 characters"),
        ("  ", 1, "the formula is empty"),
    ],
)
def test_a_refusal_points_at_the_place(text, column, sentence):
    error = refused(text)
    assert error.column == column
    assert str(error).startswith(f"At character {column}: {sentence}")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x^2 + y^2", 2.5**2 + 0.5**2),
        ("-x^2", -(2.5**2)),
        ("2^-x", 2**-2.5),
        ("2^3^y", 2 ** (3**0.5)),
        ("x - y - 1", 1.0),
        ("x / y / 2", 2.5),
        ("x--y", 3.0),
        ("+x", 2.5),
        ("1e1*x", 25.0),
        ("sqrt(x^2)", 2.5),
        ("abs(y - x)", 2.0),
        ("max(x, y) - min(x, y)", 2.0),
        ("e^x", math.exp(2.5)),
        ("7", 7.0),
        ("0*x", 0.0),
        ("pi", math.pi),
    ],
)
def test_values_by_hand(text, expected):
    assert value_of(text, 2.5, 0.5) == pytest.approx(expected, rel=1e-15)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_the_gradient_of_every_function_is_its_slope(name):
    text = f"{name}(0.3*x + y)" if FUNCTIONS[name].arity == 1 else f"{name}(x*y, 2*x - y)"
    code = compile_expression(parse(text)).bind()
    x, y, h = 0.4, 0.2, 1e-6
    slopes = (
        (code.value(x + h, y) - code.value(x - h, y)) / (2 * h),
        (code.value(x, y + h) - code.value(x, y - h)) / (2 * h),
    )
    assert code.gradient(x, y) == pytest.approx(slopes, rel=1e-8)
    curvature = (np.array(code.gradient(x + h, y)) - code.gradient(x - h, y)) / (2 * h)
    assert [float(h) for h in code.hessian_array(x, y)[:2]] == pytest.approx(curvature.tolist(), rel=1e-7, abs=1e-9)


@pytest.mark.parametrize(
    ("text", "x", "y", "gradient"),
    [
        ("abs(x) + 2*abs(y)", 0.0, -3.0, (0.0, -2.0)),
        ("max(x, y)", 1.0, 1.0, (0.5, 0.5)),
        ("min(x, y)", 1.0, 1.0, (0.5, 0.5)),
        ("max(0, x)", -1.0, 0.0, (0.0, 0.0)),
        ("max(0, x)", 2.0, 0.0, (1.0, 0.0)),
        ("min(2*x, y)", 1.0, 3.0, (2.0, 0.0)),
        ("sqrt(x^2)", -2.0, 0.0, (-1.0, 0.0)),
        ("abs(log(x))", 0.5, 0.0, (-2.0, 0.0)),
    ],
)
def test_kinks_have_a_slope_on_both_paths_and_no_curvature_of_their_own(text, x, y, gradient):
    code = compile_expression(parse(text)).bind()
    assert code.gradient(x, y) == pytest.approx(gradient)
    assert [float(g) for g in code.gradient_array(x, y)] == pytest.approx(gradient)
    assert np.isfinite(code.hessian_array(x, y)).all()


@pytest.mark.parametrize("text", ["abs(x)", "max(x, 1)", "min(1, x)", "max(1, x) + abs(y)"])
def test_kinks_let_nan_through(text):
    code = compile_expression(parse(text)).bind()
    assert math.isnan(code.value(math.nan, 1.0))
    assert math.isnan(code.gradient(math.nan, 1.0)[0])
    assert math.isnan(code.value_array(math.nan, 1.0))
    assert math.isnan(code.gradient_array(math.nan, 1.0)[0])


@pytest.mark.parametrize(
    ("text", "x"), [("log(x)", -1.0), ("sqrt(x)", -1.0), ("x^0.3", -2.0), ("x^y", -2.0), ("asin(x)", 3.0), ("1/x", 0.0)]
)
def test_outside_the_domain_floats_raise_and_arrays_are_not_finite(text, x):
    code = compile_expression(parse(text)).bind()
    with pytest.raises((ValueError, ZeroDivisionError)):
        code.value(x, 0.5)
    assert not np.isfinite(code.value_array(np.array([x]), 0.5)).any()
    assert np.isfinite(code.value_array(np.array([0.5]), 0.5)).all()


def test_overflow_is_an_error_on_floats_or_infinity_but_never_a_number():
    code = compile_expression(parse("exp(x) + y^80")).bind()
    with pytest.raises(OverflowError):
        code.value(1000.0, 0.0)
    assert np.isinf(code.value_array([1000.0, 0.0], [0.0, 1e9])).all()


def test_every_digit_of_a_constant_reaches_the_compiled_function():
    assert value_of("0.1 + 0.2 + 0*x", 0.0, 0.0) == 0.1 + 0.2
    assert value_of("x*1.2345678901234567", 1.0, 0.0) == 1.2345678901234567


def test_constants_are_folded_before_the_expression_is_built():
    assert parse("sqrt(2)^2 - 2") == sp.Float(math.sqrt(2) ** 2 - 2)
    assert parse("3*x + 2^10").atoms(sp.Number) == {sp.Integer(3), sp.Integer(1024)}


def test_reading_gives_places_in_the_text_as_it_was_typed():
    tree, place = read("  x ^ 2^y")
    assert place(tree) == 3
    assert place(tree.right) == 7


@pytest.mark.parametrize(
    ("text", "latex"),
    [
        ("x^2+10*y^2", r"x^{2} + 10\,y^{2}"),
        ("-(x+y)*2", r"-\left(x + y\right) \cdot 2"),
        ("-2*x*y - -x/y", r"-2\,x\,y - \frac{-x}{y}"),
        ("(x+y)^2/(1+e^-x)", r"\frac{\left(x + y\right)^{2}}{1 + e^{-x}}"),
        ("(x^2)^3", r"\left(x^{2}\right)^{3}"),
        ("x-(y-1)", r"x - \left(y - 1\right)"),
        ("x+-y", r"x + \left(-y\right)"),
        ("sqrt(abs(x))*log(y)", r"\sqrt{\left|x\right|}\,\ln\left(y\right)"),
        ("max(x, pi*y)", r"\max\left(x, \pi\,y\right)"),
        ("1e-7*x", r"1 \cdot 10^{-7}\,x"),
        ("2*(1/2)", r"2 \cdot \frac{1}{2}"),
        ("asin(x)^2", r"\arcsin\left(x\right)^{2}"),
    ],
)
def test_latex_is_what_was_typed(text, latex):
    assert latex_of(text) == latex


def test_latex_of_what_is_no_formula_is_refused():
    with pytest.raises(FormulaError):
        latex_of("2x")
