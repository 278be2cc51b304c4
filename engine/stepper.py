"""The loop of a recorded run, on Python floats: a rule written out as straight-line code.

A rule that is called at every update pays for calls, attributes and tuples several times what its arithmetic costs.
So it is recorded once, with the update number t as a value like any other, and becomes a few lines of Python on
local names; what depends on t alone is computed once for both axes. A rule that decides by `if` on t cannot be
recorded and is called instead.
"""

from collections.abc import Callable, Sequence
from functools import lru_cache
from struct import Struct
from typing import Any, cast

from engine.box import NO_BOX, Box
from engine.scale import recorded_coupled_move, recorded_move
from optimizers.base import Coupled, Optimizer, PerAxis, Seen
from surfaces.base import Surface
from xp.code import AXES, in_lines, on_floats
from xp.functions import ENVIRONMENT, FLOATS
from xp.tape import RECORDED, Tape, Undecided

Stepper = Callable[..., tuple[Any, ...]]

LOOP = """
def steps(gradient, undefined, rates, first, theta_x, theta_y, {states}, rows, left, right, low, high{sights}):
    {unpack}
    for t, lr in enumerate(rates, first):{before}
        try:
            g_x, g_y = gradient({at})
        except (ArithmeticError, ValueError):
            g_x, g_y = map(float, undefined({at}))
        {rule}
        {move}
        write(rows, {row} * t, g_x, g_y, m_x, m_y, {written})
        if not (left < theta_x < right and low < theta_y < high):
            break
    return t + 1, theta_x, theta_y, {pack}
"""

MATRIX, LOOKS = ["s_xx", "s_xy", "s_yy"], {"loss": ["loss"], "hessian": ["h_xx", "h_xy", "h_yy"]}

ROW = Struct("8d")
"""One update in memory: g_x, g_y, m_x, m_y, sigma_x, sigma_y, x, y; of a matrix its entries xx, yy and, at the end, xy;
at the end too the points beside the drawn one."""


def row_of(optimizer: Optimizer) -> Struct:
    """Return the ROW of an optimizer."""
    if isinstance(optimizer, Coupled):
        return Struct("9d")
    ghosts = len(optimizer.ghosts) if isinstance(optimizer, PerAxis) else 0
    return Struct(f"{8 + 2 * ghosts}d")


def first_states(optimizer: Optimizer) -> tuple[Any, ...]:
    """Return the states that a loop begins with: of each axis, or the one of both."""
    state = optimizer.init(0.0)
    return (state,) if isinstance(optimizer, Coupled) else (state, state)


def sights(surface: Surface, optimizer: Optimizer) -> tuple[Callable[[float, float], Any], ...]:
    """Return what gives a rule that couples the axes the things it asks for, besides the gradient."""
    asked = optimizer.sees if isinstance(optimizer, Coupled) else ()
    functions = {"loss": (surface.value, surface.value_array), "hessian": (surface.hessian, surface.hessian_array)}
    return tuple(_defined(*functions[name]) for name in asked)


def _defined(function: Any, undefined: Any) -> Callable[[float, float], Any]:
    def at(x: float, y: float) -> Any:
        try:
            return function(x, y)
        except (ArithmeticError, ValueError):
            found = undefined(x, y)
            return tuple(map(float, found)) if isinstance(found, tuple) else float(found)

    return at


@lru_cache(maxsize=256)
def stepper(optimizer: Optimizer, box: Box = NO_BOX) -> Stepper:
    """Return the loop of an optimizer, whose points are put back into a box.

    It makes one update for each of `rates`, numbered from `first`, writes each into the buffer `rows` as a `row_of` the
    optimizer, stops where (x, y) leaves the bounds (left, right, low, high), and returns the number of the next update,
    x, y and its states. `undefined(x, y)` gives the gradient where `gradient` raises; `sights` come last.
    """
    parts = _coupled(optimizer) if isinstance(optimizer, Coupled) else _per_axis(optimizer)
    if box:
        parts["move"] = _lines([parts["move"], *_projection(box)], 8)
    source = LOOP.format(**parts, row=row_of(optimizer).size)
    scope: dict[str, Any] = {**ENVIRONMENT, "FLOATS": FLOATS, "Seen": Seen, "write": row_of(optimizer).pack_into}
    scope |= {"update": optimizer.update, "State": type(optimizer.init(0.0))}  # type: ignore[attr-defined]
    exec(compile(source, f"<steps of {optimizer.slug}>", "exec"), scope)
    made: Stepper = scope["steps"]
    return made


def _per_axis(optimizer: Any) -> dict[str, str]:
    look, written = _look(optimizer), ["sigma_x", "sigma_y", "theta_x", "theta_y"]
    moved = {
        "states": "state_x, state_y",
        "sights": "",
        "before": _lines(["", *look], 8) if look else "",
        "at": "ghost0_x, ghost0_y" if look else "theta_x, theta_y",
        "written": ", ".join([*written, *(f"ghost{k}_{a}" for k in range(len(optimizer.ghosts)) for a in AXES)]),
        "move": _lines(_move(optimizer), 8),
    }
    return moved | _rule(optimizer)


def _rule(optimizer: Any) -> dict[str, str]:
    state_type = type(optimizer.init(0.0))
    states = [f"s{i}_" for i in range(len(optimizer.init(0.0)))]
    tape = Tape(len(states) + 3)
    *state, g, t, lr = tape.inputs
    try:
        m, sigma, after = optimizer.update(g, state_type(*state), t, lr, RECORDED)
    except Undecided:
        calls = [f"m_{a}, sigma_{a}, state_{a} = update(g_{a}, state_{a}, t, lr, FLOATS)" for a in AXES]
        return {"unpack": "pass", "rule": _lines(calls, 8), "pack": "state_x, state_y"}
    lines = on_floats(tape, [*states, "g_", "t", "lr"], ["m_", "sigma_", *states], [m, sigma, *after])
    unpack = [f"{name}{axis} = state_{axis}[{i}]" for axis in AXES for i, name in enumerate(states)] or ["pass"]
    packed = [f"State({', '.join(name + axis for name in states)})" for axis in AXES]
    return {"unpack": _lines(unpack, 4), "rule": _lines(lines, 8), "pack": ", ".join(packed)}


def _look(optimizer: Any) -> list[str]:
    """Return lines that say where the points beside the drawn one are."""
    if not optimizer.ghosts:
        return []
    names = [f"s{i}_" for i in range(len(optimizer.init(0.0)))]
    tape = Tape(len(names) + 1)
    theta, *state = tape.inputs
    offsets = optimizer.offsets(type(optimizer.init(0.0))(*state))
    targets = [f"ghost{k}_" for k in range(len(offsets))]
    return on_floats(tape, ["theta_", *names], targets, [theta + offset for offset in offsets])


def _move(optimizer: Optimizer) -> list[str]:
    tape, moved = recorded_move(optimizer.weight_decay, guarded=True)
    return on_floats(tape, ["theta_", "m_", "sigma_", "lr"], ["theta_"], [moved])


def _projection(box: Box) -> list[str]:
    tape, inside = box.recorded()
    names = [f"theta_{axis}" for axis in AXES]
    return in_lines(tape, names, names, inside)


def _coupled(optimizer: Coupled) -> dict[str, str]:
    tape, moved = recorded_coupled_move(optimizer.weight_decay)
    move = in_lines(tape, ["theta_x", "theta_y", "m_x", "m_y", *MATRIX, "lr"], ["theta_x", "theta_y"], moved)
    parts = {
        "states": "state",
        "sights": "".join(f", see_{sight}" for sight in optimizer.sees),
        "before": "",
        "at": "theta_x, theta_y",
        "written": "s_xx, s_yy, theta_x, theta_y, s_xy",
        "move": _lines(move, 8),
    }
    rule = _coupled_rule(optimizer)
    seen = [f"{', '.join(LOOKS[sight])} = see_{sight}(theta_x, theta_y)" for sight in optimizer.sees]
    return parts | rule | {"rule": _lines([*seen, rule["rule"]], 8)}


def _coupled_rule(optimizer: Coupled) -> dict[str, str]:
    state_type = type(optimizer.init(0.0))
    states = [f"s{i}" for i in range(len(optimizer.init(0.0)))]
    looks = [name for sight in optimizer.sees for name in LOOKS[sight]]
    names = [*states, "g_x", "g_y", *looks, "t", "lr"]
    tape = Tape(len(names))
    values = dict(zip(names, tape.inputs, strict=True))
    t, lr = cast(int, values["t"]), cast(float, values["lr"])
    seen = seen_of((values["g_x"], values["g_y"]), {name: values[name] for name in looks})
    try:
        state = state_type(*tape.inputs[: len(states)])
        m, matrix, after = optimizer.update(seen, state, t, lr, RECORDED)
    except Undecided:
        given = [f"loss={LOOKS['loss'][0]}"] * ("loss" in optimizer.sees)
        given += [f"hessian=({', '.join(LOOKS['hessian'])})"] * ("hessian" in optimizer.sees)
        answer = f"(m_x, m_y), ({', '.join(MATRIX)}), state"
        call = f"{answer} = update(Seen({', '.join(['(g_x, g_y)', *given])}), state, t, lr, FLOATS)"
        return {"unpack": "pass", "rule": call, "pack": "state"}
    lines = in_lines(tape, names, ["m_x", "m_y", *MATRIX, *states], [*m, *matrix, *after])
    unpack = [f"{name} = state[{i}]" for i, name in enumerate(states)] or ["pass"]
    return {"unpack": _lines(unpack, 4), "rule": _lines(lines, 8), "pack": f"State({', '.join(states)})"}


def seen_of(g: Any, looks: dict[str, Any]) -> Seen:
    """Return what a rule sees; looks: the loss and the entries of the Hessian by the names in LOOKS."""
    hessian = tuple(looks[name] for name in LOOKS["hessian"]) if LOOKS["hessian"][0] in looks else None
    return Seen(g, looks.get("loss"), hessian)


def _lines(lines: Sequence[str], indent: int) -> str:
    return ("\n" + " " * indent).join(lines)
