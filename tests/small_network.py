"""A network that is trained in a moment, for tests of what is made of its training."""

from functools import lru_cache

from charts.network.views import Studied
from engine.scenario import Run
from network.studied import slice_of, train_all
from network.study import Study
from optimizers.adam import Adam
from optimizers.gradient_descent import GradientDescent

SMALL = Study(width=8, steps=100, runs=(Run(GradientDescent(), 0.5), Run(Adam(), 0.01)))
BURST = Study(width=8, steps=100, runs=(Run(GradientDescent(), 500.0), Run(Adam(), 0.01)))


@lru_cache(maxsize=8)
def small(study: Study = SMALL, cutting: str = "paths") -> Studied:
    """Return a small study, trained and cut."""
    trainings = train_all(study)
    cut = slice_of(study, trainings, cutting, points=9)
    return Studied(study, trainings, cut.with_losses(study, lambda _: None))
