from dataclasses import dataclass, replace
from typing import NamedTuple

from optimizers.base import Coupled, Pair, Scalar, Seen, Symmetric, average_limit
from optimizers.matrices import outer, size_of
from optimizers.ranges import BETA1, BETA2, EPS
from spec.catalogue import Source
from spec.knobs import knob
from xp.functions import Namespace


class Moments(NamedTuple):
    """Averages of the gradient, of its outer products and of its squares along q and across it; q, a unit vector."""

    m_x: Scalar
    m_y: Scalar
    xx: Scalar
    xy: Scalar
    yy: Scalar
    v_along: Scalar
    v_across: Scalar
    q_x: Scalar
    q_y: Scalar


@dataclass(frozen=True)
class SOAP(Coupled):
    """Adam, on axes that turn with the gradients: along the eigenvectors of their averaged outer products.

        m = beta1 m + (1 - beta1) g,  v = beta2 v + (1 - beta2) (Q' g)^2,  both corrected for their start at zero
        direction m_hat,  S = Q diag(sqrt(v_hat) + eps / sqrt(1 - beta2^t)) Q'
        then G = beta2 G + (1 - beta2) g g',  Q = the eigenvectors of G, one step of power iteration on

    Epsilon is added to the root before its correction. The first update only finds Q and moves nothing. As the authors'
    code on a vector, with a step of power iteration in every update. Source: arXiv 2409.11321.
    """

    slug = "soap"
    title = "SOAP"
    latex = (
        r"\begin{gathered} m_t = \beta_1 m_{t-1} + (1-\beta_1) g_t, \qquad "
        r"v_t = \beta_2 v_{t-1} + (1-\beta_2) (Q_t^\top g_t)^2 \\"
        r"\hat m_t = \frac{m_t}{1-\beta_1^t}, \qquad "
        r"S_t = Q_t \operatorname{diag}\Bigl(\frac{\sqrt{v_t} + \epsilon}{\sqrt{1-\beta_2^t}}\Bigr) Q_t^\top \\"
        r"G_t = \beta_2 G_{t-1} + (1-\beta_2) g_t g_t^\top, \qquad "
        r"Q_{t+1} = \text{eigenvectors of } G_t \end{gathered}"
    )
    year = 2024
    source = Source(
        "N. Vyas et al., SOAP: Improving and Stabilizing Shampoo using Adam, 2024", "https://arxiv.org/abs/2409.11321"
    )
    step_unit = "distance"
    family = "matrix"

    beta1: float = knob(0.95, BETA1)
    beta2: float = knob(0.95, replace(BETA2, low=0.9))
    eps: float = knob(1e-8, replace(EPS, low=1e-10))

    def init(self, zero: Scalar) -> Moments:
        return Moments(zero, zero, zero, zero, zero, zero, zero, zero, zero)

    def update(self, seen: Seen, state: Moments, t: int, lr: float, xp: Namespace) -> tuple[Pair, Symmetric, Moments]:
        g_x, g_y = seen.g
        q_x, q_y = state.q_x, state.q_y
        is_first = xp.abs(q_x) + xp.abs(q_y) == 0.0
        along, across = q_x * g_x + q_y * g_y, q_x * g_y - q_y * g_x
        m_x = xp.where(is_first, 0.0 * g_x, self.beta1 * state.m_x + (1.0 - self.beta1) * g_x)
        m_y = xp.where(is_first, 0.0 * g_y, self.beta1 * state.m_y + (1.0 - self.beta1) * g_y)
        v_along = self.beta2 * state.v_along + (1.0 - self.beta2) * (along * along)
        v_across = self.beta2 * state.v_across + (1.0 - self.beta2) * (across * across)
        correction = xp.where(is_first, 1.0, 1.0 - self.beta1**t)
        size = xp.sqrt(xp.where(is_first, 1.0, 1.0 - self.beta2**t))
        first = xp.where(is_first, 1.0, (xp.sqrt(v_along) + self.eps) / size)
        second = xp.where(is_first, 1.0, (xp.sqrt(v_across) + self.eps) / size)
        # With no q yet, both are 1 and S is the identity.
        matrix = (
            second + (first - second) * (q_x * q_x),
            (first - second) * (q_x * q_y),
            second + (first - second) * (q_y * q_y),
        )
        basis = self.turned(seen.g, state, v_along, v_across, xp)
        return (m_x / correction, m_y / correction), matrix, Moments(m_x, m_y, *basis)

    def turned(
        self, g: Pair, state: Moments, v_along: Scalar, v_across: Scalar, xp: Namespace
    ) -> tuple[Scalar, Scalar, Scalar, Scalar, Scalar, Scalar, Scalar]:
        """Return the averaged outer products, and v and q after a step of power iteration; the larger axis is first."""
        g_xx, g_xy, g_yy = outer(g)
        xx = self.beta2 * state.xx + (1.0 - self.beta2) * g_xx
        xy = self.beta2 * state.xy + (1.0 - self.beta2) * g_xy
        yy = self.beta2 * state.yy + (1.0 - self.beta2) * g_yy
        is_first = xp.abs(state.q_x) + xp.abs(state.q_y) == 0.0
        q_x = xp.where(is_first, g[0], state.q_x)
        q_y = xp.where(is_first, g[1], state.q_y)
        cross = 2.0 * xy * q_x * q_y
        is_other = yy * q_x * q_x - cross + xx * q_y * q_y > xx * q_x * q_x + cross + yy * q_y * q_y
        q_x, q_y = xp.where(is_other, -q_y, q_x), xp.where(is_other, q_x, q_y)
        p_x, p_y = xx * q_x + xy * q_y, xy * q_x + yy * q_y
        length = size_of((p_x, p_y), xp)
        is_none = length == 0.0
        length = xp.where(is_none, 1.0, length)
        q_x, q_y = xp.where(is_none, state.q_x, p_x / length), xp.where(is_none, state.q_y, p_y / length)
        return xx, xy, yy, xp.where(is_other, v_across, v_along), xp.where(is_other, v_along, v_across), q_x, q_y

    @property
    def stability_limit(self) -> float:
        return average_limit(self.beta1)
