"""The methods of a catalogue entry as stand-alone functions: the source that ran, with its knobs filled in."""

import ast
import inspect
import re
import textwrap
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from types import ModuleType
from typing import Any

from spec.knobs import Number, knobs_of


class Excerpt:
    """Functions cut out of one entry, and the numbers they need by name.

    A knob that is a number becomes a name; a choice or a switch is decided, and what it rules out is left out.
    A method or a function that another calls comes before it. A name that some function also assigns gets a `_` at its
    end.
    """

    def __init__(self, entry: Any, methods: Sequence[str]) -> None:
        self.entry, self.numbers, self.functions = entry, dict[str, float](), dict[str, str]()
        self.taken = set[str]()
        while True:
            self.numbers.clear()
            self.functions.clear()
            before = set(self.taken)
            for method in methods:
                self.add(method)
            if self.taken == before:
                break

    def add(self, method: str) -> None:
        """Cut out one method, and those it calls."""
        if self.name(method) in self.functions:
            return
        source = getattr(type(self.entry), method)
        tree = ast.parse(textwrap.dedent(inspect.getsource(source)))
        function = _Cut(self, source).visit(tree).body[0]
        function.name = self.name(method)
        self.taken |= {n.id for n in ast.walk(function) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
        self.functions[function.name] = unparsed(function)

    def borrow(self, function: Callable[..., Any]) -> None:
        """Cut out a function that a method calls, and those which that one calls."""
        if function.__name__ not in self.functions:
            tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
            cut = _Cut(self, function).visit(tree).body[0]
            self.functions[function.__name__] = unparsed(cut)

    def name(self, name: str) -> str:
        """Return what a knob or a method is called in the excerpt."""
        return f"{name}_" if name in self.taken else name

    @property
    def definitions(self) -> str:
        """The numbers, then the functions, as Python."""
        numbers = "\n".join(f"{name} = {value!r}" for name, value in self.numbers.items())
        return "\n\n\n".join(filter(None, (numbers, *self.functions.values())))


class _Cut(ast.NodeTransformer):
    """Takes `self`, `xp`, annotations and docstrings out of a method, and decides what its knobs decide."""

    def __init__(self, excerpt: Excerpt, source: Callable[..., Any]) -> None:
        self.excerpt, self.source = excerpt, source
        self.knobs = knobs_of(excerpt.entry)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        node.returns, node.decorator_list = None, []
        node.args.args = [ast.arg(a.arg) for a in node.args.args if a.arg not in ("self", "xp")]
        body = node.body[1:] if ast.get_docstring(node) is not None else node.body
        node.body = self._statements(body)
        return node

    def visit_AnnAssign(self, node: ast.AnnAssign) -> Any:
        return self.visit(ast.Assign([node.target], node.value or ast.Constant(None), lineno=node.lineno))

    def visit_If(self, node: ast.If) -> Any:
        truth = self._decided(node.test)
        return self.generic_visit(node) if truth is None else self._statements(node.body if truth else node.orelse)

    def visit_IfExp(self, node: ast.IfExp) -> Any:
        truth = self._decided(node.test)
        return self.generic_visit(node) if truth is None else self.visit(node.body if truth else node.orelse)

    def visit_Call(self, node: ast.Call) -> Any:
        node.args = [argument for argument in node.args if not (isinstance(argument, ast.Name) and argument.id == "xp")]
        called = getattr(self.source, "__globals__", {}).get(node.func.id) if isinstance(node.func, ast.Name) else None
        if ast.unparse(node.func) == "xp.over":
            return self.visit(ast.BinOp(node.args[0], ast.Div(), node.args[1]))
        if inspect.isfunction(called):
            self.excerpt.borrow(called)
        return self.generic_visit(node)

    def visit_Attribute(self, node: ast.Attribute) -> Any:
        owner = node.value.id if isinstance(node.value, ast.Name) else ""
        if owner in ("xp", "math"):
            return ast.Attribute(ast.Name("np", ast.Load()), node.attr, ast.Load())
        if owner != "self":
            return self.generic_visit(node)
        return self._own(node.attr)

    def _own(self, attribute: str) -> ast.expr:
        name = self.excerpt.name(attribute)
        if attribute not in self.knobs:
            self.excerpt.add(attribute)
            return ast.Name(name, ast.Load())
        value = getattr(self.excerpt.entry, attribute)
        if not isinstance(self.knobs[attribute], Number):
            return ast.parse(repr(value), mode="eval").body
        self.excerpt.numbers[name] = value
        return ast.Name(name, ast.Load())

    def _statements(self, body: Iterable[ast.stmt]) -> list[ast.stmt]:
        """Visit statements up to the first that always returns."""
        kept: list[ast.stmt] = []
        for statement in body:
            new = self.visit(statement)
            kept += new if isinstance(new, list) else [new]
            if kept and isinstance(kept[-1], ast.Return):
                break
        return kept

    def _decided(self, test: ast.expr) -> bool | None:
        """Return the truth of a condition on knobs alone, None if it depends on anything else."""
        names = {node.id for node in ast.walk(test) if isinstance(node, ast.Name)}
        attributes = [node.attr for node in ast.walk(test) if isinstance(node, ast.Attribute)]
        if names != {"self"} or not all(name in self.knobs for name in attributes):
            return None
        return bool(eval(compile(ast.Expression(test), "<condition>", "eval"), {"self": self.excerpt.entry}))


def formula(entry: Any, method: str, given: Mapping[str, str]) -> str:
    """Return the one expression that a method returns, in which knobs and other parts read as `given`."""
    function = ast.parse(Excerpt(entry, [method]).functions[method]).body[0]
    [line] = _lines(function, given)
    return line.removeprefix("return ")


def definition(function: Callable[..., Any]) -> str:
    """Return the source of a function, without its docstring and annotations."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(function))).body[0]
    assert isinstance(tree, ast.FunctionDef)
    return unparsed(_Bare().visit(tree))


def bare_module(module: ModuleType, without: Container[str] = ()) -> str:
    """Return the source of a module without imports, docstrings, annotations, and the names that are left `without`."""
    tree = ast.parse(inspect.getsource(module))
    tree.body = [node for node in tree.body if not isinstance(node, ast.Import | ast.ImportFrom) and not _is_text(node)]
    tree.body = [node for node in tree.body if not (isinstance(node, ast.Assign) and _target(node) in without)]
    return "\n\n\n".join(map(ast.unparse, ast.fix_missing_locations(_Bare().visit(tree)).body))


def _target(node: ast.Assign) -> str:
    return ast.unparse(node.targets[0])


def _is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


class _Bare(ast.NodeTransformer):
    """Takes docstrings and annotations out of classes and functions; a class's fields are objects."""

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.AST:
        node.body = [part for part in node.body if not _is_text(part)]
        for part in node.body:
            if isinstance(part, ast.AnnAssign):
                part.annotation = ast.Name("object", ast.Load())
            elif isinstance(part, ast.FunctionDef):
                self.visit(part)
        return node

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        node.returns, node.body = None, [part for part in node.body if not _is_text(part)]
        for argument in node.args.args:
            argument.annotation = None
        return self.generic_visit(node)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AST:
        return ast.Assign([node.target], node.value or ast.Constant(None), lineno=node.lineno)


def body(function: Callable[..., Any], given: Mapping[str, str]) -> list[str]:
    """Return the lines of a function below its docstring, in which parts of expressions read as `given`."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(function))).body[0]
    return _lines(tree, given)[1:]


def _lines(function: ast.AST, given: Mapping[str, str]) -> list[str]:
    """Return the lines of the statements in a function."""
    replaced = _Given(given).visit(function)
    return [ast.unparse(ast.fix_missing_locations(statement)) for statement in replaced.body]


class _Given(ast.NodeTransformer):
    """Writes other expressions in the place of some, by what they read like."""

    def __init__(self, given: Mapping[str, str]) -> None:
        self.given = given

    def visit(self, node: ast.AST) -> Any:
        text = ast.unparse(node) if isinstance(node, ast.expr) else ""
        return ast.parse(self.given[text], mode="eval").body if text in self.given else self.generic_visit(node)


def unparsed(function: ast.AST) -> str:
    """Return the source of a function, without the brackets that a tuple does not need."""
    lines = ast.unparse(ast.fix_missing_locations(function)).splitlines()
    return "\n".join(re.sub(r"^( *(?:return|[\w, ]+ =)) \((.*)\)$", _bare, line) for line in lines)


def _bare(match: re.Match[str]) -> str:
    bracketed, bare = match.group(0), f"{match.group(1)} {match.group(2)}"
    try:
        return bare if _shape(bare) == _shape(bracketed) else bracketed
    except SyntaxError:
        return bracketed


def _shape(line: str) -> str:
    return ast.dump(ast.parse(f"def f():\n    {line.strip()}"))
