"""Equal axes of the map, in a real Chromium: a unit is as long across as up, and all lies where Plotly has it."""

import numpy as np
import pytest
from playwright.sync_api import expect

from engine.simulate import simulate
from engine.url import decode
from tests.browser.lab_page import button, query, ready, wait_for_query

pytestmark = [pytest.mark.browser, pytest.mark.long]

HIMMELBLAU = "v=1&surface=himmelblau&a=gd&a.lr=0.01&b=adam&b.lr=0.1"
VALLEY = "v=1&surface=valley&surface.kappa=1&a=gd&a.lr=0.05&steps=40"
NAME = "Equal axes: a unit as long across as up"
WHOLE = [[-6, 6], [-4, 4]]

UNITS = """map => {
  const { xaxis, yaxis, _size } = map._fullLayout
  const share = (axis, whole) => axis._length / whole
  return {
    units: [xaxis, yaxis].map((axis) => axis._length / (axis.range[1] - axis.range[0])),
    ranges: [xaxis.range, yaxis.range].map((range) => range.map(Number)),
    filled: [share(xaxis, _size.w), share(yaxis, _size.h)],
  }
}"""
RINGS = """map => [...map.querySelectorAll('.contourlevel path')]
  .filter(path => path.getAttribute('d').endsWith('Z')).map(path => path.getBBox())
  .map(({ width, height }) => [width, height])"""
POINT = """(map, [x, y]) => {
  const { xaxis, yaxis } = map._fullLayout
  return [xaxis._offset + xaxis.d2p(x), yaxis._offset + yaxis.d2p(y)]
}"""
PAINTED = """([x, y]) => {
  const canvas = document.querySelectorAll('.sigmascope-map .sigmascope-canvas')[1]
  const density = canvas.width / canvas.clientWidth
  return [...canvas.getContext('2d').getImageData(x * density, y * density, 1, 1).data]
}"""


def open_map(open_page, server, address, **options):
    page = open_page(f"{server.url}/?{address}", **options)
    ready(page)
    return page


def shown(page):
    page.wait_for_timeout(600)
    return page.locator(".sigmascope-map .js-plotly-plot").evaluate(UNITS)


def assert_equal(seen):
    across, up = seen["units"]
    assert across == pytest.approx(up, rel=5e-3)


@pytest.mark.parametrize("size", [(1440, 900), (390, 844), (1024, 700)])
def test_a_unit_is_as_long_across_as_up_and_the_window_fills_its_place(server, open_page, size):
    page = open_map(open_page, server, VALLEY, viewport=dict(zip(("width", "height"), size, strict=True)))
    seen = shown(page)
    assert_equal(seen)
    assert min(seen["filled"]) > 0.98
    for (low, high), (first, last) in zip(seen["ranges"], WHOLE, strict=True):
        assert low <= first + 1e-9
        assert high >= last - 1e-9
    rings = np.array(page.locator(".sigmascope-map .js-plotly-plot").evaluate(RINGS))
    assert rings.max() > 100
    np.testing.assert_allclose(rings[:, 0], rings[:, 1], rtol=0.012)  # the grid is not as fine along both


def test_everything_lies_on_plotly_s_picture(server, open_page):
    page = open_map(open_page, server, HIMMELBLAU)
    button(page, "Show the next step and its reach").click()
    scenario = decode(dict(pair.split("=") for pair in HIMMELBLAU.split("&")))[0]
    plot = page.locator(".sigmascope-map .js-plotly-plot")
    run = simulate(scenario)[1]
    for t in (10, 40):
        page.get_by_role("slider", name="Update", exact=True).fill(str(t))
        assert page.evaluate(PAINTED, plot.evaluate(POINT, run.theta[t].tolist()))[3] == 255
    plot.hover()
    page.locator('.sigmascope-map [data-title="Zoom out"]').click()
    assert_equal(shown(page))
    assert page.evaluate(PAINTED, plot.evaluate(POINT, run.theta[40].tolist()))[3] == 255
    box, place = plot.bounding_box(), plot.evaluate(POINT, [2, 1])
    page.mouse.click(box["x"] + place[0], box["y"] + place[1])
    wait_for_query(page, y="1", x="2")


def test_zoom_pan_follow_and_full_screen_keep_them_equal(server, open_page):
    page = open_map(open_page, server, HIMMELBLAU)
    before = shown(page)
    plot = page.locator(".sigmascope-map .js-plotly-plot")
    box = plot.bounding_box()

    def drag():
        page.mouse.move(box["x"] + 200, box["y"] + 200)
        page.mouse.down()
        page.mouse.move(box["x"] + 330, box["y"] + 280, steps=5)
        page.mouse.up()

    drag()
    zoomed = shown(page)
    assert_equal(zoomed)
    assert np.ptp(zoomed["ranges"], axis=1).max() < 0.6 * np.ptp(before["ranges"], axis=1).max()
    plot.hover()
    page.locator('.sigmascope-map [data-title="Pan"]').click()
    drag()
    panned = shown(page)
    assert_equal(panned)
    np.testing.assert_allclose(np.ptp(panned["ranges"], axis=1), np.ptp(zoomed["ranges"], axis=1))
    plot.hover()
    page.locator('.sigmascope-map [data-title="Reset the view"]').click()
    np.testing.assert_allclose(shown(page)["ranges"], before["ranges"], rtol=5e-3)
    page.keyboard.press("f")
    page.wait_for_timeout(1500)
    followed = shown(page)
    assert_equal(followed)
    assert np.ptp(followed["ranges"], axis=1).max() < np.ptp(before["ranges"], axis=1).max()
    page.keyboard.press("f")
    button(page, "Full screen").click()
    page.wait_for_timeout(1500)
    seen = shown(page)
    assert_equal(seen)
    assert min(seen["filled"]) > 0.98


def test_button_key_and_address_are_one(server, open_page):
    page = open_map(open_page, server, HIMMELBLAU)
    switch, sentence = button(page, NAME), page.get_by_text("Unequal axes: right angles look skewed.")
    expect(switch).to_have_attribute("aria-pressed", "true")
    expect(sentence).to_be_hidden()
    switch.click()
    expect(switch).to_have_attribute("aria-pressed", "false")
    expect(sentence).to_be_visible()
    wait_for_query(page, axes="fill")
    assert shown(page)["ranges"] == [[-5, 5], [-5, 5]]
    page.keyboard.press("e")
    expect(switch).to_have_attribute("aria-pressed", "true")
    page.wait_for_url(lambda url: "axes" not in url)
    assert_equal(shown(page))
    page.go_back()
    page.wait_for_url(lambda url: "axes=fill" in url)
    expect(switch).to_have_attribute("aria-pressed", "false")
    assert shown(page)["ranges"] == [[-5, 5], [-5, 5]]


def test_the_lecture_s_valley_fills_its_place_unless_it_is_asked_otherwise(server, open_page):
    page = open_map(open_page, server, "lang=zh")
    assert shown(page)["ranges"] == [[-200, -100], [-5, 7]]  # the window, and above it what the path needs
    expect(page.get_by_text("两轴比例不同：直角看起来是歪的。")).to_be_visible()
    button(page, "等比例坐标轴：横纵单位等长").click()
    wait_for_query(page, axes="equal")
    seen = shown(page)
    assert_equal(seen)
    np.testing.assert_allclose(seen["ranges"][0], [-200, -100])
    page.goto(f"{server.url}/?axes=equal")
    ready(page)
    assert_equal(shown(page))
    assert query(page) == {"axes": "equal"}
