"""What every rule of a race is given: the box from which its settings are drawn, and the starts."""

import numpy as np

from engine.scenario import LEARNING_RATE, Scenario
from engine.trajectory import Floats
from ensembles.axis import Axis
from spec.knobs import Number, knobs_of

DECADES = 2.0
"""How far the box of the learning rate reaches below the suggested one, and above it."""

BOXES = {
    "beta": (0.0, 0.999),
    "beta1": (0.0, 0.99),
    "beta2": (0.9, 0.9999),
    "beta3": (0.9, 0.9999),
    "rho": (0.9, 0.9999),
    "nu": (0.0, 1.0),
    "shrink": (0.3, 0.8),
    "grow": (1.05, 1.5),
}
"""The boxes of the other knobs that are tuned, by their names; all others keep their defaults."""


def starts_of(scenario: Scenario, count: int) -> Floats:
    """Return the scene's start and others that are spread evenly over the window, (count, 2): the R2 sequence."""
    steps = np.array([0.7548776662466927, 0.5698402909980532])
    shares = (0.5 + np.arange(1, count)[:, None] * steps) % 1.0
    low, high = np.array(scenario.surface.window).T
    return np.vstack([scenario.start, low + (high - low) * shares])


def box_of(scenario: Scenario, count: int) -> tuple[Axis, ...]:
    """Return the box of the rule of a scene's first run: its learning rate around the suggested one, and its knobs."""
    rule = scenario.runs[0].optimizer
    rate, reach = scenario.runs[0].lr, 10.0**DECADES
    low, high = max(LEARNING_RATE.low, rate / reach), min(LEARNING_RATE.high, rate * reach)
    sides = [Axis("a.lr", low, high, count, log=True)]
    for name, knob in knobs_of(rule).items():
        if name in BOXES and isinstance(knob, Number):
            sides.append(Axis(f"a.{name}", *BOXES[name], count, memory=knob.scale == "memory"))
    return tuple(sides)
