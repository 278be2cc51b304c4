"""A long run goes chunk by chunk, and nobody can tell."""

import numpy as np
import pytest

from engine import simulate as module
from engine.noise import Noise
from engine.scenario import Run, Scenario
from engine.simulate import CHUNK, simulate_run
from optimizers import OPTIMIZERS
from optimizers.gradient_descent import GradientDescent
from schedules import SCHEDULES
from schedules.base import WarmUp
from surfaces.himmelblau import Himmelblau
from surfaces.own import Own


@pytest.mark.parametrize("size", [1, 7, 20, 40])
@pytest.mark.parametrize("kind", [OPTIMIZERS["adam"], OPTIMIZERS["momentum"], OPTIMIZERS["radam"], OPTIMIZERS["rprop"]])
def test_chunks_change_nothing(monkeypatch, kind, size):
    run = Run(kind(), 0.01, SCHEDULES["exponential"](base=0.9), WarmUp(steps=9))
    scene = Scenario(Himmelblau(), (0.5, -0.5), 40, (run,), Noise(level=0.2, seed=3))
    whole = simulate_run(scene, run)
    monkeypatch.setattr(module, "CHUNK", size)
    cut = simulate_run(scene, run)
    for name, values in vars(whole).items():
        if isinstance(values, np.ndarray):
            np.testing.assert_array_equal(vars(cut)[name], values, err_msg=name)
    assert cut.outcome == whole.outcome


@pytest.mark.parametrize("size", [1, 2, 3, 4, 5])
def test_a_run_that_leaves_at_the_end_of_a_chunk_makes_no_further_update(monkeypatch, size):
    run = Run(GradientDescent(), 1.0)
    scene = Scenario(Own(formula="0*y - 3e5*x", x_low=-0.5, x_high=0.5), (0.0, 0.0), 30, (run,))
    whole = simulate_run(scene, run)
    monkeypatch.setattr(module, "CHUNK", size)
    cut = simulate_run(scene, run)
    assert cut.outcome == whole.outcome
    assert cut.updates == whole.updates == 4


def test_progress_is_told_after_every_chunk_and_at_the_end():
    run, seen = Run(GradientDescent(), 1e-9), []
    simulate_run(Scenario(Himmelblau(), (0.5, -0.5), 2 * CHUNK + 7, (run,)), run, seen.append)
    assert seen == [CHUNK, 2 * CHUNK, 2 * CHUNK + 7]
