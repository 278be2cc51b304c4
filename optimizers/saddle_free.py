from dataclasses import dataclass
from typing import NamedTuple

from optimizers.base import Coupled, Pair, Scalar, Seen, Symmetric
from optimizers.matrices import inverse_of, size_of, without_signs
from spec.catalogue import Source
from spec.knobs import Real, knob
from xp.functions import Namespace


class NoState(NamedTuple):
    """It remembers nothing."""


@dataclass(frozen=True)
class SaddleFreeNewton(Coupled):
    """Newton's method that leaves saddles: it divides by the sizes of curvatures, and no step is longer than it trusts.

        m = g,  S = (abs(H) + damping I) max(1, mu length / radius),  length of (abs(H) + damping I)^-1 g

    abs(H) has the eigenvectors of H and the absolute values of its eigenvalues: downhill along every direction.
    Source: arXiv 1406.2572.
    """

    slug = "saddle-free"
    title = "Saddle-free Newton"
    latex = (
        r"m_t = g_t, \qquad S_t = P_t \max\Bigl(1,\ \frac{\mu_t \lVert P_t^{-1} g_t \rVert}{r}\Bigr), \qquad "
        r"P_t = \lvert H(\theta_t) \rvert + \delta I"
    )
    year = 2014
    source = Source(
        "Y. Dauphin et al., Identifying and attacking the saddle point problem in high-dimensional non-convex "
        "optimization, 2014",
        "https://arxiv.org/abs/1406.2572",
    )
    step_unit = "free"
    family = "matrix"
    sees = ("hessian",)

    damping: float = knob(
        1e-4, Real(symbol=r"\delta", help="What is added to every curvature.", low=0.0, high=1e6, scale="log")
    )
    radius: float = knob(1.0, Real(symbol="r", help="Longest step that is trusted.", low=1e-6, high=1e6, scale="log"))

    def init(self, zero: Scalar) -> NoState:
        return NoState()

    def update(self, seen: Seen, state: NoState, t: int, lr: float, xp: Namespace) -> tuple[Pair, Symmetric, NoState]:
        xx, xy, yy = without_signs(seen.hessian, xp)  # type: ignore[arg-type]
        xx, yy = xx + self.damping, yy + self.damping
        length = size_of(inverse_of((xx, xy, yy), seen.g, xp), xp)
        shrunk = xp.maximum(lr * length * (1.0 / self.radius), 1.0)
        return seen.g, (xx * shrunk, xy * shrunk, yy * shrunk), state

    @property
    def stability_limit(self) -> float:
        return 2.0
