from dataclasses import dataclass

import sympy as sp

from spec.catalogue import Source
from surfaces.base import CriticalPoint
from surfaces.curve import Curve
from surfaces.formula.functions import logaddexp


@dataclass(frozen=True)
class LogCosh(Curve):
    """A parabola in the middle and a straight slope outside: far away every gradient is all but 1.

        L = ln cosh x

    Curvature 1 / cosh^2 x: Newton's step overshoots from |x| > 1.0886 on, and then ever more.

    Source: P. J. Green, Bayesian reconstructions from emission tomography data using a modified EM algorithm, 1990.
    """

    slug = "log-cosh"
    title = "Log cosh"
    latex = r"L(x) = \ln\cosh x"
    year = 1990
    source = Source(
        "P. J. Green, Bayesian Reconstructions from Emission Tomography Data Using a Modified EM Algorithm, 1990",
        "https://doi.org/10.1109/42.52985",
    )
    side = (-6.0, 6.0)
    begin = 5.0
    critical_points = (CriticalPoint(0.0, 0.0, 0.0, "minimum"),)

    @staticmethod
    def curve(x: sp.Symbol) -> sp.Expr:
        return logaddexp(x, -x) - sp.log(2)
