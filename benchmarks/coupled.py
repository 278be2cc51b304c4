"""One recorded step of rules whose scale is a matrix, beside the same in PyTorch, and many starts at once."""

import numpy as np
import torch

from benchmarks.timing import medians, report
from engine.scenario import Run, Scenario
from engine.simulate import simulate_run
from ensembles.ensemble import run_ensemble
from optimizers.full_adagrad import FullAdagrad
from optimizers.newton import Newton
from optimizers.shampoo import Shampoo
from optimizers.soap import SOAP
from surfaces.himmelblau import Himmelblau
from surfaces.rosenbrock import Rosenbrock

STEPS = 2_000
STARTS, UPDATES = 100_000, 100


def main() -> None:
    """Print the time of a step, and of many starts."""
    rules = {"full-matrix Adagrad": FullAdagrad(), "Shampoo": Shampoo(), "SOAP": SOAP(), "Newton": Newton(damping=1e3)}
    runs = {name: Run(rule, 1e-3) for name, rule in rules.items()}
    scenes = {name: Scenario(Rosenbrock(), Rosenbrock.start, STEPS, (run,)) for name, run in runs.items()}
    candidates = {name: lambda name=name: simulate_run(scenes[name], runs[name]) for name in runs}
    candidates["full-matrix Adagrad in PyTorch"] = _torch_full_adagrad
    report("One recorded step with a matrix, on Rosenbrock", medians(candidates), per=STEPS, unit="us/step", scale=1e6)
    starts = np.random.default_rng(0).uniform(-5.0, 5.0, (STARTS, 2))
    many = {
        name: lambda name=name: run_ensemble(Himmelblau(), runs[name], starts, UPDATES, stop=False) for name in runs
    }
    report(f"{STARTS:,} starts on Himmelblau", medians(many, rounds=3), per=STARTS * UPDATES, unit="ns/step", scale=1e9)


def _torch_full_adagrad() -> list[list[float]]:
    theta = torch.tensor(Rosenbrock.start, dtype=torch.float64, requires_grad=True)
    total, path = torch.zeros(2, 2, dtype=torch.float64), []
    floor = 1e-8 * torch.eye(2, dtype=torch.float64)
    for _ in range(STEPS):
        theta.grad = None
        ((1 - theta[0]) ** 2 + 100 * (theta[1] - theta[0] ** 2) ** 2).backward()
        with torch.no_grad():
            g = theta.grad
            total += torch.outer(g, g)
            values, vectors = torch.linalg.eigh(total + floor)
            theta -= 1e-3 * vectors @ ((vectors.T @ g) / values.clamp(min=1e-30).sqrt())
        path.append(theta.tolist())
    return path


if __name__ == "__main__":
    main()
