import re
from dataclasses import dataclass
from functools import cached_property

import sympy as sp

from spec.catalogue import Source
from spec.knobs import Real, Text, knob
from spec.sentences import Sentence
from surfaces.base import STILL, Point, Surface, Window
from surfaces.formula.compiled import X
from surfaces.formula.grammar import LONGEST
from surfaces.formula.parser import parse

NAMES_Y = re.compile(r"(?<![a-z])y(?![a-z])")


@dataclass(frozen=True)
class Own(Surface):
    """Type a loss in x and y, or in x alone; its gradient and curvature are worked out for you.

    The loss is what the person types, over the window that the person chooses. One in x alone is a curve; with + 0*y
    it is a map. The bounds of the window may be given in either order; two equal bounds are moved apart by 1 on both
    sides.
    Raises SentenceError, saying at which character, if the formula cannot be read.
    """

    slug = "own"
    title = "Your own formula"
    latex = r"L(x, y) = f(x, y)"
    year = 2026
    source = Source(Sentence("Typed by you."))

    formula: str = knob(
        "x^2 + 4*y^2 + 3*sin(3*x)*cos(y)",
        Text(
            symbol="f", help="A formula in x and y, such as x^2 + 3*sin(y), or in x alone.", longest=LONGEST, read=parse
        ),
    )
    x_low: float = knob(-3.0, Real(symbol=r"x_{\min}", help="Left edge of the window.", low=-1000.0, high=1000.0))
    x_high: float = knob(3.0, Real(symbol=r"x_{\max}", help="Right edge of the window.", low=-1000.0, high=1000.0))
    y_low: float = knob(-3.0, Real(symbol=r"y_{\min}", help="Lower edge of the window.", low=-1000.0, high=1000.0))
    y_high: float = knob(3.0, Real(symbol=r"y_{\max}", help="Upper edge of the window.", low=-1000.0, high=1000.0))

    @property
    def axes(self) -> tuple[str, ...]:
        return ("x",) if X in self.expression.free_symbols and not NAMES_Y.search(self.formula) else ("x", "y")

    @property
    def window(self) -> Window:
        across = _interval(self.x_low, self.x_high)
        return across, (_interval(self.y_low, self.y_high) if self.dimension == 2 else STILL)

    @property
    def start(self) -> Point:
        (x_low, x_high), (y_low, y_high) = self.window
        if self.dimension == 1:
            return x_high - (x_high - x_low) / 12, 0.0
        return x_high - (x_high - x_low) / 12, y_high - (y_high - y_low) / 6

    @cached_property
    def expression(self) -> sp.Expr:
        return parse(self.formula)

    @cached_property
    def _symbols(self) -> dict[str, sp.Symbol]:
        """No knob is a symbol of the formula."""
        return {}


def _interval(one: float, other: float) -> Point:
    low, high = sorted((one, other))
    return (low, high) if low < high else (low - 1, high + 1)
