"""How the runs of an ensemble are made."""

from dataclasses import dataclass


@dataclass(frozen=True)
class How:
    """How runs are made.

    stop: whether a start leaves once it has converged, as a lost one always does. judged: whether it is said how each
    ended. watched: whether the loss is seen at every update. goal: a loss; it is noted when it is reached. share: in
    its place, a share of what the start lies above the floor. floor: the lowest loss, if not the surface's own. exact:
    whether a lost start leaves after the very update that lost it, so that its ending is told from its last point.
    """

    stop: bool = True
    judged: bool = True
    watched: bool = False
    goal: float | None = None
    share: float | None = None
    floor: float | None = None
    exact: bool = False
