"""Recorded runs: one step of Adam against PyTorch's, and the lecture's 100,000 updates against PyTorch and JAX."""

from collections.abc import Callable

import jax
import jax.numpy as jnp
import numpy as np
import optax
import torch

from benchmarks.timing import medians, report
from engine.presets import DEFAULT_SCENE
from engine.scenario import Run, Scenario
from engine.simulate import simulate_run
from optimizers.adam import Adam
from surfaces.lecture_valley import INPUTS, TARGETS
from surfaces.rosenbrock import Rosenbrock

STEPS = 2_000
LECTURE_STEPS = 100_000


def main() -> None:
    """Print both comparisons."""
    adam = Run(Adam(), 1e-3)
    scene = Scenario(Rosenbrock(), Rosenbrock.start, STEPS, (adam,))
    seconds = medians({"sigmascope": lambda: simulate_run(scene, adam), "torch.optim.Adam": _torch_rosenbrock})
    report("One recorded step of Adam on Rosenbrock", seconds, per=STEPS, unit="us/step", scale=1e6)

    lecture = Scenario(DEFAULT_SCENE.surface, DEFAULT_SCENE.start, LECTURE_STEPS, (Run(Adam(), 0.1),))
    candidates: dict[str, Callable[[], object]] = {
        "sigmascope": lambda: simulate_run(lecture, lecture.runs[0]),
        "jax + optax, jit and scan, compiled anew": _optax_lecture,
    }
    seconds = medians(candidates)
    seconds |= medians({"torch.optim.Adam": _torch_lecture}, rounds=1, warm=False)
    report("The lecture's 100,000 updates of Adam, recorded", seconds)


def _torch_rosenbrock() -> list[list[float]]:
    return _torch_loop(lambda p: (1 - p[0]) ** 2 + 100 * (p[1] - p[0] ** 2) ** 2, Rosenbrock.start, 1e-3, STEPS)


def _torch_lecture() -> list[list[float]]:
    x, y = torch.tensor(INPUTS, dtype=torch.float64), torch.tensor(TARGETS, dtype=torch.float64)
    return _torch_loop(lambda p: ((y - p[0] - p[1] * x) ** 2).sum(), DEFAULT_SCENE.start, 0.1, LECTURE_STEPS)


def _torch_loop(
    loss: Callable[[torch.Tensor], torch.Tensor], start: tuple[float, float], lr: float, steps: int
) -> list[list[float]]:
    theta = torch.tensor(start, dtype=torch.float64, requires_grad=True)
    optimizer = torch.optim.Adam([theta], lr=lr)
    path = []
    for _ in range(steps):
        optimizer.zero_grad()
        loss(theta).backward()
        optimizer.step()
        path.append(theta.detach().tolist())
    return path


def _optax_lecture() -> np.ndarray:
    jax.clear_caches()
    x, y = jnp.array(INPUTS, jnp.float64), jnp.array(TARGETS, jnp.float64)
    gradient = jax.grad(lambda p: ((y - p[0] - p[1] * x) ** 2).sum())
    optimizer = optax.adam(0.1)

    def step(carry, _):
        theta, state = carry
        g = gradient(theta)
        updates, state = optimizer.update(g, state, theta)
        theta = optax.apply_updates(theta, updates)
        return (theta, state), (theta, g, state[0].mu, state[0].nu)

    @jax.jit
    def run(theta):
        return jax.lax.scan(step, (theta, optimizer.init(theta)), None, length=LECTURE_STEPS)[1]

    return np.asarray(run(jnp.array(DEFAULT_SCENE.start, jnp.float64))[0])
