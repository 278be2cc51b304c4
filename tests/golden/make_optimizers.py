"""Make optimizers.npz: where torch.optim's rules are on three surfaces, in float64.

Run it from the project's root with PyTorch installed; the file in the repository is from PyTorch 2.13.0:

    python tests/golden/make_optimizers.py
"""

from pathlib import Path

import numpy as np
import torch
from problems import CASES, KEPT, PROBLEMS, STEPS, Case, Problem


def run(case: Case, problem: Problem) -> list[list[float]]:
    """Return theta after the kept numbers of updates."""
    theta = torch.tensor(problem.start, dtype=torch.float64, requires_grad=True)
    optimizer = getattr(torch.optim, case.torch)([theta], lr=case.lr, foreach=False, **case.arguments)
    path = []
    for _ in range(STEPS):
        theta.grad = torch.stack(problem.gradient(*theta.detach()))
        optimizer.step()
        path.append(theta.tolist())
    return [path[updates - 1] for updates in KEPT]


if __name__ == "__main__":
    torch.set_default_dtype(torch.float64)  # the type of the product that NAdam keeps
    paths = {
        f"{name} {where}": run(case, problem) for name, case in CASES.items() for where, problem in PROBLEMS.items()
    }
    np.savez_compressed(Path(__file__).with_name("optimizers.npz"), **{key: np.array(p) for key, p in paths.items()})
