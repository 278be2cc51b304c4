"""What losses in x alone have in common: one axis, along which the window and the start lie."""

from dataclasses import dataclass
from typing import Any, ClassVar

import sympy as sp

from surfaces.base import STILL, Point, Surface, Window


@dataclass(frozen=True)
class Curve(Surface):
    """A loss L(x). A final class gives its formula in `curve`, the window's side, and where runs begin."""

    axes = ("x",)
    side: ClassVar[Point]
    begin: ClassVar[float]

    @property
    def window(self) -> Window:
        return self.side, STILL

    @property
    def start(self) -> Point:
        return self.begin, 0.0

    @staticmethod
    def curve(x: sp.Symbol, *_: Any, **knobs: Any) -> sp.Expr:
        """Return L(x)."""
        raise NotImplementedError

    @classmethod
    def loss(cls, x: sp.Symbol, *_: Any, **knobs: Any) -> sp.Expr:
        return cls.curve(x, **knobs)
