"""Scrub and readout are painted; what people hold and hear stays true to them."""

import math

import pytest
from playwright.sync_api import expect

from tests.browser.lab_page import button, ready, state

pytestmark = pytest.mark.browser

COUNT_DRAWN = """() => {
  window.drawn = {}
  const clear = CanvasRenderingContext2D.prototype.clearRect
  CanvasRenderingContext2D.prototype.clearRect = function (...box) {
    const chart = this.canvas.closest("[data-chart]")?.dataset.chart
    if (chart) window.drawn[chart] = (window.drawn[chart] ?? 0) + 1
    return clear.apply(this, box)
  }
}"""
ADAM = "/?surface=rosenbrock&a=adam&a.lr=0.01&steps=1000"


def scrub(page):
    return page.get_by_role("slider", name="Update", exact=True)


def layouts(page, session):
    page.wait_for_timeout(200)
    metrics = session.send("Performance.getMetrics")["metrics"]
    return next(metric["value"] for metric in metrics if metric["name"] == "LayoutCount")


def test_playing_does_not_lay_out_the_document(server, open_page):
    page = open_page(server.url + ADAM)
    ready(page)
    page.wait_for_timeout(2000)
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable")
    page.keyboard.press("Home")
    page.keyboard.press("k")
    before = layouts(page, session)
    page.wait_for_timeout(3000)
    after = layouts(page, session)
    assert state(page)[1]
    assert after - before <= 15  # what assistive technology reads is written once a second, the readout 60 times


def test_range_and_words_follow_while_it_plays_and_are_exact_when_it_rests(server, open_page):
    page = open_page(server.url + ADAM)
    ready(page)
    page.keyboard.press("Home")
    page.keyboard.press("k")
    page.wait_for_timeout(2500)
    assert int(scrub(page).input_value()) > 50
    page.keyboard.press("k")
    update = int(state(page)[0])
    expect(scrub(page)).to_have_value(str(update))
    expect(scrub(page)).to_have_attribute("aria-valuetext", f"update {update} / 1000")
    expect(page.get_by_text(f"update {update} / 1000")).to_be_visible()


def test_the_range_s_own_keys_go_on_from_the_moment_shown(server, open_page):
    page = open_page(server.url + ADAM)
    ready(page)
    page.keyboard.press("Home")
    button(page, "Play").click()
    page.wait_for_timeout(700)
    scrub(page).focus()
    shown = state(page)[0]
    page.keyboard.press("ArrowRight")
    assert state(page)[0] > shown


def test_the_thumb_is_dragged(server, open_page):
    page = open_page(server.url + ADAM)
    ready(page)
    box = scrub(page).bounding_box()
    middle = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] - 10, middle)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] / 2, middle, steps=5)
    page.mouse.up()
    assert state(page)[0] == pytest.approx(500, abs=8)


def test_the_thumb_is_painted_where_the_range_has_it(server, open_page):
    page = open_page(server.url + ADAM)
    ready(page)
    scrub(page).fill("250")
    edge, width = page.locator(".sigmascope-track").evaluate(EDGE)
    radius, above = 10, 4.5
    middle = radius + 0.25 * (width - 2 * radius)
    assert edge == pytest.approx(middle + math.sqrt(radius**2 - above**2), abs=1)


# Where the thumb ends to the right, just above the bar, and the width of the range, both in px.
EDGE = """(host) => {
  const canvas = host.querySelector("canvas")
  const density = canvas.width / canvas.clientWidth
  const width = host.querySelector("input").offsetWidth
  const row = canvas.getContext("2d").getImageData(0, (20 - 4.5) * density, width * density, 1).data
  const inked = [...row.keys()].filter((i) => i % 4 === 3 && row[i] > 128)
  return [(inked.at(-1) + 1) / 4 / density, width]
}"""


def test_while_it_plays_only_what_is_in_view_is_drawn_and_the_rest_catches_up(server, open_page):
    page = open_page(server.url + ADAM, viewport={"width": 390, "height": 844})
    ready(page)
    page.keyboard.press("Home")
    page.evaluate(COUNT_DRAWN)
    button(page, "Play").click()
    page.wait_for_timeout(1500)
    drawn = page.evaluate("window.drawn")
    assert drawn["map"] > 5
    assert "loss" not in drawn
    page.locator("[data-chart=loss]").scroll_into_view_if_needed()
    page.wait_for_function("window.drawn.loss > 0")
    button(page, "Pause").click()
    page.wait_for_function("window.drawn.stability > 0")
