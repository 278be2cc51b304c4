"""Scenes made in advance: the default one, and one for each thing that is worth seeing happen."""

from collections.abc import Mapping
from dataclasses import replace
from math import sqrt

from engine.scenario import Run, Scenario
from engine.suggest import suggest_learning_rate
from optimizers.adagrad_rms import AdagradRMS
from optimizers.adam import Adam
from optimizers.base import Optimizer
from optimizers.gradient_descent import GradientDescent
from optimizers.momentum import Momentum
from optimizers.rmsprop import RMSProp
from optimizers.rmsprop_lee import RMSPropLee
from schedules.base import Schedule
from schedules.inverse_time import InverseTime
from spec.catalogue import Entry
from surfaces.base import Point, Surface
from surfaces.lecture_valley import LectureValley
from surfaces.rosenbrock import Rosenbrock
from surfaces.valley import Valley

DEFAULT_SCENE = Scenario(
    surface=LectureValley(),
    start=LectureValley.start,
    steps=1000,
    runs=(Run(GradientDescent(), lr=1e-7), Run(AdagradRMS(), lr=1.0)),
)
"""The lecture's valley: gradient descent stuck on its floor, root-mean-square Adagrad blowing out at update 708."""

DECAY = InverseTime(rate=0.01, per_epoch=1)


def _lecture(steps: int, *runs: Run) -> Scenario:
    return Scenario(LectureValley(), LectureValley.start, steps, runs)


def _four_formulas(plain: float, scaled: float) -> tuple[Run, ...]:
    """Return four runs, each with one term more; `plain` and `scaled` are the rates without and with sigma."""
    return (
        Run(GradientDescent(), lr=plain, name="θ − μ g"),
        Run(Adam(beta1=0.0), lr=scaled, name="θ − (μ/σ) g"),
        Run(Adam(beta1=0.0), lr=scaled, schedule=DECAY, name="θ − (μₜ/σ) g"),
        Run(Adam(), lr=scaled, schedule=DECAY, name="θ − (μₜ/σ) m"),
    )


def try_it(entry: type[Entry]) -> Scenario:
    """Return a scene of the lab that shows a catalogue entry at work."""
    surface = entry() if issubclass(entry, Surface) else Rosenbrock()
    optimizer = entry() if issubclass(entry, Optimizer) else Adam()
    run = Run(optimizer, suggest_learning_rate(surface, surface.start, optimizer))
    if issubclass(entry, Schedule):
        return Scenario(surface, surface.start, Scenario.DEFAULT_STEPS, (run, replace(run, schedule=entry())))
    if entry is type(DEFAULT_SCENE.surface):
        return DEFAULT_SCENE
    return Scenario(surface, surface.start, Scenario.DEFAULT_STEPS, (run,))


def one_term_at_a_time(scenario: Scenario) -> Scenario:
    """Return the scenario with the four formulas as its runs, at learning rates that make sense there."""
    plain, scaled = (
        suggest_learning_rate(scenario.surface, scenario.start, rule) for rule in (GradientDescent(), Adam(beta1=0.0))
    )
    return replace(scenario, runs=_four_formulas(plain, scaled))


def _rotated(angle: float, start: Point) -> Scenario:
    runs = (Run(Adam(), lr=0.05), Run(GradientDescent(), lr=0.015))
    return Scenario(Valley(kappa=100.0, angle=angle), start, 300, runs)


PRESETS: Mapping[str, tuple[str, Scenario]] = {
    "stuck": (
        "Stuck is not a small gradient",
        _lecture(200, Run(GradientDescent(), lr=1.1449e-6)),
    ),
    "blow-out": (
        "Blow-out and its cause",
        _lecture(1300, Run(AdagradRMS(), lr=1.0)),
    ),
    "decay": (
        "Decay cures it",
        _lecture(5500, Run(AdagradRMS(), lr=1.0), Run(AdagradRMS(), lr=1.0, schedule=DECAY, name="μ / (1 + 0.01 t)")),
    ),
    "two-rmsprops": (
        "Two RMSProps",
        _lecture(100, Run(RMSPropLee(rho=0.99), lr=0.1), Run(RMSProp(rho=0.99, eps=0.0), lr=0.1)),
    ),
    "four-formulas": (
        "Four formulas, one term at a time",
        _lecture(
            3000,
            *_four_formulas(1e-7, 1.0),
        ),
    ),
    "rotation-0": ("Adam and rotation, 0 degrees", _rotated(0.0, (4.0, 1.0))),
    "rotation-45": ("Adam and rotation, 45 degrees", _rotated(45.0, (round(3 / sqrt(2), 4), round(5 / sqrt(2), 4)))),
    "rosenbrock": (
        "Rosenbrock's bend",
        Scenario(
            Rosenbrock(),
            Rosenbrock.start,
            1500,
            (Run(GradientDescent(), lr=0.001), Run(Momentum(), lr=0.0005), Run(Adam(), lr=0.05)),
        ),
    ),
}
"""Title and scene by slug. The start at 45 degrees is the one at 0 degrees turned with the valley."""
