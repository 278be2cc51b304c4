"""One recorded Adam step beside the same at an earlier commit, in turns, each in a process of its own.

python -m benchmarks.against_before [commit]
"""

import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

BEFORE = "37f8d6a"
"""The last commit before scales could be matrices."""

ROOMS = ("engine", "optimizers", "schedules", "spec", "surfaces", "xp")
ROUNDS = 15
MEASURED = """
import time
from engine.scenario import Run, Scenario
from engine.simulate import simulate_run
from optimizers.adam import Adam
from surfaces.rosenbrock import Rosenbrock
run = Run(Adam(), 1e-3)
scene = Scenario(Rosenbrock(), Rosenbrock.start, 20_000, (run,))
simulate_run(scene, run)
times = []
for _ in range(7):
    start = time.process_time()
    simulate_run(scene, run)
    times.append(time.process_time() - start)
print(min(times) / scene.steps * 1e6)
"""


def main(commit: str = BEFORE) -> None:
    """Print both medians, and the median of the ratios of neighbours in time."""
    here = Path(__file__).parent.parent
    with tempfile.TemporaryDirectory() as folder:
        archive = subprocess.run(["git", "archive", commit, *ROOMS], cwd=here, check=True, capture_output=True)
        subprocess.run(["tar", "-x", "-C", folder], input=archive.stdout, check=True)
        pairs = [(_step(Path(folder)), _step(here)) for _ in range(ROUNDS)]
    before, now = (statistics.median(times) for times in zip(*pairs, strict=True))
    ratio = statistics.median(now / before for before, now in pairs)
    print(f"\nOne recorded step of Adam, us of the processor: {before:.4g} at {commit}, {now:.4g} now")
    print(f"The median ratio of neighbours in time: {100 * (ratio - 1):+.1f} %")


def _step(root: Path) -> float:
    """Return the microseconds of a step in a source tree."""
    said = subprocess.run([sys.executable, "-c", MEASURED], cwd=root, check=True, capture_output=True, text=True)
    return float(said.stdout)


if __name__ == "__main__":
    main(*sys.argv[1:])
