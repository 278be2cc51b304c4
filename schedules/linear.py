from dataclasses import dataclass

from schedules.base import Factors, Updates
from schedules.horizon import HorizonSchedule
from spec.catalogue import Source
from spec.knobs import Real, knob


@dataclass(frozen=True)
class Linear(HorizonSchedule):
    """Falls in a straight line, to zero at the end unless told otherwise.

        factor(t) = start + (end - start) min(t / T, 1)

    T is `over`, or the length of the run where that is 0. As torch.optim.lr_scheduler.LinearLR.
    Source: arXiv 1810.04805, appendix A.2.
    """

    slug = "linear"
    title = "Linear"
    latex = r"\mu_t = \mu \left(f_0 + (f_T - f_0) \min(t / T, 1)\right)"
    year = 2018
    source = Source(
        "J. Devlin, M. Chang, K. Lee, K. Toutanova, BERT: Pre-training of Deep Bidirectional Transformers for "
        "Language Understanding, 2018",
        "https://arxiv.org/abs/1810.04805",
    )

    start: float = knob(1.0, Real(symbol="f_0", help="First factor.", low=0.0, high=1.0))
    end: float = knob(0.0, Real(symbol="f_T", help="Last factor.", low=0.0, high=1.0))

    def factor(self, t: Updates, steps: int) -> Factors:
        return self.start + (self.end - self.start) * self.progress(t, steps)
