"""What happened in a run, told in time order: moments made from its trajectory."""

from engine.trajectory import Trajectory
from explain.endings import ending
from explain.events import Moment
from explain.losses import lowest, stuck
from explain.stability import stability
from spec.sentences import Sentence
from surfaces.base import Surface


def story(surface: Surface, trajectory: Trajectory) -> tuple[Moment, ...]:
    """Return what happened in a run: first whether it was stable, then what its loss did, then how it ended."""
    return (
        *stability(surface, trajectory),
        *stuck(surface, trajectory),
        *lowest(trajectory),
        ending(trajectory, surface.axes),
    )


def beginning(surface: Surface, trajectory: Trajectory) -> Sentence:
    """Return where all runs of a scene start."""
    (x, y), loss = trajectory.theta[0].tolist(), float(trajectory.loss[0])
    if surface.dimension == 1:
        values = {"axis": surface.axes[0], "x": x, "loss": loss}
        return Sentence("Every run starts at {axis} = {x:.4g}, with loss {loss:.4g}.", values)
    return Sentence(
        "Every run starts at {x_axis} = {x:.4g}, {y_axis} = {y:.4g}, with loss {loss:.4g}.",
        {"x_axis": surface.axes[0], "x": x, "y_axis": surface.axes[1], "y": y, "loss": loss},
    )
