from dataclasses import dataclass, replace
from typing import NamedTuple

from optimizers.base import Coupled, Pair, Scalar, Seen, Symmetric
from optimizers.matrices import lifted, outer, root
from optimizers.ranges import EPS
from spec.catalogue import Source
from spec.knobs import knob
from xp.functions import Namespace


class Total(NamedTuple):
    """Sum of the outer products of the gradients, by its entries."""

    xx: Scalar
    xy: Scalar
    yy: Scalar


@dataclass(frozen=True)
class FullAdagrad(Coupled):
    """Adagrad with the whole matrix of its gradients, so that it sees a valley however it is turned.

        G = G + g g',  m = g,  S = (G + eps I)^(1/2)

    Epsilon is added inside the root, to both eigenvalues. The paper adds it to the root itself; there it keeps less of
    an axis that has seen no gradient from rounding. On a vector this is Shampoo with the exponent 1/2.
    Source: J. Duchi, E. Hazan, Y. Singer, JMLR 12 (2011) 2121.
    """

    slug = "full-adagrad"
    title = "Full-matrix Adagrad"
    latex = r"G_t = \sum_{k=0}^{t} g_k g_k^\top, \qquad m_t = g_t, \qquad S_t = (G_t + \epsilon I)^{1/2}"
    year = 2011
    source = Source(
        "J. Duchi, E. Hazan, Y. Singer, Adaptive Subgradient Methods for Online Learning and Stochastic "
        "Optimization, 2011",
        "https://jmlr.org/papers/v12/duchi11a.html",
    )
    step_unit = "distance"
    family = "matrix"

    eps: float = knob(1e-8, replace(EPS, help="Floor of the eigenvalues inside the root."))

    def init(self, zero: Scalar) -> Total:
        return Total(zero, zero, zero)

    def update(self, seen: Seen, state: Total, t: int, lr: float, xp: Namespace) -> tuple[Pair, Symmetric, Total]:
        xx, xy, yy = outer(seen.g)
        total = Total(state.xx + xx, state.xy + xy, state.yy + yy)
        return seen.g, root(lifted(total, self.eps), xp), total

    @property
    def stability_limit(self) -> float:
        return 2.0
