from dataclasses import dataclass

import sympy as sp

from spec.catalogue import Source
from surfaces.base import CriticalPoint, Surface

INPUTS = (338, 333, 328, 207, 226, 25, 179, 60, 208, 606)
TARGETS = (640, 633, 619, 393, 428, 27, 193, 66, 226, 1591)


@dataclass(frozen=True)
class LectureValley(Surface):
    """A linear regression on ten points: convex, and yet too long a valley for one learning rate.

        L(b, w) = sum over n of (y_n - b - w x_n)^2

    Source: Hung-yi Lee, Machine Learning 2021, "Adaptive learning rate".
    """

    slug = "lecture"
    title = "Lecture valley"
    latex = r"L(b, w) = \sum_{n=1}^{10} (y_n - b - w\,x_n)^2"
    year = 2016
    source = Source("Hung-yi Lee, Machine Learning, National Taiwan University, 2016 and 2021")
    axes = ("b", "w")
    same_units = False
    window = ((-200.0, -100.0), (-5.0, 5.0))
    start = (-120.0, -4.0)
    critical_points = (CriticalPoint(-188.43319665732668, 2.6694549667622577, 101936.72989589068, "minimum"),)

    data = tuple(zip(INPUTS, TARGETS, strict=True))

    @staticmethod
    def term(x: sp.Symbol, y: sp.Symbol, feature: sp.Expr, target: sp.Expr) -> sp.Expr:
        return (target - x - y * feature) ** 2
