"""Element-wise formulas recorded once and replayed in place, without a temporary array.

A rule or a gradient is called with `Traced` values instead of arrays. Every operation on them is noted; the
notes become a plan that runs the same NumPy ufuncs on a few reused registers. Division by a number becomes
multiplication by its reciprocal, the one change of rounding.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from xp.functions import ARRAYS, namespace
from xp.primitives import Primitive, Ufunc, is_condition, where_into

Reference = int
"""A register (0 and up), or a constant (-1 and down: the last, the last but one, ...)."""


class Undecided(Exception):  # noqa: N818 (it is no error: what cannot be recorded is called)
    """Raised where a formula asks a value that does not exist yet to decide something, or cannot be recorded."""


class Traced:
    """A value that does not exist yet: operations on it are recorded on its tape.

    Raises Undecided where it is asked for a truth value, a number, or an operation that cannot be recorded.
    """

    __slots__ = ("index", "tape")

    def __init__(self, tape: "Tape", index: int) -> None:
        self.tape, self.index = tape, index

    def __array_ufunc__(self, ufunc: Ufunc, method: str, *operands: Any, **options: Any) -> "Traced":
        if method != "__call__" or options:
            raise Undecided(f"{ufunc} with {method} {options} cannot be recorded")
        return self.tape.record(ufunc, *operands)

    def __array_function__(self, function: Any, types: Any, operands: Any, options: Any) -> "Traced":
        if function is not np.where:
            raise Undecided(f"{function} cannot be recorded")
        return self.tape.record(where_into, *operands)

    def __bool__(self) -> bool:
        raise Undecided("a value that does not exist yet is neither true nor false")

    def __float__(self) -> float:
        raise Undecided("a value that does not exist yet is no number")

    def __index__(self) -> int:
        raise Undecided("a value that does not exist yet is no number")

    def __add__(self, other: Any) -> "Traced":
        return self.tape.record(np.add, self, other)

    def __radd__(self, other: Any) -> "Traced":
        return self.tape.record(np.add, other, self)

    def __sub__(self, other: Any) -> "Traced":
        return self.tape.record(np.subtract, self, other)

    def __rsub__(self, other: Any) -> "Traced":
        return self.tape.record(np.subtract, other, self)

    def __mul__(self, other: Any) -> "Traced":
        return self.tape.record(np.multiply, self, other)

    def __rmul__(self, other: Any) -> "Traced":
        return self.tape.record(np.multiply, other, self)

    def __truediv__(self, other: Any) -> "Traced":
        if isinstance(other, float) and other != 0.0 and abs(other) < 1e300:
            return self.tape.record(np.multiply, self, 1.0 / other)
        return self.tape.record(np.divide, self, other)

    def __rtruediv__(self, other: Any) -> "Traced":
        return self.tape.record(np.divide, other, self)

    def __pow__(self, other: Any) -> "Traced":
        return self.tape.record(np.square, self) if other == 2 else self.tape.record(np.power, self, other)

    def __rpow__(self, other: Any) -> "Traced":
        return self.tape.record(np.power, other, self)

    def __neg__(self) -> "Traced":
        return self.tape.record(np.negative, self)

    def __abs__(self) -> "Traced":
        return self.tape.record(np.abs, self)

    def __gt__(self, other: Any) -> "Traced":
        return self.tape.record(np.greater, self, other)

    def __ge__(self, other: Any) -> "Traced":
        return self.tape.record(np.greater_equal, self, other)

    def __lt__(self, other: Any) -> "Traced":
        return self.tape.record(np.less, self, other)

    def __le__(self, other: Any) -> "Traced":
        return self.tape.record(np.less_equal, self, other)

    def __eq__(self, other: object) -> Any:
        return self.tape.record(np.equal, self, other)

    def __ne__(self, other: object) -> Any:
        return self.tape.record(np.not_equal, self, other)

    __hash__ = None  # type: ignore[assignment]


class Tape:
    """The operations of one formula, in order, with their numbers kept apart."""

    def __init__(self, inputs: int) -> None:
        self.inputs = [Traced(self, i) for i in range(inputs)]
        self.operations: list[tuple[Any, ...]] = []
        self.constants: list[Any] = []

    def record(self, ufunc: Ufunc, *operands: Any) -> Traced:
        """Note one operation; return the value it will have."""
        references = tuple(self._reference(operand) for operand in operands)
        self.operations.append((ufunc, *references))
        return Traced(self, len(self.inputs) + len(self.operations) - 1)

    def plan(self, outputs: Sequence[Any], homes: Sequence[int], kept: frozenset[int] = frozenset()) -> "Draft":
        """Return what a plan is made from: outputs[k] goes to register homes[k]; inputs `kept` are not reused."""
        references = tuple(self._reference(output) for output in outputs)
        return Draft(len(self.inputs), tuple(self.operations), references, tuple(homes), kept)

    def _reference(self, operand: Any) -> Reference:
        if isinstance(operand, Traced):
            return operand.index
        self.constants.append(operand)
        return -len(self.constants)


def _recording(primitive: Primitive) -> Callable[..., Any]:
    at_once = getattr(ARRAYS, primitive.name)

    def record(*operands: Any) -> Any:
        tape = next((operand.tape for operand in operands if isinstance(operand, Traced)), None)
        return at_once(*operands) if tape is None else tape.record(primitive.ufunc, *operands)

    return record


RECORDED = namespace(_recording)
"""The functions of a rule for values of which some are Traced."""


@dataclass(frozen=True)
class Draft:
    """A recorded formula without its numbers: equal drafts have equal plans."""

    inputs: int
    operations: tuple[tuple[Any, ...], ...]
    outputs: tuple[Reference, ...]
    homes: tuple[int, ...]
    kept: frozenset[int]

    def compile(self) -> "Plan":
        """Assign registers: a result takes the place of an operand that is not needed any more."""
        return _Compiler(self).compile()


@dataclass(frozen=True, eq=False)
class Plan:
    """Ufunc calls on registers: (ufunc, operands, register of the result)."""

    calls: tuple[tuple[Ufunc, tuple[Reference, ...], int], ...]
    boolean: tuple[bool, ...]
    """Whether each register beyond the inputs holds truth values."""

    def registers(self, shape: tuple[int, ...]) -> list[Any]:
        """Return the registers that come after the inputs."""
        return [np.empty(shape, bool if boolean else float) for boolean in self.boolean]

    @cached_property
    def run(self) -> Callable[[list[Any]], None]:
        """The plan as a function of a table: the inputs, the registers, and the constants in reverse."""
        scope: dict[str, Any] = {f"f{k}": ufunc for k, (ufunc, _, _) in enumerate(self.calls)}
        uses = {reference for _, operands, out in self.calls for reference in (*operands, out)}
        names = {reference: f"v{reference}" if reference >= 0 else f"c{-reference}" for reference in uses}
        lines = [f"{name} = table[{reference}]" for reference, name in names.items()]
        for k, (_, operands, out) in enumerate(self.calls):
            lines.append(f"f{k}({', '.join(names[operand] for operand in operands)}, out={names[out]})")
        exec("def run(table):\n    " + "\n    ".join(lines or ["pass"]), scope)
        made: Callable[[list[Any]], None] = scope["run"]
        return made


class _Compiler:
    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.place = list(range(draft.inputs))  # register of each value
        self.boolean = [False] * draft.inputs  # kind of each register
        self.free: list[int] = []
        self.calls: list[tuple[Ufunc, tuple[Reference, ...], int]] = []
        self.last_use = self._last_uses()

    def compile(self) -> Plan:
        for number, (ufunc, *operands) in enumerate(self.draft.operations):
            self._operation(number, ufunc, operands)
        self._bring_home()
        return Plan(tuple(self.calls), tuple(self.boolean[self.draft.inputs :]))

    def _last_uses(self) -> dict[int, int]:
        uses = dict.fromkeys(range(self.draft.inputs), -1)
        for number, (_, *operands) in enumerate(self.draft.operations):
            uses |= {operand: number for operand in operands if operand >= 0}
        never = len(self.draft.operations)
        return uses | {value: never for value in (*self.draft.outputs, *self.draft.kept) if value >= 0}

    def _operation(self, number: int, ufunc: Ufunc, operands: list[Reference]) -> None:
        boolean = is_condition(ufunc)
        dying = list(dict.fromkeys(self.place[v] for v in operands if v >= 0 and self.last_use[v] == number))
        reusable = [r for r in dying if self.boolean[r] == boolean and ufunc is not where_into]
        out = self._free_home(number, reusable)
        if out is None:
            out = reusable[0] if reusable else self._register(boolean)
        self.calls.append((ufunc, self._located(operands), out))
        self.place.append(out)
        self.free = [r for r in (*self.free, *dying) if r != out]

    def _free_home(self, number: int, reusable: list[int]) -> int | None:
        """Return the home of this operation's result, if it is an output and its home holds nothing needed."""
        value = self.draft.inputs + number
        if value not in self.draft.outputs:
            return None
        home = self.draft.homes[self.draft.outputs.index(value)]
        needed = {self.place[v] for v, last in self.last_use.items() if v < len(self.place) and last >= number}
        return home if home in reusable or home not in needed else None

    def _located(self, operands: Sequence[Reference]) -> tuple[Reference, ...]:
        return tuple(self.place[v] if v >= 0 else v for v in operands)

    def _register(self, boolean: bool) -> int:
        for register in self.free:
            if self.boolean[register] == boolean:
                self.free.remove(register)
                return register
        self.boolean.append(boolean)
        return len(self.boolean) - 1

    def _bring_home(self) -> None:
        """Copy each output to its home; by way of a spare register where that home is another's place."""
        moves = list(zip(self._located(self.draft.outputs), self.draft.homes, strict=True))
        moves = [(place, home) for place, home in moves if place != home]
        for index, (place, home) in enumerate(moves):
            if place in self.draft.homes:
                self.boolean.append(False)
                spare = len(self.boolean) - 1
                self.calls.append((_copy, (place,), spare))
                moves[index] = (spare, home)
        self.calls += [(_copy, (place,), home) for place, home in moves]


def _copy(value: Any, out: Any) -> None:
    np.copyto(out, value)
