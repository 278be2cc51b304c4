"""What axe-core finds in the pages, in a real Chromium: contrast, names, roles, the order of headings and more."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from player.labels import LABELS
from tests.browser.lab_page import READY, ready

pytestmark = [pytest.mark.browser, pytest.mark.long]

EXEMPT = {
    # Wide formulas, tables and code scroll. Browsers let Tab reach a scroller in which nothing else can be focused;
    # axe-core asks for a tabindex, which Streamlit's markup of them cannot carry.
    "scrollable-region-focusable": ('<span class="katex-display"', '<div class="stMarkdown"', "<pre"),
}
"""Which elements a rule does not judge: those whose HTML begins so."""


def violations(page):
    """Return (rule, element) for each violation of axe-core's rules, WCAG's and its own best practices."""
    found = Axe().run(page).response["violations"]
    pairs = [(rule["id"], node["html"]) for rule in found for node in rule["nodes"]]
    return [(rule, html) for rule, html in pairs if not html.startswith(EXEMPT.get(rule, "none"))]


@pytest.mark.parametrize(
    ("scheme", "lang", "width"), [("light", "en", 1440), ("dark", "zh", 1440), ("light", "zh", 390)], ids=str
)
def test_the_lab(server, open_page, scheme, lang, width):
    viewport = {"width": width, "height": 900}
    page = open_page(f"{server.url}/?noise=0.1&lang={lang}", color_scheme=scheme, viewport=viewport)
    ready(page)
    page.locator(".st-key-step summary").click()
    expect(page.locator(".st-key-step .katex-display")).to_have_count(2)
    page.locator(".sigmascope-help summary").click()
    assert violations(page) == []


@pytest.mark.parametrize(("scheme", "lang"), [("light", "zh"), ("dark", "en")])
def test_a_chapter(server, open_page, scheme, lang):
    page = open_page(f"{server.url}/lecture?chapter=7&lang={lang}", color_scheme=scheme)
    ready(page)
    page.locator("[data-testid=stRadio] label").nth(1).click()
    expect(page.locator(".stAlert")).to_be_visible()
    assert violations(page) == []


@pytest.mark.parametrize(
    ("scheme", "lang", "kind"), [("light", "en", "basins"), ("dark", "zh", "plane"), ("dark", "en", "race")]
)
def test_a_map(server, open_page, scheme, lang, kind):
    address = f"maps?map={kind}&surface=himmelblau&steps=50&cells=16&a=adam&b=gd&lang={lang}"
    page = open_page(f"{server.url}/{address}", color_scheme=scheme)
    ready(page)
    expect(page.locator(".st-key-map-questions")).to_be_attached()
    expect(page.locator(".st-key-making")).to_have_count(0)
    assert violations(page) == []


@pytest.mark.parametrize(("scheme", "lang"), [("light", "en"), ("dark", "zh")])
def test_the_catalogue(server, open_page, scheme, lang):
    page = open_page(f"{server.url}/catalogue?entry=adam&lang={lang}", color_scheme=scheme)
    expect(page.locator(".st-key-entry-wsd img")).to_be_attached()
    page.locator("[data-testid=stExpander] summary").click()
    assert violations(page) == []


def test_tab_goes_through_the_controls_in_reading_order(server, open_page):
    page = open_page(server.url)
    ready(page)
    order = [
        "restart",
        "back",
        "play",
        "forward",
        "scrub",
        "reach",
        "follow",
        "guess",
        "equal",
        "speed",
        "help",
        "present",
    ]
    page.get_by_role("button", name=LABELS[order[0]], exact=True).focus()
    for name in order:
        focused = page.locator(":focus-visible")
        expect(focused).to_have_accessible_name(LABELS[name])
        expect(focused).to_be_in_viewport()
        assert focused.evaluate("e => getComputedStyle(e).outlineStyle") == "solid"
        page.keyboard.press("Tab")


def test_a_violation_is_found(server, open_page):
    page = open_page(f"{server.url}/lecture")
    ready(page)
    page.locator(READY).evaluate("e => e.append(document.createElement('button'))")
    assert violations(page) == [("button-name", "<button></button>")]
