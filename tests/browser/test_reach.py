"""The reach of an update, as the map shows it in a real Chromium."""

import numpy as np
import pytest
from playwright.sync_api import expect

from engine.simulate import simulate
from engine.url import decode
from tests.browser.lab_page import ready

pytestmark = pytest.mark.browser

LECTURE = {"v": "1", "surface": "lecture", "steps": "1000", "a": "adagrad-rms", "a.lr": "1"}
ROSENBROCK = {"v": "1", "surface": "rosenbrock", "steps": "500", "a": "adam", "a.lr": "0.05"}
DECAYING = {"v": "1", "surface": "rosenbrock", "steps": "100", "a": "adamw", "a.lr": "0.05"}
TURNED = {"v": "1", "surface": "valley", "surface.kappa": "20", "surface.angle": "30", "steps": "60"}
TURNED |= {"a": "full-adagrad", "a.lr": "0.5"}
SCENES = pytest.mark.parametrize("scene", [LECTURE, ROSENBROCK, DECAYING], ids=["lecture", "rosenbrock", "decay"])

WATCH_ELLIPSES = """
const ellipse = CanvasRenderingContext2D.prototype.ellipse
CanvasRenderingContext2D.prototype.ellipse = function (...numbers) {
  window.ellipses.push(numbers.slice(0, 5))
  return ellipse.apply(this, numbers)
}
window.ellipses = []
"""
PIXELS = """map => {
  const { xaxis, yaxis } = map._fullLayout
  return [xaxis, yaxis].map(axis => [axis._offset, axis._length, ...axis.range])
}"""
MAGNIFY = """async cases => {
  const player = performance.getEntriesByType("resource").find(({ name }) => name.endsWith("/player.js")).name
  const { magnification, writeFactor } = await import(player.replace("player.js", "one_update.js"))
  return cases.map(([size, before]) => {
    const factor = magnification(Number(size), 600, before)
    return [factor, writeFactor(factor)]
  })
}"""


def open_scene(open_page, server, scene, **options):
    page = open_page(f"{server.url}/?{'&'.join(f'{k}={v}' for k, v in scene.items())}", **options)
    ready(page)
    return page


def run_of(scene):
    return simulate(decode(scene)[0])[0]


def key(page):
    return page.locator(".sigmascope-key")


def go_to(page, t):
    page.get_by_role("slider", name="Update", exact=True).fill(str(t))


@SCENES
def test_what_is_drawn_is_to_scale(server, open_page, scene):
    run = run_of(scene)
    page = open_scene(open_page, server, scene)
    page.evaluate(WATCH_ELLIPSES)
    for t in (3, 40, 99):
        page.evaluate("window.ellipses.length = 0")
        go_to(page, t)
        (x, y, right, up, turn), factor = page.evaluate("window.ellipses.at(-1)"), written(page)
        length = np.hypot(*run.m[t])
        (left, width, low, high), (top, height, bottom, ceiling) = page.locator(".js-plotly-plot").first.evaluate(
            PIXELS
        )
        assert right == pytest.approx(factor * length * run.rate[t, 0] * width / (high - low), rel=1e-5)
        assert up == pytest.approx(factor * length * run.rate[t, 1] * height / (ceiling - bottom), rel=1e-5)
        assert turn == 0
        assert x == pytest.approx(left + width * (run.theta[t, 0] - low) / (high - low), abs=0.01)
        assert y == pytest.approx(top + height * (ceiling - run.theta[t, 1]) / (ceiling - bottom), abs=0.01)
        assert 24 <= 2 * max(right, up) <= min(width, height) / 3


def test_the_ellipse_of_a_matrix_is_turned(server, open_page):
    run = run_of(TURNED)
    page = open_scene(open_page, server, TURNED)
    page.evaluate(WATCH_ELLIPSES)
    for t in (5, 40):
        page.evaluate("window.ellipses.length = 0")
        go_to(page, t)
        (*_, large, small, turn), factor = page.evaluate("window.ellipses.at(-1)"), written(page)
        (_, width, low, high), (_, height, bottom, ceiling) = page.locator(".js-plotly-plot").first.evaluate(PIXELS)
        drawn = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]]) @ np.diag([large, small])
        cos, sin = np.cos(run.angle[t]), np.sin(run.angle[t])
        known = np.array([[cos, -sin], [sin, cos]]) @ np.diag(factor * np.hypot(*run.m[t]) * run.rate[t])
        known = np.diag([width / (high - low), -height / (ceiling - bottom)]) @ known
        np.testing.assert_allclose(drawn @ drawn.T, known @ known.T, rtol=1e-3, atol=1e-3 * large**2)


def written(page):
    """The factor that the key names."""
    digit, _, power = key(page).locator("strong").inner_text().removeprefix("×").partition("·")
    if not power and digit.startswith("10") and not digit.isascii():
        digit, power = "1", digit
    return float(digit) * 10.0 ** int(power[2:].translate(str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")) or 0)


def test_the_magnification_is_round_and_rests(server, open_page):
    page = open_scene(open_page, server, ROSENBROCK)
    cases = [("100", 1), ("100", 2), ("61", 1), ("59", 1), ("201", 1), ("1e-9", 1), ("1e40", 1), ("0", 5), ("NaN", 5)]
    made = page.evaluate(MAGNIFY, cases)
    assert made[:2] == [[1, "×1"], [2, "×2"]]
    assert made[2:5] == [[1, "×1"], [2, "×2"], [0.5, "×0.5"]]
    assert made[5:7] == [[1e11, "×10¹¹"], [1e-38, "×10⁻³⁸"]]
    assert made[7:] == [[5, "×5"], [5, "×5"]]


def test_the_button_and_the_key_show_and_hide_it_and_a_changed_knob_does_not(server, open_page):
    page = open_scene(open_page, server, ROSENBROCK)
    button = page.get_by_role("button", name="Show the next step and its reach", exact=True)
    expect(button).to_have_attribute("aria-pressed", "true")
    expect(key(page)).to_be_visible()
    button.click()
    expect(button).to_have_attribute("aria-pressed", "false")
    expect(key(page)).to_be_hidden()
    page.evaluate(WATCH_ELLIPSES)
    field = page.locator(".st-key-scene-a-beta1 input")
    field.fill("0.5")
    field.press("Enter")
    page.wait_for_timeout(800)
    ready(page)
    expect(key(page)).to_be_hidden()
    assert page.evaluate("window.ellipses") == []
    field.evaluate("e => e.blur()")
    page.keyboard.press("v")
    expect(key(page)).to_be_visible()
    assert page.evaluate("window.ellipses") != []


def test_a_run_that_flies_off_is_borne(server, open_page):
    page = open_scene(open_page, server, {"v": "1", "surface": "rosenbrock", "a": "gd", "a.lr": "0.1", "b": "adam"})
    for t in (0, 2, 4, 5, 6, 400):
        go_to(page, t)
    page.keyboard.press("Home")
    page.keyboard.press("k")
    page.wait_for_timeout(500)
    expect(key(page)).to_be_visible()


def test_its_words_are_translated(server, open_page):
    page = open_scene(open_page, server, ROSENBROCK | {"lang": "zh"})
    expect(page.get_by_role("button", name="显示下一步及其可达范围", exact=True)).to_be_visible()
    for word in ("可达范围", "一步", "方向 m", "梯度 g"):
        expect(key(page).get_by_text(word, exact=True)).to_be_visible()
