from dataclasses import dataclass

from spec.catalogue import Source
from surfaces.measured import Measured


@dataclass(frozen=True)
class SlicePath(Measured):
    """A real network's loss on the plane that gradient descent took: runs move on the slice, not on the network.

        L(x, y) = loss(theta_0 + x d_1 + y d_2)

    The network has 64 inputs, 32 hidden units with tanh and 10 outputs, 2,410 parameters in all, and half the squared
    error on 1,000 handwritten digits. Gradient descent with a rate of 1 moved it 600 times, at the edge of stability.
    theta_0 is where it came to; d_1 and d_2 are the principal components of its path and hold 98% of it. Runs begin
    where it began. See network/make_slices.py.

    Source: H. Li, Z. Xu, G. Taylor, C. Studer, T. Goldstein, 2018, arXiv 1712.09913, section 7.2, for the plane.
    """

    slug = "slice-path"
    title = "Measured slice: plane of a path"
    latex = r"L(x, y) = \mathcal{L}(\theta_0 + x\,d_1 + y\,d_2)"
    year = 2018
    source = Source(
        "H. Li, Z. Xu, G. Taylor, C. Studer, T. Goldstein, Visualizing the loss landscape of neural nets, 2018",
        "https://arxiv.org/abs/1712.09913",
    )
    name = "path"
    start = (-5.84, -1.99)
