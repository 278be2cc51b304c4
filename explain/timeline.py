"""One timeline of what happens in a scene: captions, marks, the list of what happened and a table are made from it."""

import math
from collections.abc import Sequence

from engine.labels import Say, short_labels
from engine.scenario import Scenario
from engine.trajectory import Trajectory
from explain.box import touches
from explain.captions import captions
from explain.clipping import clipping
from explain.events import Event, Kind, Moment, event_of
from explain.focus import Focus, focus_of
from explain.kept import kept
from explain.losses import rises
from explain.opening import opening
from explain.paths import paths
from explain.stages import stages
from explain.story import story
from surfaces.base import Surface

__all__ = ["captions", "telling_axis", "telling_run", "timeline"]

TELLING: tuple[Kind, ...] = ("crosses", "fades", "quiet", "closest")
"""The kinds that are about the axis of a run's story, the most telling first."""


def timeline(scenario: Scenario, trajectories: Sequence[Trajectory], say: Say = str) -> tuple[Event, ...]:
    """Return all that happens in the runs of a scene, in time order.

    say: puts the names of the runs into the language of the page; sentences are translated where they are shown.
    """
    told = [_of_run(scenario.surface, trajectory) for trajectory in trajectories]
    names = short_labels(scenario, say)
    run = min(range(len(told)), key=lambda index: told[index][0].order)
    events = [_event(trajectories[run], run, opening(scenario, trajectories, names, run, told[run][0].axis), "")]
    for index, (trajectory, (_, own)) in enumerate(zip(trajectories, told, strict=True)):
        name = names[index] if len(names) > 1 else ""
        cut = clipping(scenario.surface, scenario.runs[index], trajectory)
        moments = [*own, *cut, *touches(scenario, trajectory), *stages(trajectory, _warm_up(scenario, index))]
        events += [_event(trajectory, index, moment, name) for moment in moments]
    return tuple(sorted(events, key=lambda event: event.update))


def telling_run(events: Sequence[Event]) -> int:
    """Return the run that the story is about, the one of the start.

    It is the run that crosses its limit first; where none does, the one whose step size changes most.
    """
    return events[0].run


def telling_axis(events: Sequence[Event], run: int) -> int:
    """Return the axis that the story of a run is about.

    It is the one that crosses its limit first; where none does, the one whose step size changes most.
    """
    own = [event for event in events if event.run == run and event.axis is not None]
    for kind in ("start", *TELLING):
        for event in own:
            if event.kind == kind and event.axis is not None:
                return event.axis
    return 0


@kept
def _of_run(surface: Surface, trajectory: Trajectory) -> tuple[Focus, tuple[Moment, ...]]:
    """Return what a run is about, and all that happens in it, whatever happens in others."""
    told = story(surface, trajectory)
    focus = focus_of(trajectory, told, surface.dimension)
    known = [moment.update for moment in told if moment.kind == "rises"]
    more = [moment for moment in rises(surface, trajectory) if moment.update not in known]
    return focus, (*told, *paths(surface, trajectory, focus.axis), *more)


def _warm_up(scenario: Scenario, run: int) -> int:
    return min(scenario.runs[run].warmup.steps, scenario.steps)


def _event(trajectory: Trajectory, run: int, moment: Moment, name: str) -> Event:
    x, y = trajectory.theta[moment.update].tolist()
    return event_of(moment, run, name, (x, y) if math.isfinite(x) and math.isfinite(y) else None)
