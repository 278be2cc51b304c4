"""Every rule that torch.optim has moves as PyTorch does, on floats and on arrays, for 1,000 updates."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
import sympy as sp
from problems import CASES, KEPT, PROBLEMS, STEPS

from engine.scenario import Run, Scenario
from engine.simulate import simulate_run
from optimizers import OPTIMIZERS
from optimizers.xp import ARRAYS
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


def walk_on_arrays(optimizer, surface, start, lr):
    """Return theta after each update, of shape (STEPS, 2): the engine's formula, on two equal starts at once."""
    theta = [np.full(2, value) for value in start]
    states = [optimizer.init(np.zeros(2)) for _ in theta]
    path = []
    for t in range(STEPS):
        for axis, g in enumerate(surface.gradient_array(*theta)):
            m, sigma, states[axis] = optimizer.update(g, states[axis], t, lr, ARRAYS)
            theta[axis] = theta[axis] - lr / sigma * m - lr * optimizer.weight_decay * theta[axis]
        path.append(theta)
        theta = list(theta)
    path = np.array(path)
    np.testing.assert_array_equal(path[..., 0], path[..., 1])
    return path[..., 0]


@every_problem
@every_case
def test_floats_move_as_pytorch(name, problem):
    case, surface = CASES[name], SURFACES[problem]
    run = Run(OPTIMIZERS[case.slug](**case.knobs), case.lr)
    trajectory = simulate_run(Scenario(surface, PROBLEMS[problem].start, STEPS, (run,)), run)
    assert relative_error(trajectory.theta[KEPT], GOLDEN[f"{name} {problem}"]) < 1e-12


@every_problem
@every_case
def test_arrays_move_as_pytorch(name, problem):
    case, surface = CASES[name], SURFACES[problem]
    path = walk_on_arrays(OPTIMIZERS[case.slug](**case.knobs), surface, PROBLEMS[problem].start, case.lr)
    assert relative_error(path[np.array(KEPT) - 1], GOLDEN[f"{name} {problem}"]) < 1e-12


def test_every_golden_path_is_used():
    assert set(GOLDEN.files) == {f"{name} {problem}" for name in CASES for problem in PROBLEMS}
