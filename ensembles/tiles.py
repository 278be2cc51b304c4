"""A plane larger than memory, or than one machine: tiles that are made one by one, here or by Dask, into a file."""

import zipfile
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import islice, product
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Protocol

import numpy as np
from numpy.lib.format import open_memmap
from numpy.typing import NDArray

from engine.scenario import Scenario
from ensembles.axis import Axis
from ensembles.plane import Share, check_plane, plane

ROWS, COLUMNS = 128, 256
"""Cells of a tile: one block of an ensemble."""

AHEAD = 3
"""Tiles that are asked for at once, for each worker: the next is there when one is done, and few wait to be written."""

KINDS = {"loss": "f8", "ending": "i1", "updates": "i4"}
WATCHED = {"best": "f8", "to_goal": "i4", "trainability": "f8"}

Made = dict[str, NDArray[Any]]


@dataclass(frozen=True)
class Tile:
    """A part of a plane: the rows and columns from which it begins, and what it takes to make it."""

    scenario: Scenario
    x: Axis
    y: Axis
    run: str
    goal: float | None
    watch: bool

    @property
    def place(self) -> tuple[slice, slice]:
        """The rows and the columns that it fills."""
        return slice(*self.y.part or ()), slice(*self.x.part or ())

    def make(self) -> Made:
        """Return its arrays by their names; one thread makes it, so that it is the same wherever that is."""
        made = plane(
            self.scenario, self.x, self.y, run=self.run, goal=self.goal, watch=self.watch, threads=1, progress=None
        )
        return {name: getattr(made, name) for name in names(self.watch)}


class Workers(Protocol):
    """Who makes tiles: asked for one, they give something that has a result in the end."""

    @property
    def count(self) -> int: ...

    def ask(self, tile: Tile) -> Any: ...

    def done(self, asked: set[Any]) -> tuple[set[Any], set[Any]]:
        """Wait for some; return those and the others."""
        ...


def names(watch: bool) -> dict[str, str]:
    """Return the arrays of a plane and what they hold."""
    return KINDS | (WATCHED if watch else {})


def tiles(
    scenario: Scenario, x: Axis, y: Axis, run: str = "a", goal: float | None = None, watch: bool = True
) -> Iterator[Tile]:
    """Yield the tiles of a plane; raise SentenceError where two axes make none."""
    check_plane(scenario, x, y, run)
    for row, column in product(range(0, y.size, ROWS), range(0, x.size, COLUMNS)):
        parts = ((row, min(row + ROWS, y.size)), (column, min(column + COLUMNS, x.size)))
        yield Tile(scenario, replace(x, part=parts[1]), replace(y, part=parts[0]), run, goal, watch)


def write_plane(
    out: Path,
    scenario: Scenario,
    x: Axis,
    y: Axis,
    workers: Workers,
    *,
    run: str = "a",
    goal: float | None = None,
    watch: bool = True,
    progress: Share | None = None,
) -> None:
    """Make a plane tile by tile and write its arrays (y, x) and the values of both sides into an .npz file.

    A tile is written as it comes and is held nowhere else. progress: called with the share that is done; may raise, to
    abandon the work.
    """
    total = -(-y.size // ROWS) * -(-x.size // COLUMNS)
    with TemporaryDirectory(dir=out.parent, prefix=".tiles-") as folder:
        files = {name: Path(folder) / f"{name}.npy" for name in names(watch)}
        arrays = {
            name: open_memmap(path, "w+", np.dtype(names(watch)[name]), (y.size, x.size))
            for name, path in files.items()
        }
        for number, (tile, made) in enumerate(_each(tiles(scenario, x, y, run, goal, watch), workers), 1):
            for name, values in made.items():
                arrays[name][tile.place] = values
            if progress:
                progress(number / total)
        for array in arrays.values():
            array.flush()
        sides = {"x": x.values, "y": y.values, "names": np.array([x.name, y.name])}
        for name, values in sides.items():
            files[name] = Path(folder) / f"{name}.npy"
            np.save(files[name], values)
        _pack(files, out)


def _each(wanted: Iterator[Tile], workers: Workers) -> Iterator[tuple[Tile, Made]]:
    """Yield tiles as they are made; only so many are asked for that the workers always have one."""
    asked = {workers.ask(tile): tile for tile in islice(wanted, AHEAD * workers.count)}
    while asked:
        done, _ = workers.done(set(asked))
        for future in done:
            yield asked.pop(future), future.result()
            asked |= {workers.ask(tile): tile for tile in islice(wanted, 1)}


def _pack(files: dict[str, Path], out: Path) -> None:
    """Put .npy files into an .npz, which appears under its name when it is whole."""
    unfinished = out.with_name(f".{out.name}.part")
    with zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for path in files.values():
            archive.write(path, path.name)
    unfinished.replace(out)


class Threads:
    """This machine's processors as workers."""

    def __init__(self, pool: ThreadPoolExecutor, count: int) -> None:
        self._pool, self.count = pool, count

    def ask(self, tile: Tile) -> Future[Made]:
        return self._pool.submit(tile.make)

    def done(self, asked: set[Any]) -> tuple[set[Any], set[Any]]:
        return wait(asked, return_when=FIRST_COMPLETED)


@contextmanager
def here(count: int) -> Iterator[Workers]:
    """Let `count` threads of this machine make tiles."""
    pool = ThreadPoolExecutor(count)
    try:
        yield Threads(pool, count)
    finally:
        pool.shutdown(cancel_futures=True)


class Cluster:
    """A Dask cluster as workers; a tile of a worker that is lost is made again by another."""

    def __init__(self, client: Any, wait_for: Callable[..., Any]) -> None:
        self._client, self._wait = client, wait_for

    @property
    def count(self) -> int:
        threads: list[int] = list(self._client.nthreads().values())
        return max(1, sum(threads))

    def ask(self, tile: Tile) -> Any:
        return self._client.submit(Tile.make, tile, pure=False, retries=RETRIES)

    def done(self, asked: set[Any]) -> tuple[set[Any], set[Any]]:
        done, others = self._wait(list(asked), return_when=FIRST_COMPLETED)
        return set(done), set(others)


RETRIES = 10
"""Times that a tile is made again whose worker was lost."""


@contextmanager
def cluster(address: str) -> Iterator[Workers]:
    """Let the workers of a Dask scheduler make tiles; raise ImportError without Dask, OSError where none answers.

    They need the project to import it from: started in its folder, or with it installed.
    """
    import distributed

    client: Any = distributed.Client(address)  # type: ignore[no-untyped-call]
    with client:
        yield Cluster(client, distributed.wait)
