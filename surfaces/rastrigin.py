from dataclasses import dataclass

import sympy as sp

from spec.catalogue import Source
from spec.knobs import Real, knob
from surfaces.base import CriticalPoint, Surface


@dataclass(frozen=True)
class Rastrigin(Surface):
    """A bowl covered with a regular grid of dents.

        L = 2 A + x^2 + y^2 - A (cos 2 pi x + cos 2 pi y)

    A is the depth of the dents.

    Source: L. A. Rastrigin, Systems of Extremal Control, Nauka, Moscow (1974).
    """

    slug = "rastrigin"
    title = "Rastrigin"
    latex = r"L(x, y) = 2A + x^2 + y^2 - A\,(\cos 2\pi x + \cos 2\pi y)"
    year = 1974
    source = Source("L. A. Rastrigin, Systems of Extremal Control, Nauka, Moscow, 1974")
    window = ((-5.12, 5.12), (-5.12, 5.12))
    start = (3.4, -2.6)

    depth: float = knob(10.0, Real(symbol="A", help="How deep the dents are.", low=0.0, high=20.0))

    @property
    def critical_points(self) -> tuple[CriticalPoint, ...]:
        lowest = CriticalPoint(0.0, 0.0, 0.0, "minimum")
        neighbour = CriticalPoint(0.994958637652334795, 0.0, 0.994959057093291393, "minimum")
        return (lowest, neighbour) if self.is_canonical else (lowest,)

    @staticmethod
    def loss(x: sp.Symbol, y: sp.Symbol, depth: sp.Symbol) -> sp.Expr:
        return 2 * depth + x**2 + y**2 - depth * (sp.cos(2 * sp.pi * x) + sp.cos(2 * sp.pi * y))
