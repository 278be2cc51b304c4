"""A lesson in a real Chromium: made from the lab, opened by students, who change what they are let."""

from urllib.parse import urlencode

import pytest
from playwright.sync_api import expect

from tests.browser.lab_page import READY, ready, state

pytestmark = [pytest.mark.browser, pytest.mark.long]

SCENE = {"v": "1", "surface": "valley", "steps": "100", "a": "gd", "a.lr": "0.01"}
ASKED = {"title": "Which axis?", "text": "First.\nSecond.", "ask": "Where?", "options": "Here\nThere", "right": "2"}


def address(server, **said):
    return f"{server.url}/lesson?{urlencode(SCENE | said)}"


def test_students_answer_play_and_change_only_what_they_are_let(server, open_page):
    page = open_page(address(server, **ASKED, lets="rate", shows="answer.endings"))
    player = ready(page)
    expect(page.locator("#sigmascope-poster")).to_have_count(0)
    expect(page.locator("[data-testid=stPageLink]")).to_have_count(0)
    expect(page.locator(".st-key-share-button, .st-key-language")).to_have_count(0)
    expect(player).to_have_attribute("data-veiled", "true")
    page.get_by_text("There", exact=True).click()
    expect(player).to_have_attribute("data-veiled", "false")
    start = page.locator(".sigmascope-start")
    expect(start).to_be_disabled()
    before = page.url
    page.locator(".sigmascope-map").click(position={"x": 250, "y": 150})
    page.wait_for_timeout(700)
    assert page.url == before
    for hidden in (".sigmascope-more", ".sigmascope-caption", ".sigmascope-formula"):
        expect(page.locator(hidden)).to_be_hidden()
    expect(page.locator("button.sigmascope-guess")).to_be_hidden()
    page.locator("input.sigmascope-rate").focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_url(lambda url: "a.lr=0.01&" not in url + "&")
    page.keyboard.press("Escape")
    page.locator(".sigmascope-play").click()
    page.wait_for_function("document.querySelector('.sigmascope-player').dataset.time > 20")
    assert "title=Which" in page.url


def test_a_path_is_drawn_and_answered_at_the_end(server, open_page):
    page = open_page(address(server, ask="Where will it go?", after="To the star."))
    ready(page)
    expect(page.locator(".sigmascope-question")).to_have_text("Where will it go?")
    expect(page.locator(".sigmascope-answer")).to_be_empty()
    page.keyboard.press("d")
    box = page.locator(".sigmascope-drawing").bounding_box()
    page.mouse.move(box["x"] + 200, box["y"] + 200)
    page.mouse.down()
    page.mouse.move(box["x"] + 260, box["y"] + 260, steps=4)
    page.mouse.up()
    page.keyboard.press("End")
    expect(page.locator(".sigmascope-answer")).to_have_text("To the star.")
    expect(page.locator(".sigmascope-verdict")).to_be_visible()


def test_a_lesson_is_made_from_the_lab_and_its_link_is_the_lesson(server, open_page):
    page = open_page(f"{server.url}/?{urlencode(SCENE)}", first_screen=True)
    ready(page)
    page.locator(".st-key-share-button button").click()
    page.get_by_role("link", name="Make a lesson of it").click()
    page.wait_for_url("**/lesson?**")
    ready(page)
    page.locator(".copy-text").first.wait_for()
    title = page.get_by_label("Title", exact=True)
    title.fill("Steep & <flat>")
    title.press("Tab")
    text = page.get_by_label("What it says, a paragraph a line")
    text.press_sequentially("Typed while the title is taken in.", delay=40)
    text.press("Tab")
    expect(page.locator(".st-key-lesson").get_by_text("Typed while the title is taken in.")).to_be_visible()
    expect(page.get_by_role("heading", name="Steep & <flat>")).to_be_visible()
    page.wait_for_url("**title=Steep**")
    link = page.locator(".copy-text").first.inner_text()
    assert "edit" not in link
    page.goto(link)
    ready(page)
    expect(page.get_by_role("heading", name="Steep & <flat>")).to_be_visible()
    assert state(page)[2] == 100
    expect(page.get_by_label("Title", exact=True)).to_have_count(0)


@pytest.mark.parametrize("share", [0.3, 0.5, 0.8])
def test_a_link_cut_off_in_the_middle_opens(server, open_page, share):
    whole = address(server, **(ASKED | {"title": "哪个轴？"}))
    page = open_page(whole[: len(server.url) + 8 + int(share * (len(whole) - len(server.url) - 8))])
    page.locator(READY).wait_for()
