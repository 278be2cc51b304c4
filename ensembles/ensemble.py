"""Many runs at once: the last point and loss of each, and how it ended, without recording the way."""

import os
from collections.abc import Sequence
from concurrent.futures import FIRST_EXCEPTION, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from threading import Event

import numpy as np
from numpy.typing import ArrayLike, NDArray

from engine.noise import Noise
from engine.scenario import Run
from engine.simulate import Progress
from engine.trajectory import Floats
from ensembles.block import CONVERGED_END, DIVERGED_END, Block
from ensembles.job import Job
from surfaces.base import Surface

BLOCK = 32_768
"""Starts in a block: few enough for the cache, many enough for a call of a ufunc to pay."""

PATIENCE = 0.1
"""Seconds between two reports of progress."""


@dataclass(frozen=True, eq=False)
class Ensemble:
    """The ends of n runs.

    theta: (n, 2). loss: (n,). updates: (n,), how many were made before the run converged or diverged, to within
    ensembles.block.CHECK. converged, diverged: (n,) truth values.
    """

    theta: Floats
    loss: Floats
    updates: NDArray[np.int32]
    converged: NDArray[np.bool_]
    diverged: NDArray[np.bool_]


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

    starts: (n, 2). rates: (n,), a learning rate for each start in place of the run's. stop: whether a start
    leaves the batch once it has converged, as a diverged one always does. threads: how many at most; all
    processors by default, none where a thread cannot start. progress: called with the number of updates done,
    summed over the starts; may raise, to abandon the work.
    """
    points = np.ascontiguousarray(np.asarray(starts, float).reshape(-1, 2).T)
    own = None if rates is None else np.asarray(rates, float)
    job = Job(surface, run, steps, noise or Noise(), stop, own is not None)
    blocks = _blocks(job, points, own, threads or os.cpu_count() or 1)
    _run(blocks, threads or os.cpu_count() or 1, progress)
    theta = np.concatenate([block.theta for block in blocks], axis=1).T
    ending = np.concatenate([block.ending for block in blocks])
    return Ensemble(
        theta=theta,
        loss=np.array(surface.value_array(theta[:, 0], theta[:, 1])),
        updates=np.concatenate([block.updates for block in blocks]),
        converged=ending == CONVERGED_END,
        diverged=ending == DIVERGED_END,
    )


def _blocks(job: Job, points: Floats, rates: Floats | None, threads: int) -> list[Block]:
    count = points.shape[1]
    size = max(1, min(BLOCK, -(-count // threads)))
    edges = range(0, max(count, 1), size)
    return [Block(job, points[:, i : i + size], None if rates is None else rates[i : i + size]) for i in edges]


class _AbandonedError(Exception):
    """Raised inside a thread when the others have stopped."""


def _run(blocks: Sequence[Block], threads: int, progress: Progress | None) -> None:
    done = [0] * len(blocks)
    stopped = Event()

    def work(index: int) -> None:
        def report(updates: int) -> None:
            done[index] += updates
            if stopped.is_set():
                raise _AbandonedError

        blocks[index].run(report)

    try:
        pool = ThreadPoolExecutor(min(threads, len(blocks) or 1))
        futures = [pool.submit(work, index) for index in range(len(blocks))]
    except RuntimeError:  # no thread can start here
        _run_one_by_one(blocks, progress)
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


def _run_one_by_one(blocks: Sequence[Block], progress: Progress | None) -> None:
    done = 0

    def report(updates: int) -> None:
        nonlocal done
        done += updates
        if progress:
            progress(done)

    for block in blocks:
        block.run(report)
