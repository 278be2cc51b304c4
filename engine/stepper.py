"""The loop of a recorded run, on Python floats: a rule written out as straight-line code.

A rule that is called at every update pays for calls, attributes and tuples several times what its arithmetic costs.
So it is recorded once, with the update number t as a value like any other, and becomes a few lines of Python on
local names; what depends on t alone is computed once for both axes. A rule that decides by `if` on t cannot be
recorded and is called instead.
"""

import math
from collections.abc import Callable, Sequence
from functools import lru_cache
from struct import Struct
from typing import Any

import numpy as np

from optimizers.base import Optimizer
from xp.functions import ARRAYS, FLOATS
from xp.tape import Tape, Traced, where_into

Stepper = Callable[..., tuple[int, float, float, Any, Any]]

WRITTEN: dict[Any, str] = {
    np.add: "{} + {}",
    np.subtract: "{} - {}",
    np.multiply: "{} * {}",
    np.divide: "{} / {}",
    np.power: "{} ** {}",
    np.square: "{0} * {0}",
    np.negative: "-{}",
    np.abs: "abs({})",
    np.sqrt: "sqrt({0}) if {0} >= 0.0 else nan",
    np.sign: "1.0 if {0} > 0.0 else -1.0 if {0} < 0.0 else {0}",
    np.maximum: "{0} if {0} >= {1} or {0} != {0} else {1}",
    np.minimum: "{0} if {0} <= {1} or {0} != {0} else {1}",
    np.greater: "{} > {}",
    np.greater_equal: "{} >= {}",
    np.less: "{} < {}",
    np.less_equal: "{} <= {}",
    np.equal: "{} == {}",
    np.not_equal: "{} != {}",
    where_into: "{1} if {0} else {2}",
}

LOOP = """
def steps(gradient, undefined, rates, first, x, y, state_x, state_y, rows, left, right, low, high):
    {unpack}
    for t, lr in enumerate(rates, first):
        try:
            g_x, g_y = gradient(x, y)
        except (ArithmeticError, ValueError):
            g_x, g_y = map(float, undefined(x, y))
        {rule}
        x -= ((lr / sigma_x if sigma_x else inf) * m_x if m_x else 0.0){decay_x}
        y -= ((lr / sigma_y if sigma_y else inf) * m_y if m_y else 0.0){decay_y}
        write(rows, {row} * t, g_x, g_y, m_x, m_y, sigma_x, sigma_y, x, y)
        if not (left < x < right and low < y < high):
            break
    return t + 1, x, y, {pack}
"""

ROW = Struct("8d")
"""One update in memory: g_x, g_y, m_x, m_y, sigma_x, sigma_y, x, y."""


@lru_cache(maxsize=256)
def stepper(optimizer: Optimizer) -> Stepper:
    """Return the loop of an optimizer.

    It makes one update for each of `rates`, numbered from `first`, writes each into the buffer `rows` as a ROW,
    stops where (x, y) leaves the box (left, right, low, high), and returns the number of the next update, x, y and
    the states of both axes. `undefined(x, y)` gives the gradient where `gradient` raises.
    """
    decay = optimizer.weight_decay
    decays = {f"decay_{axis}": f" + lr * {decay!r} * {axis}" if decay else "" for axis in "xy"}
    source = LOOP.format(**_rule(optimizer), **decays, row=ROW.size)
    scope: dict[str, Any] = {
        "sqrt": math.sqrt,
        "inf": math.inf,
        "nan": math.nan,
        "FLOATS": FLOATS,
        "write": ROW.pack_into,
    }
    scope |= {"update": optimizer.update, "State": type(optimizer.init(0.0))}
    exec(compile(source, f"<steps of {optimizer.slug}>", "exec"), scope)
    made: Stepper = scope["steps"]
    return made


def _rule(optimizer: Optimizer) -> dict[str, str]:
    size = len(optimizer.init(0.0))
    tape = Tape(size + 3)
    *state, g, t, lr = tape.inputs
    try:
        m, sigma, after = optimizer.update(g, type(optimizer.init(0.0))(*state), t, lr, ARRAYS)  # type: ignore[arg-type]
    except (TypeError, NotImplementedError):
        calls = [f"m_{a}, sigma_{a}, state_{a} = update(g_{a}, state_{a}, t, lr, FLOATS)" for a in "xy"]
        return {"unpack": "pass", "rule": _lines(calls, 8), "pack": "state_x, state_y"}
    inputs = [*(f"s{i}_" for i in range(size)), "g_", "t", "lr"]
    names = [f"s{i}_" for i in range(size)]
    code = _Code(tape, inputs)
    code.assign(["m_", "sigma_", *names], [m, sigma, *after])
    unpack = [f"{name}{axis} = state_{axis}[{i}]" for axis in "xy" for i, name in enumerate(names)] or ["pass"]
    states = [f"State({', '.join(name + axis for name in names)})" for axis in "xy"]
    return {"unpack": _lines(unpack, 4), "rule": _lines(code.lines, 8), "pack": ", ".join(states)}


def _lines(lines: Sequence[str], indent: int) -> str:
    return ("\n" + " " * indent).join(lines)


class _Code:
    """Lines of Python for a tape: names that end in `_` stand for one value an axis."""

    def __init__(self, tape: Tape, inputs: Sequence[str]) -> None:
        self.tape, self.names, self.lines = tape, list(inputs), list[str]()
        for ufunc, *references in tape.operations:
            operands = [self._operand(reference) for reference in references]
            of_axis = any(operand.endswith("_") for operand in operands)
            name = f"v{len(self.names)}" + "_" * of_axis
            self.names.append(name)
            self.lines += self._written(name, ufunc, operands, of_axis)

    def assign(self, targets: Sequence[str], values: Sequence[Any]) -> None:
        """Assign the results, all at once an axis: a state may move into the place of another."""
        sources = [self._operand(v.index) if isinstance(v, Traced) else repr(v) for v in values]
        for axis in "xy":
            self.lines.append(", ".join(t + axis for t in targets) + " = " + ", ".join(_on(s, axis) for s in sources))

    def _operand(self, reference: int) -> str:
        return self.names[reference] if reference >= 0 else f"({self.tape.constants[-reference - 1]!r})"

    @staticmethod
    def _written(name: str, ufunc: Any, operands: Sequence[str], of_axis: bool) -> list[str]:
        axes = "xy" if of_axis else [""]
        return [f"{_on(name, a)} = {WRITTEN[ufunc].format(*(_on(o, a) for o in operands))}" for a in axes]


def _on(name: str, axis: str) -> str:
    return name + axis if name.endswith("_") else name
