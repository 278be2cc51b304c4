from dataclasses import dataclass
from typing import NamedTuple

from optimizers.base import Coupled, Pair, Scalar, Seen, Symmetric
from spec.catalogue import Source
from spec.knobs import Choice, knob
from xp.functions import Namespace


class Last(NamedTuple):
    """The gradient before, what the last update took from theta, and its step size."""

    g_x: Scalar
    g_y: Scalar
    step_x: Scalar
    step_y: Scalar
    size: Scalar


@dataclass(frozen=True)
class BarzilaiBorwein(Coupled):
    """Gradient descent whose step size is the inverse of the curvature that it has just met along its own step.

        m = g,  size = s' s / s' y, or s' y / y' y,  S = mu / size I;  s the last move, y the change of the gradient

    The learning rate is the size of the first update, where there is no last one; later ones change nothing, except
    that 0 stands still. Where the loss curved downwards, s' y <= 0, the size stays, and it grows tenfold at most. The
    loss is not monotone. Source: J. Barzilai, J. M. Borwein, IMA J. Numer. Anal. 8 (1988) 141.
    """

    slug = "barzilai-borwein"
    title = "Barzilai-Borwein"
    latex = (
        r"m_t = g_t, \qquad S_t = \mu_t \frac{\lvert s_t^\top y_t \rvert}{s_t^\top s_t}\, I, \qquad "
        r"s_t = \theta_t - \theta_{t-1}, \qquad y_t = g_t - g_{t-1}"
    )
    year = 1988
    source = Source(
        "J. Barzilai, J. M. Borwein, Two-Point Step Size Gradient Methods, 1988",
        "https://doi.org/10.1093/imanum/8.1.141",
    )
    step_unit = "gradient"
    family = "reference"
    may_climb = True

    form: str = knob(
        "long",
        Choice(
            symbol=r"\text{form}",
            help="Which of its two step sizes it takes.",
            options={"long": "The long one, s's / s'y", "short": "The short one, s'y / y'y"},
        ),
    )

    def init(self, zero: Scalar) -> Last:
        return Last(zero, zero, zero, zero, zero)

    def update(self, seen: Seen, state: Last, t: int, lr: float, xp: Namespace) -> tuple[Pair, Symmetric, Last]:
        g_x, g_y = seen.g
        y_x, y_y = g_x - state.g_x, g_y - state.g_y
        both = -(state.step_x * y_x + state.step_y * y_y)
        if self.form == "long":
            above, below = state.step_x * state.step_x + state.step_y * state.step_y, both
        else:
            above, below = both, y_x * y_x + y_y * y_y
        is_none = xp.minimum(above, below) <= 0.0
        found = xp.minimum(above / xp.where(below == 0.0, 1.0, below), 10.0 * state.size)
        size = xp.where(state.size == 0.0, lr + 0.0 * g_x, xp.where(is_none, state.size, found))
        scale = xp.where(lr * size == 0.0, 1.0, lr / xp.where(size == 0.0, 1.0, size))
        return seen.g, (scale, 0.0, scale), Last(g_x, g_y, lr / scale * g_x, lr / scale * g_y, size)
