from dataclasses import dataclass

import sympy as sp

from spec.catalogue import Source
from surfaces.base import CriticalPoint, Surface

INPUTS = (-2.0, -1.0, -0.5, 0.5, 1.0, 2.0)
TARGETS = (-1.6, -1.1, -0.7, 0.6, 1.2, 1.4)


@dataclass(frozen=True)
class Network(Surface):
    """One hidden unit on six points: twin minima, a saddle between them, and saturated plateaus.

        L(w, v) = sum over n of (y_n - v tanh(w x_n))^2

    The sign of both weights can be turned without changing the network, so minima come in pairs, with a saddle
    between them at the origin; where w is large, tanh is saturated and the slope along w fades.

    Source: H. J. Sussmann, Neural Networks 5 (1992) 589, doi 10.1016/S0893-6080(05)80037-1, for the symmetry;
    the six points are made for this catalogue.
    """

    slug = "network"
    title = "Two-weight network"
    latex = r"L(w, v) = \sum_{n=1}^{6} \left(y_n - v \tanh(w\,x_n)\right)^2"
    year = 1992
    source = Source(
        "H. J. Sussmann, Uniqueness of the weights for minimal feedforward nets with a given input-output map, 1992",
        "https://doi.org/10.1016/S0893-6080(05)80037-1",
    )
    axes = ("w", "v")
    window = ((-3.0, 3.0), (-3.0, 3.0))
    start = (2.5, -1.5)
    critical_points = (
        CriticalPoint(0.8921758008590978804, 1.59191202451728895685, 0.03108723749062720616, "minimum"),
        CriticalPoint(-0.8921758008590978804, -1.59191202451728895685, 0.03108723749062720616, "minimum"),
        CriticalPoint(0.0, 0.0, 8.02, "saddle"),
    )
    data = tuple(zip(INPUTS, TARGETS, strict=True))

    @staticmethod
    def term(x: sp.Symbol, y: sp.Symbol, feature: sp.Expr, target: sp.Expr) -> sp.Expr:
        return (target - y * sp.tanh(x * feature)) ** 2
