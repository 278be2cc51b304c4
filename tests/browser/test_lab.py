"""What a person does in the lab, in a real Chromium."""

import json
import re

import pytest
from playwright.sync_api import expect

from tests.browser.lab_page import (
    READY,
    button,
    field,
    query,
    ready,
    set_number,
    state,
    wait_for_change,
    wait_for_query,
)

pytestmark = pytest.mark.browser

ADAM = "?v=1&surface=rosenbrock&a=adam&a.lr=0.05"


def test_the_first_scene_is_there_without_touching_anything(server, open_page):
    page = open_page(server.url)
    ready(page)
    assert state(page) == (1000.0, False, 1000)
    for word in ("Gradient descent", "Adagrad (root mean square)"):
        expect(page.locator(".sigmascope-map .legendtext", has_text=word)).to_be_visible()
    painted = page.locator(".sigmascope-map canvas").first.evaluate(
        "c => c.getContext('2d').getImageData(0, 0, c.width, c.height).data.some(v => v)"
    )
    assert painted
    assert query(page) == {}


def test_play_pause_and_restart(server, open_page):
    page = open_page(server.url)
    ready(page)
    button(page, "Play").click()
    page.wait_for_timeout(600)
    time, playing, _ = state(page)
    assert playing
    assert 0 < time < 500
    button(page, "Pause").click()
    stopped = state(page)[0]
    page.wait_for_timeout(300)
    assert state(page)[0] == stopped > 0
    button(page, "Back to the start").click()
    assert state(page)[0] == 0


def test_scrub_and_single_updates(server, open_page):
    page = open_page(server.url)
    ready(page)
    page.get_by_role("slider", name="Update", exact=True).fill("708")
    assert state(page)[0] == 708
    button(page, "One update back").click()
    assert state(page)[0] == 707
    button(page, "One update on").click()
    button(page, "One update on").click()
    assert state(page)[0] == 709
    expect(page.locator(READY).get_by_text("update 709 / 1000")).to_be_visible()


def test_the_keyboard_plays_and_steps(server, open_page):
    page = open_page(server.url)
    ready(page)
    page.keyboard.press("Home")
    assert state(page)[0] == 0
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("ArrowLeft")
    assert state(page)[0] == 12
    page.keyboard.press("Space")
    page.wait_for_timeout(200)
    assert state(page)[1]
    page.keyboard.press("Space")
    assert not state(page)[1]
    page.keyboard.press("End")
    assert state(page)[0] == 1000


def test_a_click_on_the_map_sets_the_start_exactly_there(server, open_page):
    page = open_page(server.url + ADAM)
    ready(page)
    area = page.locator(".sigmascope-map .nsewdrag").first.bounding_box()
    left, top = area["x"] + 0.25 * area["width"], area["y"] + 0.75 * area["height"]
    page.mouse.click(left, top)
    wait_for_change(page, "x")
    x, y = float(query(page)["x"]), float(query(page)["y"])
    (first, last), (low, high) = window(page)
    pixel = (last - first) / area["width"]
    assert (high - low) / area["height"] == pytest.approx(pixel, rel=5e-3)
    assert x == pytest.approx(first + 0.25 * (last - first), abs=2 * pixel)
    assert y == pytest.approx(low + 0.25 * (high - low), abs=2 * pixel)
    expect(field(page, "x")).to_have_value(f"{x:.6g}")


@pytest.mark.parametrize(("scene", "start"), [(ADAM, (-1.2, 1.0)), ("", (-120.0, -4.0))], ids=["rosenbrock", "lecture"])
def test_the_whole_picture_answers_while_the_start_is_dragged(server, open_page, scene, start):
    page = open_page(server.url + "/" + scene)
    ready(page)
    address = query(page)
    sent = []
    page.on("websocket", lambda socket: sent.append(socket.url))
    before = trails(page)
    box = page.locator(".sigmascope-start").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 60, y - 40, steps=6)
    for panel, painted in before.items():
        ready(page)
        page.wait_for_function("([panel, old]) => " + PAINTED + "[panel] !== old", arg=[panel, painted])
    assert query(page) == address
    page.mouse.up()
    area = page.locator(".sigmascope-map .nsewdrag").first.bounding_box()
    wait_for_change(page, "x")
    found = float(query(page)["x"]), float(query(page)["y"])
    (left, right), (low, high) = window(page)
    right, up = (right - left) / area["width"], (high - low) / area["height"]
    assert found == (pytest.approx(start[0] + 60 * right, abs=2 * right), pytest.approx(start[1] + 40 * up, abs=2 * up))
    assert sent == []


def test_the_arrow_keys_move_the_start(server, open_page):
    page = open_page(server.url + ADAM)
    ready(page)
    handle = page.locator(".sigmascope-start")
    handle.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowUp")
    wait_for_change(page, "x")
    (left, right), (low, high) = window(page)
    x, y = -1.2 + (right - left) / 100, 1 + (high - low) / 10
    assert float(query(page)["x"]) == pytest.approx(x, abs=0.002)
    assert state(page)[0] == state(page)[2]
    expect(handle).to_have_attribute("aria-label", re.compile(r"Start \(-1\.1"))
    said = re.match(r"Start \((.+), (.+)\)", handle.get_attribute("aria-label"))
    assert [float(number) for number in said.groups()] == pytest.approx([x, y], abs=0.002)


PAINTED = """[...document.querySelectorAll(".sigmascope-map, .sigmascope-curve")].map(
  (panel) => panel.querySelector("canvas").toDataURL())"""


def trails(page):
    return dict(enumerate(page.evaluate(PAINTED)))


def test_a_knob_changed_while_playing_keeps_it_playing(server, open_page):
    page = open_page(server.url + ADAM + "&steps=3000")
    ready(page)
    button(page, "Play").click()
    page.wait_for_timeout(300)
    before = state(page)[0]
    set_number(page, "a.beta1", "0.5")
    wait_for_query(page, a__beta1="0.5")
    page.wait_for_timeout(300)
    time, playing, _ = state(page)
    assert playing
    assert before < time < 3000


def test_zoom_and_moment_survive_a_changed_knob(server, open_page):
    page = open_page(server.url + ADAM)
    ready(page)
    page.get_by_role("slider", name="Update", exact=True).fill("120")
    area = page.locator(".sigmascope-map .nsewdrag").first.bounding_box()
    x, y = area["x"], area["y"]
    page.mouse.move(x + 0.3 * area["width"], y + 0.3 * area["height"])
    page.mouse.down()
    page.mouse.move(x + 0.6 * area["width"], y + 0.6 * area["height"], steps=5)
    page.mouse.up()
    page.wait_for_timeout(400)
    whole, zoomed = [-2.0, 2.0], window(page)[0]
    assert zoomed[1] - zoomed[0] < 0.5 * (whole[1] - whole[0])
    set_number(page, "a.beta1", "0.5")
    wait_for_query(page, a__beta1="0.5")
    page.wait_for_timeout(500)
    assert window(page)[0] == pytest.approx(zoomed, abs=1e-3)
    assert state(page)[0] == 120


def window(page):
    """What the map shows: the range of each axis."""
    return page.locator(".sigmascope-map .js-plotly-plot").evaluate(
        "g => [g._fullLayout.xaxis, g._fullLayout.yaxis].map(axis => axis.range.map(Number))"
    )


def test_the_address_reloads_to_the_same_scene(server, open_page):
    page = open_page(server.url + ADAM)
    ready(page)
    set_number(page, "a.beta1", "0.8")
    wait_for_query(page, a__beta1="0.8")
    address = page.url
    page.reload()
    ready(page)
    assert page.url == address
    expect(field(page, "a.beta1")).to_have_value("0.8")


def test_back_undoes(server, open_page):
    page = open_page(server.url + ADAM)
    ready(page)
    set_number(page, "a.beta1", "0.8")
    wait_for_query(page, a__beta1="0.8")
    set_number(page, "a.beta1", "0.7")
    wait_for_query(page, a__beta1="0.7")
    page.go_back()
    expect(field(page, "a.beta1")).to_have_value("0.8")
    page.go_back()
    expect(field(page, "a.beta1")).to_have_value("0.9")
    assert "a.beta1" not in query(page)


def test_a_hand_written_address_does_not_trap_back(server, open_page):
    page = open_page("about:blank")
    page.goto(server.url + "?surface=rosenbrock&a=adam")
    ready(page)
    wait_for_query(page, v="1", surface="rosenbrock")
    page.go_back()
    page.wait_for_timeout(800)
    page.go_back()
    page.wait_for_timeout(800)
    assert page.url == "about:blank"


def test_a_bad_address_says_what_it_could_not_use(server, open_page):
    page = open_page(server.url + "?surface=moon&a=adam&a.beta1=7&steps=0")
    ready(page)
    for sentence in ("surface=moon is not known", "a.beta1 must lie in [0, 0.9999], got 7", "steps must lie in"):
        expect(page.get_by_text(sentence, exact=False)).to_be_visible()


def test_a_diverging_run_says_so(server, open_page):
    page = open_page(server.url + "?v=1&surface=rosenbrock&a=gd&a.lr=0.1")
    ready(page)
    expect(page.get_by_text("diverged at update").filter(visible=True).first).to_be_visible()


def test_a_cold_deep_link_to_another_page(cold_server, open_page):
    page = open_page(cold_server.url + "/catalogue?v=1&surface=rosenbrock&a=adam&a.lr=0.05")
    expect(page.get_by_role("heading", name="Catalogue")).to_be_visible()
    page.get_by_role("link", name="Lab", exact=False).first.click()
    ready(page)
    assert query(page)["surface"] == "rosenbrock"


def test_try_it_opens_the_lab(server, open_page):
    page = open_page(server.url + "/catalogue")
    page.get_by_role("tab", name="Optimizers").click()
    card = page.locator(".st-key-entry-adam")
    card.get_by_role("link", name="Try it").click()
    ready(page)
    wait_for_query(page, a="adam")


@pytest.mark.parametrize("width", [390, 768])
def test_a_small_window_needs_no_sideways_scrolling(server, open_page, width):
    page = open_page(server.url + ADAM, viewport={"width": width, "height": 844})
    ready(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    box = page.locator(READY).bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    button(page, "Play").click()
    page.wait_for_timeout(200)
    assert state(page)[1]


def test_dark_mode_draws_on_dark(server, open_page):
    page = open_page(server.url + ADAM, color_scheme="dark")
    ready(page)
    background = page.evaluate("getComputedStyle(document.querySelector('.stApp')).backgroundColor")
    assert max(json.loads("[" + background[4:-1] + "]")) < 64
    text = page.locator(".sigmascope-map .legendtext").first.evaluate("e => getComputedStyle(e).fill")
    assert min(map(float, re.findall(r"[\d.]+", text)[:3])) > 150


def test_a_hundred_thousand_updates_are_an_ordinary_request(server, open_page):
    page = open_page(server.url + "?v=1&surface=lecture&steps=100000&a=gd&a.lr=1e-7&b=adagrad-rms&b.lr=1")
    ready(page)
    assert state(page)[2] == 100_000
    expect(page.get_by_text("still moving after 100000 updates").filter(visible=True).first).to_be_visible()


@pytest.mark.parametrize(("path", "time"), [(ADAM, 500.0), ("lecture?chapter=4", 0.0)], ids=["lab", "lecture"])
def test_reduced_motion_is_respected(server, open_page, path, time):
    page = open_page(f"{server.url}/{path}", reduced_motion="reduce")
    ready(page)
    page.wait_for_timeout(500)
    seen = pictures(page)
    page.wait_for_timeout(500)
    assert state(page)[:2] == (time, False)
    assert pictures(page) == seen
    assert page.evaluate("document.getAnimations().length") == 0
    durations = page.locator(READY).evaluate(
        "e => [...e.querySelectorAll('*')].map(x => parseFloat(getComputedStyle(x).transitionDuration))"
    )
    assert max(durations) == 0


def pictures(page):
    """What the canvases of the player show."""
    return page.locator(READY).evaluate("e => [...e.querySelectorAll('canvas')].map(c => c.toDataURL())")
