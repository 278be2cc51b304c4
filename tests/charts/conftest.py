"""The trajectories of the scenes."""

from dataclasses import replace

import numpy as np
import pytest
from scenes import SCENES

from engine.simulate import simulate


@pytest.fixture(scope="session")
def trajectories():
    return {name: simulate(scenario) for name, scenario in SCENES.items()}


@pytest.fixture(params=SCENES)
def scenario_and_runs(request, trajectories):
    return SCENES[request.param], trajectories[request.param]


@pytest.fixture(scope="session")
def long_scene():
    """A lecture scene of 100,000 updates with one spike of one update, and one gap."""
    scenario = replace(SCENES["lecture"], steps=100_000)
    runs = simulate(scenario)
    loss, sigma = runs[1].loss.copy(), runs[1].sigma.copy()
    loss[54_321] = 1e9
    sigma[54_321, 1] = 1e9
    loss[77_777] = np.nan
    return scenario, (runs[0], replace(runs[1], loss=loss, sigma=sigma))
