"""Sentences as data: an English template and its values, so that a page can say them in any language."""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from string import Formatter
from typing import Any

NOTHING = re.compile(r"-(?=0(\.0*)?(e[+-]\d+)?%?$)")
"""The sign of a number that is 0 to the digits shown."""


SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
LONGEST = 6
"""Digits before the point with which a number is still written without a power of ten."""


def people_write(number: str) -> str:
    """Return a number that Python has written as people write it: 1.023e+05 as 102,300, 3e-07 as 3×10⁻⁷."""
    mantissa, e, exponent = number.partition("e")
    if not math.isfinite(float(number)):
        return number
    if not e or 0 <= int(exponent) < LONGEST:
        digits = len(mantissa.lstrip("-").partition(".")[2]) - int(exponent or 0)
        return _grouped(f"{float(number):.{max(digits, 0)}f}")
    power = f"10{str(int(exponent)).translate(SUPERSCRIPTS)}"
    return {"1": power, "-1": f"-{power}"}.get(mantissa, f"{mantissa}×{power}")


def _grouped(number: str) -> str:
    """Return a number with its thousands apart, from ten thousand on."""
    whole, _, rest = number.partition(".")
    return number if len(whole.lstrip("-")) < 5 else f"{float(number):,.{len(rest)}f}"


class _Words(Formatter):
    """Python's format, but 0 has no sign, and `{count:update|updates}` is the word that goes with a count."""

    def format_field(self, value: Any, format_spec: str) -> str:
        one, bar, many = format_spec.partition("|")
        if bar:
            return one if value == 1 else many
        text = str(super().format_field(value, format_spec))
        if format_spec[-1:] in ("g", "e"):
            return people_write(NOTHING.sub("", text))
        return NOTHING.sub("", text) if isinstance(value, float) else text


_WORDS = _Words()


def fill(template: str, values: Mapping[str, Any]) -> str:
    """Return a template with its values.

    A number that is 0 to the digits shown has no sign. `{count:update|updates}` is the first word where count is 1,
    the second elsewhere; a language without a plural leaves it out.
    """
    return _WORDS.vformat(template, (), values)


@dataclass(frozen=True)
class Sentence:
    """A sentence for the person; values may be sentences themselves."""

    template: str
    values: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return fill(self.template, self.values)


class SentenceError(ValueError):
    """A ValueError that a page can show: `sentence` is what it says."""

    def __init__(self, template: str, **values: Any) -> None:
        self.sentence = Sentence(template, values)
        super().__init__(str(self.sentence))
