"""The player with figures from anywhere, in a page without a server: its source of three verbs, and its state."""

import json
from dataclasses import asdict
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import expect

from charts.loss import loss_chart
from charts.map import map_chart
from charts.phase import phase_chart
from charts.sigma import sigma_chart
from charts.theme import DARK, LIGHT
from engine.simulate import simulate
from engine.url import decode
from player.labels import LABELS
from player.scripts import scripts

pytestmark = pytest.mark.browser

HOST = "http://127.0.0.1:1"
PLOTLY = files("plotly") / "package_data/plotly.min.js"
FILES = {path.name: path for path in [*scripts(), PLOTLY]}
PAGE = """<!doctype html><link rel="icon" href="data:,"><style>:root {
  --st-background-color: #ffffff; --st-text-color: #222222; --st-primary-color: #1f5a8f; --st-border-color: #cccccc
}</style><div id="place" style="width: 1000px"><div class="sigmascope-player"></div></div>"""
MOUNT = """async (data) => {
  const { mount } = await import("/player.js")
  window.asked = []
  window.told = []
  window.listeners = new Map()
  window.makeSource = (name) => ({
    listen: (key, listener) => window.listeners.set(name + key, listener),
    ask: (point) => window.asked.push(point),
    forget: (key, listener) => window.listeners.get(name + key) === listener && window.listeners.delete(name + key),
  })
  window.source = window.makeSource("")
  window.mount = (source, data) => {
    window.end = mount(document.querySelector("#place"), source, data, (...told) => window.told.push(told))
  }
  window.mount(window.source, data)
}"""
DATA = {"plotly": f"/{PLOTLY.name}", "key": "k", "labels": LABELS, "views": [], "view": "", "veiled": False}
SCENE = {"v": "1", "surface": "rosenbrock", "steps": "200", "a": "gd", "a.lr": "0.001", "b": "adam", "b.lr": "0.05"}
READY = '.sigmascope-player[data-ready="true"]'


def answer(route):
    name = Path(route.request.url).name
    if name == HOST.rpartition("/")[2]:
        route.fulfill(body=PAGE, content_type="text/html")
        return
    route.fulfill(body=FILES[name].read_text(), content_type="text/css" if name.endswith(".css") else "text/javascript")


@pytest.fixture
def page(open_page):
    made = open_page("about:blank")
    made.route(f"{HOST}/**", answer)
    made.goto(HOST)
    made.evaluate(MOUNT, DATA)
    made.wait_for_function("window.listeners.has('k')")
    return made


def picture(charts=(map_chart, loss_chart, sigma_chart), theme=LIGHT, **changes):
    """A picture as every source gives it; arrays are lists here."""
    scenario, _ = decode(SCENE)
    runs = simulate(scenario)
    figures = {chart.__name__: asdict(chart(scenario, runs, theme)) for chart in charts}
    plain = json.loads(json.dumps(figures, default=np.ndarray.tolist))
    return {"surface": "rosenbrock", "updates": 200, "begin": 200, "preview": False, "figures": plain} | changes


def accept(page, **changes):
    page.evaluate("(picture) => window.listeners.get('k').accept(picture)", picture(**changes))
    page.wait_for_selector(READY)


def clock(page):
    data = page.locator(READY).evaluate("(e) => ({...e.dataset})")
    return float(data["time"]), int(data["updates"])


def test_it_plays_what_a_source_gives(page):
    accept(page, begin=50)
    assert clock(page) == (50, 200)
    expect(page.locator(".sigmascope-map .legendtext")).to_have_count(2)
    expect(page.locator(".sigmascope-curve")).to_have_count(2)
    page.keyboard.press("k")
    page.wait_for_function("Number(document.querySelector('.sigmascope-player').dataset.time) > 60")


def test_another_surface_begins_anew_and_the_same_one_goes_on(page):
    accept(page)
    page.keyboard.press("Home")
    accept(page, updates=150)
    assert clock(page) == (0, 150)
    accept(page, surface="another", begin=20)
    assert clock(page) == (20, 200)


def test_a_dragged_start_asks_and_where_it_is_dropped_is_told(page):
    accept(page)
    box = page.locator(".sigmascope-start").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 50, y, steps=3)
    asked = page.evaluate("window.asked")
    assert len(asked) == 3
    assert page.evaluate("window.told") == []
    page.mouse.up()
    [[name, point]] = page.evaluate("window.told")
    assert (name, point) == ("pick", asked[-1])
    assert point["x"] > -1.2
    assert point["y"] == pytest.approx(1, abs=0.01)


def test_a_click_asks_and_tells(page):
    accept(page)
    page.locator(".sigmascope-map .nsewdrag").first.click(position={"x": 60, "y": 90})
    page.wait_for_function("window.told.length === 1")
    [[name, point]] = page.evaluate("window.told")
    assert name == "pick"
    assert page.evaluate("window.asked") == [point]


def test_a_preview_leaves_the_place_to_come_back_to(page):
    accept(page)
    before = page.locator(".sigmascope-start").get_attribute("aria-label")
    moved = picture(preview=True)
    start = next(trace for trace in moved["figures"]["map_chart"]["data"] if (trace.get("meta") or {}).get("start"))
    start["x"] = [0.5]
    page.evaluate("(picture) => window.listeners.get('k').accept(picture)", moved)
    assert page.locator(".sigmascope-start").get_attribute("aria-label") == before
    page.evaluate("(picture) => window.listeners.get('k').accept(picture)", moved | {"preview": False})
    expect(page.locator(".sigmascope-start")).to_have_attribute("aria-label", "Start (0.5, 1). " + LABELS["start_help"])


def test_figures_without_a_start_have_no_handle_and_no_switches(page):
    accept(page)
    expect(page.locator(".sigmascope-start")).to_have_count(1)
    accept(page, charts=(phase_chart, loss_chart))
    expect(page.locator(".sigmascope-start")).to_have_count(0)
    follow = page.locator(".sigmascope-follow")
    expect(follow).to_be_hidden()
    page.keyboard.press("f")
    expect(follow).to_have_attribute("aria-pressed", "false")
    accept(page)
    page.keyboard.press("f")
    expect(follow).to_have_attribute("aria-pressed", "true")


def test_the_moment_and_hidden_runs_are_forgotten_with_the_runs(page):
    accept(page)
    page.locator(".sigmascope-map .legendtoggle").first.click()
    visible = "() => document.querySelector('.sigmascope-map .sigmascope-plot').data.map((t) => t.visible)"
    page.wait_for_function(f"({visible})().includes('legendonly')")
    accept(page)
    assert "legendonly" in page.evaluate(visible)
    one = picture()
    for figure in one["figures"].values():
        figure["data"] = [trace for trace in figure["data"] if (trace.get("meta") or {}).get("run") != 0]
    page.evaluate("(picture) => window.listeners.get('k').accept(picture)", one)
    page.wait_for_selector(READY)
    accept(page)
    assert "legendonly" not in page.evaluate(visible)


def test_figures_for_another_page_are_asked_for_once(page):
    accept(page, theme=DARK)
    accept(page, theme=DARK)
    assert page.evaluate("window.told") == [["theme", True]]
    accept(page)
    accept(page, theme=DARK)
    assert page.evaluate("window.told") == 2 * [["theme", True]]


def test_another_key_and_another_source_are_listened_to_in_its_place(page):
    accept(page)
    page.evaluate("(data) => window.mount(window.source, data)", DATA | {"key": "other"})
    page.wait_for_function("[...window.listeners.keys()].join() === 'other'")
    page.evaluate("(data) => window.mount(window.makeSource('new '), data)", DATA)
    page.wait_for_function("[...window.listeners.keys()].join() === 'new k'")
    page.evaluate("document.querySelector('#place').remove(); window.end()")
    page.wait_for_function("window.listeners.size === 0")


STATE = """async () => {
  const { State } = await import("/state.js")
  const state = new State()
  const heard = []
  const forget = state.subscribe((changed) => heard.push([...changed].sort().join()))
  const curve = { name: "loss", kind: { sharesTime: true } }
  const other = { name: "sigma", kind: { sharesTime: true } }
  const main = { name: "main", kind: {} }
"""


def test_the_state_tells_what_has_changed_once_and_until_it_is_forgotten(page):
    heard = page.evaluate(
        STATE
        + """state.set({ scale: 2 })
  state.tell()
  state.tell()
  state.set({ colours: { text: "red" } })
  state.change({ scale: 3 })
  state.change({ scale: 3 })
  state.clock.seek(0)
  forget()
  state.change({ scale: 1 })
  return heard
}"""
    )
    assert heard == ["scale", "colours,scale", "clock"]


def test_a_run_is_hidden_shown_and_isolated_and_no_value_is_written_into(page):
    found = page.evaluate(
        STATE
        + """const seen = [state.hidden]
  state.toggleRun(1)
  seen.push(state.hidden)
  state.isolateRun(2, [0, 1, 2])
  seen.push(state.hidden)
  state.isolateRun(2, [0, 1, 2])
  seen.push(state.hidden)
  state.toggleRun(0)
  state.keepRuns([1, 2])
  seen.push(state.hidden)
  return seen.map((hidden) => [...hidden])
}"""
    )
    assert found == [[], [1], [0, 1], [], []]


def test_curves_share_their_time_and_nothing_else(page):
    x, y = {"range": [0, 5]}, {"range": [1, 2]}
    found = page.evaluate(
        STATE[:-1].replace("async ()", "async ([x, y])")
        + """
  const shared = [state.keepView(curve, { xaxis: x, xaxis2: x, yaxis: y }), state.keepView(main, { yaxis: y })]
  shared.push(state.keepView(other, { xaxis: x }), state.keepView(other, {}))
  state.keepView(curve, { xaxis: x, yaxis: y })
  const views = [curve, other, main].map((panel) => state.viewOf(panel))
  state.turn("follow", true)
  state.forgetViews()
  return { shared, views, after: state.viewOf(curve), follow: state.switches.follow }
}""",
        [x, y],
    )
    assert found["shared"] == [True, False, False, True]
    assert found["views"] == [{"xaxis": x, "xaxis2": x, "yaxis": y}, {"xaxis": x, "xaxis2": x}, {"yaxis": y}]
    assert (found["after"], found["follow"]) == ({}, False)
