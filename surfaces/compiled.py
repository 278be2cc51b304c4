"""From one SymPy expression to value, gradient and Hessian, on Python floats and on NumPy arrays."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import sympy as sp

Function = Callable[..., Any]

X, Y = sp.symbols("x y", real=True)


@dataclass(frozen=True)
class Compiled:
    """Functions of (x, y, *parameters) made from one expression.

    gradient returns (dL/dx, dL/dy); hessian returns (L_xx, L_xy, L_yy). The float functions raise
    OverflowError, ValueError or ZeroDivisionError where `math` does; the array functions give inf or nan.
    """

    value: Function
    value_array: Function
    gradient: Function
    gradient_array: Function
    hessian_array: Function


@lru_cache(maxsize=256)
def compile_expression(expression: sp.Expr, parameters: tuple[sp.Symbol, ...] = ()) -> Compiled:
    """Derive and compile value, gradient and Hessian of `expression` in x, y and `parameters`."""
    arguments = (X, Y, *parameters)
    gradient = [sp.diff(expression, v) for v in (X, Y)]
    hessian = [sp.diff(expression, a, b) for a, b in ((X, X), (X, Y), (Y, Y))]
    return Compiled(
        value=_lambdify(arguments, expression, "math"),
        value_array=_broadcasting(_lambdify(arguments, [expression], "numpy"), single=True),
        gradient=_lambdify(arguments, gradient, "math"),
        gradient_array=_broadcasting(_lambdify(arguments, gradient, "numpy")),
        hessian_array=_broadcasting(_lambdify(arguments, hessian, "numpy")),
    )


def _lambdify(arguments: tuple[sp.Symbol, ...], body: Any, module: str) -> Function:
    function: Function = sp.lambdify(arguments, body, modules=module, cse=True)
    return function


def _broadcasting(function: Function, single: bool = False) -> Function:
    """Give constant derivatives the shape of the others, and let inf and nan pass without a warning."""

    def call(x: Any, y: Any, *parameters: float) -> Any:
        with np.errstate(all="ignore"):
            values = function(np.asarray(x, float), np.asarray(y, float), *parameters)
        shape = np.broadcast_shapes(np.shape(x), np.shape(y))
        arrays = tuple(np.broadcast_to(v, shape) for v in values)
        return arrays[0] if single else arrays

    return call
