"""What a film shows of a scene, or of a network's training: a ground with paths on it, and curves on the same clock."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from charts.figure import Say
from charts.loss import lowest_known
from charts.map import sides_of
from charts.network.cut import axes_of, ground_of
from charts.network.sharpness import limit_axis, limits_of
from charts.network.views import Studied
from charts.pixels import Side
from charts.ranges import AxisRange, axis_range, range_of
from charts.section import paths, place, seen
from engine.labels import short_labels
from engine.scenario import Scenario
from engine.trajectory import Floats, Trajectory, clock_end
from engine.window import has_equal_axes
from surfaces.base import Point, Surface


@dataclass(frozen=True, eq=False)
class Track:
    """What moves. times: in updates, rising, (n,). values: (n, 2) of a path, (n,) of a curve."""

    times: NDArray[np.int64]
    values: Floats


@dataclass(frozen=True, eq=False)
class Plot:
    """A panel: its title, a curve a run, its axis, and a level of each run to be marked, nan for none."""

    title: str
    curves: Sequence[Track]
    axis: AxisRange
    levels: Sequence[float] = ()


@dataclass(frozen=True, eq=False)
class Shot:
    """What is shown.

    ground: the surface below the paths, and `sides` of it along each axis. axes, names: of the runs, in the language of
    the film. start: of all paths. plots: three. updates: at which the clock ends. walk: the points of a path that was
    measured with the ground.
    """

    ground: Surface
    sides: tuple[Side, Side]
    axes: tuple[str, ...]
    start: Point
    is_equal: bool
    paths: Sequence[Track]
    plots: Sequence[Plot]
    names: Sequence[str]
    updates: int
    walk: Sequence[Sequence[float]] = ()


def scene_shot(scenario: Scenario, trajectories: Sequence[Trajectory], say: Say = str) -> Shot:
    """Return the shot of a scene: its map, both effective step sizes and the loss."""
    surface = scenario.surface
    lowest = lowest_known(surface, trajectories)
    size, loss = say("Step size"), say("Loss above its lowest") if lowest else say("Loss")
    with np.errstate(all="ignore"):
        values = (
            *((f"{size}, μ/σ, {name}", [t.rate[:, i] for t in trajectories]) for i, name in enumerate(surface.axes)),
            (loss, [np.maximum(t.loss - lowest, 0.0) if lowest else t.loss for t in trajectories]),
        )
    across, up = sides_of(seen(surface), paths(surface, trajectories))
    return Shot(
        ground=seen(surface),
        sides=((across[0], across[1]), (up[0], up[1])),
        axes=seen(surface).axes,
        start=place(surface, scenario.start),
        is_equal=has_equal_axes(surface),
        paths=list(map(_every, paths(surface, trajectories))),
        plots=[Plot(title, list(map(_every, curves)), axis_range(trajectories, curves)) for title, curves in values],
        names=short_labels(scenario, say),
        updates=clock_end(scenario.steps, trajectories),
        walk=surface.walk[:, :2].tolist(),
    )


def network_shot(shown: Studied, say: Say = str) -> Shot:
    """Return the shot of a network's training: the slice of its loss, sharpness, loss, and what it reads rightly.

    Raises ValueError where there is no slice.
    """
    cut, runs = shown.cut, shown.trainings
    if cut is None:
        raise ValueError("nothing of this training can be seen on a slice")
    ground, lost = ground_of(cut), [training.is_lost for training in runs]
    looks = [training.clock for training in runs]

    def plot(title: str, curves: Sequence[Track], axis: AxisRange | None = None, levels: Sequence[float] = ()) -> Plot:
        return Plot(title, curves, axis or range_of(lost, [curve.values for curve in curves]), levels)

    def seen(name: str) -> list[Track]:
        return [Track(clock, training.at_looks(name)) for clock, training in zip(looks, runs, strict=True)]

    right = plot(say("Held-out digits read rightly"), seen("accuracy"), AxisRange("linear", (0.0, 1.03)))
    return Shot(
        ground=ground,
        sides=ground.window,
        axes=axes_of(cut, say),
        start=ground.start,
        is_equal=False,
        paths=[Track(clock, places) for clock, places in zip(looks, cut.places, strict=True)],
        plots=[
            plot(
                say("Sharpness") + " λ",
                [Track(clock, training.sharpness) for clock, training in zip(looks, runs, strict=True)],
                limit_axis(runs),
                limits_of(runs),
            ),
            plot(say("Loss"), [_every(training.loss) for training in runs]),
            right,
        ],
        names=short_labels(shown.study, say),
        updates=shown.study.steps,
    )


def _every(values: Floats) -> Track:
    """Return what has a value at each update."""
    return Track(np.arange(len(values)), values)
