"""What a study comes to: the trainings of its runs, step by step, and a slice of the loss through them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Literal, get_args

import numpy as np

from engine.scenario import Run
from network.curvature import sharpness
from network.digits import Floats
from network.slices import Plane, gradient_plane, losses, principal_plane, random_plane, window_of
from network.study import Study
from network.training import Look, Pause, Task, Training, training

Cutting = Literal["paths", "random", "gradient"]
"""Along what a slice is cut: where the paths go, at random, or along the gradient and the sharpest direction."""

CUTTINGS: tuple[Cutting, ...] = get_args(Cutting)

POINTS = 61
"""Grid points along each side of a slice."""

LEAST_OF_PATHS, LEAST_OF_GRADIENT = 0.1, 0.5
"""The least width of a slice's window, in lengths of the weights."""

LEAST_OF_RANDOM = 2.0
"""The same for random directions, whose unit is the length of the weights, unit by unit."""


@dataclass(frozen=True, eq=False)
class Slice:
    """The loss on a plane through the end of the first run that is not lost, or through where the first one was last.

    x, y: the grid lines, (n,). loss: (len(y), len(x)), on all digits that are trained on. places: of each run's looks
    on the plane, (looks, 2). along: the loss at those places, (looks,): what the slice says where the network has
    another.
    """

    cutting: Cutting
    plane: Plane
    x: Floats
    y: Floats
    loss: Floats
    places: tuple[Floats, ...]
    along: tuple[Floats, ...]

    def with_paths(self, study: Study, trainings: Sequence[Training]) -> "Slice":
        """Return the same plane with the places of the looks of some trainings, and nan for the losses there."""
        places = tuple(self.plane.place(_path(study, one)) for one in trainings)
        return replace(self, places=places, along=tuple(np.full(len(run), np.nan) for run in places))

    def with_losses(self, study: Study, tick: Callable[[int], None]) -> "Slice":
        """Return the same with the losses at the places; tick: called with how many are done, may raise to give up."""
        data, done = study.task.data[0], 0
        along = tuple(np.full(len(run), np.nan) for run in self.places)
        for run, places in zip(along, self.places, strict=True):
            for number, place in enumerate(places):
                with np.errstate(all="ignore"):
                    run[number] = study.network.value(self.plane.at(*place), data)
                done += 1
                tick(done)
        return replace(self, along=along)

    @property
    def nbytes(self) -> int:
        """The bytes of its arrays."""
        return self.loss.nbytes + 3 * self.plane.origin.nbytes + sum(place.nbytes * 2 for place in self.places)


class Trainer:
    """Trains all runs of a task side by side, an update at a time, and can be left and come back to.

    pause: called after each update of each run, too.
    """

    def __init__(self, task: Task, runs: Sequence[Run], pause: Pause = lambda: None) -> None:
        self._pause = pause
        self._under_way = {index: training(task, run, pause) for index, run in enumerate(runs)}
        self._recorded: list[Training] = []
        self.updates = 0

    @property
    def trainings(self) -> tuple[Training, ...]:
        """What is recorded of each run so far; nothing before the first update."""
        return tuple(self._recorded)

    def go_on(self) -> bool:
        """Make one update of each run that is not at its end; return whether there was any."""
        for index, one in tuple(self._under_way.items()):
            try:
                recorded = next(one)
            except StopIteration:
                del self._under_way[index]
                continue
            if recorded:
                self._recorded[index : index + 1] = [recorded]
            self._pause()
        self.updates += 1
        return bool(self._under_way)


def train_all(study: Study) -> tuple[Training, ...]:
    """Return what is recorded of all runs of a study."""
    trainer = Trainer(study.task, study.runs)
    while trainer.go_on():
        pass
    return trainer.trainings


def slice_of(
    study: Study,
    trainings: Sequence[Training],
    cutting: Cutting,
    tick: Callable[[int], None] = lambda _: None,
    points: int = POINTS,
) -> Slice | None:
    """Return a slice through what a study has come to, without the losses at the runs' places.

    None where no run has been looked at. tick: called with the number of points done; may raise, to give up. points:
    along each side.
    """
    found = [one for one in trainings if one.looks]
    if not found:
        return None
    first = next((one for one in found if not one.is_lost), found[0])
    end, data = first.sane[-1].theta, study.task.data[0]
    paths = tuple(_path(study, one) for one in trainings)
    plane, least = _plane(study, first, paths, cutting)
    sides = window_of(plane, paths if cutting == "paths" else [end[None]], least)
    x, y = (np.linspace(low, high, points) for low, high in sides)
    loss = losses(study.network, plane, x, y, data, tick)
    return Slice(cutting, plane, x, y, loss, (), ()).with_paths(study, trainings)


def _path(study: Study, training: Training) -> Floats:
    """Return the parameters at the looks of a training, (looks, size)."""
    return np.array([look.theta for look in training.looks]).reshape(-1, study.network.size)


def _plane(study: Study, first: Training, paths: tuple[Floats, ...], cutting: Cutting) -> tuple[Plane, float]:
    """Return a plane, and the least width of a window on it."""
    look = first.sane[-1]
    length = float(np.linalg.norm(look.theta))
    if cutting == "paths":
        return principal_plane(paths, look.theta), LEAST_OF_PATHS * length
    if cutting == "random":
        return random_plane(study.network, look.theta, study.seed), LEAST_OF_RANDOM
    gradient = study.network.gradient(look.theta, study.task.data[0])[1]
    return gradient_plane(look.theta, gradient, _sharpest(study, first, look)), LEAST_OF_GRADIENT * length


def _sharpest(study: Study, training: Training, look: Look) -> Floats:
    """Return the vector of the largest eigenvalue at a look; of all but the last one it is not kept."""
    if look is training.looks[-1]:
        found: Floats = look.sharpness.vectors[0]
        return found
    begin = np.random.default_rng(study.seed).standard_normal((1, study.network.size))
    product = study.network.hessian(look.theta, study.task.data[0])
    sharpest: Floats = sharpness(product, np.ones(study.network.size), begin).vectors[0]
    return sharpest
