"""Real functions that SymPy differentiates without complex numbers and without Dirac deltas.

SymPy's own abs and max have Dirac deltas in their second derivatives, and its sinh, cosh and tanh spend
exponential time on nested arguments, asking whether they might be imaginary.
"""

import math
from typing import Any

import numpy as np
import sympy as sp

# ruff: noqa: N801 (SymPy's own functions are lower-case)


class direction(sp.Function):  # type: ignore[misc]
    """The sign of a: -1, 0 or 1; its slope counts as 0 everywhere."""

    nargs = 1
    is_real = True

    def fdiff(self, argindex: int = 1) -> sp.Expr:
        return sp.S.Zero


class magnitude(sp.Function):  # type: ignore[misc]
    """|a|, with slope 0 at 0."""

    nargs = 1
    is_real = True

    def fdiff(self, argindex: int = 1) -> sp.Expr:
        return direction(self.args[0])


class larger(sp.Function):  # type: ignore[misc]
    """max(a, b); at a tie its slope is the mean of both slopes."""

    nargs = 2
    is_real = True

    def fdiff(self, argindex: int = 1) -> sp.Expr:
        a, b = self.args
        lead = direction(a - b)
        return (1 + lead) / 2 if argindex == 1 else (1 - lead) / 2


def smaller(a: sp.Expr, b: sp.Expr) -> sp.Expr:
    """min(a, b) = -max(-a, -b)."""
    return -larger(-a, -b)


class sinh(sp.Function):  # type: ignore[misc]
    """sinh(a)."""

    nargs = 1
    is_real = True

    def fdiff(self, argindex: int = 1) -> sp.Expr:
        return cosh(self.args[0])


class cosh(sp.Function):  # type: ignore[misc]
    """cosh(a)."""

    nargs = 1
    is_real = True

    def fdiff(self, argindex: int = 1) -> sp.Expr:
        return sinh(self.args[0])


class tanh(sp.Function):  # type: ignore[misc]
    """tanh(a)."""

    nargs = 1
    is_real = True

    def fdiff(self, argindex: int = 1) -> sp.Expr:
        return 1 - self**2


class logaddexp(sp.Function):  # type: ignore[misc]
    """ln(e^a + e^b), which is no larger than a or b where e^a is."""

    nargs = 2
    is_real = True

    def fdiff(self, argindex: int = 1) -> sp.Expr:
        a, b = self.args
        lead = tanh((a - b) / 2)
        return (1 + lead) / 2 if argindex == 1 else (1 - lead) / 2


def _direction_of_float(a: float) -> float:
    return a if a != a else float((a > 0) - (a < 0))


def _larger_of_floats(a: float, b: float) -> float:
    return a if a >= b or a != a else b


def _logaddexp_of_floats(a: float, b: float) -> float:
    return _larger_of_floats(a, b) + math.log1p(math.exp(-abs(a - b)))


ON_FLOATS: dict[str, Any] = {
    "direction": _direction_of_float,
    "magnitude": abs,
    "larger": _larger_of_floats,
    "logaddexp": _logaddexp_of_floats,
}
ON_ARRAYS: dict[str, Any] = {
    "direction": np.sign,
    "magnitude": np.abs,
    "larger": np.maximum,
    "logaddexp": np.logaddexp,
}
