"""What is said of a run, kept as long as the run is: a change of one run lets the others be told as before."""

from collections.abc import Callable
from functools import wraps
from typing import TypeVar
from weakref import WeakKeyDictionary

from engine.trajectory import Trajectory
from surfaces.base import Surface

Told = TypeVar("Told")


def kept(tell: Callable[[Surface, Trajectory], Told]) -> Callable[[Surface, Trajectory], Told]:
    """Return `tell`, which is asked once for each surface and trajectory."""
    known: WeakKeyDictionary[Trajectory, dict[Surface, Told]] = WeakKeyDictionary()

    @wraps(tell)
    def told(surface: Surface, trajectory: Trajectory) -> Told:
        of_run = known.setdefault(trajectory, {})
        if surface not in of_run:
            of_run[surface] = tell(surface, trajectory)
        return of_run[surface]

    return told
