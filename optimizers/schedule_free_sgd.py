from dataclasses import dataclass
from typing import NamedTuple

from optimizers.base import PerAxis, Scalar
from optimizers.ranges import BETA
from spec.catalogue import Source
from spec.knobs import knob
from xp.functions import Namespace


class Averaging(NamedTuple):
    """How far the average x is from the point z that moves, the largest learning rate, and the sum of the weights."""

    away: Scalar
    most: Scalar
    total: Scalar


@dataclass(frozen=True)
class ScheduleFreeSGD(PerAxis):
    """Gradient descent that needs no decaying learning rate, because what is drawn is an average of where it has been.

        y = (1 - beta) z + beta x,  z = z - mu g(y),  x = (1 - c) x + c z,  c = w / sum of all w,  w = max(mu so far)^2
        as a move of x:  m = c (g + (x - z) / mu),  sigma = 1

    What is drawn is x; the ghosts are y, where the gradient is taken, and z. At a learning rate of 0 nothing moves, x
    neither. As the package `schedulefree`, without its weight decay. Source: arXiv 2405.15682.
    """

    slug = "schedule-free-sgd"
    title = "Schedule-Free SGD"
    latex = (
        r"\begin{gathered} y_t = (1-\beta) z_t + \beta x_t, \qquad z_{t+1} = z_t - \mu_t g(y_t), \qquad "
        r"x_{t+1} = (1-c_t) x_t + c_t z_{t+1} \\"
        r"c_t = \frac{w_t}{\sum_{k \le t} w_k}, \qquad w_t = \max_{k \le t} \mu_k^2 \end{gathered}"
    )
    year = 2024
    source = Source("A. Defazio et al., The Road Less Scheduled, 2024", "https://arxiv.org/abs/2405.15682")
    step_unit = "gradient"
    family = "recent"
    ghosts = ("y", "z")

    beta: float = knob(0.9, BETA)

    def init(self, zero: Scalar) -> Averaging:
        return Averaging(zero, zero, zero)

    def offsets(self, state: Averaging) -> tuple[Scalar, Scalar]:
        return -(1.0 - self.beta) * state.away, -1.0 * state.away

    def update(self, g: Scalar, state: Averaging, t: int, lr: float, xp: Namespace) -> tuple[Scalar, Scalar, Averaging]:
        most = xp.maximum(state.most, lr)
        total = state.total + most * most
        c = most * most / xp.where(total == 0.0, 1.0, total)
        rate = xp.where(lr == 0.0, 1.0, lr)
        m = c * (g + state.away / rate)
        away = xp.where(lr == 0.0, state.away, (1.0 - c) * (state.away + lr * g))
        return m, 1.0, Averaging(away, most, total)

    @property
    def stability_limit(self) -> float:
        """2 / (1 - beta), once x hardly moves any more: of what z moves, y goes the share 1 - beta."""
        return 2.0 / (1.0 - self.beta)
