"""A recorded formula as Python; what is used once is written where it is used."""

import ast
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from xp.primitives import BY_UFUNC, Ufunc
from xp.tape import Reference, Tape, Traced

AXES = "xy"

_OF_AXIS = re.compile(r"\b\w+_\b")
_STRENGTH: dict[type[ast.AST], int] = {
    ast.IfExp: 0,
    ast.Compare: 1,
    ast.Add: 2,
    ast.Sub: 2,
    ast.Mult: 3,
    ast.Div: 3,
    ast.UnaryOp: 4,
    ast.Pow: 5,
}
_STRONGEST = 6


def on_arrays(tape: Tape, names: Sequence[str], output: Traced) -> str:
    """Return an output as one expression for arrays; names: what the inputs are called."""
    return _Code(tape, names, [output], for_arrays=True).text(output)


def on_floats(tape: Tape, names: Sequence[str], targets: Sequence[str], outputs: Sequence[Any]) -> list[str]:
    """Return lines that assign the outputs to the targets on floats, for both axes.

    A name that ends in `_` stands for one value an axis; what depends on other names alone is computed once for
    both. All outputs of an axis are assigned at once, so that one may take the place of another's operand.
    """
    code = _Code(tape, names, outputs, for_arrays=False)
    lines = list(code.lines())
    for axis in AXES:
        sources = ", ".join(_on(code.text(output), axis) for output in outputs)
        lines.append(", ".join(target + axis for target in targets) + " = " + sources)
    return lines


def in_lines(
    tape: Tape, names: Sequence[str], targets: Sequence[str], outputs: Sequence[Any], for_arrays: bool = False
) -> list[str]:
    """Return lines that assign the outputs to the targets, where no name stands for one value an axis.

    On floats all at once, so that one may take the place of another's operand; for arrays, to be read, one by one.
    """
    code = _Code(tape, names, outputs, for_arrays)
    texts = [code.text(output) for output in outputs]
    if for_arrays:
        return [*code.lines(), *(f"{target} = {text}" for target, text in zip(targets, texts, strict=True))]
    return [*code.lines(), ", ".join(targets) + " = " + ", ".join(texts)]


class _Code:
    """The text of every value of a tape: an expression, or the name to which one is assigned."""

    def __init__(self, tape: Tape, names: Sequence[str], outputs: Sequence[Any], for_arrays: bool) -> None:
        self._tape, self._for_arrays = tape, for_arrays
        self._texts = list(names)
        self._assigned: list[tuple[str, str]] = []
        uses = Counter(reference for _, *references in tape.operations for reference in references)
        uses.update(output.index for output in outputs if isinstance(output, Traced))
        for number, (ufunc, *references) in enumerate(tape.operations, len(names)):
            self._texts.append(self._written(ufunc, references))
            if uses[number] > 1:
                self._name(number)

    def lines(self) -> Iterator[str]:
        """Yield the assignments to names."""
        for name, text in self._assigned:
            for axis in AXES if _OF_AXIS.search(name) else [""]:
                yield f"{_on(name, axis)} = {_on(text, axis)}"

    def text(self, output: Any) -> str:
        """Return the text of an output."""
        return self._texts[output.index] if isinstance(output, Traced) else repr(output)

    def _written(self, ufunc: Ufunc, references: Sequence[Reference]) -> str:
        primitive = BY_UFUNC[ufunc]
        template = (self._for_arrays and primitive.array_text) or primitive.text
        of_axis = any(_OF_AXIS.search(self._operand(reference)) for reference in references)
        for place, reference in enumerate(references):
            is_shared = of_axis and not _OF_AXIS.search(self._operand(reference))
            if is_shared or template.count(f"{{{place}}}") > 1:
                self._name(reference)
        need = _strength(template.format(*"abc"))
        return template.format(*(_enclosed(self._operand(reference), need) for reference in references))

    def _operand(self, reference: Reference) -> str:
        return self._texts[reference] if reference >= 0 else repr(self._tape.constants[-reference - 1])

    def _name(self, reference: Reference) -> None:
        """Assign a value to a name, unless it is one or a number."""
        if reference < 0 or self._texts[reference].isidentifier():
            return
        text = self._texts[reference]
        name = f"v{reference}" + "_" * bool(_OF_AXIS.search(text))
        self._assigned.append((name, text))
        self._texts[reference] = name


def _strength(text: str) -> int:
    """Return how strongly an expression holds together."""
    tree = ast.parse(text, mode="eval").body
    return _STRENGTH.get(type(tree.op if isinstance(tree, ast.BinOp) else tree), _STRONGEST)


def _enclosed(operand: str, need: int) -> str:
    is_safe = need == _STRONGEST or _strength(operand) > need
    return operand if is_safe else f"({operand})"


def _on(text: str, axis: str) -> str:
    return _OF_AXIS.sub(lambda name: name[0] + axis, text)
