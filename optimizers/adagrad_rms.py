from dataclasses import dataclass
from typing import NamedTuple

from optimizers.base import PerAxis, Scalar
from spec.catalogue import Source
from xp.functions import Namespace


class Total(NamedTuple):
    """Sum of the squared gradients."""

    s: Scalar


@dataclass(frozen=True)
class AdagradRMS(PerAxis):
    """Divides by the root of the mean of all squared gradients, the form taught in the lecture.

        s = s + g^2,  m = g,  sigma = sqrt(s / (t + 1))

    No epsilon: sigma is 0 only while every gradient was 0, and then nothing moves. The scale is Adagrad's over
    sqrt(t + 1), so a learning rate mu / sqrt(t + 1) makes the two the same.
    Source: H. Lee, Machine Learning 2021, Adaptive Learning Rate.
    """

    slug = "adagrad-rms"
    title = "Adagrad (root mean square)"
    latex = r"m_t = g_t, \qquad \sigma_t = \sqrt{\frac{1}{t+1} \sum_{k=0}^{t} g_k^2}"
    year = 2021
    source = Source(
        "H. Lee, Machine Learning 2021, Adaptive Learning Rate",
        "https://speech.ee.ntu.edu.tw/~hylee/ml/2021-spring.php",
    )
    step_unit = "distance"

    def init(self, zero: Scalar) -> Total:
        return Total(zero)

    def update(self, g: Scalar, state: Total, t: int, lr: float, xp: Namespace) -> tuple[Scalar, Scalar, Total]:
        s = state.s + g * g
        return g, xp.sqrt(s / (t + 1)), Total(s)

    @property
    def stability_limit(self) -> float:
        return 2.0
