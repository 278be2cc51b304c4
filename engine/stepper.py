"""The loop of a recorded run, on Python floats: a rule written out as straight-line code.

A rule that is called at every update pays for calls, attributes and tuples several times what its arithmetic costs.
So it is recorded once, with the update number t as a value like any other, and becomes a few lines of Python on
local names; what depends on t alone is computed once for both axes. A rule that decides by `if` on t cannot be
recorded and is called instead.
"""

from collections.abc import Callable, Sequence
from functools import lru_cache
from struct import Struct
from typing import Any

from engine.scale import recorded_move
from optimizers.base import Optimizer
from xp.code import AXES, on_floats
from xp.functions import ENVIRONMENT, FLOATS
from xp.tape import RECORDED, Tape, Undecided

Stepper = Callable[..., tuple[int, float, float, Any, Any]]

LOOP = """
def steps(gradient, undefined, rates, first, theta_x, theta_y, state_x, state_y, rows, left, right, low, high):
    {unpack}
    for t, lr in enumerate(rates, first):
        try:
            g_x, g_y = gradient(theta_x, theta_y)
        except (ArithmeticError, ValueError):
            g_x, g_y = map(float, undefined(theta_x, theta_y))
        {rule}
        {move}
        write(rows, {row} * t, g_x, g_y, m_x, m_y, sigma_x, sigma_y, theta_x, theta_y)
        if not (left < theta_x < right and low < theta_y < high):
            break
    return t + 1, theta_x, theta_y, {pack}
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
    source = LOOP.format(**_rule(optimizer), move=_lines(_move(optimizer), 8), row=ROW.size)
    scope: dict[str, Any] = {**ENVIRONMENT, "FLOATS": FLOATS, "write": ROW.pack_into}
    scope |= {"update": optimizer.update, "State": type(optimizer.init(0.0))}
    exec(compile(source, f"<steps of {optimizer.slug}>", "exec"), scope)
    made: Stepper = scope["steps"]
    return made


def _rule(optimizer: Optimizer) -> dict[str, str]:
    state_type = type(optimizer.init(0.0))
    states = [f"s{i}_" for i in range(len(optimizer.init(0.0)))]
    tape = Tape(len(states) + 3)
    *state, g, t, lr = tape.inputs
    try:
        m, sigma, after = optimizer.update(g, state_type(*state), t, lr, RECORDED)  # type: ignore[arg-type]
    except Undecided:
        calls = [f"m_{a}, sigma_{a}, state_{a} = update(g_{a}, state_{a}, t, lr, FLOATS)" for a in AXES]
        return {"unpack": "pass", "rule": _lines(calls, 8), "pack": "state_x, state_y"}
    lines = on_floats(tape, [*states, "g_", "t", "lr"], ["m_", "sigma_", *states], [m, sigma, *after])
    unpack = [f"{name}{axis} = state_{axis}[{i}]" for axis in AXES for i, name in enumerate(states)] or ["pass"]
    packed = [f"State({', '.join(name + axis for name in states)})" for axis in AXES]
    return {"unpack": _lines(unpack, 4), "rule": _lines(lines, 8), "pack": ", ".join(packed)}


def _move(optimizer: Optimizer) -> list[str]:
    tape, moved = recorded_move(optimizer.weight_decay, guarded=True)
    return on_floats(tape, ["theta_", "m_", "sigma_", "lr"], ["theta_"], [moved])


def _lines(lines: Sequence[str], indent: int) -> str:
    return ("\n" + " " * indent).join(lines)
