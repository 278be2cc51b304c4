"""Trajectories that were computed once, kept for everybody within a bound of memory."""

from dataclasses import replace
from operator import attrgetter

from engine.scenario import Run, Scenario
from engine.simulate import Progress, simulate_run
from engine.trajectory import Trajectory
from spec.shared import shared
from ui.limits import RUNS_KEPT


def trajectory(scenario: Scenario, run: Run, progress: Progress | None = None) -> Trajectory:
    """Return the trajectory of one run of a scenario, computed at most once while it is kept.

    A run's name does not matter, so renaming computes nothing.
    """
    return _alone(alone(scenario, run), progress=progress)


def alone(scenario: Scenario, run: Run) -> Scenario:
    """Return the scene of one run by itself and without its name: what decides on its trajectory."""
    return replace(scenario, runs=(replace(run, name=""),))


@shared(RUNS_KEPT, size=attrgetter("nbytes"))
def _alone(scenario: Scenario, *, progress: Progress | None) -> Trajectory:
    return simulate_run(scenario, scenario.runs[0], progress)
