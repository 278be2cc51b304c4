"""A page that plays without a network, opened from a file in a real Chromium."""

from urllib.parse import parse_qsl

import pytest
from playwright.sync_api import expect

import sigmascope
from engine.presets import DEFAULT_SCENE
from engine.simulate import simulate
from engine.url import decode
from explain.lecture.chapters import CHAPTERS
from tests.browser.lab_page import READY, button, state
from ui.offline import offline_lecture, offline_scene

pytestmark = [pytest.mark.browser, pytest.mark.long]

HOSTILE = "a=gd&a.name=<img src=x onerror=alert(1)>${1}&b=adam&b.name=</script><b>B"
MOVES = "document.querySelector('.sigmascope-player').dataset.time > 20"


@pytest.fixture
def open_file(open_page, tmp_path):
    def open_one(page, **options):
        (tmp_path / "page.html").write_text(page)
        opened = open_page(f"file://{tmp_path}/page.html", first_screen=True, **options)
        opened.locator(READY).wait_for()
        return opened

    return open_one


def alone(scene=DEFAULT_SCENE, code="en"):
    return offline_scene(scene, simulate(scene), "https://example.org/", code)


def test_a_scene_plays_scrubs_and_switches_runs_and_views(open_file):
    page = open_file(alone())
    page.keyboard.press("Space")
    page.wait_for_function(MOVES)
    page.keyboard.press("End")
    assert state(page) == (1000, False, 1000)
    expect(page.locator(".sigmascope-answer")).not_to_be_empty()
    page.locator(".sigmascope-run").first.click()
    expect(page.locator(".sigmascope-run").first).to_have_attribute("aria-pressed", "true")
    page.get_by_role("button", name="All curves and controls").click()
    expect(page.locator(".sigmascope-curve")).to_have_count(4)
    for view, panels in (("3-D", 4), ("Phase", 1), ("Map", 4)):
        button(page, view).click()
        expect(page.locator(".sigmascope-curve")).to_have_count(panels)
        expect(button(page, view)).to_have_attribute("aria-pressed", "true")
        assert state(page)[0] == 1000
    page.get_by_role("button", name="The story, with few panels").click()
    expect(page.locator(".sigmascope-question")).to_be_visible()


def test_nothing_can_be_changed_that_only_a_server_could_answer(open_file):
    page = open_file(alone())
    expect(page.locator(".sigmascope-held")).to_be_hidden()
    start = page.locator(".sigmascope-start")
    expect(start).to_be_disabled()
    before = start.get_attribute("style")
    page.locator(".sigmascope-map").click(position={"x": 300, "y": 150})
    page.wait_for_timeout(500)
    assert start.get_attribute("style") == before


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_is_as_light_or_dark_as_the_reader_s_device(open_file, scheme):
    page = open_file(alone(), color_scheme=scheme)
    colour = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert colour == {"light": "rgb(255, 255, 255)", "dark": "rgb(18, 22, 28)"}[scheme]
    page.emulate_media(color_scheme={"light": "dark", "dark": "light"}[scheme])
    page.wait_for_function("colour => getComputedStyle(document.body).backgroundColor !== colour", arg=colour)


def test_the_lecture_is_answered_and_played_chapter_by_chapter(open_file):
    page = open_file(offline_lecture("zh"), viewport={"width": 390, "height": 844})
    expect(page.locator("html")).to_have_attribute("lang", "zh-Hans")
    expect(page.locator("nav a")).to_have_count(len(CHAPTERS))
    page.locator("nav a").nth(2).click()
    expect(page.locator("h1")).to_contain_text("3 ·")
    expect(page.locator(".sigmascope-player")).to_have_attribute("data-veiled", "true")
    page.locator("fieldset input").first.check()
    expect(page.locator(".verdict")).not_to_be_empty()
    expect(page.locator(".sigmascope-player")).to_have_attribute("data-veiled", "false")
    page.keyboard.press("Escape")
    page.locator(".sigmascope-play").click()
    page.wait_for_function(MOVES)
    page.locator("nav a").nth(8).click()
    expect(page.locator("h1")).to_contain_text("9 ·")
    assert state(page)[0] == 0
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_what_a_person_named_runs_nothing(open_file):
    scene, _ = decode(dict(parse_qsl(HOSTILE)))
    page = open_file(alone(scene))
    page.wait_for_timeout(500)
    assert page.locator("main img").count() == 0
    assert page.locator("main b").count() == 0
    expect(page.locator(".after")).to_contain_text("<img src=x")


@pytest.mark.parametrize("encoding", ["", '<meta charset="utf-8">'])
def test_a_scene_plays_inside_a_notebook(open_page, tmp_path, encoding):
    shown = sigmascope.scene("surface=rosenbrock&steps=200&a=adam&a.name=学习率&lang=zh")._repr_html_()
    (tmp_path / "page.html").write_text(f"<!doctype html>{encoding}<body>{shown}", encoding="utf-8")
    page = open_page(f"file://{tmp_path}/page.html", first_screen=True)
    frame = page.frame_locator("iframe")
    frame.locator(READY).wait_for()
    frame.locator(".sigmascope-play").click()
    frame.locator('.sigmascope-player[data-playing="true"]').wait_for()
    expect(frame.locator(".after")).to_contain_text("学习率")
