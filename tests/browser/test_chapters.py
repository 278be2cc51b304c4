"""What a student does in the lecture, in a real Chromium."""

import re

import pytest
from playwright.sync_api import expect

from explain.lecture.chapters import CHAPTERS
from tests.browser.lab_page import READY, ready, state
from ui.text import TAGS, messages

pytestmark = [pytest.mark.browser, pytest.mark.long]

NUMBERS = range(1, len(CHAPTERS) + 1)


def overflow(page):
    return page.evaluate("document.documentElement.scrollWidth - innerWidth")


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("number", NUMBERS)
def test_a_chapter_opens_by_its_link_and_plays(server, open_page, number, lang):
    chapter, say = CHAPTERS[number - 1], messages(lang).gettext
    page = open_page(f"{server.url}/lecture?chapter={number}&lang={lang}", viewport={"width": 390, "height": 844})
    ready(page)
    expect(page.get_by_role("heading", name=say(chapter.title), exact=False)).to_be_visible()
    assert state(page) == (0, False, chapter.scene.steps)
    assert overflow(page) <= 0
    assert page.evaluate("document.documentElement.lang") == TAGS[lang]
    answer = say(chapter.question.options[chapter.question.right]).format(**chapter.numbers)
    page.locator("[data-testid=stRadio]").get_by_text(answer, exact=True).click()
    because = say(chapter.question.because).format(**chapter.numbers)
    expect(page.get_by_text(because[-40:], exact=False)).to_be_visible()
    page.locator(READY).get_by_role("button", name=say("Play"), exact=True).click()
    page.wait_for_timeout(250)
    time, playing, _ = state(page)
    assert playing
    assert time > 0
    page.set_viewport_size({"width": 1440, "height": 900})
    page.wait_for_timeout(250)
    assert overflow(page) <= 0


def test_a_cold_server_opens_a_chapter(cold_server, open_page):
    page = open_page(f"{cold_server.url}/lecture?chapter=4")
    ready(page)
    expect(page.get_by_text("On the valley floor every gradient", exact=False)).to_be_visible()


def test_the_outlines_of_the_answer_are_hidden_until_it_is_given(server, open_page):
    page = open_page(f"{server.url}/lecture?chapter=4")
    ready(page)
    ghost = page.locator('.sigmascope-map .scatterlayer .trace[style*="opacity: 0.28"]').first
    assert ghost.evaluate("e => getComputedStyle(e).visibility") == "hidden"
    page.locator("[data-testid=stRadio] label").nth(1).click()
    expect(page.locator(".stAlert")).to_be_visible()
    ready(page)
    assert ghost.evaluate("e => getComputedStyle(e).visibility") == "visible"


def test_a_chapter_leads_on_and_back_and_into_the_lab(server, open_page):
    page = open_page(f"{server.url}/lecture?chapter=4&lang=zh")
    ready(page)
    page.locator(".st-key-lecture").get_by_role("button", name="5 ·").click()
    expect(page).to_have_url(re.compile(r"chapter=5"))
    expect(page.get_by_role("heading", name="学习率衰减")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("heading", name="暴冲")).to_be_visible()
    ready(page)
    page.get_by_role("link", name="在实验室中打开这个场景").click()
    expect(page).to_have_url(re.compile(r"steps=1300.*a=adagrad-rms.*lang=zh"))
    expect(page.locator(READY)).to_have_attribute("data-updates", "1300")
    expect(page.locator(READY)).to_have_attribute("data-time", "0")


def test_the_lab_keeps_its_own_scene(server, open_page):
    page = open_page(f"{server.url}/?v=1&surface=rosenbrock&a=adam&a.lr=0.05")
    ready(page)
    page.get_by_role("link", name="Lecture").click()
    expect(page.get_by_role("heading", name="1 · ")).to_be_visible()
    page.get_by_role("link", name="Lab", exact=True).click()
    expect(page).to_have_url(re.compile(r"surface=rosenbrock.*a\.lr=0\.05"))
    ready(page)


def test_a_click_on_the_map_moves_the_start_of_the_chapter_only(server, open_page):
    page = open_page(f"{server.url}/lecture?chapter=7")
    ready(page)
    page.locator("[data-testid=stRadio] label").nth(2).click()
    area = page.locator(".sigmascope-map .nsewdrag").first
    area.scroll_into_view_if_needed()
    box = area.bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    back = page.get_by_role("button", name="Back to the chapter's start")
    back.click()
    expect(back).to_be_hidden()
    assert "x=" not in page.url


def test_the_language_is_the_browsers_until_it_is_chosen(server, open_page):
    page = open_page(f"{server.url}/lecture?chapter=6", locale="zh-CN")
    ready(page)
    expect(page.get_by_role("heading", name="热身")).to_be_visible()
    page.locator(".st-key-language input").click()
    page.get_by_role("option", name="English").click()
    expect(page.get_by_role("heading", name="6 · Warm-up")).to_be_visible()
    expect(page).to_have_url(re.compile(r"chapter=6.*lang=en"))


def test_terms_lead_to_the_reference(server, open_page):
    page = open_page(f"{server.url}/lecture?chapter=7")
    ready(page)
    page.get_by_role("link", name="RMSProp", exact=True).click()
    expect(page.get_by_role("tabpanel").get_by_role("heading").first).to_have_text("RMSProp")
    expect(page.locator(".st-key-entry-rmsprop img")).to_have_js_property("complete", True)
    assert overflow(page) <= 0
