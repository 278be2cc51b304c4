"""The arithmetic of one step, written out with its numbers, line by line, in LaTeX and as plain text."""

import math

from engine.scenario import Run, Scenario
from engine.trajectory import Trajectory
from explain.box import moved_lines
from explain.lines import TIMES, Line, factor, number_latex, signed
from explain.terms import DECAY, DIRECTION, GRADIENT, LEARNING_RATE, SCALE, STEP, STEP_SIZE, Term
from explain.turned import turned_lines

ALL = (GRADIENT, DIRECTION, SCALE, LEARNING_RATE, STEP_SIZE, STEP, DECAY)
"""The terms in the order in which they are worked out."""


def step_lines(scenario: Scenario, run: Run, trajectory: Trajectory, update: int, axis: int) -> tuple[Line, ...]:
    """Return update `update` of one axis (0 or 1) from gradient to new point.

    Raises IndexError unless 0 <= update < trajectory.updates.
    """
    if not 0 <= update < trajectory.updates:
        raise IndexError(f"update must lie in [0, {trajectory.updates - 1}], got {update}")
    if trajectory.angle is not None:
        return turned_lines(scenario, trajectory, update, axis)
    name = scenario.surface.axes[axis]
    number = {term: float(term.values(trajectory, axis)[update]) for term in ALL}
    before = float(trajectory.theta[update, axis])
    weight = run.optimizer.weight_decay
    worked = {
        STEP_SIZE: f"{number_latex(number[LEARNING_RATE])} / {factor(number[SCALE])}",
        STEP: rf"{number_latex(number[STEP_SIZE])} {TIMES} {signed(number[DIRECTION])}" if number[DIRECTION] else "",
        DECAY: rf"{number_latex(number[LEARNING_RATE])} {TIMES} {signed(weight)} {TIMES} {signed(before)}",
    }
    shown = [term for term in ALL if term is not DECAY or number[DECAY]]
    lines = [Line(_symbol(term, name, update), worked.get(term, ""), number[term]) for term in shown]
    most = run.clip.value
    if most and abs(number[GRADIENT]) > most:
        lines.insert(1, Line(rf"\min(\max({lines[0].left}, -c), c)", "", math.copysign(most, number[GRADIENT])))
    shrunk = f" - {signed(number[DECAY])}" if number[DECAY] else ""
    worked_out = f"{number_latex(before)} - {signed(number[STEP])}{shrunk}"
    return (*lines, *moved_lines(scenario, trajectory, update, axis, worked_out, before - number[STEP] - number[DECAY]))


def _symbol(term: Term, axis: str, update: int) -> str:
    return term.latex.format(t=f"{{{axis},{update}}}", axis=axis, update=update)


def step_latex(lines: tuple[Line, ...]) -> str:
    """Return the equations as one block of LaTeX."""
    return r"\begin{aligned} " + r" \\ ".join(line.latex for line in lines) + r" \end{aligned}"


def step_text(lines: tuple[Line, ...]) -> str:
    """Return the equations as plain text, one a line."""
    return "\n".join(line.text for line in lines)
