from dataclasses import dataclass, replace
from typing import NamedTuple

from optimizers.base import Coupled, Pair, Scalar, Seen, Symmetric, average_limit
from optimizers.matrices import lifted, outer, root
from optimizers.ranges import BETA1, BETA2, EPS
from spec.catalogue import Source
from spec.knobs import Choice, knob
from xp.functions import Namespace


class Moments(NamedTuple):
    """Moving average of the gradient, and what is kept of its outer products, by its entries."""

    m_x: Scalar
    m_y: Scalar
    xx: Scalar
    xy: Scalar
    yy: Scalar


@dataclass(frozen=True)
class Shampoo(Coupled):
    """Divides by the root of the averaged outer products of its gradients: what it does to a matrix, on a vector.

        m = beta1 m + (1 - beta1) g,  L = beta2 L + (1 - beta2) g g',  both corrected for their start at zero
        direction m_hat,  S = (L_hat + eps I)^(1/2);  as a sum: L = L + g g', not corrected

    Epsilon is added to both eigenvalues, inside the root. A network's matrix of weights has such an S for its rows and
    one for its columns, with the exponent 1/4; a vector has one side, and the exponent is 1/2. Averaged as in
    arXiv 2309.06497, summed up as in the paper, where it is full-matrix Adagrad. Source: arXiv 1802.09568.
    """

    slug = "shampoo"
    title = "Shampoo"
    latex = (
        r"\begin{gathered} m_t = \beta_1 m_{t-1} + (1-\beta_1) g_t, \qquad "
        r"L_t = \beta_2 L_{t-1} + (1-\beta_2) g_t g_t^\top \\"
        r"\hat m_t = \frac{m_t}{1-\beta_1^{t+1}}, \qquad "
        r"S_t = \Bigl(\frac{L_t}{1-\beta_2^{t+1}} + \epsilon I\Bigr)^{1/2} \end{gathered}"
    )
    year = 2018
    source = Source(
        "V. Gupta, T. Koren, Y. Singer, Shampoo: Preconditioned Stochastic Tensor Optimization, 2018",
        "https://arxiv.org/abs/1802.09568",
    )
    step_unit = "distance"
    family = "matrix"

    beta1: float = knob(0.9, BETA1)
    beta2: float = knob(0.999, replace(BETA2, low=0.5))
    eps: float = knob(1e-8, replace(EPS, help="Floor of the eigenvalues inside the root."))
    memory: str = knob(
        "average",
        Choice(
            symbol="L",
            help="How outer products are remembered.",
            options={"average": "Moving average", "sum": "Sum of all"},
        ),
    )

    def init(self, zero: Scalar) -> Moments:
        return Moments(zero, zero, zero, zero, zero)

    def update(self, seen: Seen, state: Moments, t: int, lr: float, xp: Namespace) -> tuple[Pair, Symmetric, Moments]:
        g_x, g_y = seen.g
        xx, xy, yy = outer(seen.g)
        m_x = self.beta1 * state.m_x + (1.0 - self.beta1) * g_x
        m_y = self.beta1 * state.m_y + (1.0 - self.beta1) * g_y
        correction = 1.0 - self.beta1 ** (t + 1)
        if self.memory == "sum":
            after = Moments(m_x, m_y, state.xx + xx, state.xy + xy, state.yy + yy)
            size = 1.0
        else:
            kept = 1.0 - self.beta2
            after = Moments(
                m_x,
                m_y,
                self.beta2 * state.xx + kept * xx,
                self.beta2 * state.xy + kept * xy,
                self.beta2 * state.yy + kept * yy,
            )
            size = 1.0 - self.beta2 ** (t + 1)
        matrix = root(lifted((after.xx / size, after.xy / size, after.yy / size), self.eps), xp)
        return (m_x / correction, m_y / correction), matrix, after

    @property
    def stability_limit(self) -> float:
        return average_limit(self.beta1)
