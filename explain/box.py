"""When a run first touches the box that it is put back into, and what the box is to its start."""

import numpy as np

from engine.scenario import Scenario
from engine.trajectory import Trajectory
from explain.events import Moment
from explain.lines import Line, number_latex
from spec.sentences import Sentence


def touches(scenario: Scenario, trajectory: Trajectory) -> list[Moment]:
    """Return the moment at which a run first touches its box; none if it never does."""
    held = trajectory.held
    if held is None or not held.any():
        return []
    updates = np.flatnonzero(held.any(axis=1))
    first = int(updates[0])
    axis = int(held[first].argmax())
    values = {
        "axis": scenario.surface.axes[axis],
        "wall": float(trajectory.theta[first + 1, axis]),
        "update": first + 1,
        "count": len(updates),
    }
    caption = Sentence("It touches the box first at update {update:,}, with {axis} at the wall {wall:.4g}.", values)
    detail = Sentence("P in the formula puts it back: it is on a wall after {count:,} {count:update|updates}.", values)
    return [Moment("touches", first + 1, axis, "map", caption, detail, Sentence("touches the box"))]


def moved_lines(
    scenario: Scenario, trajectory: Trajectory, update: int, axis: int, worked: str, free: float
) -> list[Line]:
    """Return where an update led an axis, worked out as `worked` to `free`, and where a wall put it back."""
    left, moved = f"{scenario.surface.axes[axis]}_{{{update + 1}}}", float(trajectory.theta[update + 1, axis])
    if trajectory.held is None or not trajectory.held[update, axis]:
        return [Line(left, worked, moved)]
    low, high = (number_latex(wall[axis]) for wall in (scenario.box.low, scenario.box.high))
    return [Line(worked, "", free), Line(left, rf"\min(\max({number_latex(free)}, {low}), {high})", moved)]


def remarks(scenario: Scenario) -> list[Sentence]:
    """Return what is to be said of a box: that the start lies outside it, and that two of its walls are crossed."""
    box, said = scenario.box, []
    for axis, start, low, high in zip(scenario.surface.axes, scenario.start, box.given, box.high, strict=False):
        values = {"axis": axis, "start": start, "low": low, "high": high}
        if low > high:
            said.append(
                Sentence("The walls of {axis} are crossed, {low:.4g} above {high:.4g}: it stays at {high:.4g}.", values)
            )
        elif not low <= start <= high:
            said.append(
                Sentence("The start is outside the box; the first update brings {axis} back from {start:.4g}.", values)
            )
    return said
