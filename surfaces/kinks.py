"""Functions with a kink, differentiable for SymPy without Dirac deltas: max, and by it abs and min."""

from typing import Any

import numpy as np
import sympy as sp


class share(sp.Function):  # type: ignore[misc]  # noqa: N801 (SymPy's own functions are lower-case)
    """The share of the first argument in the slope of max, by the lead of the first: 1, 1/2 at a tie, or 0."""

    nargs = 1

    def fdiff(self, argindex: int = 1) -> sp.Expr:
        return sp.S.Zero


class larger(sp.Function):  # type: ignore[misc]  # noqa: N801
    """max(a, b); at a tie its slope is the mean of both, so that |x| has slope 0 at 0."""

    nargs = 2

    def fdiff(self, argindex: int = 1) -> sp.Expr:
        a, b = self.args
        return share(a - b) if argindex == 1 else share(b - a)


def maximum(a: sp.Expr, b: sp.Expr) -> sp.Expr:
    """max(a, b)."""
    return larger(a, b)


def minimum(a: sp.Expr, b: sp.Expr) -> sp.Expr:
    """min(a, b) = -max(-a, -b)."""
    return -larger(-a, -b)


def absolute(a: sp.Expr) -> sp.Expr:
    """|a| = max(a, -a)."""
    return larger(a, -a)


def _larger_of_floats(a: float, b: float) -> float:
    return a if a >= b or a != a else b


def _share_of_float(lead: float) -> float:
    return lead if lead != lead else 0.5 * (1 + (lead > 0) - (lead < 0))


def _share_of_array(lead: Any) -> Any:
    return np.heaviside(lead, 0.5)


ON_FLOATS = {"larger": _larger_of_floats, "share": _share_of_float}
ON_ARRAYS = {"larger": np.maximum, "share": _share_of_array}
