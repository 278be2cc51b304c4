"""What is printed, by a real Chromium: every scene and every chapter on two sheets of A4."""

import re

import pytest

from engine.presets import PRESETS
from engine.simulate import simulate
from engine.url import decode
from explain.lecture.chapters import CHAPTERS
from ui.sheets import scene_sheets, worksheet

pytestmark = [pytest.mark.browser, pytest.mark.long]


def sheets_of(page, html):
    page.set_content(html)
    return len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4", prefer_css_page_size=True)))


@pytest.fixture
def page(open_page):
    return open_page("about:blank", first_screen=True)


@pytest.mark.parametrize("is_answered", [True, False])
@pytest.mark.parametrize("code", ["en", "zh"])
def test_the_chapters_are_two_sheets_each(page, code, is_answered):
    assert sheets_of(page, worksheet(code, is_answered)) == 2 * len(CHAPTERS)


@pytest.mark.parametrize("name", PRESETS)
def test_a_scene_is_two_sheets(page, name):
    _, scene = PRESETS[name]
    assert sheets_of(page, scene_sheets(scene, simulate(scene), "https://example.org/" + "x" * 300, "en")) == 2


def test_six_runs_are_two_sheets(page):
    scene, _ = decode(dict.fromkeys("abcdef", "adam") | {"steps": "200", "a.name": "A name that is rather long"})
    assert sheets_of(page, scene_sheets(scene, simulate(scene), "", "zh")) == 2
