"""A fair race: every rule has the same number of tries from a declared box, the same starts and the same budget."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial

import numpy as np

from engine.fields import numbers
from engine.scenario import Run, Scenario
from engine.simulate import Progress, simulate_run
from engine.suggest import suggest_learning_rate
from engine.trajectory import LOST, Floats
from ensembles.axis import Axis
from ensembles.boxes import BOXES, box_of, starts_of
from ensembles.columns import Column
from ensembles.ensemble import Ensemble, run_many
from ensembles.how import How
from ensembles.plane import Share
from ensembles.profiles import expected_best
from ensembles.watch import floor_of
from optimizers import OPTIMIZERS
from surfaces.base import Surface

TRIES, STARTS, MOST_TRIES = 60, 32, 30
"""Settings that each rule tries, starts that each of them is tried from, and tries of which the best is expected."""

TARGET = 1e-2
"""A run has reached the target when no more than this share of its start's height above l* is left."""

LEAST = 1e-6
"""What is left of the height counts as at least this share, where rules are compared by it."""


@dataclass(frozen=True, eq=False)
class Entrant:
    """A rule and how its tries went.

    scenario: the scene with this rule alone. box: the sides from which settings were drawn. settings: (tries, sides).
    left: (tries, starts), the share of the height of the start above l* that is left at the end, 1 where a run was lost
    or ended higher. to_target: (tries, starts), updates until no more than TARGET of it was left, infinite where never.
    """

    scenario: Scenario
    box: tuple[Axis, ...]
    settings: Floats
    left: Floats
    to_target: Floats

    @property
    def slug(self) -> str:
        """The rule's name in the address."""
        return self.scenario.runs[0].optimizer.slug

    @cached_property
    def results(self) -> Floats:
        """What each try is judged by, (tries,): the mean over the starts of what is left, LEAST where it is less."""
        return np.asarray(np.maximum(self.left, LEAST).mean(axis=1))

    @property
    def best(self) -> int:
        """The try that left least; of several alike, the one that was first at the target."""
        return min(range(len(self.results)), key=lambda i: (self.results[i], self.to_target[i].mean()))

    @property
    def expected(self) -> Floats:
        """What the best of n tries is to be expected to leave, n = 1, ..., MOST_TRIES."""
        return expected_best(self.results, min(MOST_TRIES, len(self.results)))

    @property
    def tuned(self) -> Scenario:
        """The scene with the rule's best try."""
        return _setting(self.scenario, self.box, self.settings).put(self.scenario, self.best)


@dataclass(frozen=True, eq=False)
class Race:
    """The tries of some rules on one surface, compared at the announced end alone.

    steps: the budget of every try. starts: (k, 2). floor: l*. recorded: what the winner's best try leaves from each
    start, (k,), as recorded runs.
    """

    entrants: tuple[Entrant, ...]
    steps: int
    starts: Floats
    floor: float
    recorded: Floats

    @property
    def winner(self) -> Entrant:
        """The rule whose best try leaves least; of several alike, the one that was first at the target."""
        return min(self.entrants, key=lambda one: (one.results[one.best], one.to_target[one.best].mean()))

    @property
    def to_target(self) -> Floats:
        """How many updates each rule's best try takes to the target from each start, (rules, k)."""
        return np.stack([np.maximum(entrant.to_target[entrant.best], 1.0) for entrant in self.entrants])

    @property
    def left(self) -> Floats:
        """What each rule's best try leaves at the end of the budget, (rules, k)."""
        return np.stack([np.maximum(entrant.left[entrant.best], LEAST) for entrant in self.entrants])


def race(
    scenario: Scenario,
    rules: Sequence[str] = tuple(OPTIMIZERS),
    tries: int = TRIES,
    starts: int = STARTS,
    seed: int = 0,
    threads: int | None = None,
    progress: Share | None = None,
) -> Race:
    """Return a race of rules on a scene's surface with its noise, a constant learning rate and no warm-up.

    rules: their slugs. starts: how many; the first is the scene's own, the others are spread evenly over the window.
    seed: which settings are drawn; the n-th try of every rule has the same place in its box. threads: as run_ensemble.
    progress: called with the share that is done; may raise, to abandon the work.
    """
    points = starts_of(scenario, starts)
    places = np.random.default_rng(seed).random((tries, len(BOXES) + 1))
    floor = _floor(scenario, rules, points, places, threads)
    entrants = []
    for number, slug in enumerate(rules):
        own = None if progress is None else partial(_report, progress, number, len(rules), tries * starts)
        entrants.append(_enter(scenario, slug, points, places, floor, threads, own))
    made = Race(tuple(entrants), scenario.steps, points, floor, np.empty(0))
    return replace(made, recorded=_recorded(made.winner.tuned, points, floor))


def left_of(loss: Floats, first: Floats, floor: float) -> Floats:
    """Return the share of what starts lie above the floor that is left at the end; 1 where that is no number."""
    with np.errstate(all="ignore"):
        shares = np.clip((loss - floor) / (first - floor), 0.0, 1.0)
    return np.where(np.isfinite(shares), shares, 1.0)


def _enter(
    scenario: Scenario,
    slug: str,
    starts: Floats,
    places: Floats,
    floor: float,
    threads: int | None,
    progress: Progress | None,
) -> Entrant:
    alone, box = _alone(scenario, slug, len(places))
    settings = np.stack([side.at(column) for side, column in zip(box, places.T, strict=False)], axis=1)
    how = How(stop=False, judged=False, watched=True, share=TARGET, floor=floor)
    made = _try(alone, box, settings, starts, how, threads, progress)
    shape = (len(settings), len(starts))
    first = alone.surface.value_array(*starts.T)
    left = left_of(np.where(made.diverged, np.inf, made.loss).reshape(shape), first, floor)
    to_target = np.full(shape, np.inf)
    if made.seen:
        reached = made.seen.to_goal.reshape(shape)
        to_target = np.where(reached >= 0, reached, np.inf)
    return Entrant(alone, box, settings, left, to_target)


def _alone(scenario: Scenario, slug: str, count: int) -> tuple[Scenario, tuple[Axis, ...]]:
    """Return the scene with one rule alone at its suggested learning rate, and its box."""
    rule = OPTIMIZERS[slug]()
    run = Run(rule, suggest_learning_rate(scenario.surface, scenario.start, rule))
    alone = replace(scenario, runs=(run,))
    return alone, box_of(alone, count)


def _try(
    scenario: Scenario,
    box: tuple[Axis, ...],
    settings: Floats,
    starts: Floats,
    how: How,
    threads: int | None,
    progress: Progress | None = None,
) -> Ensemble:
    """Run every setting from every start: (settings * starts) runs, the starts of a setting together."""
    column = _setting(scenario, box, settings)
    column = replace(column, places=np.repeat(column.places, len(starts)))
    points = np.tile(starts, (len(settings), 1))
    return run_many(scenario, 0, points, [column], how, threads, progress)


def _setting(scenario: Scenario, box: tuple[Axis, ...], settings: Floats) -> Column:
    table = numbers(scenario)
    return Column(tuple(table[side.name] for side in box), settings, np.arange(len(settings)))


def _floor(scenario: Scenario, rules: Sequence[str], starts: Floats, places: Floats, threads: int | None) -> float:
    """Return the lowest known loss; where no minimum is known, the lowest that any run sees."""
    surface = scenario.surface
    if any(point.kind == "minimum" for point in surface.critical_points):
        return floor_of(surface)
    lowest = _lowest(surface, starts)
    for slug in rules:
        alone, box = _alone(scenario, slug, len(places))
        settings = np.stack([side.at(column) for side, column in zip(box, places.T, strict=False)], axis=1)
        made = _try(alone, box, settings, starts, How(stop=False, judged=False, watched=True), threads)
        if made.seen:
            lowest = min(lowest, float(np.where(made.diverged, np.inf, made.seen.best).min()))
    return lowest


def _lowest(surface: Surface, starts: Floats) -> float:
    return float(np.nanmin(surface.value_array(*starts.T), initial=np.inf))


def _recorded(scenario: Scenario, starts: Floats, floor: float) -> Floats:
    """Return what a scene's run leaves from each start, (k,)."""
    scenes = [replace(scenario, start=tuple(start)) for start in starts.tolist()]
    paths = [simulate_run(scene, scene.runs[0]) for scene in scenes]
    loss = np.array([np.inf if path.outcome.ending in LOST else path.loss[-1] for path in paths])
    return left_of(loss, np.array([path.loss[0] for path in paths]), floor)


def _report(progress: Share, number: int, rules: int, total: int, done: int) -> None:
    progress((number + min(done / total, 1.0)) / rules)
