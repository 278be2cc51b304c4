"""Every chart, and scenes that a chart must survive."""

import pytest
from checked import CHARTS

from engine.scenario import Run, Scenario
from engine.suggest import suggest_learning_rate
from optimizers import OPTIMIZERS
from surfaces import SURFACES

EVERY_CHART = pytest.mark.parametrize("chart", CHARTS.values(), ids=CHARTS)

SIX = ("gd", "momentum", "rmsprop", "adam", "adagrad", "yogi")


def scene(surface, steps, **rates):
    """A scene with one run for each optimizer; a rate of None is the suggested one."""
    surface = SURFACES[surface]()
    optimizers = [OPTIMIZERS[slug.replace("_", "-")]() for slug in rates]
    lrs = [
        rate or suggest_learning_rate(surface, surface.start, o)
        for o, rate in zip(optimizers, rates.values(), strict=True)
    ]
    return Scenario(surface, surface.start, steps, tuple(map(Run, optimizers, lrs)))


SCENES = {
    "lecture": scene("lecture", 1000, gd=1e-7, adagrad_rms=1.0),
    "diverging": scene("rosenbrock", 200, gd=0.1, adam=0.05),
    "alone and diverging": scene("rosenbrock", 200, gd=0.1),
    "negative": scene("saddle", 100, gd=0.05, adam=0.05),
    "six": scene("himmelblau", 300, **dict.fromkeys(SIX)),
    "one update": scene("rosenbrock", 1, gd=0.001),
    "cone": scene("ackley", 50, gd=0.01),
}
