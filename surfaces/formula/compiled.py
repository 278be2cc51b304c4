"""From one SymPy expression to value, gradient and Hessian, on Python floats and on NumPy arrays."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from types import FunctionType
from typing import Any

import numpy as np
import sympy as sp

from surfaces.formula.functions import ON_ARRAYS, ON_FLOATS
from surfaces.formula.printers import SETTINGS, ArrayPrinter, FloatPrinter
from surfaces.formula.shortest import shortest

Function = Callable[..., Any]

X, Y = sp.symbols("x y", real=True)


@dataclass(frozen=True)
class Compiled:
    """Functions of (x, y, *parameters) made from one expression.

    gradient returns (dL/dx, dL/dy), hessian (L_xx, L_xy, L_yy). The float functions raise OverflowError, ValueError
    or ZeroDivisionError where `math` does; the array functions give inf or nan.
    """

    value: Function
    value_array: Function
    gradient: Function
    gradient_array: Function
    hessian_array: Function


@dataclass(frozen=True)
class Code:
    """The generated functions of (x, y, *parameters), before their last parameters are fixed."""

    value: FunctionType
    gradient: FunctionType
    value_array: FunctionType
    gradient_array: FunctionType
    hessian_array: FunctionType

    def bind(self, values: Sequence[float] = ()) -> Compiled:
        """Fix the last parameters to `values`."""
        value_array = _broadcasting(fix(self.value_array, values))
        return Compiled(
            value=fix(self.value, values),
            value_array=lambda *arguments: value_array(*arguments)[0],
            gradient=fix(self.gradient, values),
            gradient_array=_broadcasting(fix(self.gradient_array, values)),
            hessian_array=_broadcasting(fix(self.hessian_array, values)),
        )


@lru_cache(maxsize=256)
def compile_expression(expression: sp.Expr, parameters: tuple[sp.Symbol, ...] = (), dimension: int = 2) -> Code:
    """Derive and compile value, gradient and Hessian of `expression` in x, y and `parameters`."""
    arguments = (X, Y, *parameters)
    return Code(
        value=_on_floats(arguments, expression),
        gradient=_on_floats(arguments, gradient_of(expression)),
        value_array=_on_arrays(arguments, (expression,)),
        gradient_array=_on_arrays(arguments, gradient_of(expression)),
        hessian_array=_on_arrays(arguments, hessian_of(expression, dimension)),
    )


@lru_cache(maxsize=256)
def compile_gradient(expression: sp.Expr, parameters: tuple[sp.Symbol, ...] = ()) -> FunctionType:
    """Compile (dL/dx, dL/dy) for arrays, in the form that takes the fewest operations."""
    return _on_arrays((X, Y, *parameters), shortest(gradient_of(expression)))


@lru_cache(maxsize=256)
def compile_loss_and_gradient(expression: sp.Expr, parameters: tuple[sp.Symbol, ...] = ()) -> FunctionType:
    """Compile (L, dL/dx, dL/dy) for arrays likewise."""
    return _on_arrays((X, Y, *parameters), (expression, *shortest(gradient_of(expression))))


@lru_cache(maxsize=256)
def compile_hessian(expression: sp.Expr, parameters: tuple[sp.Symbol, ...] = (), dimension: int = 2) -> FunctionType:
    """Compile (L_xx, L_xy, L_yy) for floats."""
    return _on_floats((X, Y, *parameters), hessian_of(expression, dimension))


@lru_cache(maxsize=256)
def gradient_of(expression: sp.Expr) -> tuple[sp.Expr, sp.Expr]:
    """Return (dL/dx, dL/dy)."""
    return sp.diff(expression, X), sp.diff(expression, Y)


@lru_cache(maxsize=256)
def hessian_of(expression: sp.Expr, dimension: int = 2) -> tuple[sp.Expr, sp.Expr, sp.Expr]:
    """Return (L_xx, L_xy, L_yy); (L'', 0, 1) of a loss in x alone, whose dimension is 1.

    There y stays where it is, and 1 leaves a matrix that is divided by its inverse wherever L'' is not 0.
    """
    slope_x, slope_y = gradient_of(expression)
    along_y = sp.diff(slope_y, Y) if dimension == 2 else sp.Integer(1)
    return sp.diff(slope_x, X), sp.diff(slope_x, Y), along_y


def _on_floats(arguments: tuple[sp.Symbol, ...], body: Any) -> FunctionType:
    function: FunctionType = sp.lambdify(
        arguments, body, modules=[ON_FLOATS, "math"], printer=FloatPrinter(SETTINGS), cse=True
    )
    return function


def _on_arrays(arguments: tuple[sp.Symbol, ...], body: tuple[sp.Expr, ...]) -> FunctionType:
    function: FunctionType = sp.lambdify(
        arguments, body, modules=[ON_ARRAYS, "numpy"], printer=ArrayPrinter(SETTINGS), cse=True
    )
    return function


def fix(function: FunctionType, values: Sequence[float]) -> FunctionType:
    """Make `values` the defaults of the last arguments: a parameter then costs nothing a call."""
    return FunctionType(function.__code__, function.__globals__, function.__name__, tuple(values))


def _broadcasting(function: Function) -> Function:
    """Give constant derivatives the shape of the others, and let inf and nan pass without a warning."""

    def call(*arguments: Any) -> tuple[Any, ...]:
        arrays = [np.asarray(argument, float) for argument in arguments]
        with np.errstate(all="ignore"):
            values = function(*arrays)
        shape = np.broadcast_shapes(*(array.shape for array in arrays))
        return tuple(np.broadcast_to(np.asarray(value, float), shape) for value in values)

    return call
