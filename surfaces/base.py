"""The contract of every loss surface: one formula in SymPy's notation, and facts."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar, Literal, TypeAlias

import sympy as sp

from spec.catalogue import Entry
from spec.knobs import knobs_of
from surfaces.compiled import Compiled, Function, X, Y, compile_expression

Point: TypeAlias = tuple[float, float]
Window: TypeAlias = tuple[Point, Point]
Kind = Literal["minimum", "maximum", "saddle"]


@dataclass(frozen=True)
class CriticalPoint:
    """A point where the gradient vanishes, with the loss there."""

    x: float
    y: float
    loss: float
    kind: Kind


@dataclass(frozen=True)
class Surface(Entry):
    """A loss L(x, y) over a window; everything but the formula and the facts is derived.

    axes: LaTeX names of the two parameters. window: ((x_low, x_high), (y_low, y_high)). start: where a run
    begins. critical_points: known points of zero gradient, checked by a test.
    """

    axes: ClassVar[tuple[str, str]] = ("x", "y")
    window: ClassVar[Window]
    start: ClassVar[Point]
    critical_points: ClassVar[tuple[CriticalPoint, ...]] = ()

    @staticmethod
    def formula(x: sp.Symbol, y: sp.Symbol, *_: Any, **knobs: Any) -> sp.Expr:
        """Return L(x, y); a surface with knobs takes them as further symbols, by name."""
        raise NotImplementedError

    @cached_property
    def expression(self) -> sp.Expr:
        """The loss as a SymPy expression in x, y and the symbols of the knobs."""
        return type(self).formula(X, Y, **{name: sp.Symbol(name, real=True) for name in knobs_of(self)})

    @cached_property
    def _compiled(self) -> Compiled:
        return compile_expression(self.expression, tuple(sp.Symbol(name, real=True) for name in knobs_of(self)))

    def _bound(self, function: Function) -> Function:
        values = [float(getattr(self, name)) for name in knobs_of(self)]
        if not values:
            return function
        return lambda x, y: function(x, y, *values)

    @cached_property
    def value(self) -> Function:
        """L(x, y) on floats; raises as `math` does outside the domain."""
        return self._bound(self._compiled.value)

    @cached_property
    def value_array(self) -> Function:
        """L(x, y) on arrays; inf or nan outside the domain."""
        return self._bound(self._compiled.value_array)

    @cached_property
    def gradient(self) -> Function:
        """(dL/dx, dL/dy) on floats; raises as `math` does outside the domain."""
        return self._bound(self._compiled.gradient)

    @cached_property
    def gradient_array(self) -> Function:
        """(dL/dx, dL/dy) on arrays; inf or nan outside the domain."""
        return self._bound(self._compiled.gradient_array)

    @cached_property
    def hessian_array(self) -> Function:
        """(L_xx, L_xy, L_yy) on arrays; inf or nan outside the domain."""
        return self._bound(self._compiled.hessian_array)
