"""A surface's formula as Python text: the loss or its gradient, as a function that stands alone.

A surface that was measured is written out as its numbers, see export/measured_code.py.
"""

from collections.abc import Container, Mapping, Sequence
from typing import Any

import sympy as sp
from sympy.printing.pycode import PythonCodePrinter

from export.measured_code import measured_gradient, measured_loss, measured_sights
from surfaces.base import Surface
from surfaces.formula.compiled import X, Y, gradient_of, hessian_of
from surfaces.formula.printers import CommonPrinter, FloatPrinter
from surfaces.measured import Measured

NAMES = {"magnitude": "abs", "larger": "max", "direction": "np.sign", "logaddexp": "np.logaddexp"}
ARRAY_NAMES = {"magnitude": "abs", "larger": "maximum", "direction": "sign"}


def gradient_code(surface: Surface, of_datum: bool = False) -> str:
    """Return `def gradient(x, y)` on floats, or `def gradient(x, y, datum)` of one datum, with `math` and `np`.

    It is written as the engine computes it, operation by operation.
    """
    if isinstance(surface, Measured):
        return measured_gradient(surface)
    arguments, expression = _formula(surface, of_datum)
    return _on_floats("gradient", arguments, surface, gradient_of(expression))


def sights_code(surface: Surface, sees: Container[str]) -> str:
    """Return `def value(x, y)` and `def hessian(x, y)` on floats, those that a rule asks for, likewise."""
    if isinstance(surface, Measured):
        return measured_sights(sees)
    made = []
    if "loss" in sees:
        made.append(_on_floats("value", (), surface, (surface.expression,)))
    if "hessian" in sees:
        made.append(_on_floats("hessian", (), surface, hessian_of(surface.expression, surface.dimension)))
    return "\n\n\n".join(made)


def _on_floats(name: str, datum: Sequence[str], surface: Surface, expressions: tuple[sp.Expr, ...]) -> str:
    shared, body = sp.cse(expressions, list=False)
    printer = FloatPrinter({"fully_qualified_modules": True, "inline": True, "user_functions": NAMES})
    lines = [f"{part_name} = {printer.doprint(part)}" for part_name, part in shared]
    return _function(name, datum, surface, [*lines, "return " + ", ".join(map(printer.doprint, body))])


def torch_loss_code(surface: Surface, of_datum: bool = False) -> str:
    """Return `def loss(x, y)` on tensors, or `def loss(x, y, datum)` of one datum, with `math` and `torch`."""
    arguments, expression = _formula(surface, of_datum)
    return _function("loss", arguments, surface, [f"return {ModulePrinter('torch').doprint(expression)}"])


def numpy_loss_code(surface: Surface) -> str:
    """Return `def loss(x, y)` on arrays, with `math` and `np`; of a measured surface, with what `gradient_code` has."""
    if isinstance(surface, Measured):
        return measured_loss()
    return _function("loss", (), surface, [f"return {ModulePrinter('np').doprint(surface.expression)}"])


def data_code(surface: Surface) -> str:
    """Return the data of a surface as a list."""
    rows = ", ".join(repr(tuple(row)) for row in surface.data)
    return f"data = [{rows}]"


class ModulePrinter(CommonPrinter, PythonCodePrinter):  # type: ignore[misc]
    """Code for tensors or arrays x and y; what is constant stays with `math`.

    module: "torch" or "np", which call their functions alike.
    """

    def __init__(self, module: str) -> None:
        super().__init__()
        self._module = module

    def _print(self, expr: Any, **options: Any) -> str:
        if not isinstance(expr, sp.Function) or not _varies(expr):
            text: str = super()._print(expr, **options)
            return text
        name = expr.func.__name__
        arguments = [self._print(a) if _varies(a) else self._constant(self._print(a)) for a in expr.args]
        return f"{self._module}.{ARRAY_NAMES.get(name, name)}({', '.join(arguments)})"

    def _constant(self, text: str) -> str:
        return f"torch.tensor(float({text}))" if self._module == "torch" else text

    def _print_Pow(self, power: sp.Pow, **options: Any) -> str:  # noqa: N802 (SymPy's name)
        if not _varies(power):
            return str(super()._print_Pow(power, **options))
        level = sp.printing.precedence.precedence(power)
        return f"{self.parenthesize(power.base, level, strict=False)}**{self.parenthesize(power.exp, level)}"


def _varies(expression: sp.Basic) -> bool:
    return bool(expression.free_symbols & {X, Y})


def _formula(surface: Surface, of_datum: bool) -> tuple[Sequence[str], sp.Expr]:
    if not of_datum:
        return (), surface.expression
    datum = sp.symbols(f"datum:{len(surface.data[0])}", real=True)
    return [symbol.name for symbol in datum], surface.term(X, Y, *datum, **surface._symbols)


def _function(name: str, datum: Sequence[str], surface: Surface, body: Sequence[str]) -> str:
    head = f"def {name}(x, y{', datum' if datum else ''}):"
    knobs: Mapping[str, float] = {symbol: float(getattr(surface, symbol)) for symbol in surface._symbols}
    given = [f"{', '.join(datum)} = datum"] if datum else []
    given += [f"{symbol} = {value!r}" for symbol, value in knobs.items()]
    return "\n    ".join([head, *given, *body])
