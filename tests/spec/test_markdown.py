"""Text from outside stays text, whatever Markdown would make of it."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spec.markdown import JOINER, literal, quiet
from spec.sentences import Sentence
from tests.ui.app_page import assert_clean, lab

HOSTILE = [
    "![x](https://example.org/x.png)",
    "[click](https://example.org)",
    "https://example.org",
    "www.example.org",
    "a@example.org",
    "<img src=x onerror=alert(1)>",
    "`code` *bold* _slanted_ ~~gone~~ $x^2$",
    ":red[alarm] :material/home: :smile:",
    "# heading",
    "1. list",
    "- list",
    "| a | b |",
    "&copy;",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_that_markdown_knows_is_left_bare(text):
    shown = literal(text)
    assert not re.search(r"(?<!\\)[`*_\[\]<>$~|&#]", shown)
    assert not re.search(rf"[:@](?!{JOINER}| )|www\.", shown)
    assert not re.match(r"[-+]\s|\d+[.)]\s", shown)


@given(st.text(st.characters(exclude_characters=JOINER)))
def test_what_is_read_is_what_was_written(text):
    read = re.sub(r"\\(?=[^\w\s])", "", literal(text).replace(JOINER, ""), count=0)
    assert read.replace("\\", "") == " ".join(text.split()).replace("\\", "")
    assert "\n" not in literal(text)


def test_a_sentence_keeps_its_own_words_and_numbers():
    inner = Sentence("**{what}** is left out", {"what": "[a](b)"})
    assert str(quiet(Sentence("{field}: {reason}, {n}", {"field": "x_1", "reason": inner, "n": 3}))) == (
        r"x\_1: **\[a\](b)** is left out, 3"
    )


@pytest.mark.parametrize("text", HOSTILE[:6])
def test_an_address_shows_nothing_live_in_a_note(text):
    page = lab(surface=text, **{text: "1"})
    assert_clean(page)
    said = " ".join(warning.value for warning in page.warning)
    assert literal(text) in said
    assert not re.search(r"(?<!\\)\[|(?<!\\)<|://", said)


def test_a_name_is_text_in_the_pills():
    page = lab(a="gd", a__name="![x](y)")
    assert_clean(page)
    assert all("![x](" not in text.value for text in page.markdown)
