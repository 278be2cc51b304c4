"""Maps: a plane against its runs one by one, basins against JAX, coarse and whole, growth, and one and two workers."""

import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

import jax
import numpy as np

from benchmarks.ensembles import jax_map
from benchmarks.timing import medians, report
from engine.scenario import Run, Scenario
from engine.simulate import simulate_run
from ensembles.axis import axis_of
from ensembles.basins import basins
from ensembles.ensemble import run_ensemble
from ensembles.plane import plane, scene_at
from ensembles.tiles import cluster, write_plane
from optimizers.adam import Adam
from surfaces.rosenbrock import Rosenbrock

ROSENBROCK = Scenario(Rosenbrock(), (-1.2, 1.0), 500, (Run(Adam(), 0.1),))
SIDE, COARSE, CELLS = 256, 32, 128
SAMPLE = 64
"""Cells whose runs are made one by one; all together take as many times longer."""

HUGE, HUGE_STEPS = 4096, 100
PLANES = (("a.lr", "a.beta1"), ("a.lr", "a.eps"), ("a.beta2", "a.beta1"), ("surface.b", "a.lr"), ("a.warmup", "a.lr"))

GROWTH = """
import sys, time
from pathlib import Path
from engine.scenario import Run, Scenario
from ensembles.axis import axis_of
from ensembles.basins import basins
from ensembles.plane import plane
from optimizers.adam import Adam
from surfaces.rosenbrock import Rosenbrock
kind, side = sys.argv[1], int(sys.argv[2])
scene = Scenario(Rosenbrock(), (-1.2, 1.0), 100, (Run(Adam(), 0.1),))
begin = time.perf_counter()
if kind == "basins":
    basins(scene, "a", (-2.0, 2.0, -1.0, 3.0), side, side)
else:
    plane(scene, axis_of(scene, "a.lr", count=side), axis_of(scene, "a.beta1", count=side), goal=1e-3)
print(time.perf_counter() - begin, int(Path("/proc/self/status").read_text().split("VmHWM:")[1].split()[0]) / 1024)
"""


def main() -> None:
    """Print every comparison but that of one and two workers, which takes minutes: `python -m benchmarks.maps`."""
    _basins()
    for across, up in PLANES:
        _plane(across, up)
    _growth()


def _basins() -> None:
    (x_low, x_high), (y_low, y_high) = window = ROSENBROCK.surface.window
    axes = (np.linspace(x_low, x_high, SIDE), np.linspace(y_low, y_high, SIDE))
    starts = np.stack(np.meshgrid(*axes), axis=-1).reshape(-1, 2)
    theirs = jax_map(stop=True, loss=lambda p: (1 - p[0]) ** 2 + 100 * (p[1] - p[0] ** 2) ** 2)
    ends = (*window[0], *window[1])
    candidates = {
        "sigmascope": lambda: run_ensemble(ROSENBROCK.surface, ROSENBROCK.runs[0], starts, 500),
        "jax vmap + jit + scan, warm": lambda: theirs(starts),
        f"sigmascope, the map of {SIDE} x {SIDE} with its places": lambda: basins(ROSENBROCK, "a", ends, SIDE, SIDE),
        f"sigmascope, {COARSE} x {COARSE}": lambda: basins(ROSENBROCK, "a", ends, COARSE, COARSE),
    }
    report(f"Basins, {SIDE} x {SIDE}, 500 updates of Adam on Rosenbrock", medians(candidates, rounds=5))


def _plane(across: str, up: str) -> None:
    x, y = axis_of(ROSENBROCK, across, count=CELLS), axis_of(ROSENBROCK, up, count=CELLS)
    cells = np.random.default_rng(0).integers(0, (y.size, x.size), (SAMPLE, 2)).tolist()
    scenes = [scene_at(ROSENBROCK, x, y, i, j) for i, j in cells]

    def one_by_one() -> None:
        for scene in scenes:
            simulate_run(scene, scene.runs[0])

    seconds = medians({"plane": lambda: plane(ROSENBROCK, x, y, goal=1e-3), "one": one_by_one}, rounds=5)
    whole = {
        "sigmascope, a plane": seconds["plane"],
        "the recorded runs one by one": seconds["one"] * x.size * y.size / SAMPLE,
    }
    report(f"A plane of {across} and {up}, {x.size} x {y.size} x 500 updates of Adam on Rosenbrock", whole)


def _growth() -> None:
    print("\nGrowth of a map of 100 updates, each in a process of its own")
    for kind in ("basins", "plane"):
        for side in (100, 316, 1000):
            command = [sys.executable, "-c", GROWTH, kind, str(side)]
            seconds, megabytes = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
            print(f"  {kind:<7} {side * side:>9,} cells {float(seconds):9.3f} s {float(megabytes):7.0f} MB at most")


def workers() -> None:
    """Print how long a plane of HUGE x HUGE cells takes one and two workers of a cluster on this machine."""
    from distributed import LocalCluster

    scene = replace(ROSENBROCK, steps=HUGE_STEPS)
    x, y = axis_of(scene, "a.lr", count=HUGE), axis_of(scene, "a.beta1", count=HUGE)
    print(f"\nA plane of {HUGE} x {HUGE} cells, {HUGE_STEPS} updates of Adam on Rosenbrock, on Dask")
    for count in (1, 2):
        options = {"n_workers": count, "threads_per_worker": 1, "dashboard_address": None, "memory_limit": None}
        with (
            tempfile.TemporaryDirectory() as folder,
            LocalCluster(**options) as local,
            cluster(local.scheduler_address) as both,
        ):
            begin = time.perf_counter()
            write_plane(Path(folder) / "map.npz", scene, x, y, both, goal=1e-3)
            print(f"  workers: {count}  {time.perf_counter() - begin:8.1f} s")


if __name__ == "__main__":
    jax.config.update("jax_enable_x64", True)
    if sys.argv[1:] == ["workers"]:
        workers()
    else:
        main()
