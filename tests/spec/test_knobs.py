"""Knobs: one declaration checks, reads, writes and clamps."""

import math
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spec.knobs import (
    Choice,
    Flag,
    Integer,
    Points,
    Real,
    check_knobs,
    defaults_of,
    format_real,
    knob,
    knobs_of,
    readable,
)
from spec.sentences import Sentence, SentenceError

REAL = Real(symbol="r", help="A real.", low=0.0, high=0.999)
WHOLE = Integer(symbol="n", help="A whole number.", low=1, high=10)
CHOICE = Choice(symbol="c", help="A choice.", options={"one": "One", "two": "Two"})
FLAG = Flag(symbol="f", help="A switch.")
POINTS = Points(symbol="p", help="A table.")


@dataclass(frozen=True)
class Owner:
    rho: float = knob(0.9, REAL)
    count: int = knob(3, WHOLE)

    def __post_init__(self):
        check_knobs(self)


def test_an_error_names_owner_range_and_value():
    with pytest.raises(SentenceError, match=r"^Owner\.rho must lie in \[0, 0\.999\], got 7$"):
        Owner(rho=7.0)


def test_values_take_their_canonical_type():
    owner = Owner(rho=0, count=4.0)
    assert isinstance(owner.rho, float)
    assert isinstance(owner.count, int)


def test_declarations_are_found_by_name():
    assert knobs_of(Owner) == {"rho": REAL, "count": WHOLE}
    assert defaults_of(Owner()) == {"rho": 0.9, "count": 3}


@pytest.mark.parametrize(
    ("declared", "value"),
    [
        (REAL, math.nan), (REAL, 1.0), (REAL, -1e-9), (REAL, True), (REAL, "0.5"), (REAL, None),
        (WHOLE, 0), (WHOLE, 11), (WHOLE, 2.5), (WHOLE, math.inf), (WHOLE, math.nan),
        (CHOICE, "three"), (FLAG, 1), (FLAG, "on"),
        (POINTS, ()), (POINTS, ((5, 1.0), (5, 2.0))), (POINTS, ((-1, 1.0),)),
        (POINTS, tuple((t, 1.0) for t in range(13))),
    ],
)  # fmt: skip
def test_what_is_not_allowed_is_refused(declared, value):
    with pytest.raises(SentenceError):
        declared.check(value)


@pytest.mark.parametrize("text", ["", "x", "1,5", "--1", "0~", "~", "0~1_", "1~2~3", "ON", "0x1"])
@pytest.mark.parametrize("declared", [REAL, WHOLE, FLAG, POINTS], ids=["real", "whole", "flag", "points"])
def test_text_that_is_no_value_is_refused(declared, text):
    with pytest.raises(SentenceError):
        declared.check(declared.parse(text))


@given(st.floats(0.0, 0.999))
def test_reals_read_back_exactly(value):
    assert REAL.parse(REAL.format(value)) == value


@given(st.lists(st.tuples(st.integers(0, 10**7), st.floats(0, 1e6)), min_size=1, max_size=12, unique_by=lambda p: p[0]))
def test_tables_read_back_exactly(pairs):
    table = tuple(sorted(pairs))
    assert POINTS.parse(POINTS.format(table)) == table


@pytest.mark.parametrize(
    ("value", "nearest"), [(5.0, 0.999), (-5.0, 0.0), (math.inf, 0.999), (-math.inf, 0.0), (0.5, 0.5)]
)
def test_the_nearest_allowed_value(value, nearest):
    assert REAL.nearest(value) == nearest


def test_there_is_nothing_near_to_nan():
    with pytest.raises(SentenceError):
        REAL.nearest(math.nan)


@pytest.mark.parametrize(
    ("value", "text"),
    [(1.0, "1"), (1e-7, "1e-7"), (0.05, "0.05"), (1e22, "1e22"), (-2.5e-10, "-2.5e-10"), (1e16, "1e16")],
)
def test_numbers_are_written_short(value, text):
    assert format_real(value) == text


def test_a_sentence_may_hold_a_sentence():
    outer = Sentence("{field}: {reason}", {"field": "a", "reason": Sentence("got {n}", {"n": 3})})
    assert str(outer) == "a: got 3"


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (2 * math.pi, "2π"),
        (math.pi, "π"),
        (-math.pi / 2, "-π/2"),
        (3 * math.pi / 4, "3π/4"),
        (math.sqrt(2), "√2"),
        (-math.sqrt(3), "-√3"),
        (3.14159, "3.14159"),
        (2.0, "2"),
        (0.0, "0"),
        (-0.0, "0"),
        (1e-7, "1e-7"),
        (1e300, "1e300"),
    ],
)
def test_fractions_of_pi_and_roots_are_written_as_such_for_people(value, written):
    assert readable(value) == written


def test_zero_has_no_sign():
    for number in (Real(symbol="x", help="", low=-1.0, high=1.0), Integer(symbol="n", help="", low=-1, high=1)):
        assert number.format(number.check(-0.0)) == "0"
        assert number.format(number.nearest(-0.0)) == "0"
