from dataclasses import dataclass

import sympy as sp

from spec.catalogue import Source
from spec.sentences import Sentence
from surfaces.base import CriticalPoint, Surface


@dataclass(frozen=True)
class TwoBowls(Surface):
    """A wide basin with two narrow holes: the near one is not always the deep one.

        L = x^2 + y^2 - 2 exp(-((x - 1)^2 + y^2) / 0.2) - 3 exp(-((x + 1)^2 + y^2) / 0.2)

    Source: designed for this catalogue.
    """

    slug = "bowls"
    title = "Two Gaussian bowls"
    latex = r"L(x, y) = x^2 + y^2 - 2\,e^{-((x - 1)^2 + y^2)/0.2} - 3\,e^{-((x + 1)^2 + y^2)/0.2}"
    year = 2026
    source = Source(Sentence("Designed for this catalogue."))
    window = ((-2.0, 2.0), (-2.0, 2.0))
    start = (0.4, 1.6)
    critical_points = (
        CriticalPoint(-0.936300634010918629, 0.0, -2.06309025176819421, "minimum"),
        CriticalPoint(0.905317899160114995, 0.0, -1.09273199920174092, "minimum"),
        CriticalPoint(0.0686024367080965664, 0.0, -0.0313742732700457, "saddle"),
    )

    @staticmethod
    def loss(x: sp.Symbol, y: sp.Symbol) -> sp.Expr:
        right = sp.exp(-5 * ((x - 1) ** 2 + y**2))
        left = sp.exp(-5 * ((x + 1) ** 2 + y**2))
        return x**2 + y**2 - 2 * right - 3 * left
