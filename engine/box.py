"""A box that the iterate is put back into after each update."""

import math
from dataclasses import dataclass
from typing import Any, TypeVar

from engine.trajectory import Flags, Floats
from spec.knobs import Real, check_knobs, knob
from xp.functions import Namespace
from xp.tape import RECORDED, Tape

FAR = 1e9
"""A wall as far away as this is none."""

T = TypeVar("T")


def _wall(default: float, help_text: str) -> Any:
    return knob(default, Real(symbol="", help=help_text, low=-FAR, high=FAR))


@dataclass(frozen=True)
class Box:
    """The values that each parameter may have: what leads out of them is put on the wall, each axis by itself.

        theta <- min(max(theta, low), high)   after each update

    left, right: of the first parameter. bottom, top: of the second. A wall at -1e9 or 1e9 is none. Where the lower wall
    lies above the upper one, every value is put on the upper one. Source: D. P. Bertsekas, On the Goldstein-Levitin-
    Polyak gradient projection method, 1976, doi:10.1109/TAC.1976.1101194.
    """

    left: float = _wall(-FAR, "Smallest value of the first parameter; -1e9 for no wall.")
    right: float = _wall(FAR, "Largest value of the first parameter; 1e9 for no wall.")
    bottom: float = _wall(-FAR, "Smallest value of the second parameter; -1e9 for no wall.")
    top: float = _wall(FAR, "Largest value of the second parameter; 1e9 for no wall.")

    def __post_init__(self) -> None:
        check_knobs(self)

    @property
    def given(self) -> tuple[float, float]:
        """The lower wall of each axis as it is given, -infinity where there is none."""
        return _or_none(self.left), _or_none(self.bottom)

    @property
    def low(self) -> tuple[float, float]:
        """The same, but no higher than the upper wall, which is where both are then."""
        low_x, low_y = map(min, self.given, self.high)
        return low_x, low_y

    @property
    def high(self) -> tuple[float, float]:
        """The upper wall of each axis, infinity where there is none."""
        return _or_none(self.right), _or_none(self.top)

    def __bool__(self) -> bool:
        """Return whether there is any wall."""
        return any(map(math.isfinite, (*self.low, *self.high)))

    def recorded(self) -> tuple[Tape, list[Any]]:
        """Return the tape of the projection with the inputs x and y, and its results: to be written as Python."""
        tape = Tape(2)
        return tape, [clamped(*parts, RECORDED) for parts in zip(tape.inputs, self.low, self.high, strict=True)]


NO_BOX = Box()

WALLS = ("left", "right", "bottom", "top")
"""Two along the first axis, two along the second."""


def clamped(theta: T, low: Any, high: Any, xp: Namespace) -> T:
    """Return min(max(theta, low), high); walls that are infinite numbers are passed over, and nan stays nan."""
    if not _is_none(low):
        theta = xp.maximum(theta, low)
    return theta if _is_none(high) else xp.minimum(theta, high)


def _is_none(wall: Any) -> bool:
    return isinstance(wall, float) and math.isinf(wall)


def _or_none(wall: float) -> float:
    return wall if abs(wall) < FAR else math.copysign(math.inf, wall)


def middle_of(window: tuple[tuple[float, float], tuple[float, float]]) -> Box:
    """Return the box that is half as wide and half as high as a window, in its middle."""
    (left, right), (bottom, top) = ((low + (high - low) / 4, high - (high - low) / 4) for low, high in window)
    return Box(*(float(f"{wall:.4g}") for wall in (left, right, bottom, top)))


def held_back(box: Box, theta: Floats) -> Flags | None:
    """Return whether each update of a path (n + 1, 2) ended on a wall, (n, 2); None without a box."""
    return (theta[1:] == box.low) | (theta[1:] == box.high) if box else None
