"""`python -m ensembles plane LINK --x a.lr --y a.beta1 --out map.npz`: a plane of any size, here or on Dask."""

import argparse
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import parse_qsl

from engine.scenario import Scenario
from engine.url import decode
from ensembles.axis import Axis, axis_of
from ensembles.plane import Share
from ensembles.tiles import cluster, here, write_plane
from spec.sentences import SentenceError

WIDTH = 40
"""Characters of the bar of progress."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what a command line says; return 0, or 2 where it cannot be done, which is said in one sentence."""
    options = _parser().parse_args(arguments)
    scenario, notes = decode(dict(parse_qsl(options.link.rpartition("?")[2], keep_blank_values=True)))
    for note in notes:
        sys.stderr.write(f"{note}\n")
    try:
        x, y = (
            _side(scenario, *side, options.size)
            for side in ((options.x, options.x_range), (options.y, options.y_range))
        )
        with cluster(options.scheduler) if options.scheduler else here(options.threads) as workers:
            write_plane(
                options.out,
                scenario,
                x,
                y,
                workers,
                run=options.run,
                goal=options.goal,
                watch=not options.ends_only,
                progress=_bar(f"{x.size} x {y.size}"),
            )
    except (SentenceError, OSError, ImportError) as error:
        sys.stderr.write(f"python -m ensembles: {error}\n")
        return 2
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("python -m ensembles", description="Make maps larger than a page makes them.")
    kinds = parser.add_subparsers(required=True, metavar="plane")
    one = kinds.add_parser("plane", help="how a run goes for every pair of values of two numbers")
    one.add_argument("link", help="of a scene, or the part of one behind its question mark")
    for side in "xy":
        one.add_argument(f"--{side}", required=True, metavar="NAME", help=f"the {side} side: a.lr, a.beta1, x, ...")
        one.add_argument(f"--{side}-range", nargs=2, type=float, default=(None, None), metavar=("LOW", "HIGH"))
    one.add_argument("--size", type=int, default=1024, help="cells of a side (1024)")
    one.add_argument("--run", default="a", help="the letter of the run (a)")
    one.add_argument("--goal", type=float, help="a loss: it is noted how many updates it takes to reach it")
    one.add_argument("--ends-only", action="store_true", help="leave out what the loss does along the way")
    one.add_argument("--scheduler", help="the address of a Dask scheduler whose workers make the tiles")
    one.add_argument("--threads", type=int, default=os.cpu_count() or 1, help="that make them here, without one")
    one.add_argument("--out", type=Path, required=True, metavar="MAP.npz", help="the file to write")
    return parser


def _side(scenario: Scenario, name: str, edges: Sequence[float | None], size: int) -> Axis:
    low, high = edges
    return axis_of(scenario, name, low, high, count=size)


def _bar(what: str) -> Share:
    """Return what draws a bar of progress, with the time that is left."""
    begin = time.monotonic()

    def draw(share: float) -> None:
        passed = time.monotonic() - begin
        left = passed / share - passed
        filled = "#" * round(WIDTH * share)
        end = "\n" if share >= 1.0 else ""
        sys.stderr.write(f"\r{what} [{filled:-<{WIDTH}}] {share:4.0%}  {passed:.0f} s, {left:.0f} s left {end}")
        sys.stderr.flush()

    return draw


if __name__ == "__main__":
    sys.exit(main())
