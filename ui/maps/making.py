"""Maps are made by the workers, coarse first, and kept for everybody."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any, TypeAlias

import numpy as np

from charts.maps.nine import Shown
from engine.fields import RUN_KEYS, of_run
from engine.scenario import MOST_RUNS, Scenario
from engine.simulate import Progress
from ensembles.axis import Axis
from ensembles.basins import Basins, basins
from ensembles.plane import Plane, plane
from ensembles.race import STARTS, TRIES, Race, race
from ensembles.sensitivity import Curve, sensitivity
from ensembles.watch import floor_of
from spec.shared import shared
from ui.limits import MAPS_KEPT, RACE_UPDATES, RACES_KEPT
from ui.maps.asking import VALUES, Asked
from ui.trajectories import trajectory

STAGES = (1 / 8, 1 / 3, 1.0)
"""The cells of the pictures that come one after the other, as shares of those of the last one."""

LEAST = 12

KNOWN = ("gd", "momentum", "rmsprop", "adam")
"""The rules against which a single one races."""

FEW_STARTS = 4
"""Starts of a race at least."""

FAR = 1e-6
"""Of what the start lies above the lowest known loss, what is left at the usual goal."""

THREADS = 1
"""The worker that makes a map makes it alone, so that it can let others pass after every few updates."""

Map: TypeAlias = Basins | Plane


@dataclass(frozen=True, eq=False)
class Made:
    """What was made of what is asked for.

    cells: along a side. maps: of some runs, by their letters. shown: the values of one number that are seen beside each
    other, with their scenes and runs.
    """

    asked: Asked
    cells: int
    maps: Mapping[str, Map] = field(default_factory=dict)
    shown: Sequence[Shown] = ()
    curves: Sequence[Curve] = ()
    race: Race | None = None

    @property
    def scene(self) -> Scenario:
        """The scene that is shown beside it: the one that is asked for, of a race the best try of every rule."""
        if self.race is None:
            return self.asked.scenario
        runs = tuple(entrant.tuned.runs[0] for entrant in self.race.entrants)
        return replace(self.asked.scenario, runs=runs)

    @property
    def axes(self) -> tuple[Axis, Axis]:
        """The sides of the first run's map."""
        return self.asked.axes(self.asked.letters[0], self.cells)


def stages(asked: Asked) -> list[int]:
    """Return the cells of the maps to be made one after the other, the fewest first."""
    if asked.kind in ("values", "race"):
        return [VALUES]
    return sorted({max(min(LEAST, asked.cells), round(asked.cells * share)) for share in STAGES})


def made(asked: Asked, cells: int, tick: Progress) -> Made:
    """Return the maps of what is asked for, with so many cells along a side."""
    if asked.kind == "values":
        return Made(asked, VALUES, shown=list(_values(asked, tick)))
    if asked.kind == "race":
        return Made(asked, VALUES, race=_race(asked.scenario, rules_of(asked.scenario), tick=tick))
    if asked.kind == "rates":
        rates, _ = asked.axes("a", cells)
        return Made(asked, cells, curves=_curves(asked.scenario, rates, tick=tick))
    return Made(asked, cells, dict(_maps(asked, cells, tick)))


def _values(asked: Asked, tick: Progress) -> Iterator[Shown]:
    x, _ = asked.axes(asked.letters[0], VALUES)
    for column, value in enumerate(x.values.tolist()):
        scene = asked.at(column, 0)
        yield value, scene, tuple(trajectory(scene, run, lambda _: tick(0)) for run in scene.runs)
        tick(round(1000 * (column + 1) / x.size))


def _maps(asked: Asked, cells: int, tick: Progress) -> Iterator[tuple[str, Map]]:
    for letter in asked.letters:
        run = asked.scenario.runs[RUN_KEYS.index(letter)]
        scene = replace(asked.scenario, runs=(run,))
        x, y = (replace(axis, name=of_run(axis.name, "a")) for axis in asked.axes(letter, cells))
        if asked.kind == "basins":
            yield letter, _basins(replace(scene, start=scene.surface.start), x, y, tick=tick)
        else:
            watch = asked.measure in ("best", "goal", "trainability")
            goal = _goal(asked) if asked.measure == "goal" else None
            yield letter, _plane(scene, x, y, goal, watch, tick=tick)


def _goal(asked: Asked) -> float:
    """Return the loss to reach: the one that is asked for, or what leaves FAR of the way down from the start."""
    if asked.goal is not None:
        return asked.goal
    surface = asked.scenario.surface
    floor = floor_of(surface)
    return floor + FAR * (float(surface.value_array(*np.array(asked.scenario.start))) - floor)


def _size(one: Map) -> int:
    return sum(int(getattr(value, "nbytes", 0)) for value in vars(one).values())


@shared(MAPS_KEPT, size=_size)
def _basins(scene: Scenario, x: Axis, y: Axis, *, tick: Progress) -> Basins:
    return basins(scene, "a", (x.low, x.high, y.low, y.high), x.count, y.count, _share(tick), THREADS)


@shared(MAPS_KEPT, size=_size)
def _plane(scene: Scenario, x: Axis, y: Axis, goal: float | None, watch: bool, *, tick: Progress) -> Plane:
    return plane(scene, x, y, goal=goal, watch=watch, threads=THREADS, progress=_share(tick))


@shared(MAPS_KEPT, size=len)
def _curves(scene: Scenario, rates: Axis, *, tick: Progress) -> tuple[Curve, ...]:
    return sensitivity(scene, rates, threads=THREADS, progress=_share(tick))


def rules_of(scenario: Scenario) -> tuple[str, ...]:
    """Return the rules that race: those of the scene, with well-known ones beside a single one."""
    rules = tuple(dict.fromkeys(run.optimizer.slug for run in scenario.runs))
    return rules if len(rules) > 1 else tuple(dict.fromkeys((*rules, *KNOWN)))[:MOST_RUNS]


@shared(RACES_KEPT)
def _race(scene: Scenario, rules: tuple[str, ...], *, tick: Progress) -> Race:
    starts = min(STARTS, max(FEW_STARTS, RACE_UPDATES // (TRIES * scene.steps * len(rules))))
    return race(scene, rules, starts=starts, threads=THREADS, progress=_share(tick))


def _share(tick: Progress) -> Callable[[float], Any]:
    return partial(_tick, tick)


def _tick(tick: Progress, share: float) -> None:
    tick(round(1000 * share))
