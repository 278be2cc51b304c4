"""A lesson of a teacher: what it says is text, and students see and change what they are to."""

import json
from pathlib import Path
from string import ascii_letters
from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from explain.lecture.chapters import CHAPTERS
from explain.lesson import LETS, ON_THE_PLAYER, SHOWS, Lesson
from spec.sentences import fill
from tests.ui.app_page import assert_clean
from tests.ui.test_share import copies
from ui.first_paint.poster import poster
from ui.lesson_address import address_of_lesson, named
from ui.parameters import LESSON
from ui.parameters import LETS as LETS_OF_ADDRESS

APP = str(Path(__file__).parents[2] / "lab.py")
SCENE = {"surface": "valley", "x": "6", "y": "3", "steps": "100", "a": "gd", "a.lr": "0.01"}
ASKED = {
    "title": "Which axis?",
    "text": "First.\nSecond.",
    "ask": "Where?",
    "options": "Here\nThere",
    "right": "2",
    "after": "So.",
}


def lesson(**query):
    page = AppTest.from_file(APP, default_timeout=60)
    page.switch_page("pages/lesson.py")
    for key, value in (SCENE | query).items():
        page.query_params[key] = value
    page.run()
    assert_clean(page)
    return page


def player(page):
    (found,) = [part for part in page.get("bidi_component") if "sigmascope_player" in part.proto.component_name]
    return json.loads(found.proto.json)


def texts(page):
    return [element.value for element in page.markdown]


def test_it_says_and_asks_and_answers():
    page = lesson(**ASKED)
    assert page.title[0].value == "Which axis?"
    assert {"First.", "Second."} <= set(texts(page))
    assert player(page)["veiled"] is True
    assert not page.header
    page.radio[0].set_value(0).run()
    assert "Not quite: There." in page.info[0].value
    page.radio[0].set_value(1).run()
    assert "So." in page.success[0].value
    assert player(page)["veiled"] is False
    assert page.header[0].value == "How it ended"


def test_nothing_leads_elsewhere():
    page = lesson(**ASKED)
    assert not page.get("page_link")
    assert not [button for button in page.button if button.key in ("share-button", "gallery-button")]
    assert not page.selectbox


@pytest.mark.parametrize("lets", [*LETS, "none"])
def test_students_may_change_what_they_are_let(lets):
    page = lesson(lets=lets)
    assert ("start" in player(page)["locked"]) == (lets != "start")
    assert ("rate" in player(page)["locked"]) == (lets != "rate")
    labels = {element.label for element in [*page.selectbox, *page.number_input, *page.button]}
    expected = {
        "surface": {"Surface"},
        "steps": {"Updates $T$"},
        "optimizer": {"Optimizer"},
        "schedule": {"Schedule"},
        "runs": {"Add", "Remove"},
    }
    for name, controls in expected.items():
        assert any(label.startswith(tuple(control.split()[0] for control in controls)) for label in labels) == (
            lets == name
        ), (name, labels)


@pytest.mark.parametrize("shows", [*SHOWS, "none"])
def test_students_see_what_they_are_shown(shows):
    page = lesson(**ASKED, shows=shows)
    page.radio[0].set_value(1).run()
    assert [name in player(page)["locked"] for name in ("captions", "formula")] == [
        shows != "captions",
        shows != "formula",
    ]
    assert bool(page.success) == (shows == "answer")
    assert bool(page.header) == (shows == "endings")


@pytest.mark.parametrize(("said", "expected"), [({}, None), ({"guided": "on"}, True), ({"guided": "off"}, False)])
def test_it_plays_guided_or_freely(said, expected):
    assert player(lesson(**said))["guided"] is expected


def test_a_question_without_answers_is_a_path_to_draw():
    page = lesson(ask="Where will it go?", after="There.")
    assert not page.radio
    assert player(page)["veiled"] is False


HOSTILE = "<script>alert(1)</script> ![x](https://e.example/p.png) [a](javascript:1) $x$ :red[r]"


def test_what_it_says_is_text():
    page = lesson(title=HOSTILE, text=HOSTILE, ask=HOSTILE, options=HOSTILE + "\nb", after=HOSTILE, right="2")
    page.radio[0].set_value(0).run()
    shown = [page.title[0].value, *texts(page), page.radio[0].label, *page.radio[0].options, page.info[0].value]
    assert not [text for text in shown if "<script" in text.replace("\\<", "") or "](" in text.replace("\\](", "")]


@pytest.mark.parametrize(
    "query",
    [
        {"options": "a\nb"},
        {"right": "9"},
        {"right": "3", "ask": "?", "options": "a\nb"},
        {"lets": "moon"},
        {"title": "x" * 500},
        {"ask": "?", "options": "\n\n"},
        {"guided": "perhaps", "edit": "maybe", "shows": ""},
    ],
)
def test_a_link_that_was_cut_or_bent_still_opens(query):
    page = lesson(**query)
    assert player(page)["key"] == "player"


def test_a_lesson_is_edited_by_its_address():
    page = lesson(**ASKED, edit="on")
    assert page.get("page_link")
    fields = {field.label: field for field in [*page.text_input, *page.text_area]}
    fields["Title"].set_value("Which one?").run()
    assert page.query_params["title"] in ("Which one?", ["Which one?"])
    assert page.title[0].value == "Which one?"
    link = copies(page)[0]
    said = dict(parse_qsl(urlsplit(link).query))
    assert said["title"] == "Which one?"
    assert "edit" not in said
    assert said["surface"] == "valley"


def test_what_does_not_fit_a_link_is_said():
    page = lesson(**(ASKED | {"text": "word " * 380, "after": "word " * 150}), edit="on")
    assert any("of 2,000 characters" in warning.value for warning in page.warning)
    assert len(copies(page)) == 0


@pytest.mark.parametrize("number", range(1, len(CHAPTERS) + 1))
def test_every_chapter_is_a_lesson_that_can_be_edited(number):
    taught = CHAPTERS[number - 1].lesson(lambda sentence: fill(sentence.template, sentence.values))
    assert taught.ask
    assert 0 <= taught.right < len(taught.options)
    query = address_of_lesson(taught)
    page = lesson(**query)
    fields = {field.label: field.value for field in [*page.text_input, *page.text_area]}
    assert fields["Title"] == taught.title
    assert fields["A question"] == taught.ask
    assert fields["Its answers, one a line; none for a path to be drawn"].splitlines() == list(taught.options)
    assert fields["What it says, a paragraph a line"] == "\n".join(taught.text)
    assert taught.letters <= 2000


WORDS = st.text(ascii_letters + "αβ 学,.?:<>*_$", max_size=40).map(lambda text: " ".join(text.split()))


@settings(max_examples=60, deadline=None)
@given(
    st.builds(
        Lesson,
        title=WORDS,
        text=st.lists(WORDS.filter(bool), max_size=3).map(tuple),
        ask=WORDS,
        options=st.lists(WORDS.filter(bool), max_size=4).map(tuple),
        right=st.integers(-1, 3),
        after=WORDS,
        lets=st.sets(st.sampled_from(LETS)).map(frozenset),
        shows=st.sets(st.sampled_from(SHOWS)).map(frozenset),
    )
)
def test_a_lesson_survives_its_address(told):
    query = address_of_lesson(told)
    read = {p.name: p.knob.check(p.knob.parse(query[p.name])) if p.name in query else p.default for p in LESSON}
    assert read["title"] == told.title
    assert tuple(read["text"].splitlines()) == told.text
    assert tuple(read["options"].splitlines()) == told.options
    assert (read["right"] or 0) - 1 == told.right
    assert frozenset(read["lets"]) - {"none"} == told.lets
    assert frozenset(read["shows"]) - {"none"} == told.shows


def test_what_is_as_usual_stands_in_no_address():
    assert named(frozenset(LETS_OF_ADDRESS.default), LETS_OF_ADDRESS.default) == ""
    assert named(frozenset(), LETS_OF_ADDRESS.default) == "none"


def test_what_the_player_can_lock_is_something_of_a_lesson():
    assert set(ON_THE_PLAYER) <= {*LETS, *SHOWS}


@pytest.mark.parametrize(("title", "shown"), [("Which axis?", "Which axis?"), ("", "Lesson"), ("<b>", "&lt;b&gt;")])
def test_the_title_is_on_the_page_before_the_app(title, shown):
    made = poster("lesson", {"title": title}, "en")
    assert f"<h1>{shown}</h1>" in made.html
