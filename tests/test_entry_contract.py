"""What every entry of every catalogue keeps: its facts are there, and its knobs say what they are and refuse."""

import math
import re

import pytest

from optimizers import OPTIMIZERS
from schedules import SCHEDULES
from spec.knobs import Choice, Flag, Number, Points, Text, format_real, knobs_of
from spec.sentences import Sentence, fill
from surfaces import SURFACES

ENTRIES = {**SURFACES, **OPTIMIZERS, **SCHEDULES}

every_entry = pytest.mark.parametrize("kind", ENTRIES.values(), ids=list(ENTRIES))
every_knob = pytest.mark.parametrize(
    ("kind", "name"),
    [(kind, name) for kind in ENTRIES.values() for name in knobs_of(kind)],
    ids=[f"{slug}-{name}" for slug, kind in ENTRIES.items() for name in knobs_of(kind)],
)


@every_entry
def test_the_facts_are_there(kind):
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", kind.slug)
    assert kind.title
    assert kind.latex
    assert kind.latex.count("{") == kind.latex.count("}")
    assert re.fullmatch(r"[A-Z][^\n]*\.", kind.summary)
    assert isinstance(kind.source.citation, Sentence) or str(kind.year) in kind.source.citation
    assert kind() == kind()


@every_knob
def test_a_knob_says_what_it_is(kind, name):
    declared = knobs_of(kind)[name]
    assert re.fullmatch(r"[a-z]+[0-9]?(_[a-z]+)?", name)
    assert declared.symbol
    assert re.fullmatch(r"[A-Z][^\n.]*\.", declared.help)
    value = getattr(kind(), name)
    assert declared.parse(declared.format(value)) == value


def forbidden(declared):
    """Return values a knob must refuse, each with what the error must say."""
    match declared:
        case Number(low=low, high=high):
            yield from (
                (value, fill("[{low:g}, {high:g}]", {"low": low, "high": high}))
                for value in (low - 1.0, 2.0 * high + 1.0, math.nan)
            )
            yield "much", "a number"
        case Choice(options=options):
            yield "nonsense", ", ".join(options)
        case Flag():
            yield "yes", "on or off"
        case Points(longest=longest):
            yield (), f"1 to {longest} points"
            yield ((5, 1.0), (5, 2.0)), "rising"
        case Text(longest=longest):
            yield "x" * (longest + 1), f"at most {longest} characters"


@every_knob
def test_a_forbidden_value_is_refused_in_a_sentence(kind, name):
    cases = list(forbidden(knobs_of(kind)[name]))
    assert cases
    for value, allowed in cases:
        with pytest.raises(ValueError, match=re.escape(f"{kind.__name__}.{name} must")) as error:
            kind(**{name: value})
        assert allowed in str(error.value)
        if isinstance(value, float):
            assert format_real(value) in str(error.value)
