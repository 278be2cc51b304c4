from dataclasses import dataclass
from typing import NamedTuple

from optimizers.base import PerAxis, Scalar, average_limit, heavy_ball_limit
from optimizers.ranges import BETA, RATE
from spec.catalogue import Source
from spec.knobs import Choice, knob
from xp.functions import Namespace


class Velocity(NamedTuple):
    """The remembered direction."""

    m: Scalar


@dataclass(frozen=True)
class Momentum(PerAxis):
    """Follows a decaying memory of the gradients, so that steps in one direction add up.

        heavy ball:           m = beta m + g                  sigma = 1
        exponential average:  m = beta m + (1 - beta) g       sigma = 1

    The heavy ball is torch.optim.SGD(momentum=beta) and Keras's SGD; the average is a heavy ball whose learning
    rate is 1 - beta times as large. PyTorch's dampening d lies between the two: its first update takes g whole,
    every later one m = beta m + (1 - d) g.

    PyTorch multiplies the memory by the learning rate. Polyak, Sutskever and Keras multiply each gradient before it
    enters: v = beta v + mu_t g, theta <- theta - v, so what is remembered keeps the rate of its own time. The two
    differ once the rate changes; m is then v / mu_t. At mu_t = 0 the run stands still, where Keras's would glide on.
    Source: B. T. Polyak, doi 10.1016/0041-5553(64)90137-5.
    """

    slug = "momentum"
    title = "Momentum"
    latex = r"m_t = \beta m_{t-1} + g_t, \qquad \sigma_t = 1"
    year = 1964
    source = Source(
        "B. T. Polyak, Some methods of speeding up the convergence of iteration methods, 1964",
        "https://doi.org/10.1016/0041-5553(64)90137-5",
    )
    step_unit = "gradient"
    family = "classic"
    conventions = {
        "pytorch": {"form": "ball", "rate": "outside"},
        "keras": {"form": "ball", "rate": "inside"},
        "paper": {"form": "ball", "rate": "inside"},
    }

    beta: float = knob(0.9, BETA)
    form: str = knob(
        "ball",
        Choice(
            symbol=r"\text{form}",
            help="Whether the memory adds gradients up or averages them.",
            options={"ball": "Heavy ball", "average": "Exponential average"},
        ),
    )

    rate: str = knob("outside", RATE)

    def init(self, zero: Scalar) -> Velocity:
        return Velocity(zero)

    def update(self, g: Scalar, state: Velocity, t: int, lr: float, xp: Namespace) -> tuple[Scalar, Scalar, Velocity]:
        if self.rate == "inside":
            m = self.beta * state.m + lr * (g if self.form == "ball" else (1.0 - self.beta) * g)
            return m / xp.where(lr == 0.0, 1.0, lr), 1.0, Velocity(m)
        m = self.beta * state.m + (g if self.form == "ball" else (1.0 - self.beta) * g)
        return m, 1.0, Velocity(m)

    @property
    def stability_limit(self) -> float:
        return heavy_ball_limit(self.beta) if self.form == "ball" else average_limit(self.beta)
