from dataclasses import dataclass
from typing import NamedTuple

from optimizers.base import PerAxis, Scalar
from optimizers.ranges import BETA1, BETA2, EPS
from spec.catalogue import Source
from spec.knobs import knob
from xp.functions import Namespace


class Averaging(NamedTuple):
    """As of Schedule-Free SGD, and the moving average of the squared gradient."""

    away: Scalar
    most: Scalar
    total: Scalar
    v: Scalar


@dataclass(frozen=True)
class ScheduleFreeAdamW(PerAxis):
    """Schedule-Free SGD with Adam's scale: averaging takes the place of momentum and of the decaying learning rate.

        y = (1 - beta1) z + beta1 x,  v = beta2 v + (1 - beta2) g(y)^2,  sigma = sqrt(v / (1 - beta2^(t+1))) + eps
        z = z - (mu / sigma) g(y),  x = (1 - c) x + c z,  c = w / sum of all w,  w = max(mu so far)^2
        as a move of x:  m = c (g + (x - z) sigma / mu)

    Epsilon is added to the corrected root. What is drawn is x; the ghosts are y, where the gradient is taken, and z. As
    the package `schedulefree` with its weight decay of 0. Source: arXiv 2405.15682.
    """

    slug = "schedule-free-adamw"
    title = "Schedule-Free AdamW"
    latex = (
        r"\begin{gathered} y_t = (1-\beta_1) z_t + \beta_1 x_t, \qquad "
        r"v_t = \beta_2 v_{t-1} + (1-\beta_2) g(y_t)^2, \qquad \sigma_t = \sqrt{\hat v_t} + \epsilon \\"
        r"z_{t+1} = z_t - \frac{\mu_t}{\sigma_t} g(y_t), \qquad x_{t+1} = (1-c_t) x_t + c_t z_{t+1}, \qquad "
        r"c_t = \frac{w_t}{\sum_{k \le t} w_k}, \quad w_t = \max_{k \le t} \mu_k^2 \end{gathered}"
    )
    year = 2024
    source = Source("A. Defazio et al., The Road Less Scheduled, 2024", "https://arxiv.org/abs/2405.15682")
    step_unit = "distance"
    family = "recent"
    ghosts = ("y", "z")

    beta1: float = knob(0.9, BETA1)
    beta2: float = knob(0.999, BETA2)
    eps: float = knob(1e-8, EPS)

    def init(self, zero: Scalar) -> Averaging:
        return Averaging(zero, zero, zero, zero)

    def offsets(self, state: Averaging) -> tuple[Scalar, Scalar]:
        return -(1.0 - self.beta1) * state.away, -1.0 * state.away

    def update(self, g: Scalar, state: Averaging, t: int, lr: float, xp: Namespace) -> tuple[Scalar, Scalar, Averaging]:
        v = self.beta2 * state.v + (1.0 - self.beta2) * (g * g)
        sigma = xp.sqrt(v / (1.0 - self.beta2 ** (t + 1))) + self.eps
        most = xp.maximum(state.most, lr)
        total = state.total + most * most
        c = most * most / xp.where(total == 0.0, 1.0, total)
        rate = xp.where(lr == 0.0, 1.0, lr)
        m = c * (g + state.away * sigma / rate)
        step = xp.where(g == 0.0, 0.0, xp.over(lr, sigma) * g)
        away = xp.where(lr == 0.0, state.away, (1.0 - c) * (state.away + step))
        return m, sigma, Averaging(away, most, total, v)

    @property
    def stability_limit(self) -> float:
        """2 / (1 - beta1), as of Schedule-Free SGD."""
        return 2.0 / (1.0 - self.beta1)
