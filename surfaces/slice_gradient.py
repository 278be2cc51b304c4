from dataclasses import dataclass

from spec.catalogue import Source
from surfaces.measured import Measured


@dataclass(frozen=True)
class SliceGradient(Measured):
    """A real network's loss along its gradient and its sharpest direction: runs move on the slice, not on the network.

        L(x, y) = loss(theta_0 + x d_1 + y d_2)

    The network has 64 inputs, 32 hidden units with tanh and 10 outputs, 2,410 parameters in all, and half the squared
    error on 1,000 handwritten digits. theta_0 are the weights that training begins with, at x = y = 0; d_1 is the
    gradient there, of length 1, and d_2 what is at right angles to it of the Hessian's eigenvector with the largest
    eigenvalue. See network/make_slices.py.

    Source: J. M. Cohen, S. Kaur, Y. Li, J. Z. Kolter, A. Talwalkar, 2021, arXiv 2103.00065, for the sharpest direction.
    """

    slug = "slice-gradient"
    title = "Measured slice: gradient and sharpest direction"
    latex = r"L(x, y) = \mathcal{L}(\theta_0 + x\,d_1 + y\,d_2)"
    year = 2021
    source = Source(
        "J. M. Cohen, S. Kaur, Y. Li, J. Z. Kolter, A. Talwalkar, Gradient descent on neural networks typically occurs "
        "at the edge of stability, 2021",
        "https://arxiv.org/abs/2103.00065",
    )
    name = "gradient"
    start = (1.6, 1.5)
