"""The map's window follows the paths on request, in a real Chromium."""

import numpy as np
import pytest
from playwright.sync_api import expect

from engine.simulate import simulate
from engine.url import decode
from tests.browser.lab_page import READY, ready

pytestmark = [pytest.mark.browser, pytest.mark.long]

LECTURE = {"v": "1", "surface": "lecture", "steps": "1000", "a": "gd", "a.lr": "1e-7", "b": "adagrad-rms", "b.lr": "1"}
ROSENBROCK = {"v": "1", "surface": "rosenbrock", "steps": "3000", "a": "adam", "a.lr": "0.05"}
FLOWN = {"v": "1", "surface": "rosenbrock", "steps": "500", "a": "gd", "a.lr": "0.1", "b": "adam", "b.lr": "0.05"}
WINDOW = """map => [map._fullLayout.xaxis, map._fullLayout.yaxis].map(axis => axis.range.map(Number))"""

LAYER = "map => map._fullLayout._plots.xy.plot.node().getAttribute('transform')"
NEXT_WINDOW = """async ([box, shown, whole]) => {
  const player = performance.getEntriesByType("resource").find(({ name }) => name.endsWith("/player.js")).name
  return (await import(player.replace("player.js", "window.js"))).nextWindow(box, shown, whole)
}"""


def open_scene(open_page, server, scene, **options):
    page = open_page(f"{server.url}/?{'&'.join(f'{k}={v}' for k, v in scene.items())}", **options)
    ready(page)
    return page


def follow(page, name="Follow the paths"):
    return page.get_by_role("button", name=name, exact=True)


def go_to(page, t):
    page.get_by_role("slider", name="Update", exact=True).fill(str(t))


def window(page):
    return np.array(page.locator(".sigmascope-map .js-plotly-plot").evaluate(WINDOW))


def resting_window(page):
    before = window(page)
    for _ in range(40):
        page.wait_for_timeout(1000)
        after = window(page)
        if (before == after).all():
            return after
        before = after
    raise AssertionError("the window does not come to rest")


@pytest.mark.parametrize(("scene", "share"), [(LECTURE, 1), (ROSENBROCK, 0.1)], ids=["lecture", "rosenbrock"])
def test_the_heads_stay_in_a_window_that_closes_in_and_comes_back(server, open_page, scene, share):
    scenario = decode(scene)[0]
    runs = simulate(scenario)
    page = open_scene(open_page, server, scene)
    whole = resting_window(page)
    follow(page).click()
    expect(follow(page)).to_have_attribute("aria-pressed", "true")
    for t in (0, 60, 500, scenario.steps):
        go_to(page, t)
        low, high = resting_window(page).T
        for run in runs:
            assert (low < run.theta[t]).all(), t
            assert (run.theta[t] < high).all(), t
    assert ((high - low) / np.ptp(whole, axis=1)).max() <= share
    follow(page).click()
    expect(follow(page)).to_have_attribute("aria-pressed", "false")
    ready(page)
    np.testing.assert_allclose(resting_window(page), whole, rtol=1e-3)


def test_a_window_is_never_finer_than_32_bits_can_show(server, open_page):
    page = open_scene(open_page, server, ROSENBROCK)
    whole, point = [[-200, -100], [-5, 5]], [[-120, -120], [2, 2]]
    (left, right), (low, high) = page.evaluate(NEXT_WINDOW, [point, whole, whole])
    assert (left + right, low + high) == pytest.approx((-240, 4))
    assert right - left == pytest.approx(1.5e-4 * 120)
    assert high - low == pytest.approx(1.5e-4 * 12)
    assert page.evaluate(NEXT_WINDOW, [point, [[left, right], [low, high]], whole]) is None


def test_a_run_that_flies_off_is_not_followed(server, open_page):
    page = open_scene(open_page, server, FLOWN)
    page.keyboard.press("f")
    for t in (5, 30, 500):
        go_to(page, t)
        assert np.ptp(resting_window(page), axis=1).max() < 10 * 4


def test_it_follows_while_it_plays_and_the_layer_is_in_place_after(server, open_page):
    page = open_scene(open_page, server, ROSENBROCK)
    page.keyboard.press("Home")
    page.keyboard.press("f")
    resting_window(page)
    page.keyboard.press("k")
    page.wait_for_timeout(2000)
    page.keyboard.press("k")
    low, high = resting_window(page).T
    t = int(float(page.locator(READY).get_attribute("data-time")))
    place = simulate(decode(ROSENBROCK)[0])[0].theta[t]
    assert (low < place).all()
    assert (place < high).all()
    assert "scale" not in page.locator(".sigmascope-map .js-plotly-plot").evaluate(LAYER)


def test_a_window_moved_by_hand_is_left_alone(server, open_page):
    page = open_scene(open_page, server, ROSENBROCK)
    page.keyboard.press("f")
    resting_window(page)
    page.locator(".sigmascope-map").hover()
    page.locator('.sigmascope-map [data-title="Zoom out"]').click()
    expect(follow(page)).to_have_attribute("aria-pressed", "false")
    moved = resting_window(page)
    go_to(page, 10)
    np.testing.assert_array_equal(resting_window(page), moved)


def test_with_reduced_motion_the_window_moves_at_once(server, open_page):
    page = open_scene(open_page, server, ROSENBROCK, reduced_motion="reduce")
    seen = "() => { window.moved = 0; const map = document.querySelector('.sigmascope-map .js-plotly-plot')\n"
    page.evaluate(seen + "map.on('plotly_relayout', () => { window.moved += 1 }) }")
    before = window(page)
    page.keyboard.press("f")
    page.wait_for_function("window.moved === 1")
    after = resting_window(page)
    assert (before != after).any()
    assert page.evaluate("window.moved") == 1


def test_its_name_is_translated(server, open_page):
    page = open_scene(open_page, server, ROSENBROCK | {"lang": "zh"})
    expect(follow(page, "跟随路径")).to_be_visible()
