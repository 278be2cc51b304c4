"""The contract of every loss surface: one formula in SymPy's notation, and facts."""

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar, Literal, Self, TypeAlias

import numpy as np
import sympy as sp
from numpy.typing import NDArray

from spec.catalogue import Entry
from spec.knobs import defaults_of, knobs_of
from spec.sentences import Sentence
from surfaces.formula.compiled import (
    Code,
    Compiled,
    Function,
    X,
    Y,
    compile_expression,
    compile_gradient,
    compile_hessian,
    compile_loss_and_gradient,
    fix,
)

Point: TypeAlias = tuple[float, float]
Window: TypeAlias = tuple[Point, Point]
STILL: Point = (-1.0, 1.0)
"""The side of the window along y of a loss in x alone, where y is 0."""

CriticalKind = Literal["minimum", "maximum", "saddle"]


@dataclass(frozen=True)
class CriticalPoint:
    """A point where the gradient vanishes, with the loss there."""

    x: float
    y: float
    loss: float
    kind: CriticalKind


@dataclass(frozen=True)
class Surface(Entry):
    """A loss L(x, y) over a window; everything but the formula and the facts is derived.

    A final class gives its formula in `loss`; or, where the loss is a sum over data, the formula of one
    datum in `term` and the `data`, one row of numbers a datum: then L = sum over n of term(x, y, *data[n]).

    axes: LaTeX names of the two parameters; of one where the loss is in x alone, and y stays 0. same_units: whether a
    unit means the same along both, so that angles and circles mean something.
    data_size: the number N of data, 0 if the loss is not such a sum.
    has_formula: whether the loss is a formula, recorded and written out as such; see surfaces/measured/ for others.
    has_log_heights: whether a map draws the logarithm of the loss above its lowest, as it does unless told otherwise.
    window, start and critical_points are properties only where they depend on the knobs, else class attributes.
    """

    same_units: ClassVar[bool] = True
    data: ClassVar[Sequence[Sequence[float]]] = ()
    data_size: ClassVar[int] = 0
    has_formula: ClassVar[bool] = True
    has_log_heights: ClassVar[bool] = True

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        cls.data_size = len(cls.data)

    def __reduce__(self) -> Any:
        """Pickle and copy the knobs only: compiled functions are made anew."""
        return type(self), tuple(getattr(self, field.name) for field in dataclasses.fields(self))

    def at(self, places: Any) -> Self:
        """Return the surface at some of the points, where its knobs are arrays with one value a point; else itself."""
        arrays = {name: value for name in knobs_of(self) if isinstance(value := getattr(self, name), np.ndarray)}
        return self.with_arrays(**{name: value[places] for name, value in arrays.items()}) if arrays else self

    @property
    def axes(self) -> tuple[str, ...]:
        """What the parameters are called."""
        return ("x", "y")

    @property
    def dimension(self) -> int:
        """How many parameters the loss has, 1 or 2."""
        return len(self.axes)

    @property
    def window(self) -> Window:
        """((x_low, x_high), (y_low, y_high))."""
        raise NotImplementedError

    @property
    def start(self) -> Point:
        """Where a run begins."""
        raise NotImplementedError

    @property
    def critical_points(self) -> tuple[CriticalPoint, ...]:
        """Known points of zero gradient, checked by a test; only those that hold for the knobs' values."""
        return ()

    @property
    def missing(self) -> Sentence | None:
        """What it lacks because an address does not hold it, in a sentence; None where it is whole."""
        return None

    @property
    def is_in_address(self) -> bool:
        """Whether an address holds all of it."""
        return True

    @property
    def walk(self) -> NDArray[np.float64]:
        """A path that somebody has measured on it, (points, 3): x, y and its own loss, nan where that is not known."""
        return np.empty((0, 3))

    @staticmethod
    def loss(x: sp.Symbol, y: sp.Symbol, *_: Any, **knobs: Any) -> sp.Expr:
        """Return L(x, y); a surface with knobs takes them as further symbols, by name."""
        raise NotImplementedError

    @staticmethod
    def term(x: sp.Symbol, y: sp.Symbol, *datum: Any, **knobs: Any) -> sp.Expr:
        """Return the part of one datum in L(x, y)."""
        raise NotImplementedError

    @property
    def is_canonical(self) -> bool:
        """Whether every knob has its default."""
        return all(getattr(self, name) == default for name, default in defaults_of(self).items())

    @cached_property
    def expression(self) -> sp.Expr:
        """The loss as a SymPy expression in x, y and the symbols of the knobs."""
        if self.data:
            return sp.expand(sp.Add(*(self.term(X, Y, *datum, **self._symbols) for datum in self.data)))
        return self.loss(X, Y, **self._symbols)

    def place(self, x: float, y: float, digits: int = 4) -> str:
        """Return a point as it is written in a sentence."""
        return f"({x:.{digits}g}, {y:.{digits}g})" if self.dimension == 2 else f"{self.axes[0]} = {x:.{digits}g}"

    @cached_property
    def value(self) -> Function:
        """L(x, y) on floats; raises as `math` does outside the domain."""
        return self._compiled.value

    @cached_property
    def value_array(self) -> Function:
        """L(x, y) on arrays; inf or nan outside the domain."""
        return self._compiled.value_array

    @cached_property
    def gradient(self) -> Function:
        """(dL/dx, dL/dy) on floats; raises as `math` does outside the domain."""
        return self._compiled.gradient

    @cached_property
    def gradient_array(self) -> Function:
        """(dL/dx, dL/dy) on arrays; inf or nan outside the domain."""
        return self._compiled.gradient_array

    @cached_property
    def gradient_code(self) -> Function:
        """(dL/dx, dL/dy) as bare NumPy code, which an engine may record; a constant slope is a plain number."""
        return fix(compile_gradient(self.expression, tuple(self._symbols.values())), self._knobs)

    @cached_property
    def loss_code(self) -> Function:
        """(L, dL/dx, dL/dy) in the same way."""
        return fix(compile_loss_and_gradient(self.expression, tuple(self._symbols.values())), self._knobs)

    @cached_property
    def hessian(self) -> Function:
        """(L_xx, L_xy, L_yy) on floats; raises as `math` does outside the domain."""
        return fix(compile_hessian(self.expression, tuple(self._symbols.values()), self.dimension), self._knobs)

    @cached_property
    def hessian_array(self) -> Function:
        """(L_xx, L_xy, L_yy) on arrays; inf or nan outside the domain."""
        return self._compiled.hessian_array

    @cached_property
    def term_gradient(self) -> Function:
        """The gradient of datum n's term as a function of (x, y, n), on floats.

        A mini-batch gradient is data_size / batch_size times the sum over the chosen n.
        """
        gradient, data = self._compiled_term.gradient, self.data
        return lambda x, y, n: gradient(x, y, *data[n])

    @cached_property
    def term_gradient_array(self) -> Function:
        """The gradient of datum n's term as a function of (x, y, n), on arrays of one broadcast shape."""
        gradient, columns = self._compiled_term.gradient_array, np.array(self.data, float).T
        return lambda x, y, n: gradient(x, y, *columns[:, n])

    @cached_property
    def _symbols(self) -> dict[str, sp.Symbol]:
        return {name: sp.Symbol(name, real=True) for name in knobs_of(self)}

    @cached_property
    def _compiled(self) -> Compiled:
        return self._bind(compile_expression(self.expression, tuple(self._symbols.values()), self.dimension))

    @cached_property
    def _compiled_term(self) -> Compiled:
        datum = sp.symbols(f"datum:{len(self.data[0])}", real=True)
        expression = self.term(X, Y, *datum, **self._symbols)
        return self._bind(compile_expression(expression, (*datum, *self._symbols.values())))

    def _bind(self, code: Code) -> Compiled:
        return code.bind(self._knobs)

    @property
    def _knobs(self) -> list[Any]:
        values = [getattr(self, name) for name in self._symbols]
        return [value if isinstance(value, np.ndarray) else float(value) for value in values]
