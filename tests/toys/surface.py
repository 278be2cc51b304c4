from dataclasses import dataclass

import sympy as sp

from spec.catalogue import Source
from spec.knobs import Real, knob
from surfaces.base import Surface


@dataclass(frozen=True)
class ToySurface(Surface):
    """A bowl over three points of data, as steep as you choose.

        L = sum over n of steep (a_n x + y - b_n)^2

    Source: made for a test.
    """

    slug = "toy-surface"
    title = "Toy surface"
    latex = r"L(x, y) = \sum_n s (a_n x + y - b_n)^2"
    year = 2026
    source = Source("Made for a test, 2026")
    window = ((-2.0, 2.0), (-2.0, 2.0))
    start = (1.5, -1.0)
    data = ((1.0, 2.0), (-1.0, 0.5), (0.5, 1.0))

    steep: float = knob(1.0, Real(symbol="s", help="Steepness of the toy.", low=0.1, high=10.0))

    @staticmethod
    def term(x: sp.Symbol, y: sp.Symbol, a: sp.Expr, b: sp.Expr, steep: sp.Symbol) -> sp.Expr:
        return steep * (a * x + y - b) ** 2
