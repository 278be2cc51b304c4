"""What is seen before the app has drawn, in a real browser: it stands where the app comes to stand, and goes."""

import re
from html import unescape
from urllib.request import urlopen

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.long]

READY = '.sigmascope-player[data-ready="true"]'
POSTER = "#sigmascope-poster"
NEAR = 8
"""Pixels by which the app may stand elsewhere than its poster: a font's, not a jump's."""


def place(page, selector):
    box = page.locator(selector).bounding_box()
    return [box["x"], box["y"], box["x"] + box["width"], box["y"] + box["height"]]


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (1440, 900), (390, 844)])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_app_takes_the_place_of_the_poster_without_a_jump(chromium, server, width, height, scheme):
    page = chromium.new_context(viewport={"width": width, "height": height}, color_scheme=scheme).new_page()
    page.route("**/static/js/*", lambda route: (page.wait_for_timeout(50), route.continue_())[1])
    page.goto(server.url, wait_until="commit")
    expect(page.locator(f"{POSTER} img:visible")).to_have_count(1)
    page.wait_for_function("document.fonts.ready.then(() => document.fonts.check('1rem Source Sans'))")
    poster = [place(page, f"{POSTER} {part}") for part in ("h2", "p >> nth=0", "figure")]
    expect(page.locator(READY)).to_be_visible()
    expect(page.locator(POSTER)).to_have_count(0)
    app = [place(page, part) for part in (".sigmascope-question", ".sigmascope-task", ".sigmascope-map .nsewdrag")]
    for before, after in zip(poster, app, strict=True):
        assert max(abs(a - b) for a, b in zip(before, after, strict=True)) <= NEAR, (poster, app)
    page.context.close()


def test_without_scripts_the_picture_and_a_sentence_stay(chromium, server):
    page = chromium.new_context(java_script_enabled=False).new_page()
    page.goto(server.url)
    expect(page.locator(f"{POSTER} img:visible")).to_have_count(1)
    expect(page.get_by_text("Sigmascope needs JavaScript to play.")).to_be_visible()
    page.context.close()


@pytest.mark.parametrize("path", ["", "?surface=rosenbrock&a=adam", "?panels=all", "lecture?chapter=3", "catalogue"])
def test_no_poster_stays_on_any_page_and_the_title_does(open_page, server, path):
    with urlopen(f"{server.url}/{path}", timeout=30) as sent:
        title = unescape(re.search("<title>(.*)</title>", sent.read().decode())[1])
    page = open_page(f"{server.url}/{path}", first_screen=True)
    expect(page.locator('[data-testid="stPageLink"]').first).to_be_visible()
    expect(page.locator(POSTER)).to_have_count(0)
    expect(page).to_have_title(title)
    assert title.endswith("Sigmascope")
