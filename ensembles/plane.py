"""A plane of any two numbers of a scene: how a run goes in each of its cells."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.fields import RUN_KEYS
from engine.scenario import Scenario
from engine.simulate import simulate_run
from engine.trajectory import AT_REST, ENDINGS, LOST, Floats, Trajectory
from ensembles.axis import Axis, checked
from spec.sentences import SentenceError
from surfaces.base import Surface

Share = Callable[[float], None]
"""Called with the share of the work that is done, 0 to 1; may raise, to abandon the work."""

TAIL = 20
"""The updates at the end of a run over which its loss is averaged to say whether it has come down."""

LARGEST = 1e6
"""A loss counts as at most so many times that of the start, and as at least one part in so many."""


@dataclass(frozen=True, eq=False)
class Plane:
    """How a run goes for each value of x and y; arrays are (y, x).

    loss: at the end, infinite where the run was lost. ending: places in ENDINGS. updates: how many it took to come to
    rest or to be lost, all where it did neither. Only where the loss was watched along the way, else None: best, the
    lowest loss on the way; to_goal, how many updates it took until the loss was at most `goal`, -1 where it never was;
    trainability, as in `trainability_of`.
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
    progress: Share | None = None,
) -> Plane:
    """Return how one run of a scene goes for every pair of values of two of its numbers.

    run: the letter of the run. goal: a loss. watch: whether to look at the loss at every update. progress: called with
    the share that is done; may raise, to abandon the work. Raises SentenceError before anything runs.
    """
    shape = (y.size, x.size)
    loss, ending, updates = np.empty(shape), np.empty(shape, np.int8), np.empty(shape, np.int32)
    best, to_goal, trainability = np.empty(shape), np.full(shape, -1, np.int32), np.empty(shape)
    check_plane(scenario, x, y, run)
    for i in range(y.size):
        for j in range(x.size):
            scene = scene_at(scenario, x, y, i, j)
            path = simulate_run(scene, scene.runs[RUN_KEYS.index(run)])
            is_lost = path.outcome.ending in LOST
            loss[i, j] = np.inf if is_lost else path.loss[-1]
            ending[i, j] = ENDINGS.index(path.outcome.ending)
            rests = is_lost or path.outcome.ending in AT_REST
            updates[i, j] = path.outcome.update if rests else scene.steps
            if watch:
                best[i, j] = np.nanmin(path.loss, initial=np.inf)
                reached = np.flatnonzero(path.loss <= (-np.inf if goal is None else goal))
                to_goal[i, j] = reached[0] if len(reached) else -1
                trainability[i, j] = trainability_of(path, scene.surface, scene.steps)
        if progress:
            progress((i + 1) / y.size)
    watched = (best, to_goal, trainability) if watch else ()
    return Plane(x, y, run, goal, loss, ending, updates, *watched)


def check_plane(scenario: Scenario, x: Axis, y: Axis, run: str) -> None:
    """Raise SentenceError where two axes make no plane of a run."""
    if run not in RUN_KEYS[: len(scenario.runs)]:
        raise SentenceError("{run} is not a run of this scene", run=run)
    if x.name == y.name:
        raise SentenceError("a map has two different sides, got {field} twice", field=x.name)
    for axis in (x, y):
        checked(scenario, axis)


def scene_at(scenario: Scenario, x: Axis, y: Axis, i: int, j: int) -> Scenario:
    """Return the scene of the cell in row i (of y) and column j (of x)."""
    for axis, place in ((y, i), (x, j)):
        field = checked(scenario, axis)
        scenario = field.replace(scenario, field.knob.nearest(float(axis.values[place])))
    return scenario


def trainability_of(path: Trajectory, surface: Surface, steps: int) -> float:
    """Return how well a recorded run has trained, as in arXiv 2402.06184.

    v_t = (l_t - l*) / (l_0 - l*) after updates t = 1, ..., steps, kept between 1 / LARGEST and LARGEST, which it is too
    where it is no number and once the run is lost; l* is the lowest known loss of the surface, 0 where none is known.
    The value is -sum v_t if the mean of the last TAIL is below 1, else sum 1 / v_t.
    """
    lowest = floor_of(surface)
    with np.errstate(all="ignore"):
        shares = np.full(steps, LARGEST)
        made = (path.loss[1:] - lowest) / (path.loss[0] - lowest)
    made = np.where(np.isfinite(made), made, LARGEST)
    if path.outcome.ending in LOST:
        made = made[:-1]
    shares[: len(made)] = np.clip(made, 1 / LARGEST, LARGEST)
    return float(-shares.sum() if shares[-TAIL:].mean() < 1.0 else (1.0 / shares).sum())


def floor_of(surface: Surface) -> float:
    """Return the lowest known loss of a surface, 0 where no minimum is known."""
    return min((point.loss for point in surface.critical_points if point.kind == "minimum"), default=0.0)


def equalised(values: Floats) -> Floats:
    """Return the rank of each value among those of its sign, from -1 to 0 and from 0 to 1; nan stays nan."""
    ranks = np.full(values.shape, np.nan)
    for some, sign in ((values < 0, -1.0), (values >= 0, 1.0)):
        if some.any():
            _, places, counts = np.unique(np.abs(values[some]), return_inverse=True, return_counts=True)
            ranks[some] = sign * np.cumsum(counts)[places.reshape(-1)] / some.sum()
    return ranks
