"""The arithmetic of one step, written out with its numbers, line by line, in LaTeX and as plain text."""

import math
from dataclasses import dataclass

from engine.scenario import Run, Scenario
from engine.trajectory import Trajectory
from explain.terms import DECAY, DIRECTION, GRADIENT, LEARNING_RATE, SCALE, STEP, STEP_SIZE, Term

DIGITS = 6
"""Significant digits of every number."""

SPACE, TIMES = r"\,", r"\times"

ALL = (GRADIENT, DIRECTION, SCALE, LEARNING_RATE, STEP_SIZE, STEP, DECAY)
"""The terms in the order in which they are worked out."""


@dataclass(frozen=True)
class Line:
    """One equation: `left = worked = value`, the middle part empty where there is nothing to work out."""

    left: str
    worked: str
    value: float

    @property
    def latex(self) -> str:
        """The equation in LaTeX, aligned at its first sign of equality."""
        return " = ".join(filter(None, (f"{self.left} &", self.worked, number_latex(self.value))))

    @property
    def text(self) -> str:
        """The equation in plain characters."""
        return " = ".join(filter(None, (_plain(self.left), _plain(self.worked), number_text(self.value))))


def step_lines(scenario: Scenario, run: Run, trajectory: Trajectory, update: int, axis: int) -> tuple[Line, ...]:
    """Return update `update` of one axis (0 or 1) from gradient to new point.

    Raises IndexError unless 0 <= update < trajectory.updates.
    """
    if not 0 <= update < trajectory.updates:
        raise IndexError(f"update must lie in [0, {trajectory.updates - 1}], got {update}")
    name = scenario.surface.axes[axis]
    number = {term: float(term.values(trajectory, axis)[update]) for term in ALL}
    before, moved = trajectory.theta[update : update + 2, axis].tolist()
    weight = run.optimizer.weight_decay
    worked = {
        STEP_SIZE: f"{number_latex(number[LEARNING_RATE])} / {_factor(number[SCALE])}",
        STEP: rf"{number_latex(number[STEP_SIZE])} {TIMES} {_number(number[DIRECTION])}" if number[DIRECTION] else "",
        DECAY: rf"{number_latex(number[LEARNING_RATE])} {TIMES} {_number(weight)} {TIMES} {_number(before)}",
    }
    shown = [term for term in ALL if term is not DECAY or number[DECAY]]
    lines = [Line(_symbol(term, name, update), worked.get(term, ""), number[term]) for term in shown]
    shrunk = f" - {_number(number[DECAY])}" if number[DECAY] else ""
    worked_out = f"{number_latex(before)} - {_number(number[STEP])}{shrunk}"
    return (*lines, Line(f"{name}_{{{update + 1}}}", worked_out, moved))


def _symbol(term: Term, axis: str, update: int) -> str:
    return term.latex.format(t=f"{{{axis},{update}}}", axis=axis, update=update)


def step_latex(lines: tuple[Line, ...]) -> str:
    """Return the equations as one block of LaTeX."""
    return r"\begin{aligned} " + r" \\ ".join(line.latex for line in lines) + r" \end{aligned}"


def step_text(lines: tuple[Line, ...]) -> str:
    """Return the equations as plain text, one a line."""
    return "\n".join(line.text for line in lines)


def number_text(value: float) -> str:
    """Write a number with DIGITS significant digits, as Python reads it."""
    return f"{value + 0.0:.{DIGITS}g}"


def number_latex(value: float) -> str:
    """Write a number with DIGITS significant digits in LaTeX, with a power of ten in place of an exponent."""
    if math.isnan(value):
        return r"\mathrm{NaN}"
    if math.isinf(value):
        return r"\infty" if value > 0 else r"-\infty"
    mantissa, _, exponent = number_text(value).partition("e")
    return rf"{mantissa} \cdot 10^{{{int(exponent)}}}" if exponent else mantissa


def _number(value: float) -> str:
    """Write a number behind a sign of arithmetic: in brackets where it is negative."""
    return f"({number_latex(value)})" if value < 0 else number_latex(value)


def _factor(value: float) -> str:
    """Write a number behind a sign of division: in brackets where it is a product or negative."""
    text = _number(value)
    return f"({text})" if "cdot" in text and value > 0 else text


def _plain(latex: str) -> str:
    """Turn the LaTeX of these equations into plain characters."""
    words = {
        r"\sigma": "σ",
        r"\mu": "μ",
        r"\lambda": "λ",
        r"\infty": "inf",
        r"\mathrm{NaN}": "nan",
        r"\cdot": "*",
        TIMES: "*",
    }
    for command, character in words.items():
        latex = latex.replace(command, character)
    text = latex.replace(f" {SPACE} ", " * ").replace(" * 10^{", "e").replace("_{", "_").replace("}", "")
    return text.replace("{", "")
