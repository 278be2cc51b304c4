"""The map's picture in a real Chromium: halos enclose paths, the relief lies below and moves with the axes."""

import io
from base64 import b64decode
from urllib.parse import parse_qsl

import numpy as np
import pytest
from PIL import Image

from charts.colours import worn
from charts.theme import DARK, LIGHT
from engine.url import decode
from tests.browser.lab_page import ready

pytestmark = [pytest.mark.browser, pytest.mark.long]

THEMES = {"light": LIGHT, "dark": DARK}
SCENE = "v=1&surface=himmelblau&steps=60&a=momentum&a.lr=0.004&b=adam&b.lr=0.1"
TRAILS = "plot => plot.querySelector('.sigmascope-canvas').toDataURL().split(',')[1]"
AXES = """plot => [plot._fullLayout.xaxis, plot._fullLayout.yaxis]
  .map(axis => [axis._offset, axis._length, ...axis.range.map(Number)])"""
IMAGE = """plot => ['x', 'y', 'width', 'height'].map(name =>
  Number(plot.querySelector('.imagelayer image').getAttribute(name)))"""


def open_map(open_page, server, scheme="light", scene=SCENE):
    page = open_page(f"{server.url}/?{scene}", color_scheme=scheme)
    ready(page)
    page.wait_for_timeout(500)
    return page, page.locator(".sigmascope-map .js-plotly-plot")


def go_to(page, t):
    page.get_by_role("slider", name="Update", exact=True).fill(str(t))
    page.wait_for_timeout(200)


def rgb(colour):
    return np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)])


def is_within(mask, distance):
    """Where a pixel is at most so far from one of a mask, along either side."""
    near = np.zeros_like(mask)
    for down in range(-distance, distance + 1):
        for right in range(-distance, distance + 1):
            near |= np.roll(mask, (down, right), (0, 1))
    return near


@pytest.mark.parametrize("scheme", THEMES)
def test_a_halo_encloses_every_path(server, open_page, scheme):
    page, plot = open_map(open_page, server, scheme)
    scenario, _ = decode(dict(parse_qsl(SCENE)))
    theme = worn(THEMES[scheme], scenario.runs)
    go_to(page, 40)
    trails = np.asarray(Image.open(io.BytesIO(b64decode(plot.evaluate(TRAILS))))).astype(int)
    for colour in theme.runs[:2]:
        line = (np.abs(trails[..., :3] - rgb(colour)).max(axis=-1) <= 4) & (trails[..., 3] == 255)
        assert line.sum() > 100
        assert (trails[is_within(line, 1)][:, 3] > 200).all(), "the ground is beside the path"
    halo = (np.abs(trails[..., :3] - rgb(theme.background)).max(axis=-1) <= 4) & (trails[..., 3] == 255)
    assert halo.sum() > 300


def test_the_relief_lies_where_the_axes_say_and_moves_with_them(server, open_page):
    page, plot = open_map(open_page, server)
    before = _assert_in_place(plot)
    page.locator(".sigmascope-map").hover()
    page.locator('.sigmascope-map [data-title="Zoom in"]').click()
    page.wait_for_timeout(500)
    assert _assert_in_place(plot) > 1.5 * before


def test_the_relief_keeps_to_the_axes_while_the_window_glides(server, open_page):
    page, plot = open_map(open_page, server)
    go_to(page, 0)
    page.evaluate(
        """() => {
          window.widths = new Set()
          const look = () => {
            window.widths.add(Math.round(document.querySelector('.imagelayer image').getAttribute('width')))
            requestAnimationFrame(look)
          }
          look()
        }"""
    )
    page.keyboard.press("f")
    page.wait_for_timeout(3000)
    assert page.evaluate("window.widths.size") > 3
    _assert_in_place(plot)


def _assert_in_place(plot):
    """Compare the image with a box on the axes; return its width."""
    (left, across, low, high), (top, up, bottom, ceiling) = plot.evaluate(AXES)
    x, y, width, height = plot.evaluate(IMAGE)
    image = plot.evaluate("plot => plot._fullLayout.images[0]")
    assert x == pytest.approx(left + across * (image["x"] - low) / (high - low), abs=0.5)
    assert y == pytest.approx(top + up * (ceiling - image["y"]) / (ceiling - bottom), abs=0.5)
    assert width == pytest.approx(across * image["sizex"] / (high - low), rel=1e-3)
    assert height == pytest.approx(up * image["sizey"] / (ceiling - bottom), rel=1e-3)
    return width
