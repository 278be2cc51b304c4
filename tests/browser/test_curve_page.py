"""A loss in x alone in a real Chromium: a curve with tangent and parabola, and a start that is dragged along it."""

import re

import pytest
from playwright.sync_api import expect

from engine.url import decode
from surfaces.quartic import Quartic
from tests.browser.lab_page import query, ready, wait_for_change

pytestmark = pytest.mark.browser

SCENE = "/?v=1&surface=quartic&steps=60&a=gd&a.lr=0.1&b=newton&panels=all"
DASHED = """() => {
  const stroke = CanvasRenderingContext2D.prototype.stroke
  CanvasRenderingContext2D.prototype.stroke = function (...path) {
    if (this.getLineDash().length) window.dashed = (window.dashed ?? 0) + 1
    return stroke.apply(this, path)
  }
}"""


def test_the_curve_stands_where_the_map_is_with_one_axis_in_every_panel(server, open_page):
    page = open_page(server.url + SCENE)
    ready(page)
    titles = page.locator(".sigmascope-map .xtitle, .sigmascope-map .ytitle")
    assert titles.all_text_contents() == ["x", "L"]
    assert page.get_by_role("button", name="3-D").count() == 0
    expect(page.get_by_label("Start x₀").first).to_be_visible()
    expect(page.get_by_label("Start y₀")).to_have_count(0)


def test_the_parabola_of_curvature_is_drawn_at_each_run(server, open_page):
    page = open_page(server.url + SCENE)
    ready(page)
    page.evaluate(DASHED)
    page.keyboard.press("Home")
    page.wait_for_function("window.dashed > 0")


def test_a_start_that_is_dragged_stays_on_the_curve(server, open_page):
    page = open_page(server.url + SCENE)
    ready(page)
    handle = page.locator(".sigmascope-start")
    box = handle.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 60, y - 40, steps=5)
    page.mouse.up()
    wait_for_change(page, "x")
    scenario, _ = decode(query(page))
    assert scenario.start[0] < 2.0
    assert scenario.start[1] == 0.0
    expect(handle).to_have_attribute("title", re.compile(re.escape(f", {Quartic().value(*scenario.start):.4g})") + "$"))
