"""The gallery in a real Chromium: by mouse and by keyboard, on a wide screen and on a phone."""

import pytest
from playwright.sync_api import expect

from engine.url import encode
from explain.questions.questions import QUESTIONS
from tests.browser.lab_page import ready, wait_for_query

pytestmark = [pytest.mark.browser, pytest.mark.long]

ASKED = {question.slug: question for question in QUESTIONS}
WIDE, PHONE = {"width": 1280, "height": 800}, {"width": 390, "height": 844}


def opened(page, by):
    ready(page)
    by(page.get_by_role("button", name="Scenes to try"))
    gallery = page.get_by_role("dialog")
    expect(gallery.locator(f".st-key-card-{QUESTIONS[-1].slug} img")).to_be_attached()
    return gallery


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
def test_a_click_on_a_picture_opens_its_scene(server, open_page, size):
    page = open_page(server.url, viewport=size)
    gallery = opened(page, lambda button: button.click())
    picture = gallery.locator(".st-key-card-over-the-limit img")
    picture.scroll_into_view_if_needed()
    box, place = picture.bounding_box(), gallery.bounding_box()
    assert place["x"] <= box["x"] < box["x"] + box["width"] <= place["x"] + place["width"]
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.mouse.click(box["x"] + 20, box["y"] + 20)
    wait_for_query(page, **encode(ASKED["over-the-limit"].scene))
    expect(gallery).to_have_count(0)


def test_it_is_walked_through_by_keyboard(server, open_page):
    page = open_page(server.url)
    gallery = opened(page, lambda button: button.press("Enter"))
    card = gallery.get_by_role("button", name=QUESTIONS[1].ask)
    for _ in range(6):
        page.keyboard.press("Tab")
        if card.evaluate("button => button === document.activeElement"):
            break
    outline = card.evaluate("button => getComputedStyle(button, '::after').outlineStyle")
    assert outline == "solid"
    page.keyboard.press("Enter")
    wait_for_query(page, **encode(QUESTIONS[1].scene))
    expect(gallery).to_have_count(0)


def test_escape_closes_it_and_changes_nothing(server, open_page):
    page = open_page(server.url)
    gallery = opened(page, lambda button: button.click())
    page.keyboard.press("Escape")
    expect(gallery).to_have_count(0)
    assert "surface=" not in page.url
