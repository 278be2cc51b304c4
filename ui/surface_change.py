"""What comes with another surface: its own start, and learning rates that make sense there."""

from dataclasses import replace

from engine.scenario import Scenario
from engine.suggest import suggest_learning_rate


def fitted(scenario: Scenario) -> Scenario:
    """Return the scenario with the surface's own start, and learning rates that make sense there."""
    surface = scenario.surface
    runs = [replace(r, lr=suggest_learning_rate(surface, surface.start, r.optimizer)) for r in scenario.runs]
    return replace(scenario, start=surface.start, runs=tuple(runs))
