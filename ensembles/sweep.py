"""One number of a scene varied: where each run ends for many values of it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.fields import RUN_KEYS, numbers, run_of
from engine.scenario import LEARNING_RATE, Run, Scenario
from engine.simulate import simulate_run
from engine.trajectory import AT_REST, LOST, Floats, Trajectory
from ensembles.columns import Column
from ensembles.ensemble import run_many
from ensembles.how import How
from ensembles.plane import Share
from spec.sentences import SentenceError


@dataclass(frozen=True, eq=False)
class Sweep:
    """Where k runs end for n values of one number; all arrays are (k, n).

    runs: the letters of the runs. loss: at the end. updates: how many it took to come to rest, -1 where a run did
    not; for a learning rate to within ensembles.block.CHECK. converged: whether the gradient has vanished, at a
    saddle too. diverged: whether the run left every reasonable distance, or the domain of the loss.
    """

    runs: tuple[str, ...]
    loss: Floats
    updates: NDArray[np.int_]
    converged: NDArray[np.bool_]
    diverged: NDArray[np.bool_]


def sweep(scenario: Scenario, name: str, values: Sequence[float], progress: Share | None = None) -> Sweep:
    """Return how the run that `name` belongs to, or every run, ends for each of `values`.

    name: as in the address, such as `a.beta1`, `surface.kappa`, `x`. A learning rate takes all values through one
    ensemble; anything else is one recorded run after the other, of which only the end is kept. Raises
    SentenceError for an unknown name and for a value outside its range, before anything runs.
    """
    _check(scenario, name, values)
    field, key = numbers(scenario)[name], run_of(name)
    keys = (key,) if key else tuple(RUN_KEYS[: len(scenario.runs)])
    report = progress or (lambda _: None)
    if field.knob is LEARNING_RATE:
        return _over_rates(scenario, key, np.asarray(values, float), report)
    scenes = [field.replace(scenario, value) for value in values]
    ends = np.empty((4, len(keys), len(values)))
    for column, scene in enumerate(scenes):
        for row, one in enumerate(keys):
            done = (column * len(keys) + row) / (len(keys) * len(values))
            ends[:, row, column] = _end(scene, scene.runs[RUN_KEYS.index(one)], done, len(keys) * len(values), report)
    report(1.0)
    return Sweep(keys, ends[0], ends[1].astype(int), ends[2].astype(bool), ends[3].astype(bool))


def _check(scenario: Scenario, name: str, values: Sequence[float]) -> None:
    known = numbers(scenario)
    if name not in known:
        raise SentenceError("{field} is not a number of this scene", field=name)
    for value in values:
        try:
            known[name].knob.check(value)
        except SentenceError as error:
            raise SentenceError("{owner} {reason}", owner=name, reason=error.sentence) from None


def _end(scene: Scenario, run: Run, before: float, parts: int, report: Share) -> tuple[float, int, bool, bool]:
    trajectory = simulate_run(scene, run, lambda updates: report(before + updates / scene.steps / parts))
    report(before + 1.0 / parts)
    return _summary(trajectory)


def _summary(trajectory: Trajectory) -> tuple[float, int, bool, bool]:
    outcome = trajectory.outcome
    at_rest = outcome.ending in AT_REST
    lost = outcome.ending in LOST
    return float(trajectory.loss[-1]), outcome.update if at_rest else -1, at_rest, lost


def _over_rates(scenario: Scenario, key: str, rates: Floats, report: Share) -> Sweep:
    starts, total = np.tile(scenario.start, (len(rates), 1)), float(scenario.steps * max(len(rates), 1))
    made = run_many(
        scenario,
        RUN_KEYS.index(key),
        starts,
        [Column.of(numbers(scenario)[f"{key}.lr"], rates)],
        How(stop=False),
        progress=lambda updates: report(min(updates / total, 1.0)),
    )
    report(1.0)
    updates = np.where(made.converged, made.updates, -1)
    return Sweep((key,), made.loss[None], updates[None], made.converged[None], made.diverged[None])
