"""Ensembles: a basin map against JAX, and how time and memory grow with starts and with updates."""

import subprocess
import sys

import jax
import jax.numpy as jnp
import numpy as np

from benchmarks.by_hand import map_by_hand
from benchmarks.timing import medians, report
from engine.rest import RESOLUTION, TOLERANCE
from engine.scenario import Run
from ensembles.ensemble import run_ensemble
from ensembles.resting import CHECK, QUIET_CHECKS
from optimizers.adam import Adam
from surfaces.himmelblau import Himmelblau

STEPS = 500
LR = 0.1
SIDE = 256

GROWTH = """
import sys, time
from pathlib import Path
import numpy as np
from ensembles.ensemble import run_ensemble
from engine.scenario import Run
from optimizers.adam import Adam
from surfaces.himmelblau import Himmelblau
starts, steps = int(sys.argv[1]), int(sys.argv[2])
points = np.random.default_rng(0).uniform(-5, 5, (starts, 2))
begin = time.perf_counter()
run_ensemble(Himmelblau(), Run(Adam(), 0.1), points, steps, stop=False)
print(time.perf_counter() - begin, int(Path("/proc/self/status").read_text().split("VmHWM:")[1].split()[0]) / 1024)
"""


def main() -> None:
    """Print the comparison with JAX and the growth."""
    axis = np.linspace(-5, 5, SIDE)
    starts = np.stack(np.meshgrid(axis, axis), axis=-1).reshape(-1, 2)
    run = Run(Adam(), LR)
    for stop, words in ((False, "without a stopping rule"), (True, "with the same stopping rule")):
        theirs = jax_map(stop)
        candidates = {
            "sigmascope": lambda stop=stop: run_ensemble(Himmelblau(), run, starts, STEPS, stop=stop),
            "jax vmap + jit + scan, warm": lambda theirs=theirs: theirs(starts),
        }
        if not stop:
            candidates["numpy in place, by hand"] = lambda: map_by_hand(starts, STEPS, LR, run.optimizer)
        seconds = medians(candidates, rounds=9)
        updates = len(starts) * STEPS
        report(f"Basin map, {SIDE} x {SIDE} starts, {STEPS} updates of Adam on Himmelblau, {words}", seconds)
        report("  the same per start and update", seconds, per=updates, unit="ns", scale=1e9)
    _growth()


def himmelblau(p):
    """Return the loss in JAX."""
    return (p[0] ** 2 + p[1] - 11) ** 2 + (p[0] + p[1] ** 2 - 7) ** 2


def jax_map(stop: bool, loss=himmelblau):
    """Return JAX's basin map of a loss; if `stop`, a start stays where it has been at rest at QUIET_CHECKS looks."""

    def update(carry, t):
        theta, m, v, done, _ = carry
        g = jax.grad(loss)(theta)
        m_new = 0.9 * m + 0.1 * g
        v_new = 0.999 * v + 0.001 * g * g
        m_hat, v_hat = m_new / (1 - 0.9 ** (t + 1)), v_new / (1 - 0.999 ** (t + 1))
        moved = theta - LR * m_hat / (jnp.sqrt(v_hat) + 1e-8)
        return (jnp.where(done, theta, moved), m_new, v_new, done, theta), None

    def until_next_look(carry, t):
        moving, seen = _look(loss, *carry) if stop else carry
        moving, _ = jax.lax.scan(update, moving, t)
        return (moving, seen), None

    def run(theta):
        zero = jnp.zeros(2)
        times = jnp.arange(STEPS).reshape(-1, CHECK)
        first = ((theta, zero, zero, False, theta), (theta, theta, 0))
        ((theta, *_), _), _ = jax.lax.scan(until_next_look, first, times)
        return theta

    compiled = jax.jit(jax.vmap(run))
    return lambda starts: compiled(starts).block_until_ready()


def _look(loss, moving, seen):
    """The judge's test of rest (engine/rest.py), in JAX."""
    theta, m, v, done, before = moving
    low, high, quiet = seen
    low, high = jnp.minimum(low, theta), jnp.maximum(high, theta)
    extent = jnp.maximum(high - low, RESOLUTION * jnp.abs(theta))
    still = (jnp.abs(theta - before) <= TOLERANCE * extent).all()
    curvatures, vectors = jnp.linalg.eigh(jax.hessian(loss)(theta) * extent * extent[:, None])
    slopes = vectors.T @ (jax.grad(loss)(theta) * extent)
    near = (jnp.abs(slopes) <= TOLERANCE * jnp.abs(curvatures)).all() & (curvatures > 0.0).all()
    quiet = jnp.where(still & near, quiet + 1, 0)
    return (theta, m, v, done | (quiet >= QUIET_CHECKS), before), (low, high, quiet)


def _growth() -> None:
    print("\nGrowth of an ensemble of Adam on Himmelblau, each in a process of its own")
    sizes = [(10**k, 100) for k in range(7)] + [(100, 10**k) for k in range(2, 7)]
    for starts, steps in sizes:
        command = [sys.executable, "-c", GROWTH, str(starts), str(steps)]
        seconds, megabytes = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
        print(f"  {starts:>9,} starts {steps:>9,} updates {float(seconds):9.3f} s {float(megabytes):7.0f} MB at most")
