from dataclasses import dataclass
from typing import NamedTuple

from optimizers.base import PerAxis, Scalar
from spec.catalogue import Source
from spec.knobs import Real, knob
from xp.functions import Namespace


class Step(NamedTuple):
    """Step size and the gradient it was judged by, which is 0 after a change of sign."""

    eta: Scalar
    g: Scalar


@dataclass(frozen=True)
class Rprop(PerAxis):
    """Looks only at the sign of the gradient: lengthens steps while it stays, shortens them when it changes.

        eta = clip(eta * (grow, shrink or 1 where g g' is > 0, < 0 or 0), least, most);  g = 0 where g g' < 0
        m = sign(g),  sigma = mu / eta

    g' is the gradient of the update before, eta starts at the first learning rate; later ones change nothing,
    except that 0 stands still. As torch.optim.Rprop (Rprop without weight-backtracking). No epsilon.
    Source: M. Riedmiller, H. Braun, doi 10.1109/ICNN.1993.298623.
    """

    slug = "rprop"
    title = "Rprop"
    latex = (
        r"\eta_t = \operatorname{clip}(f_t\,\eta_{t-1},\ \eta_{\min},\ \eta_{\max}), \qquad "
        r"f_t = \begin{cases} \eta_+ & g_t g_{t-1} > 0 \\"
        r" \eta_- & g_t g_{t-1} < 0,\ \text{then}\ g_t = 0 \\ 1 & \text{else} \end{cases}, \qquad "
        r"m_t = \operatorname{sign}(g_t), \qquad \sigma_t = \frac{\mu_t}{\eta_t}"
    )
    year = 1993
    source = Source(
        "M. Riedmiller, H. Braun, A direct adaptive method for faster backpropagation learning: "
        "The RPROP algorithm, 1993",
        "https://doi.org/10.1109/ICNN.1993.298623",
    )
    step_unit = "distance"
    family = "classic"
    decides_by_t = True

    shrink: float = knob(0.5, Real(symbol=r"\eta_-", help="Factor after a change of sign.", low=0.01, high=0.99))
    grow: float = knob(1.2, Real(symbol=r"\eta_+", help="Factor while the sign stays.", low=1.0, high=10.0))
    least: float = knob(1e-6, Real(symbol=r"\eta_{\min}", help="Shortest step.", low=1e-12, high=0.1, scale="log"))
    most: float = knob(50.0, Real(symbol=r"\eta_{\max}", help="Longest step.", low=0.1, high=1e6, scale="log"))

    def init(self, zero: Scalar) -> Step:
        return Step(zero, zero)

    def update(self, g: Scalar, state: Step, t: int, lr: float, xp: Namespace) -> tuple[Scalar, Scalar, Step]:
        eta = state.eta if t else state.eta + lr
        agreement = g * state.g
        factor = xp.where(agreement > 0.0, self.grow, xp.where(agreement < 0.0, self.shrink, 1.0))
        eta = xp.minimum(xp.maximum(eta * factor, self.least), self.most)
        g = xp.where(agreement < 0.0, 0.0, g)
        return xp.sign(g), xp.where(lr == 0.0, 1.0, lr / eta), Step(eta, g)
