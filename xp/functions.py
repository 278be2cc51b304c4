"""The few element-wise functions a rule may use, for Python floats and for NumPy arrays."""

import math
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np


class Namespace(Protocol):
    """What a rule is written against; every function is element-wise."""

    def sqrt(self, a: Any, /) -> Any: ...
    def maximum(self, a: Any, b: Any, /) -> Any: ...
    def minimum(self, a: Any, b: Any, /) -> Any: ...
    def sign(self, a: Any, /) -> Any: ...
    def abs(self, a: Any, /) -> Any: ...
    def where(self, condition: Any, a: Any, b: Any, /) -> Any: ...


def _sqrt(a: float) -> float:
    return math.sqrt(a) if a >= 0.0 else math.nan


def _maximum(a: float, b: float) -> float:
    return a if a >= b or a != a else b


def _minimum(a: float, b: float) -> float:
    return a if a <= b or a != a else b


def _sign(a: float) -> float:
    return 1.0 if a > 0.0 else -1.0 if a < 0.0 else a


def _where(condition: bool, a: float, b: float) -> float:
    return a if condition else b


@dataclass(frozen=True)
class _Functions:
    sqrt: Any
    maximum: Any
    minimum: Any
    sign: Any
    abs: Any
    where: Any


FLOATS: Namespace = _Functions(_sqrt, _maximum, _minimum, _sign, abs, _where)
ARRAYS: Namespace = _Functions(np.sqrt, np.maximum, np.minimum, np.sign, np.abs, np.where)
