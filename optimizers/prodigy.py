from dataclasses import dataclass, replace
from typing import NamedTuple

from optimizers.base import Coupled, Pair, Scalar, Seen, Symmetric
from optimizers.ranges import BETA1, BETA2, EPS
from spec.catalogue import Source
from spec.knobs import Real, knob
from xp.functions import Namespace


class Moments(NamedTuple):
    """Adam's averages, the sums that estimate the distance d, how far it is from its start, and d itself."""

    m_x: Scalar
    m_y: Scalar
    v_x: Scalar
    v_y: Scalar
    s_x: Scalar
    s_y: Scalar
    away_x: Scalar
    away_y: Scalar
    r: Scalar
    d: Scalar


@dataclass(frozen=True)
class Prodigy(Coupled):
    """Adam that finds its learning rate: d, an estimate of how far away the minimum is, which only grows.

        m = beta1 m + (1 - beta1) d g,  v = beta2 v + (1 - beta2) d^2 g^2
        direction m,  sigma = (sqrt(v) + d eps) / (b d),  b = sqrt(1 - beta2^(t+1)) / (1 - beta1^(t+1))
        then with beta3 = sqrt(beta2):  r = beta3 r + mu b d^2 g' (theta_0 - theta),  s = beta3 s + mu b d^2 g
        d = max(d, r / (abs(s_x) + abs(s_y)))

    Epsilon is added to the root, in the unit of the new d. Its mu is 1; d is one number for both axes. As in
    optax.contrib. Source: arXiv 2306.06101.
    """

    slug = "prodigy"
    title = "Prodigy"
    latex = (
        r"\begin{gathered} m_t = \beta_1 m_{t-1} + (1-\beta_1) d_t g_t, \qquad "
        r"v_t = \beta_2 v_{t-1} + (1-\beta_2) d_t^2 g_t^2, \qquad "
        r"\sigma_t = \frac{\sqrt{v_t} + d_t \epsilon}{b_t d_t}, \qquad "
        r"b_t = \frac{\sqrt{1-\beta_2^{t+1}}}{1-\beta_1^{t+1}} \\"
        r"r_t = \sqrt{\beta_2}\, r_{t-1} + \mu_t b_t d_t^2\, g_t^\top (\theta_0 - \theta_t), \qquad "
        r"s_t = \sqrt{\beta_2}\, s_{t-1} + \mu_t b_t d_t^2\, g_t, \qquad "
        r"d_{t+1} = \max\Bigl(d_t,\ \frac{r_t}{\lVert s_t \rVert_1}\Bigr) \end{gathered}"
    )
    year = 2023
    source = Source(
        "K. Mishchenko, A. Defazio, Prodigy: An Expeditiously Adaptive Parameter-Free Learner, 2023",
        "https://arxiv.org/abs/2306.06101",
    )
    step_unit = "free"
    family = "recent"

    beta1: float = knob(0.9, BETA1)
    beta2: float = knob(0.999, BETA2)
    eps: float = knob(1e-8, replace(EPS, low=1e-16))
    first: float = knob(
        1e-6, Real(symbol="d_0", help="First estimate of the distance.", low=1e-12, high=1.0, scale="log")
    )

    def init(self, zero: Scalar) -> Moments:
        return Moments(zero, zero, zero, zero, zero, zero, zero, zero, zero, zero + self.first)

    def update(self, seen: Seen, state: Moments, t: int, lr: float, xp: Namespace) -> tuple[Pair, Symmetric, Moments]:
        (g_x, g_y), d = seen.g, state.d
        beta3 = self.beta2**0.5
        b = (1.0 - self.beta2 ** (t + 1)) ** 0.5 / (1.0 - self.beta1 ** (t + 1))
        m_x = self.beta1 * state.m_x + (1.0 - self.beta1) * (d * g_x)
        m_y = self.beta1 * state.m_y + (1.0 - self.beta1) * (d * g_y)
        v_x = self.beta2 * state.v_x + (1.0 - self.beta2) * (d * g_x * (d * g_x))
        v_y = self.beta2 * state.v_y + (1.0 - self.beta2) * (d * g_y * (d * g_y))
        # The sums in units of the first d, as optax keeps them.
        weight = lr * b * d * (d * (1.0 / self.first))
        r = beta3 * state.r + weight * (g_x * state.away_x + g_y * state.away_y)
        s_x, s_y = beta3 * state.s_x + weight * g_x, beta3 * state.s_y + weight * g_y
        size = xp.abs(s_x) + xp.abs(s_y)
        d_next = xp.maximum(d, r / xp.where(size == 0.0, 1.0, size))
        floor = d_next * self.eps
        scale_x, scale_y = (xp.sqrt(v_x) + floor) / (b * d), (xp.sqrt(v_y) + floor) / (b * d)
        away_x, away_y = state.away_x + lr / scale_x * m_x, state.away_y + lr / scale_y * m_y
        after = Moments(m_x, m_y, v_x, v_y, s_x, s_y, away_x, away_y, r, d_next)
        return (m_x, m_y), (scale_x, 0.0, scale_y), after
