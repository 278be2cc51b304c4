"""Declared hyper-parameters: one declaration serves slider, address, validation and reference page."""

import dataclasses
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

from spec.sentences import SentenceError

Scale = Literal["none", "linear", "log", "memory"]
"""How a slider moves: not at all, evenly, through decades, or through decades of 1 - value, the share that is new."""


@dataclass(frozen=True, kw_only=True)
class Knob:
    """What every hyper-parameter declares beside its formula: a LaTeX symbol and one sentence of help."""

    symbol: str
    help: str

    def check(self, value: Any) -> Any:
        """Return `value` in its canonical type; raise SentenceError if it is not allowed."""
        raise NotImplementedError

    def parse(self, text: str) -> Any:
        """Read a value from the address; raise SentenceError if `text` is not one."""
        raise NotImplementedError

    def format(self, value: Any) -> str:
        """Write `value` so that `parse` reads the same value back."""
        return str(value)

    def nearest(self, value: Any) -> Any:
        """Return the allowed value nearest to `value`; raise SentenceError where there is none."""
        return self.check(value)


@dataclass(frozen=True, kw_only=True)
class Number(Knob):
    """A bounded number, low <= value <= high."""

    low: float
    high: float
    scale: Scale = "none"

    def check(self, value: Any) -> Any:
        number = self._number(value)
        if not self.low <= number <= self.high:
            got = format_real(value)
            raise SentenceError("must lie in [{low:g}, {high:g}], got {value}", low=self.low, high=self.high, value=got)
        return number

    def nearest(self, value: Any) -> Any:
        number = self._number(value)
        if math.isnan(number):
            return self.check(number)
        return self._number(min(max(number, self.low), self.high))

    def _number(self, value: Any) -> Any:
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise SentenceError("must be a number, got {value}", value=value)
        return float(value) + 0.0  # 0 has no sign


@dataclass(frozen=True, kw_only=True)
class Real(Number):
    """A real number in [low, high]; `scale` says how a slider moves through it, if there is one."""

    def parse(self, text: str) -> float:
        try:
            return float(text)
        except ValueError:
            raise SentenceError("must be a number, got {value}", value=text) from None

    def format(self, value: float) -> str:
        return format_real(value)


@dataclass(frozen=True, kw_only=True)
class Integer(Number):
    """A whole number in [low, high]."""

    low: int
    high: int

    def check(self, value: Any) -> int:
        return int(super().check(value))

    def parse(self, text: str) -> float:
        try:
            number: float = self._number(float(text))
            return number
        except (ValueError, OverflowError):
            raise SentenceError("must be a whole number, got {value}", value=text) from None

    def nearest(self, value: Any) -> int:
        return int(super().nearest(value))

    def _number(self, value: Any) -> Any:
        number = super()._number(value)
        if math.isfinite(number) and number != int(number):
            raise SentenceError("must be a whole number, got {value}", value=value)
        return number


@dataclass(frozen=True, kw_only=True)
class Choice(Knob):
    """One of a few named conventions; `options` maps the name in the address to its label."""

    options: dict[str, str]

    def check(self, value: Any) -> str:
        if value not in self.options:
            raise SentenceError("must be one of {options}, got {value}", options=", ".join(self.options), value=value)
        return str(value)

    def parse(self, text: str) -> str:
        return self.check(text)


@dataclass(frozen=True, kw_only=True)
class Several(Knob):
    """One or more of a few names, in any order, written `one.other` in the address."""

    options: tuple[str, ...]

    def check(self, value: Any) -> tuple[str, ...]:
        if not isinstance(value, tuple) or not value or not set(value) <= set(self.options):
            raise SentenceError("must be one of {options}, got {value}", options=", ".join(self.options), value=value)
        return tuple(dict.fromkeys(value))

    def parse(self, text: str) -> tuple[str, ...]:
        return self.check(tuple(text.split(".")))

    def format(self, value: tuple[str, ...]) -> str:
        return ".".join(value)


@dataclass(frozen=True, kw_only=True)
class Flag(Knob):
    """A switch, written on or off in the address."""

    WORDS: ClassVar[dict[str, bool]] = {"on": True, "off": False}

    def check(self, value: Any) -> bool:
        if not isinstance(value, bool):
            raise SentenceError("must be on or off, got {value}", value=value)
        return value

    def parse(self, text: str) -> bool:
        if text not in self.WORDS:
            raise SentenceError("must be on or off, got {value}", value=text)
        return self.WORDS[text]

    def format(self, value: bool) -> str:
        return "on" if value else "off"


@dataclass(frozen=True, kw_only=True)
class Text(Knob):
    """A line of text of at most `longest` characters; `read` raises SentenceError if it has no meaning."""

    longest: int
    read: Callable[[str], object]

    def check(self, value: Any) -> str:
        if not isinstance(value, str) or len(value) > self.longest:
            raise SentenceError("must be text of at most {longest} characters", longest=self.longest)
        try:
            self.read(value)
        except SentenceError as error:
            raise SentenceError("{value} cannot be read ({reason})", value=value, reason=error.sentence) from error
        return value

    def parse(self, text: str) -> str:
        return self.check(text)


@dataclass(frozen=True, kw_only=True)
class Name(Knob):
    """A name: one line of printable text of at most `longest` characters, with spaces one at a time."""

    longest: int

    def check(self, value: Any) -> str:
        if self.nearest(value) != value:
            raise SentenceError("is one line of at most {most} characters", most=self.longest)
        return str(value)

    def parse(self, text: str) -> str:
        """Read a name; spaces beyond one at a time are no error."""
        return " ".join(filter(None, text.split(" ")))

    def nearest(self, value: Any) -> str:
        """Return the beginning of the text, with a space for each character that cannot be printed."""
        printable = "".join(c if c.isprintable() else " " for c in str(value))
        return " ".join(printable.split())[: self.longest].rstrip()


@dataclass(frozen=True, kw_only=True)
class Paragraphs(Name):
    """Lines of printable text, of at most `longest` characters in all; no line is empty."""

    def check(self, value: Any) -> str:
        if self.nearest(value) != value:
            raise SentenceError("is text of at most {most} characters", most=self.longest)
        return str(value)

    def parse(self, text: str) -> str:
        """Read lines; spaces beyond one at a time, and empty lines, are no error."""
        lines = (Name.parse(self, line) for line in text.replace("\r\n", "\n").split("\n"))
        return "\n".join(filter(None, lines))

    def nearest(self, value: Any) -> str:
        lines = (Name.nearest(self, line) for line in str(value).splitlines())
        return "\n".join(filter(None, lines))[: self.longest].rstrip()


@dataclass(frozen=True, kw_only=True)
class Points(Knob):
    """A short table of (update, factor) pairs in rising order, written `0~1_500~0.1` in the address."""

    longest: int = 12
    update: ClassVar[Integer] = Integer(symbol="t", help="", low=0, high=10_000_000)
    factor: ClassVar[Real] = Real(symbol="f", help="", low=0.0, high=1e6)

    def check(self, value: Any) -> tuple[tuple[int, float], ...]:
        if not isinstance(value, Sequence) or not 1 <= len(value) <= self.longest:
            raise SentenceError("must hold 1 to {longest} points, got {value}", longest=self.longest, value=value)
        points = tuple((self.update.check(t), self.factor.check(f)) for t, f in value)
        times = [t for t, _ in points]
        if times != sorted(set(times)):
            raise SentenceError("must have rising update numbers, got {value}", value=times)
        return points

    def parse(self, text: str) -> tuple[tuple[int, float], ...]:
        try:
            pairs = [pair.split("~") for pair in text.split("_")]
            return self.check([(float(t), float(f)) for t, f in pairs])
        except (TypeError, ValueError):
            raise SentenceError("must read like {example}, got {value}", example="0~1_500~0.1", value=text) from None

    def format(self, value: tuple[tuple[int, float], ...]) -> str:
        return "_".join(f"{t}~{format_real(f)}" for t, f in value)


def knob(default: Any, kind: Knob) -> Any:
    """Declare a dataclass field whose default and whose `kind` (range, symbol, help) stand in one line."""
    return dataclasses.field(default=default, metadata={"knob": kind})


def knobs_of(owner: Any) -> dict[str, Knob]:
    """Return the knobs that a dataclass, or an instance of one, declares: field name to knob."""
    return {f.name: f.metadata["knob"] for f in dataclasses.fields(owner) if "knob" in f.metadata}


def defaults_of(owner: Any) -> dict[str, Any]:
    """Return the declared default of every knob of a dataclass: field name to value."""
    return {f.name: f.default for f in dataclasses.fields(owner) if "knob" in f.metadata}


def check_knobs(entry: Any) -> None:
    """Replace each knob's value by its canonical form; raise SentenceError naming owner, range and value."""
    for name, declared in knobs_of(entry).items():
        check_field(entry, name, declared)


def check_field(owner: Any, name: str, declared: Knob) -> None:
    """Replace one value of a dataclass by its canonical form; raise SentenceError naming owner, range and value."""
    try:
        value = declared.check(getattr(owner, name))
    except SentenceError as error:
        field = f"{type(owner).__name__}.{name}"
        raise SentenceError("{owner} {reason}", owner=field, reason=error.sentence) from None
    object.__setattr__(owner, name, value)


PARTS_OF_PI = (1, 2, 3, 4, 6, 8, 12)
MOST = 24


def readable(value: float) -> str:
    """Write a float as a person would: a fraction of pi or a root as such, anything else as `format_real` does."""
    size, sign = abs(float(value)), "-" if value < 0 else ""
    for q in PARTS_OF_PI:
        p = round(size * q / math.pi) if 0 < size < MOST * math.pi else 0
        if p and math.isclose(size, p * math.pi / q, rel_tol=1e-15):
            return sign + (f"{p}π" if p > 1 else "π") + (f"/{q}" if q > 1 else "")
    square = round(size * size) if size < MOST else 0
    if square and size == math.sqrt(square) and not size.is_integer():
        return f"{sign}√{square}"
    return format_real(value + 0.0)


def short_real(value: float, digits: int = 4) -> str:
    """Write a float with so many digits at most."""
    return format_real(float(f"{value:.{digits}g}") + 0.0)


def format_real(value: float) -> str:
    """Write a float as short as it reads back exactly, without `+` and without a trailing `.0`."""
    mantissa, _, exponent = repr(float(value)).partition("e")
    return mantissa.removesuffix(".0") + (f"e{int(exponent)}" if exponent else "")
