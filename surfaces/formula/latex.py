"""A typed formula in LaTeX, as the person wrote it."""

import ast
import re

from surfaces.formula.grammar import FUNCTIONS, read
from surfaces.formula.parser import parse

SUM, SIGN, PRODUCT, POWER, ATOM = range(5)

# template, how strongly the whole holds together, and what its two sides need to stand without parentheses
_OPERATORS: dict[type[ast.AST], tuple[str, int, int, int]] = {
    ast.Add: ("{} + {}", SUM, SUM, PRODUCT),
    ast.Sub: ("{} - {}", SUM, SUM, PRODUCT),
    ast.Mult: (r"{} \cdot {}", PRODUCT, SIGN, PRODUCT),
    ast.Pow: ("{}^{{{}}}", POWER, ATOM, SUM),
}

_UNNEEDED_DOT = re.compile(r" \\cdot (?!\d|\\frac)")


def latex_of(text: str) -> str:
    """Return the LaTeX of a formula; raises FormulaError where `parse` does."""
    parse(text)
    tree, _ = read(text)
    return _UNNEEDED_DOT.sub(r"\\,", _print(tree)[0])


def _print(node: ast.AST) -> tuple[str, int]:
    """Return the LaTeX of a node and how strongly it holds together."""
    match node:
        case ast.Constant(value=number):
            return _number(repr(number))
        case ast.Name(id=name):
            return (r"\pi" if name == "pi" else name), ATOM
        case ast.UnaryOp(op=sign, operand=operand):
            return ("-" if isinstance(sign, ast.USub) else "") + _enclosed(operand, PRODUCT)[0], SIGN
        case ast.BinOp(left=left, op=ast.Div(), right=right):
            return rf"\frac{{{_print(left)[0]}}}{{{_print(right)[0]}}}", PRODUCT
        case ast.BinOp(left=left, op=sign, right=right):
            template, strength, left_need, right_need = _OPERATORS[type(sign)]
            left_latex, left_strength = _enclosed(left, left_need)
            return template.format(left_latex, _enclosed(right, right_need)[0]), min(strength, left_strength)
        case ast.Call(func=ast.Name(id=name), args=arguments):
            return FUNCTIONS[name].latex.format(*(_print(argument)[0] for argument in arguments)), ATOM
    raise TypeError(f"no formula holds {node!r}")


def _enclosed(node: ast.AST, need: int) -> tuple[str, int]:
    latex, strength = _print(node)
    return (latex, strength) if strength >= need else (rf"\left({latex}\right)", ATOM)


def _number(text: str) -> tuple[str, int]:
    mantissa, _, exponent = text.partition("e")
    return (rf"{mantissa} \cdot 10^{{{int(exponent)}}}", PRODUCT) if exponent else (mantissa, ATOM)
