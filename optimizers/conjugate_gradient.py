from dataclasses import dataclass
from typing import NamedTuple

from optimizers.base import Coupled, Pair, Scalar, Seen, Symmetric
from spec.catalogue import Source
from xp.functions import Namespace


class Last(NamedTuple):
    """The gradient and the direction before."""

    g_x: Scalar
    g_y: Scalar
    d_x: Scalar
    d_y: Scalar


@dataclass(frozen=True)
class ConjugateGradients(Coupled):
    """Each direction leaves what the ones before it have done as it is: on a quadratic, two updates are enough.

        d = g + beta d',  beta = max(0, g' (g - g_before) / norm(g_before)^2),  m = d,  S = abs(d' H d) / (g' d) I

    The step is the one to the lowest point along d, were the loss a parabola there, for which it is told the Hessian.
    It begins anew, with d = g, where d does not lead downhill. The form of Polak and Ribiere.
    Source: E. Polak, G. Ribiere, Rev. Fr. Inform. Rech. Oper. 3 (1969) 35.
    """

    slug = "conjugate-gradient"
    title = "Conjugate gradients"
    latex = (
        r"d_t = g_t + \max\Bigl(0,\ \frac{g_t^\top (g_t - g_{t-1})}{\lVert g_{t-1} \rVert^2}\Bigr) d_{t-1}, \qquad "
        r"m_t = d_t, \qquad S_t = \frac{\lvert d_t^\top H d_t \rvert}{g_t^\top d_t}\, I"
    )
    year = 1969
    source = Source(
        "E. Polak, G. Ribière, Note sur la convergence de méthodes de directions conjuguées, 1969",
        "https://eudml.org/doc/193115",
    )
    step_unit = "free"
    family = "reference"
    sees = ("hessian",)

    def init(self, zero: Scalar) -> Last:
        return Last(zero, zero, zero, zero)

    def update(self, seen: Seen, state: Last, t: int, lr: float, xp: Namespace) -> tuple[Pair, Symmetric, Last]:
        (g_x, g_y), (xx, xy, yy) = seen.g, seen.hessian  # type: ignore[misc]
        before = state.g_x * state.g_x + state.g_y * state.g_y
        beta = (g_x * (g_x - state.g_x) + g_y * (g_y - state.g_y)) / xp.where(before == 0.0, 1.0, before)
        beta = xp.maximum(beta, 0.0)
        d_x, d_y = g_x + beta * state.d_x, g_y + beta * state.d_y
        begins = g_x * d_x + g_y * d_y <= 0.0
        d_x, d_y = xp.where(begins, g_x, d_x), xp.where(begins, g_y, d_y)
        slope = g_x * d_x + g_y * d_y
        curvature = xp.abs(d_x * xx * d_x + 2.0 * (d_x * xy * d_y) + d_y * yy * d_y)
        has_none = xp.minimum(slope, curvature) <= 0.0
        scale = xp.where(has_none, 1.0, curvature / xp.where(has_none, 1.0, slope))
        return (d_x, d_y), (scale, 0.0, scale), Last(g_x, g_y, d_x, d_y)
