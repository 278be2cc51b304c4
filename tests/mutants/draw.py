"""Mutants: copies of a file that differ from it by one small fault."""

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import accumulate, islice
from pathlib import Path
from random import Random
from typing import Any

OPPOSITE: dict[type[ast.AST], type[Any]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult, ast.Pow: ast.Mult,
    ast.FloorDiv: ast.Mult, ast.Mod: ast.Mult, ast.BitOr: ast.BitAnd, ast.BitAnd: ast.BitOr,
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.And: ast.Or, ast.Or: ast.And,
}  # fmt: skip

TEXTS = {"help", "symbol", "latex", "title", "summary", "citation"}
"""Keywords, and names that are assigned, whose values are words for the person."""

KINDS = {"TypeVar", "Literal", "TypeAlias"}
"""What is said to the type checker alone."""

KEY = re.compile(r"[A-Za-z][\w.-]*")
"""A text that is a key; sentences and formulas are none."""

SYMMETRIC = {"max", "min", "np.hypot"}
"""Functions whose arguments may be swapped."""

WHOLE = (ast.stmt, ast.Slice, ast.Constant, ast.Call, ast.Name)
"""What needs no parentheses."""

Fault = tuple[Any, ast.AST]
"""A node of a file and what stands in its place."""


@dataclass(frozen=True)
class Mutant:
    """A file in which the bytes from start to end are replaced by `text`."""

    path: Path
    start: int
    end: int
    text: bytes

    def apply(self, source: bytes) -> bytes:
        """Return the source with its fault."""
        return source[: self.start] + self.text + source[self.end :]

    def lines(self, source: bytes) -> tuple[int, str, str]:
        """Return the number of the first line that differs, and what stands there before and after."""
        first, last = (source.count(b"\n", 0, place) for place in (self.start, self.end))
        old, new = source.split(b"\n"), self.apply(source).split(b"\n")
        before, after = old[first : last + 1], new[first : last + 1 + len(new) - len(old)]
        return first + 1, *(" ".join(line.decode().strip() for line in part) for part in (before, after))


def draw(root: Path, paths: list[Path], count: int, seed: int) -> list[Mutant]:
    """Return `count` mutants of some files of a tree, at most one a place, the same ones for the same seed.

    Each compiles and is another program.
    """
    random, sources = Random(seed), {path: (root / path).read_bytes() for path in paths}
    places = [(path, place) for path, source in sources.items() for place in faults_of(source)]
    chosen = (plant(path, sources[path], random.choice(place)) for path, place in random.sample(places, len(places)))
    return list(islice((m for m in chosen if _is_another_program(m, sources[m.path])), count))


def faults_of(source: bytes) -> list[list[Fault]]:
    """Return the faults that a program may have, one list a place."""
    return list(_places(ast.parse(source)))


def plant(path: Path, source: bytes, fault: Fault) -> Mutant:
    """Return a file with this text as a mutant with a fault."""
    old, new = fault
    begins = [0, *accumulate(len(line) + 1 for line in source.split(b"\n"))]
    start, end = begins[old.lineno - 1] + old.col_offset, begins[old.end_lineno - 1] + old.end_col_offset
    return Mutant(path, start, end, _written(new).encode())


def _is_another_program(mutant: Mutant, source: bytes) -> bool:
    try:
        compile(mutant.apply(source), "mutant", "exec")
    except SyntaxError:
        return False
    return ast.dump(ast.parse(mutant.apply(source))) != ast.dump(ast.parse(source))


def _written(node: ast.AST) -> str:
    text = ast.unparse(node)
    return text if isinstance(node, WHOLE) else f"({text})"


def _places(node: ast.AST, inside: bool = False) -> Iterator[list[Fault]]:
    """Yield the faults of every place; inside: whether in a function."""
    yield from filter(None, ([*rule(node)] for rule in RULES if inside or rule is not removal))
    inside = inside or isinstance(node, ast.FunctionDef | ast.Lambda)
    for child in _parts(node):
        yield from _places(child, inside)


def _parts(node: ast.AST) -> Iterator[ast.AST]:
    """Yield the children in which a fault is one of the program: neither words, nor types, nor imports."""
    match node:
        case ast.JoinedStr() | ast.Import() | ast.ImportFrom() | ast.Expr(value=ast.Constant()):
            return
        case ast.keyword(arg="strict", value=ast.Constant(value=True)):
            return
        case ast.If(test=ast.Name(id="TYPE_CHECKING")) | ast.AnnAssign(annotation=ast.Name(id="TypeAlias")):
            return
        case ast.Call(func=ast.Name(id=name)) | ast.Subscript(value=ast.Name(id=name)) if name in KINDS:
            return
        case ast.Assign(targets=[ast.Name(id=name)]) | ast.keyword(arg=name) if name in TEXTS:
            return
    for field, value in ast.iter_fields(node):
        if field not in ("annotation", "returns", "decorator_list", "bases"):
            yield from (part for part in (value if isinstance(value, list) else [value]) if isinstance(part, ast.AST))


def operator(node: ast.AST) -> Iterator[Fault]:
    """Another operator; no sign and no negation."""
    match node:
        case ast.BinOp(left=left, op=op, right=right) if type(op) in OPPOSITE:
            yield node, ast.BinOp(left, OPPOSITE[type(op)](), right)
        case ast.BoolOp(op=op, values=values):
            yield node, ast.BoolOp(OPPOSITE[type(op)](), values)
        case ast.Compare(left=left, ops=ops, comparators=others):
            for k, op in enumerate(ops):
                yield node, ast.Compare(left, [*ops[:k], OPPOSITE[type(op)](), *ops[k + 1 :]], others)
        case ast.UnaryOp(op=ast.Not() | ast.USub(), operand=operand):
            yield node, operand


def constant(node: ast.AST) -> Iterator[Fault]:
    """Another number, truth value or key."""
    match node:
        case ast.Constant(value=bool() as truth):
            yield node, ast.Constant(not truth)
        case ast.Constant(value=int() | float() as number):
            yield from ((node, ast.Constant(value)) for value in (10 * number, number + 1) if value != number)
            yield from [(node, ast.Constant(number - 1))] if number >= 1 else []
        case ast.Constant(value=str() as text) if KEY.fullmatch(text):
            yield node, ast.Constant(text + "_")


def condition(node: ast.AST) -> Iterator[Fault]:
    """A condition that is negated."""
    is_for_types = isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
    if isinstance(node, ast.If | ast.IfExp | ast.While) and not is_for_types:
        yield node.test, ast.UnaryOp(ast.Not(), node.test)
    if isinstance(node, ast.comprehension):
        yield from ((test, ast.UnaryOp(ast.Not(), test)) for test in node.ifs)


def removal(node: ast.AST) -> Iterator[Fault]:
    """A call or an assignment that is left out."""
    if isinstance(node, ast.Assign | ast.AugAssign) or (
        isinstance(node, ast.Expr) and isinstance(node.value, ast.Call)
    ):
        yield node, ast.Pass()


def result(node: ast.AST) -> Iterator[Fault]:
    """A function that returns nothing."""
    if isinstance(node, ast.Return) and node.value is not None:
        yield node, ast.Return(ast.Constant(None))


def swap(node: ast.AST) -> Iterator[Fault]:
    """Two neighbouring arguments the wrong way round."""
    if not isinstance(node, ast.Call) or ast.unparse(node.func) in SYMMETRIC:
        return
    if not any(isinstance(argument, ast.Starred) for argument in node.args):
        for k in range(1, len(node.args)):
            before, (one, other), after = node.args[: k - 1], node.args[k - 1 : k + 1], node.args[k + 1 :]
            yield node, ast.Call(node.func, [*before, other, one, *after], node.keywords)


def part(node: ast.AST) -> Iterator[Fault]:
    """A slice that is one too short."""
    if isinstance(node, ast.Slice):
        low = ast.BinOp(node.lower, ast.Add(), ast.Constant(1)) if node.lower else ast.Constant(1)
        high = ast.BinOp(node.upper, ast.Sub(), ast.Constant(1)) if node.upper else ast.Constant(-1)
        yield node, ast.Slice(low, node.upper, node.step)
        yield node, ast.Slice(node.lower, high, node.step)


RULES: list[Callable[[ast.AST], Iterator[Fault]]] = [operator, constant, condition, removal, result, swap, part]
