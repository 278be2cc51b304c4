"""From a typed formula to a SymPy expression: small enough to differentiate, and real."""

import ast
import math
import operator
from collections.abc import Callable
from functools import lru_cache
from typing import Any, TypeAlias

import sympy as sp

from surfaces.formula.compiled import X, Y, gradient_of, hessian_of
from surfaces.formula.functions import magnitude
from surfaces.formula.grammar import CONSTANTS, FUNCTIONS, FormulaError, Place, read
from surfaces.formula.growth import growth_of

HIGHEST_POWER = 100
LARGEST = 1e300
LARGEST_GROWTH = 12_000
"""Nodes of gradient and Hessian, before like terms are gathered: a third of a second's work."""

Operand: TypeAlias = float | sp.Expr

_VALUES: dict[str, Operand] = {"x": X, "y": Y, **CONSTANTS}
_OPERATORS: dict[type[ast.AST], Callable[..., Any]] = {
    ast.UAdd: operator.pos,
    ast.USub: operator.neg,
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}


@lru_cache(maxsize=256)
def parse(text: str) -> sp.Expr:
    """Return the expression of a formula in x and y, with every constant folded into one number.

    Raises FormulaError, and nothing else, for text that is no formula, has no real value, or is too large to
    differentiate and compile within half a second.
    """
    tree, place = read(text)
    try:
        expression = _expression(_build(tree, place, power=1.0))
        _check_derivatives(expression)
    except RecursionError:
        raise FormulaError(1, "the formula is nested too deeply") from None
    return expression


def _build(node: ast.expr, place: Place, power: float) -> Operand:
    """Turn a node into a number or an expression; `power` is the product of the exponents around it."""
    match node:
        case ast.Constant(value=int() | float() as number):
            return _fold(lambda: float(number), place(node))
        case ast.Name(id=name) if name in _VALUES:
            return _VALUES[name]
        case ast.BinOp(left=base, op=ast.Pow(), right=exponent):
            return _build_power(base, exponent, place, power)
        case ast.UnaryOp(op=sign, operand=operand) if type(sign) in _OPERATORS:
            on_numbers = on_expressions = _OPERATORS[type(sign)]
            nodes = [operand]
        case ast.BinOp(left=left, op=sign, right=right) if type(sign) in _OPERATORS:
            on_numbers = on_expressions = _OPERATORS[type(sign)]
            nodes = [left, right]
        case ast.Call(func=ast.Name(id=name), args=nodes, keywords=[]) if name in FUNCTIONS:
            arity, on_numbers, on_expressions, _ = FUNCTIONS[name]
            if len(nodes) != arity:
                values = {"name": name, "arity": arity, "count": len(nodes)}
                raise FormulaError(
                    place(node), "`{name}` takes {arity}, not {count}, between its parentheses", **values
                )
        case _:
            raise FormulaError(place(node), "this has no place in a formula")
    return _apply(on_numbers, on_expressions, [_build(node, place, power) for node in nodes], place(node))


def _build_power(base_node: ast.expr, exponent_node: ast.expr, place: Place, power: float) -> Operand:
    exponent = _build(exponent_node, place, power=1.0)
    if isinstance(exponent, float):
        power *= max(1.0, abs(exponent))
        if power > HIGHEST_POWER:
            raise FormulaError(place(exponent_node), "this exponent goes beyond {most}", most=HIGHEST_POWER)
    base = _build(base_node, place, power)
    if isinstance(base, float) and base <= 0 and not isinstance(exponent, float):
        raise FormulaError(place(base_node), "a number under a variable exponent must be positive")
    return _apply(math.pow, sp.Pow, [base, exponent], place(base_node))


def _apply(
    on_numbers: Callable[..., float], on_expressions: Callable[..., sp.Expr], operands: list[Operand], column: int
) -> Operand:
    """Apply an operation to numbers at once, as floats, and to anything else as an expression."""
    if all(isinstance(operand, float) for operand in operands):
        return _fold(lambda: on_numbers(*operands), column)
    expression = on_expressions(*map(_expression, operands))
    if expression.has(sp.Abs):
        expression = expression.replace(sp.Abs, magnitude)
    if expression.has(sp.zoo, sp.nan, sp.oo, sp.I):
        raise FormulaError(column, "this has no real value anywhere")
    if growth_of(expression, (X, Y)).derivatives > LARGEST_GROWTH:
        raise FormulaError(column, "the formula is too long to differentiate")
    return expression if expression.free_symbols else _fold(lambda: float(expression), column)


def _fold(compute: Callable[[], float], column: int) -> float:
    try:
        number = compute()
    except (ArithmeticError, ValueError, TypeError):
        raise FormulaError(column, "this has no real value, or one too large") from None
    if not abs(number) < LARGEST:
        raise FormulaError(column, "this number is too large")
    return number


def _expression(operand: Operand) -> sp.Expr:
    """Write halves and whole numbers exactly, so that x^2 and x^0.5 stay a square and a root."""
    if not isinstance(operand, float):
        return operand
    exact = (2 * operand).is_integer() and abs(operand) < 2**52
    return sp.Rational(int(2 * operand), 2) if exact else sp.Float(operand)


def _check_derivatives(expression: sp.Expr) -> None:
    """Refuse a formula whose derivatives are not real or hold a number that no float can hold."""
    derivatives = sp.Tuple(expression, *gradient_of(expression), *hessian_of(expression))
    if derivatives.has(sp.zoo, sp.nan, sp.oo, sp.I, sp.DiracDelta, sp.Derivative):
        raise FormulaError(1, "the formula has no real derivative")
    if not all(_holds(number) for number in derivatives.atoms(sp.Number)):
        raise FormulaError(1, "the formula holds a number too large or too small")


def _holds(number: Any) -> bool:
    if number.is_Rational:
        return bool(max(abs(number.p), number.q) < LARGEST)
    return bool(number.is_zero or 1 / LARGEST < abs(number) < LARGEST)
