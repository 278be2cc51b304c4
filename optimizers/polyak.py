from dataclasses import dataclass
from typing import NamedTuple

from optimizers.base import Coupled, Pair, Scalar, Seen, Symmetric
from spec.catalogue import Source
from spec.knobs import Real, knob
from xp.functions import Namespace


class NoState(NamedTuple):
    """Polyak's step remembers nothing."""


@dataclass(frozen=True)
class Polyak(Coupled):
    """Gradient descent whose step size is worked out from how far the loss is above its lowest value.

        m = g,  S = norm(g)^2 / (f - lowest) I

    The lowest loss has to be known. Where the loss is not above it, nothing moves. mu is 1, up to 2 on convex losses.
    Source: B. T. Polyak, USSR Comput. Math. Math. Phys. 9 (1969) 14.
    """

    slug = "polyak"
    title = "Polyak's step size"
    latex = r"m_t = g_t, \qquad S_t = \frac{\lVert g_t \rVert^2}{L(\theta_t) - L^*}\, I"
    year = 1969
    source = Source(
        "B. T. Polyak, Minimization of unsmooth functionals, 1969", "https://doi.org/10.1016/0041-5553(69)90061-5"
    )
    step_unit = "free"
    family = "reference"
    sees = ("loss",)

    lowest: float = knob(0.0, Real(symbol="L^*", help="The lowest loss there is.", low=-1e9, high=1e9))

    def init(self, zero: Scalar) -> NoState:
        return NoState()

    def update(self, seen: Seen, state: NoState, t: int, lr: float, xp: Namespace) -> tuple[Pair, Symmetric, NoState]:
        (g_x, g_y), above = seen.g, seen.loss - self.lowest
        rests = above <= 0.0
        scale = xp.where(rests, 1.0, (g_x * g_x + g_y * g_y) / xp.where(rests, 1.0, above))
        return (xp.where(rests, 0.0, g_x), xp.where(rests, 0.0, g_y)), (scale, 0.0, scale), state

    @property
    def stability_limit(self) -> float:
        return 2.0
