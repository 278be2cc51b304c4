"""Sentences: what a template makes of its values, whatever they are."""

import math
import re
from string import Formatter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from explain.lecture.chapters import CHAPTERS
from explain.maps import MAP_QUESTIONS
from explain.network.questions import NETWORK_QUESTIONS
from explain.questions.questions import QUESTIONS
from spec.sentences import Sentence, fill
from tests.messages import collected
from tests.numbers import as_python_writes

FORMS = sorted(
    {form for text in collected() for _, name, form, _ in Formatter().parse(text) if name and "|" not in form}
)
SIGNED_NOTHING = re.compile(r"-0(\.0*)?(e[+-]\d+)?%?(?![\d.])")


@pytest.mark.parametrize(
    ("form", "value", "text"),
    [
        ("", -0.0, "0.0"),
        (".4g", -0.0, "0"),
        (".4f", -1e-320, "0.0000"),
        (".1%", -1e-9, "0.0%"),
        (".2e", -0.0, "0.00"),
        (".4g", -0.25, "-0.25"),
        (".4g", -1e-320, "-10⁻³²⁰"),
        (".4g", 3.671e7, "3.671×10⁷"),
        (".4g", 102_300.0, "102,300"),
        (".4g", 1e6, "10⁶"),
        (".6g", 1234.5, "1234.5"),
        (".6g", 12345.5, "12,345.5"),
        (".0e", 4e-8, "4×10⁻⁸"),
        (".4g", math.inf, "inf"),
        ("time|times", 1, "time"),
        ("time|times", 0, "times"),
        ("time|times", np.int64(1), "time"),
    ],
)
def test_values_by_hand(form, value, text):
    assert fill(f"{{x:{form}}}", {"x": value}) == text


def test_the_forms_of_the_house_are_found():
    assert {".4g", ".6g", ".0%"} <= set(FORMS)


@pytest.mark.parametrize("form", FORMS)
@given(value=st.one_of(st.floats(), st.floats(-1e-300, 1e-300), st.just(-0.0)))
def test_nothing_has_no_sign_and_the_rest_is_pythons(form, value):
    shown = fill(f"{{x:{form}}}", {"x": value}) if form not in ("d", ",d") else "0"
    assert not SIGNED_NOTHING.fullmatch(shown)
    if value:
        assert float(as_python_writes(shown.rstrip("%").replace(",", ""))) == pytest.approx(
            float(format(value, form).rstrip("%").replace(",", "")), nan_ok=True
        )


LIMITS = {"longest", "most", "trials", "count"}
"""Limits of the house, and counts that begin with several, all of them more than 1."""
COUNTED = r"\b(?:more )?(?:updates|times|runs|trials|points|characters)\b"


def test_no_template_counts_one_in_the_plural():
    """A number before a noun in the plural brings its own noun, unless it can be no 1."""
    measured = [*CHAPTERS, *QUESTIONS, *NETWORK_QUESTIONS, *MAP_QUESTIONS]
    fixed = {text for scene in measured for text in scene.texts()}
    found = {name for text in collected() - fixed for name in re.findall(rf"\{{(\w+)[^{{}}|]*\}} {COUNTED}", text)}
    assert found <= LIMITS
    for scene in measured:
        assert not [text for text in scene.texts() if re.search(rf"(?<![\d.,])1 {COUNTED}", str(scene.sentence(text)))]


def test_a_sentence_in_a_sentence_is_filled_too():
    inner = Sentence("after {n} {n:update|updates}", {"n": 1})
    assert str(Sentence("{what}, at {x:.3g}", {"what": inner, "x": -0.0})) == "after 1 update, at 0"
