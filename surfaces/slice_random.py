from dataclasses import dataclass

from spec.catalogue import Source
from surfaces.measured import Measured


@dataclass(frozen=True)
class SliceRandom(Measured):
    """A real network's loss around where Adam took it: runs move on the slice, not on the network.

        L(x, y) = loss(theta_0 + x d_1 + y d_2)

    The network has 64 inputs, two hidden layers of 32 units with ReLU and 10 outputs, 3,466 parameters in all, and the
    cross entropy of 1,000 handwritten digits. Adam with a rate of 0.003 moved it 300 times, to theta_0. d_1 and d_2 are
    random, and for each unit as long as its weights themselves. See network/make_slices.py.

    Source: H. Li, Z. Xu, G. Taylor, C. Studer, T. Goldstein, 2018, arXiv 1712.09913, section 4.
    """

    slug = "slice-random"
    title = "Measured slice: random directions"
    latex = r"L(x, y) = \mathcal{L}(\theta_0 + x\,d_1 + y\,d_2)"
    year = 2018
    source = Source(
        "H. Li, Z. Xu, G. Taylor, C. Studer, T. Goldstein, Visualizing the loss landscape of neural nets, 2018",
        "https://arxiv.org/abs/1712.09913",
    )
    name = "random"
    start = (-1.2, 1.2)
