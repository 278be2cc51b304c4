"""The page of maps in a real browser: cells are pointed at, opened and framed; a number that is held draws it anew."""

import pytest
from playwright.sync_api import expect

from tests.browser.lab_page import READY, query, ready, wait_for_query

pytestmark = [pytest.mark.browser, pytest.mark.long]

HILLS = "maps?surface=himmelblau&steps=100&cells=32&a=gd&a.lr=0.01&b=adam&b.lr=0.3"
PLANE = "maps?map=plane&across=lr&up=beta1&surface=valley&steps=100&cells=24&a=adam&a.lr=0.1"
LONG = "maps?map=plane&measure=trainability&surface=rosenbrock&steps=20000&a=adan&a.lr=0.05&b=nadam&b.lr=0.01"
CELL = ".sigmascope-cell:not([hidden])"
SAID = ".sigmascope-told .sigmascope-said"
OPEN = ".sigmascope-told .sigmascope-open"


def opened(open_page, server, address, **options):
    page = open_page(f"{server.url}/{address}", **options)
    ready(page)
    expect(page.locator(".st-key-map-results table").first).to_be_attached()
    return page


def point(page, x, y, act="move"):
    box = page.locator(".sigmascope-plane .nsewdrag").first.bounding_box()
    getattr(page.mouse, act)(box["x"] + x * box["width"], box["y"] + y * box["height"])


def test_a_cell_that_is_pointed_at_shows_its_run_and_is_opened_by_a_click(server, open_page):
    page = opened(open_page, server, HILLS)
    expect(page.locator(SAID)).to_have_text("x -0.5 · y -1")
    point(page, 0.8, 0.33)
    expect(page.locator(SAID)).to_have_text("x 2.96875 · y 1.71875")
    assert page.locator(CELL).count() == 2  # one cursor over both runs
    link = page.locator(OPEN).get_attribute("href")
    point(page, 0.8, 0.33, "click")
    page.wait_for_url(lambda url: "/maps" not in url)
    ready(page)
    assert query(page)["x"] == "2.96875"
    assert "x=2.96875" in link
    page.go_back()
    expect(page.locator(".sigmascope-plane")).to_be_attached()
    assert "x" not in query(page)


def test_a_rectangle_is_framed_and_the_address_says_so(server, open_page):
    page = opened(open_page, server, PLANE)
    before = page.locator(".sigmascope-plane .imagelayer image").get_attribute("href")
    point(page, 0.4, 0.3)
    page.mouse.down()
    point(page, 0.7, 0.6)
    page.mouse.up()
    page.wait_for_function("new URLSearchParams(location.search).has('y1')")
    said = {name: float(query(page)[name]) for name in ("x0", "x1", "y0", "y1")}
    assert 1e-3 < said["x0"] < said["x1"] < 10
    assert 0.0 < said["y0"] < said["y1"] < 1.0
    page.wait_for_function(
        "before => document.querySelector('.sigmascope-plane .imagelayer image')?.getAttribute('href') !== before",
        arg=before,
    )
    page.locator(".st-key-map-whole button").click()
    page.wait_for_function("!new URLSearchParams(location.search).has('y1')")


def test_the_keyboard_goes_from_cell_to_cell_and_opens(server, open_page):
    page = opened(open_page, server, PLANE)
    page.locator(".sigmascope-plane").focus()
    page.keyboard.press("ArrowRight")
    first = page.locator(CELL).bounding_box()
    page.keyboard.press("Shift+ArrowUp")
    page.wait_for_function(
        "y => document.querySelector('.sigmascope-cell').getBoundingClientRect().y < y", arg=first["y"]
    )
    expect(page.locator(SAID)).to_contain_text("β₁")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/maps" not in url)


def test_a_rate_that_is_held_draws_the_basins_anew(server, open_page):
    page = opened(open_page, server, HILLS)
    picture = "document.querySelector('.sigmascope-plane .imagelayer image').getAttribute('href')"
    before = page.evaluate(picture)
    slider = page.locator(".sigmascope-held > .sigmascope-rate")
    slider.focus()
    slider.evaluate("one => { one.value = 250; one.dispatchEvent(new Event('input')) }")
    page.wait_for_function(f"before => {picture} !== before", arg=before)
    slider.evaluate("one => one.dispatchEvent(new Event('change'))")
    page.wait_for_function("new URLSearchParams(location.search).get('a.lr') !== '0.01'")


def test_nine_values_are_a_cell_each(server, open_page):
    page = opened(open_page, server, HILLS.replace("?", "?map=values&across=lr&"))
    assert page.locator(".sigmascope-plane .subplot").count() == 9
    page.keyboard.press("Home")
    page.wait_for_function(f"document.querySelector('{READY}').dataset.time === '0'")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_a_phone_a_tap_shows_a_run_and_a_link_opens_it(server, open_page, scheme):
    page = opened(
        open_page,
        server,
        HILLS,
        viewport={"width": 390, "height": 844},
        has_touch=True,
        is_mobile=True,
        color_scheme=scheme,
    )
    box = page.locator(".sigmascope-plane .nsewdrag").first.bounding_box()
    page.touchscreen.tap(box["x"] + 0.8 * box["width"], box["y"] + 0.3 * box["height"])
    expect(page.locator(SAID)).not_to_have_text("x -0.5 · y -1")
    assert "/maps" in page.url
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.locator(OPEN).tap()
    page.wait_for_url(lambda url: "/maps" not in url)


def test_a_map_that_takes_long_is_stopped_and_goes_on(server, open_page):
    page = open_page(f"{server.url}/{LONG}")
    page.locator(".st-key-stop-making button").click()
    expect(page.get_by_text("Stopped: this map is a coarse one.")).to_be_visible()
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_text("Stopped: this map is a coarse one.")).to_have_count(0)
    wait_for_query(page, surface="rosenbrock")
