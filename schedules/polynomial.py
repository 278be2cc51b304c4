from dataclasses import dataclass

from schedules.base import Factors, Updates
from schedules.horizon import HorizonSchedule
from schedules.ranges import FLOOR
from spec.catalogue import Source
from spec.knobs import Real, knob


@dataclass(frozen=True)
class Polynomial(HorizonSchedule):
    """Falls as a power of the share of the run that is left.

        factor(t) = floor + (1 - floor) (1 - min(t / T, 1))^power

    T is `over`, or the length of the run where that is 0. As torch.optim.lr_scheduler.PolynomialLR where the
    floor is 0. Source: arXiv 1606.00915, section 4.1.2.
    """

    slug = "polynomial"
    title = "Polynomial"
    latex = r"\mu_t = \mu \left(f_{\min} + (1 - f_{\min}) (1 - \min(t / T, 1))^p\right)"
    year = 2016
    source = Source(
        "L. Chen et al., DeepLab: Semantic Image Segmentation with Deep Convolutional Nets, Atrous Convolution, "
        "and Fully Connected CRFs, 2016",
        "https://arxiv.org/abs/1606.00915",
    )

    power: float = knob(0.9, Real(symbol="p", help="Exponent of the remaining share.", low=0.1, high=10.0))
    floor: float = knob(0.0, FLOOR)

    def factor(self, t: Updates, steps: int) -> Factors:
        return self.floor + (1.0 - self.floor) * (1.0 - self.progress(t, steps)) ** self.power
