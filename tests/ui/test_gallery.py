"""The gallery: nothing until it is opened, then one card a question, and one click opens its scene."""

import pytest

import ui.presets
from charts.miniature import picture_of_scene
from engine.url import encode
from explain.questions.questions import QUESTIONS
from tests.ui.app_page import address, assert_clean, lab


def opened(**query):
    page = lab(**query)
    page.button(key="gallery-button").click().run()
    assert_clean(page)
    return page


def cards(page):
    return {button.key: button.label for button in page.button if (button.key or "").startswith("preset:")}


@pytest.fixture
def made(monkeypatch):
    """The scenes of which pictures are made from now on."""
    scenes = []

    def picture(scenario, *others):
        scenes.append(scenario)
        return picture_of_scene(scenario, *others)

    monkeypatch.setattr(ui.presets, "picture_of_scene", picture)
    ui.presets._picture.cache_clear()
    return scenes


def test_a_first_visit_makes_no_picture_and_each_is_made_once(made):
    page = lab()
    assert cards(page) == {}
    assert made == []
    for _ in range(2):
        opened()
    assert made == [question.scene for question in QUESTIONS]


def test_every_question_is_a_card():
    page = opened()
    assert cards(page) == {"preset:here": "One term at a time, on this surface"} | {
        f"preset:{question.slug}": question.ask for question in QUESTIONS
    }
    assert {"The lecture's scenes", "Questions people ask"} <= {header.value for header in page.header}


@pytest.mark.parametrize("question", QUESTIONS, ids=[question.slug for question in QUESTIONS])
def test_a_card_is_one_click(question):
    page = opened(surface="rosenbrock", a="adam", a__lr="0.1", steps="20")
    page.button(key=f"preset:{question.slug}").click().run()
    assert_clean(page)
    assert address(page) == encode(question.scene)
    assert cards(page) == {}
    assert not page.warning
