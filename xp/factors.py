"""Constant factors taken out of a recorded formula, so that they are multiplied once or never.

Every value is written c u, a number times an array, and only u is computed:

    (c u) (d w) = c d (u w),   c u / (d w) = (c / d) (u / w),   sqrt(c u) = sqrt(c) sqrt(u) for c > 0,
    (c / w) (d u) = c d (u / w),
    c u + d w = c (u + (d / c) w),   c u + k = c (u + k / c),   max(c u, d w) = c max(u, (d / c) w) for c > 0

A multiplication by a constant thus costs nothing until a sum needs it. Where an input may be kept in any unit, as
the state of an update rule may, a sum takes the unit of its other term: m = b m + (1 - b) g becomes
M = b M + g with m = (1 - b) M. Equal to the formula up to rounding. A number may be an array, one value an update.
"""

from collections.abc import Callable, Collection, Sequence
from typing import Any, NamedTuple

import numpy as np

from xp.primitives import BY_UFUNC, Law, Ufunc
from xp.tape import Reference, Tape, Traced

Number = Any  # a float, or an array of them

SMALLEST, LARGEST = 1e-100, 1e100
"""Only a factor between these sizes is kept apart: no product of a few of them overflows or vanishes."""

OPPOSITE: dict[Ufunc, Ufunc] = {np.add: np.subtract, np.subtract: np.add}


class Factored(NamedTuple):
    """A number times a recorded value, or over it; the number alone where there is no value."""

    factor: Number
    value: Any  # Traced, or None
    is_inverse: bool = False

    @property
    def is_number(self) -> bool:
        """Whether there is no value."""
        return self.value is None


class Factoring:
    """A tape written anew, without the factors of its inputs and of its values.

    factors: what each input is to be multiplied by. free: the inputs whose unit does not matter.
    """

    def __init__(self, tape: Tape, factors: Sequence[Number], free: Collection[int] = ()) -> None:
        self.tape = Tape(len(tape.inputs))
        self._free, self._constants = free, tape.constants
        self._values = [Factored(factor, value) for factor, value in zip(factors, self.tape.inputs, strict=True)]
        for ufunc, *references in tape.operations:
            law, operands = _law(ufunc), [self._at(reference) for reference in references]
            if law is not Factoring._product:
                operands = list(map(self._upright, operands))
            self._values.append(law(self, ufunc, *operands))

    def of(self, old: Any) -> Factored:
        """Return what a value of the old tape, or a plain number, has become."""
        return self._upright(self._values[old.index]) if isinstance(old, Traced) else Factored(old, None)

    def whole(self, a: Factored, unit: Number = 1.0) -> Any:
        """Return a value in the given unit, its factor multiplied in."""
        if a.factor is unit and not a.is_number:
            return a.value
        factor = _quotient(a.factor, unit)
        if a.is_number:
            return factor
        return a.value if np.all(factor == 1.0) else self.tape.record(np.multiply, a.value, factor)

    def _at(self, reference: Reference) -> Factored:
        return self._values[reference] if reference >= 0 else Factored(self._constants[-reference - 1], None)

    def _factored(self, factor: Number, ufunc: Ufunc, *operands: Any) -> Factored:
        value = self.tape.record(ufunc, *operands)
        return self._scaled(factor, value)

    def _scaled(self, factor: Number, value: Traced) -> Factored:
        if is_moderate(factor):
            return Factored(factor, value)
        return Factored(1.0, self.tape.record(np.multiply, value, factor))

    def _common(self, a: Factored, b: Factored) -> tuple[Number, Any, Any]:
        """Return c, u, w with a = c u and b = c w."""
        if a.is_number and b.is_number:
            return 1.0, a.factor, b.factor
        kept = b if a.is_number or (a.value.index in self._free and not b.is_number) else a
        if a.is_number or b.is_number or is_moderate(_quotient(a.factor, b.factor)):
            return kept.factor, self.whole(a, kept.factor), self.whole(b, kept.factor)
        return 1.0, self.whole(a), self.whole(b)

    def _any(self, ufunc: Ufunc, *operands: Factored) -> Factored:
        return self._factored(1.0, ufunc, *map(self.whole, operands))

    def _upright(self, a: Factored) -> Factored:
        """Return a value that is no inverse any more."""
        return self._factored(a.factor, np.divide, 1.0, a.value) if a.is_inverse else a

    def _product(self, ufunc: Ufunc, a: Factored, b: Factored) -> Factored:
        factor = a.factor * b.factor
        if a.is_number or b.is_number:
            value, is_inverse = (b if a.is_number else a)[1:]
            return Factored(factor, value, True) if is_inverse else self._scaled(factor, value)
        if a.is_inverse and not b.is_inverse:
            return self._factored(factor, np.divide, b.value, a.value)
        if b.is_inverse:
            return self._factored(factor, np.divide, self._upright(a._replace(factor=1.0)).value, b.value)
        return self._factored(factor, ufunc, a.value, b.value)

    def _ratio(self, ufunc: Ufunc, a: Factored, b: Factored) -> Factored:
        factor = _quotient(a.factor, b.factor)
        if b.is_number:
            return self._scaled(factor, a.value)
        return Factored(factor, b.value, True) if a.is_number else self._factored(factor, np.divide, a.value, b.value)

    def _square(self, ufunc: Ufunc, a: Factored) -> Factored:
        return self._factored(a.factor * a.factor, ufunc, a.value)

    def _root(self, ufunc: Ufunc, a: Factored) -> Factored:
        if np.all(a.factor > 0.0):
            return self._factored(a.factor**0.5, ufunc, a.value)
        return self._any(ufunc, a)

    def _odd_or_even(self, ufunc: Ufunc, a: Factored) -> Factored:
        """The size and the sign of a product are those of its parts."""
        return self._factored(ufunc(a.factor), ufunc, a.value)

    def _negative(self, ufunc: Ufunc, a: Factored) -> Factored:
        return Factored(-a.factor, a.value)

    def _sum(self, ufunc: Ufunc, a: Factored, b: Factored) -> Factored:
        if not (a.is_number or b.is_number) and np.all(a.factor == -b.factor):
            return self._factored(a.factor, OPPOSITE[ufunc], a.value, b.value)
        factor, u, w = self._common(a, b)
        return self._factored(factor, ufunc, u, w)

    def _extreme(self, ufunc: Ufunc, a: Factored, b: Factored) -> Factored:
        if not all(operand.is_number or np.all(operand.factor > 0.0) for operand in (a, b)):
            return self._any(ufunc, a, b)
        factor, u, w = self._common(a, b)
        return self._factored(factor, ufunc, u, w)

    def _comparison(self, ufunc: Ufunc, a: Factored, b: Factored) -> Factored:
        return Factored(1.0, self._extreme(ufunc, a, b).value)

    def _choice(self, ufunc: Ufunc, condition: Factored, a: Factored, b: Factored) -> Factored:
        factor, u, w = self._common(a, b)
        return self._factored(factor, ufunc, condition.factor if condition.is_number else condition.value, u, w)


LAWS: dict[Law, Callable[..., Factored]] = {
    "opaque": Factoring._any,
    "product": Factoring._product,
    "ratio": Factoring._ratio,
    "square": Factoring._square,
    "root": Factoring._root,
    "parity": Factoring._odd_or_even,
    "negative": Factoring._negative,
    "sum": Factoring._sum,
    "extreme": Factoring._extreme,
    "comparison": Factoring._comparison,
    "choice": Factoring._choice,
}


def _law(ufunc: Ufunc) -> Callable[..., Factored]:
    return LAWS[BY_UFUNC[ufunc].factor if ufunc in BY_UFUNC else "opaque"]


def is_moderate(factor: Number) -> bool:
    """Return whether a factor is neither so small nor so large that it had better be multiplied at once."""
    array = np.asarray(factor)
    low, high = float(array.min()), float(array.max())
    if low > 0.0 or high < 0.0:
        return min(abs(low), abs(high)) > SMALLEST and max(abs(low), abs(high)) < LARGEST
    return bool(np.all((np.abs(factor) > SMALLEST) & (np.abs(factor) < LARGEST)))


def _quotient(a: Number, b: Number) -> Number:
    quotient = np.divide(a, b)
    return quotient if quotient.ndim else float(quotient)
