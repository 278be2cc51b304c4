from dataclasses import dataclass

import sympy as sp

from spec.catalogue import Source
from spec.knobs import Real, knob
from surfaces.base import CriticalPoint, Surface


@dataclass(frozen=True)
class Plateau(Surface):
    """A plateau where plain gradient descent stops, and behind the minimum a cliff.

        L = (1 - exp(-a x))^2 + y^2 / 2

    Morse's potential along x beside a plain bowl along y. To the right of the minimum the slope fades like
    exp(-a x), so that plain gradient descent stops on the plateau while a scale per axis carries adaptive methods
    across; to the left the wall grows like exp(-2 a x), and one step against it leaves a huge gradient in their
    memory.

    Source: P. M. Morse, Physical Review 34 (1929) 57, doi 10.1103/PhysRev.34.57, for the part along x.
    """

    slug = "plateau"
    title = "Plateau and cliff"
    latex = r"L(x, y) = \left(1 - e^{-a x}\right)^2 + \tfrac{1}{2}\,y^2"
    year = 1929
    source = Source(
        "P. M. Morse, Diatomic molecules according to the wave mechanics II: vibrational levels, 1929",
        "https://doi.org/10.1103/PhysRev.34.57",
    )
    window = ((-1.0, 6.0), (-3.0, 3.0))
    start = (5.0, 2.0)
    critical_points = (CriticalPoint(0.0, 0.0, 0.0, "minimum"),)

    a: float = knob(2.0, Real(symbol="a", help="How flat the plateau and how steep the cliff is.", low=0.5, high=4.0))

    @staticmethod
    def loss(x: sp.Symbol, y: sp.Symbol, a: sp.Symbol) -> sp.Expr:
        return (1 - sp.exp(-a * x)) ** 2 + y**2 / 2
