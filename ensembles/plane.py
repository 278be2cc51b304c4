"""A plane of any two numbers of a scene: how a run goes in each of its cells."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.fields import RUN_KEYS
from engine.scenario import Scenario
from engine.trajectory import Floats
from ensembles.axis import Axis, checked, field_of
from ensembles.columns import Column
from ensembles.ensemble import run_many
from ensembles.how import How
from spec.sentences import SentenceError

Share = Callable[[float], None]
"""Called with the share of the work that is done, 0 to 1; may raise, to abandon the work."""


@dataclass(frozen=True, eq=False)
class Plane:
    """How a run goes for each value of x and y; arrays are (y, x).

    loss: at the end, infinite where the run was lost. ending: places in ENDINGS. updates: how many it took to come to
    rest or to be lost, all where it did neither. Only where the loss was watched along the way, else None: best, the
    lowest loss on the way; to_goal, how many updates it took until the loss was at most `goal`, -1 where it never was;
    trainability, as in `Seen`.
    """

    x: Axis
    y: Axis
    run: str
    goal: float | None
    loss: Floats
    ending: NDArray[np.int8]
    updates: NDArray[np.int32]
    best: Floats | None = None
    to_goal: NDArray[np.int32] | None = None
    trainability: Floats | None = None


def plane(
    scenario: Scenario,
    x: Axis,
    y: Axis,
    *,
    run: str = "a",
    goal: float | None = None,
    watch: bool = True,
    threads: int | None = None,
    progress: Share | None = None,
) -> Plane:
    """Return how one run of a scene goes for every pair of values of two of its numbers.

    run: the letter of the run. goal: a loss. watch: whether to look at the loss at every update. threads: as in
    `run_ensemble`. progress: called with the share that is done; may raise, to abandon the work. Raises SentenceError
    before anything runs.
    """
    number, shape = check_plane(scenario, x, y, run), (y.size, x.size)
    columns = [
        Column.of(field_of(scenario, axis.name), values.ravel())
        for axis, values in zip((x, y), np.meshgrid(x.values, y.values), strict=True)
    ]
    starts = np.tile(scenario.start, (x.size * y.size, 1))
    how = How(stop=False, judged=True, watched=watch, goal=goal)
    total = x.size * y.size * _most_steps(scenario, x, y)
    report = None if progress is None else lambda done: progress(min(done / total, 1.0))
    made = run_many(scenario, number, starts, columns, how, threads, report)
    loss, seen = np.where(made.diverged, np.inf, made.loss), made.seen
    return Plane(
        x=x,
        y=y,
        run=run,
        goal=goal,
        loss=loss.reshape(shape),
        ending=made.ending.reshape(shape),
        updates=made.updates.reshape(shape),
        best=seen.best.reshape(shape) if seen else None,
        to_goal=seen.to_goal.reshape(shape) if seen else None,
        trainability=seen.trainability.reshape(shape) if seen else None,
    )


def _most_steps(scenario: Scenario, *axes: Axis) -> int:
    steps = [int(axis.values[-1]) for axis in axes if axis.name == "steps"]
    return max(steps, default=scenario.steps)


def check_plane(scenario: Scenario, x: Axis, y: Axis, run: str) -> int:
    """Return the number of the run; raise SentenceError where two axes make no plane of it."""
    if run not in RUN_KEYS[: len(scenario.runs)]:
        raise SentenceError("{run} is not a run of this scene", run=run)
    if x.name == y.name:
        raise SentenceError("a map has two different sides, got {field} twice", field=x.name)
    for axis in (x, y):
        checked(scenario, axis)
    return RUN_KEYS.index(run)


def scene_at(scenario: Scenario, x: Axis, y: Axis, i: int, j: int) -> Scenario:
    """Return the scene of the cell in row i (of y) and column j (of x)."""
    for axis, place in ((y, i), (x, j)):
        field = checked(scenario, axis)
        scenario = field.replace(scenario, field.knob.nearest(float(axis.values[place])))
    return scenario


def equalised(values: Floats) -> Floats:
    """Return the rank of each value among those of its sign, from -1 to 0 and from 0 to 1; nan stays nan."""
    ranks = np.full(values.shape, np.nan)
    for some, sign in ((values < 0, -1.0), (values >= 0, 1.0)):
        if some.any():
            _, places, counts = np.unique(np.abs(values[some]), return_inverse=True, return_counts=True)
            ranks[some] = sign * np.cumsum(counts)[places.reshape(-1)] / some.sum()
    return ranks
