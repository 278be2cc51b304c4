"""Draws mutants, runs the tests of their room against each, and says which ones nobody noticed.

python -m tests.mutants [--seed 1] [--count 300] [--room engine] [--write]
"""

import argparse
import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from queue import SimpleQueue
from shutil import copy2, copytree, ignore_patterns
from tempfile import TemporaryDirectory

from tests.mutants.draw import Mutant, draw
from tests.mutants.report import Verdict, survivor, table, write
from tests.mutants.rooms import ROOMS, ROOT, files_for, room_of, sources

WORKERS = 2
LEFT_OUT = ignore_patterns(".git", ".venv", "static", "__pycache__", ".*_cache", "pictures")
PYTEST = (
    *("-m", "pytest", "-x", "-q", "--no-header", "--tb=no", "-p", "no:cacheprovider"),
    *("-p", "_hypothesis_pytestplugin", "--hypothesis-profile", "unshrunk"),
)
QUICK = {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
PATIENCE = 4.0
"""A mutant hangs once it takes this many times as long as the faultless tree."""


def passes(tree: Path, tests: list[str], limit: float | None = None, **environment: str) -> bool:
    """Return whether tests pass in a tree, within `limit` seconds."""
    command = [sys.executable, *PYTEST, *tests]
    try:
        done = subprocess.run(
            command, cwd=tree, env=os.environ | QUICK | environment, capture_output=True, timeout=limit, check=False
        )
    except subprocess.TimeoutExpired:
        return False
    return done.returncode == 0


def limits(tree: Path, rooms: list[str]) -> dict[str, float]:
    """Return how long the tests of each room may take; the tree's compiled files are there afterwards."""
    made = {}
    for room in rooms:
        begin = time.monotonic()
        if not passes(tree, files_for(sources(room)[0], tree)):
            sys.exit(f"the tests of {room} fail without any fault")
        made[room] = 10.0 + PATIENCE * (time.monotonic() - begin)
    return made


@contextmanager
def planted(tree: Path, whole: Path, mutant: Mutant):
    """Plant a fault in a tree, and take it out again."""
    place = tree / mutant.path
    place.write_bytes(mutant.apply((whole / mutant.path).read_bytes()))
    try:
        yield
    finally:
        copy2(whole / mutant.path, place)


def judge(trees: "SimpleQueue[Path]", whole: Path, limit: float, mutant: Mutant) -> Verdict:
    """Return whether the tests notice a mutant; one that hangs is noticed."""
    tree = trees.get()
    try:
        with planted(tree, whole, mutant):
            survives = passes(tree, files_for(mutant.path, whole), limit, PYTHONDONTWRITEBYTECODE="1")
    finally:
        trees.put(tree)
    lines = mutant.lines((whole / mutant.path).read_bytes())
    verdict = Verdict(room_of(mutant.path), str(mutant.path), *lines, not survives)
    print("." if verdict.noticed else "\n" + survivor(verdict), end="", flush=True)
    return verdict


def run(rooms: list[str], count: int, seed: int) -> list[Verdict]:
    """Return the verdict on every mutant; each worker has a tree of its own, so this one may be worked on."""
    with TemporaryDirectory(prefix="mutants") as folder, ThreadPoolExecutor(WORKERS) as pool:
        whole = copytree(ROOT, Path(folder) / "whole", ignore=LEFT_OUT)
        mutants = draw(whole, [path for room in rooms for path in sources(room, whole)], count, seed)
        limit = limits(whole, sorted({room_of(mutant.path) for mutant in mutants}))
        trees: SimpleQueue[Path] = SimpleQueue()
        for worker in range(WORKERS):
            trees.put(copytree(whole, Path(folder) / str(worker)))
        return list(pool.map(lambda mutant: judge(trees, whole, limit[room_of(mutant.path)], mutant), mutants))


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.mutants")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--room", choices=ROOMS, action="append")
    parser.add_argument("--write", action="store_true", help="write table and survivors into docs/testing.md")
    asked = parser.parse_args()
    verdicts = run(asked.room or list(ROOMS), asked.count, asked.seed)
    print("\n\n" + table(verdicts))
    if asked.write:
        write(verdicts, asked.seed)


if __name__ == "__main__":
    main()
