"""The few element-wise functions a rule may use, for Python floats and for NumPy arrays."""

import math
from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import Any, Protocol

import numpy as np

from xp.primitives import PRIMITIVES, Primitive

ENVIRONMENT = {"sqrt": math.sqrt, "inf": math.inf, "nan": math.nan}
"""What the text of a primitive for floats refers to."""


class Namespace(Protocol):
    """What a rule is written against; every function is element-wise, over(a, b) is a / b and infinite where b is 0."""

    def sqrt(self, a: Any, /) -> Any: ...
    def maximum(self, a: Any, b: Any, /) -> Any: ...
    def minimum(self, a: Any, b: Any, /) -> Any: ...
    def sign(self, a: Any, /) -> Any: ...
    def abs(self, a: Any, /) -> Any: ...
    def where(self, condition: Any, a: Any, b: Any, /) -> Any: ...
    def over(self, a: Any, b: Any, /) -> Any: ...


@dataclass(frozen=True)
class _Functions:
    sqrt: Any
    maximum: Any
    minimum: Any
    sign: Any
    abs: Any
    where: Any
    over: Any


def namespace(make: Callable[[Primitive], Any]) -> Namespace:
    """Return the functions that `make` makes of the primitives of these names."""
    names = {field.name for field in fields(_Functions)}
    return _Functions(**{primitive.name: make(primitive) for primitive in PRIMITIVES if primitive.name in names})


def _on_floats(primitive: Primitive) -> Any:
    operands = [operand for place, operand in enumerate("abc") if f"{{{place}}}" in primitive.text]
    return eval(f"lambda {', '.join(operands)}: {primitive.text.format(*operands)}", ENVIRONMENT)


def _on_arrays(primitive: Primitive) -> Any:
    return {"where": np.where, "over": np.divide}.get(primitive.name, primitive.ufunc)


FLOATS = namespace(_on_floats)
ARRAYS = namespace(_on_arrays)
