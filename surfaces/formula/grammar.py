"""Reading a typed formula: from text to a syntax tree that holds nothing but arithmetic.

Two walls stand one behind the other. The first takes the text apart into numbers, known names and operators,
and says where it went wrong; the second lets only a few kinds of node of Python's own parser through. Nothing
is ever evaluated here.
"""

import ast
import math
import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple, TypeAlias

import sympy as sp

from spec.sentences import Sentence, SentenceError
from surfaces.formula.functions import cosh, larger, magnitude, sinh, smaller, tanh

Place: TypeAlias = Callable[[ast.AST], int]

LONGEST = 200
DEEPEST = 10


class FormulaError(SentenceError):
    """A formula that cannot be read: the number of the character, from 1, where it is wrong, and why."""

    def __init__(self, column: int, reason: str, **values: Any) -> None:
        super().__init__("At character {column}: {reason}", column=column, reason=Sentence(reason, values))
        self.column = column


class Primitive(NamedTuple):
    """A function that formulas may call: on constants, on expressions, and in print."""

    arity: int
    on_numbers: Callable[..., float]
    on_expressions: Callable[..., sp.Expr]
    latex: str


CONSTANTS = {"pi": math.pi, "e": math.e}
FUNCTIONS = {
    "sin": Primitive(1, math.sin, sp.sin, r"\sin\left({}\right)"),
    "cos": Primitive(1, math.cos, sp.cos, r"\cos\left({}\right)"),
    "tan": Primitive(1, math.tan, sp.tan, r"\tan\left({}\right)"),
    "asin": Primitive(1, math.asin, sp.asin, r"\arcsin\left({}\right)"),
    "acos": Primitive(1, math.acos, sp.acos, r"\arccos\left({}\right)"),
    "atan": Primitive(1, math.atan, sp.atan, r"\arctan\left({}\right)"),
    "sinh": Primitive(1, math.sinh, sinh, r"\sinh\left({}\right)"),
    "cosh": Primitive(1, math.cosh, cosh, r"\cosh\left({}\right)"),
    "tanh": Primitive(1, math.tanh, tanh, r"\tanh\left({}\right)"),
    "exp": Primitive(1, math.exp, sp.exp, r"\exp\left({}\right)"),
    "log": Primitive(1, math.log, sp.log, r"\ln\left({}\right)"),
    "sqrt": Primitive(1, math.sqrt, sp.sqrt, r"\sqrt{{{}}}"),
    "abs": Primitive(1, abs, magnitude, r"\left|{}\right|"),
    "max": Primitive(2, max, larger, r"\max\left({}, {}\right)"),
    "min": Primitive(2, min, smaller, r"\min\left({}, {}\right)"),
}
NAMES = ("x", "y", *CONSTANTS)
LOOKALIKES = {"−": "-", "–": "-", "·": "*", "×": "*", "÷": "/", "²": "^2", "³": "^3", "π": "pi", "√": "sqrt"}

_TOKEN = re.compile(
    r"(?P<number>(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?)|(?P<name>[A-Za-z_]\w*)|(?P<sign>\*\*|[-+*/^(),])| +", re.ASCII
)


class Token(NamedTuple):
    """A number, name or sign of a formula, with its place, counted from 1."""

    kind: str
    text: str
    column: int


def read(text: str) -> tuple[ast.expr, Place]:
    """Return the syntax tree of a formula, and the function from a node to its place in the text.

    Raises FormulaError, and nothing else, for any text that is not one.
    """
    if len(text) > LONGEST:
        raise FormulaError(LONGEST + 1, "the formula is longer than {most} characters", most=LONGEST)
    tokens = list(_tokens(text))
    _check_order(tokens)
    source = " ".join(token.text.replace("^", "**") for token in tokens)
    places = [token.column for token in tokens for _ in token.text.replace("^", "**") + " "]
    try:
        return ast.parse(source, mode="eval").body, lambda node: places[getattr(node, "col_offset", 0)]
    except (SyntaxError, ValueError, MemoryError, RecursionError) as error:
        column = places[min(getattr(error, "offset", None) or 1, len(places)) - 1]
        raise FormulaError(column, "this is not a number") from None


def _tokens(text: str) -> Iterator[Token]:
    place = 0
    while place < len(text):
        match = _TOKEN.match(text, place)
        if not match:
            raise _unknown_character(text[place], place + 1)
        if match.lastgroup:
            yield Token(match.lastgroup, match.group(), place + 1)
        place = match.end()


def _unknown_character(character: str, column: int) -> FormulaError:
    if character in LOOKALIKES:
        return FormulaError(column, "write `{known}` instead of `{it}`", known=LOOKALIKES[character], it=character)
    return FormulaError(column, "the character {it} has no place in a formula", it=ascii(character))


def _check_order(tokens: list[Token]) -> None:
    """Check that operands and operators take turns and that parentheses match."""
    open_places: list[int] = []
    wants_operand = True
    previous = Token("sign", "", 1)
    for token in tokens:
        if token.kind == "name":
            _check_name(token)
        if previous.text in FUNCTIONS and token.text != "(":
            raise FormulaError(previous.column, "write `{name}(...)`, with parentheses", name=previous.text)
        if wants_operand and token.text in ("*", "/", "^", "**", ",", ")"):
            raise FormulaError(token.column, "something is missing before `{it}`", it=token.text)
        if not wants_operand and (token.kind != "sign" or token.text == "("):
            both = {"left": previous.text, "right": token.text}
            raise FormulaError(token.column, "write `*` between `{left}` and `{right}`", **both)
        if token.text == "(":
            open_places.append(token.column)
        elif token.text in (")", ",") and not open_places:
            raise FormulaError(token.column, "this `{it}` stands outside of parentheses", it=token.text)
        elif token.text == ")":
            open_places.pop()
        if len(open_places) > DEEPEST:
            raise FormulaError(token.column, "more than {most} parentheses are open here", most=DEEPEST)
        wants_operand = (token.kind == "sign" and token.text != ")") or token.text in FUNCTIONS
        previous = token
    if not tokens:
        raise FormulaError(1, "the formula is empty")
    if wants_operand:
        raise FormulaError(previous.column, "the formula ends before it is complete")
    if open_places:
        raise FormulaError(open_places[-1], "this `(` is never closed")


def _check_name(token: Token) -> None:
    if token.text not in NAMES and token.text not in FUNCTIONS:
        raise FormulaError(
            token.column,
            "the name `{name}` is not known; use {names} and the functions {functions}",
            name=token.text,
            names=", ".join(NAMES),
            functions=", ".join(FUNCTIONS),
        )
