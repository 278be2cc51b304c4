"""Many runs at once: the last point and loss of each, and how it ended, without recording the way."""

import os
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_EXCEPTION, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from functools import partial
from threading import Event

import numpy as np
from numpy.typing import ArrayLike, NDArray

from engine.fields import numbers
from engine.noise import Noise
from engine.scenario import Run, Scenario
from engine.simulate import Progress
from engine.trajectory import AT_REST, ENDINGS, LOST, Floats
from ensembles.block import DIVERGED, UNDEFINED
from ensembles.columns import Column
from ensembles.how import How
from ensembles.pieces import Piece, pieces_of
from ensembles.watch import Seen
from surfaces.base import Surface

BLOCK = 32_768
"""Starts in a block: few enough for the cache, many enough for a call of a ufunc to pay."""

PATIENCE = 0.1
"""Seconds between two reports of progress."""


Work = Callable[[Progress], None]


@dataclass(frozen=True, eq=False)
class Ensemble:
    """The ends of n runs.

    theta: (n, 2). loss: (n,). updates: (n,), how many were made before the run came to rest or was lost, to within
    two looks of ensembles.block. ending: (n,), places in ENDINGS. seen: what was seen of the loss along the way.
    """

    theta: Floats
    loss: Floats
    updates: NDArray[np.int32]
    ending: NDArray[np.int8]
    seen: Seen | None = None

    @property
    def converged(self) -> NDArray[np.bool_]:
        """Whether each run is at rest, at a saddle too, (n,)."""
        return np.isin(self.ending, [ENDINGS.index(ending) for ending in AT_REST])

    @property
    def diverged(self) -> NDArray[np.bool_]:
        """Whether each run left every reasonable distance, or the domain of the loss, (n,)."""
        return np.isin(self.ending, [ENDINGS.index(ending) for ending in LOST])


def run_ensemble(
    surface: Surface,
    run: Run,
    starts: ArrayLike,
    steps: int,
    *,
    rates: ArrayLike | None = None,
    noise: Noise | None = None,
    stop: bool = True,
    threads: int | None = None,
    progress: Progress | None = None,
) -> Ensemble:
    """Run one optimizer from many starts, with the same noise for all.

    starts: (n, 2). rates: (n,), a learning rate for each start in place of the run's. stop: whether it is said how each
    start ended; it then leaves the batch once it has converged, as a diverged one always does. threads: how many at
    most; all processors by default; with one, and where none can start, all is done by the thread that asks. progress:
    called with the number of updates done, summed over the starts; may raise, to abandon the work.
    """
    scenario = Scenario(surface, (0.0, 0.0), steps, (run,), noise or Noise())
    points = np.asarray(starts, float).reshape(-1, 2)
    columns = () if rates is None else (Column.of(numbers(scenario)["a.lr"], rates),)
    return run_many(scenario, 0, points, columns, How(stop, judged=stop), threads, progress)


def run_many(
    scenario: Scenario,
    number: int,
    starts: Floats,
    columns: Sequence[Column] = (),
    how: How | None = None,
    threads: int | None = None,
    progress: Progress | None = None,
) -> Ensemble:
    """Run one run of a scene from many starts (n, 2), where each start has its own values of up to two numbers.

    Raises SentenceError if a value is not allowed.
    """
    threads, how, count = threads or os.cpu_count() or 1, how or How(), len(starts)
    seen = Seen(np.empty(count), np.empty(count, np.int32), np.empty(count)) if how.watched else None
    made = Ensemble(np.empty((count, 2)), np.empty(count), np.empty(count, np.int32), np.empty(count, np.int8), seen)
    size = max(1, min(BLOCK, -(-count // threads)))
    pieces = [part for piece in pieces_of(scenario, number, starts, columns) for part in piece.cut(size, how)]
    _run([partial(_run_piece, piece, how, made) for piece in pieces], threads, progress)
    return made


def _run_piece(piece: Piece, how: How, made: Ensemble, report: Progress) -> None:
    """Run a piece and write down how it ended."""
    for places, block in piece.blocks(how, report):
        made.theta[places] = block.theta.T
        made.loss[places] = loss = np.asarray(block.surface.value_array(*block.theta))
        made.updates[places] = block.updates
        made.ending[places] = np.where(np.isnan(loss) & (block.ending != DIVERGED), UNDEFINED, block.ending)
        if made.seen and block.watch:
            made.seen.put(places, block.watch.seen)


class _AbandonedError(Exception):
    """Raised inside a thread when the others have stopped."""


def _run(pieces: Sequence[Work], threads: int, progress: Progress | None) -> None:
    done = [0] * len(pieces)
    stopped = Event()

    def work(index: int) -> None:
        def report(updates: int) -> None:
            done[index] += updates
            if stopped.is_set():
                raise _AbandonedError

        pieces[index](report)

    if threads == 1:
        _run_one_by_one(pieces, progress)
        return
    try:
        pool = ThreadPoolExecutor(min(threads, len(pieces) or 1))
        futures = [pool.submit(work, index) for index in range(len(pieces))]
    except RuntimeError:  # no thread can start here
        _run_one_by_one(pieces, progress)
        return
    try:
        _watch(futures, done, progress)
    finally:
        stopped.set()
        pool.shutdown()


def _watch(futures: Sequence[Future[None]], done: Sequence[int], progress: Progress | None) -> None:
    waiting = set(futures)
    while waiting:
        finished, waiting = wait(waiting, PATIENCE if progress else None, FIRST_EXCEPTION)
        for future in finished:
            future.result()
        if progress:
            progress(sum(done))


def _run_one_by_one(pieces: Sequence[Work], progress: Progress | None) -> None:
    done = 0

    def report(updates: int) -> None:
        nonlocal done
        done += updates
        if progress:
            progress(done)

    for piece in pieces:
        piece(report)
