"""When a gradient is clipped before it comes to the rule, and when that is over."""

import numpy as np

from engine.scenario import Run
from engine.trajectory import Trajectory
from explain.events import Moment
from spec.sentences import Sentence
from surfaces.base import Surface


def clipping(surface: Surface, run: Run, trajectory: Trajectory) -> list[Moment]:
    """Return the moment from which on a run's gradients are clipped; none if they never are."""
    most = run.clip.value
    if not most or not trajectory.updates:
        return []
    size = np.abs(trajectory.grad[:-1])
    cut = np.isfinite(size) & (size > most)
    updates = np.flatnonzero(cut.any(axis=1))
    if not len(updates):
        return []
    first = int(updates[0])
    axis = int(cut[first].argmax())
    values = {
        "axis": surface.axes[axis],
        "g": abs(float(trajectory.grad[first, axis])),
        "most": most,
        "count": len(updates),
        "last": int(updates[-1]),
    }
    caption = Sentence("Its gradient along {axis} is clipped: {g:.3g} is cut to {most:.3g}.", values)
    detail = Sentence("The rule sees no more of it, in {count:,} {count:update|updates}, last in {last:,}.", values)
    return [Moment("clips", first, axis, "loss", caption, detail, Sentence("clipped"))]
