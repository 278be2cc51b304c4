"""The element-wise operations of which rules and gradients consist: one table."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

Ufunc = Callable[..., Any]
Law = Literal[
    "opaque", "product", "ratio", "square", "root", "parity", "negative", "sum", "extreme", "comparison", "choice"
]


@dataclass(frozen=True)
class Primitive:
    """One operation.

    name: under which a rule finds it, where it is no operator. ufunc: how it acts on arrays, called with `out`.
    text: Python for floats, its operands as {0}, {1}, ... array_text: Python for arrays, where that reads otherwise.
    factor: what it makes of a constant factor of its operands, a law of xp/factors.py.
    """

    name: str
    ufunc: Ufunc
    text: str
    factor: Law = "opaque"
    array_text: str = ""

    @property
    def is_condition(self) -> bool:
        """Whether it gives truth values."""
        return self.factor == "comparison"


def where_into(condition: Any, a: Any, b: Any, out: Any) -> None:
    """Write `a` where the condition holds and `b` elsewhere; `out` may not be `a`."""
    np.copyto(out, b)
    np.copyto(out, a, where=condition)


def over_into(a: Any, b: Any, out: Any) -> None:
    """Write a / b; infinity where b is 0."""
    np.divide(a, b, out=out)


PRIMITIVES = (
    Primitive("add", np.add, "{0} + {1}", "sum"),
    Primitive("subtract", np.subtract, "{0} - {1}", "sum"),
    Primitive("multiply", np.multiply, "{0} * {1}", "product"),
    Primitive("divide", np.divide, "{0} / {1}", "ratio"),
    Primitive("over", over_into, "{0} / {1} if {1} else inf", "ratio", "{0} / {1}"),
    Primitive("power", np.power, "{0} ** {1}"),
    Primitive("square", np.square, "{0} * {0}", "square"),
    Primitive("negative", np.negative, "-{0}", "negative"),
    Primitive("abs", np.abs, "abs({0})", "parity", "np.abs({0})"),
    Primitive("sign", np.sign, "1.0 if {0} > 0.0 else -1.0 if {0} < 0.0 else {0}", "parity", "np.sign({0})"),
    Primitive("sqrt", np.sqrt, "sqrt({0}) if {0} >= 0.0 else nan", "root", "np.sqrt({0})"),
    Primitive("maximum", np.maximum, "{0} if {0} >= {1} or {0} != {0} else {1}", "extreme", "np.maximum({0}, {1})"),
    Primitive("minimum", np.minimum, "{0} if {0} <= {1} or {0} != {0} else {1}", "extreme", "np.minimum({0}, {1})"),
    Primitive("greater", np.greater, "{0} > {1}", "comparison"),
    Primitive("greater_equal", np.greater_equal, "{0} >= {1}", "comparison"),
    Primitive("less", np.less, "{0} < {1}", "comparison"),
    Primitive("less_equal", np.less_equal, "{0} <= {1}", "comparison"),
    Primitive("equal", np.equal, "{0} == {1}", "comparison"),
    Primitive("not_equal", np.not_equal, "{0} != {1}", "comparison"),
    Primitive("where", where_into, "{1} if {0} else {2}", "choice", "np.where({0}, {1}, {2})"),
)

BY_UFUNC = {primitive.ufunc: primitive for primitive in PRIMITIVES}


def is_condition(ufunc: Ufunc) -> bool:
    """Return whether an operation gives truth values; one that is not in the table does not."""
    return ufunc in BY_UFUNC and BY_UFUNC[ufunc].is_condition
