"""Every rule that torch.optim has moves as PyTorch does, on floats and on arrays, for 1,000 updates."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
import sympy as sp
from problems import CASES, KEPT, PROBLEMS, STEPS

from engine.scenario import Run, Scenario
from engine.simulate import simulate_run
from ensembles.ensemble import run_ensemble
from optimizers import OPTIMIZERS
from surfaces.himmelblau import Himmelblau
from surfaces.rosenbrock import Rosenbrock
from surfaces.valley import Valley

GOLDEN = np.load(Path(__file__).with_name("optimizers.npz"))


@dataclass(frozen=True)
class MovedValley(Valley):
    """The valley with its minimum at (1, -0.5), so that a relative error means something there."""

    @staticmethod
    def loss(x, y, kappa, angle):
        return Valley.loss(x - 1, y + sp.Rational(1, 2), kappa, angle)


SURFACES = {"rosenbrock": Rosenbrock(), "himmelblau": Himmelblau(), "valley": MovedValley(kappa=50.0, angle=30.0)}

every_case = pytest.mark.parametrize("name", CASES)
every_problem = pytest.mark.parametrize("problem", PROBLEMS)


def relative_error(theta, expected):
    return (np.linalg.norm(theta - expected, axis=-1) / np.linalg.norm(expected, axis=-1)).max()


@every_problem
@every_case
def test_floats_move_as_pytorch(name, problem):
    case, surface = CASES[name], SURFACES[problem]
    run = Run(OPTIMIZERS[case.slug](**case.knobs), case.lr)
    trajectory = simulate_run(Scenario(surface, PROBLEMS[problem].start, STEPS, (run,)), run)
    assert relative_error(trajectory.theta[KEPT], GOLDEN[f"{name} {problem}"]) < 1e-12


@pytest.mark.parametrize("updates", [10, 1000])
@every_problem
@every_case
def test_arrays_move_as_pytorch(name, problem, updates):
    case = CASES[name]
    run = Run(OPTIMIZERS[case.slug](**case.knobs), case.lr)
    starts = [PROBLEMS[problem].start] * 3
    ensemble = run_ensemble(SURFACES[problem], run, starts, updates, stop=False, threads=1)
    expected = GOLDEN[f"{name} {problem}"][KEPT.index(updates)]
    assert relative_error(ensemble.theta, expected) < 1e-12


def test_every_golden_path_is_used():
    assert set(GOLDEN.files) == {f"{name} {problem}" for name in CASES for problem in PROBLEMS}
