"""The views of a scene, in a real Chromium."""

import pytest
from playwright.sync_api import expect

from tests.browser.lab_page import ready, state

pytestmark = [pytest.mark.browser, pytest.mark.long]

ROSENBROCK = "v=1&surface=rosenbrock&a=gd&a.lr=0.001&b=adam&b.lr=0.05"
SCENES = pytest.mark.parametrize("scene", ["", ROSENBROCK], ids=["lecture valley", "rosenbrock"])

CAMERA = "() => document.querySelector('.sigmascope-map .sigmascope-plot')._fullLayout.scene._scene.getCamera().eye"
TURN = """(eye) => {
  const plot = document.querySelector('.sigmascope-map .sigmascope-plot')
  return Plotly.relayout(plot, { 'scene.camera.eye': eye })
}"""

# Where Plotly puts an annotation without an arrow at the start of the first path, and where the player puts that.
PLACES = """async () => {
  const plot = document.querySelector('.sigmascope-map .sigmascope-plot')
  const path = plot.data.find((trace) => trace.meta?.animate)
  const annotation = { x: path.x[0], y: path.y[0], z: path.z[0], text: '+', showarrow: false, borderpad: 0 }
  await Plotly.relayout(plot, { 'scene.annotations': [annotation] })
  await new Promise((done) => setTimeout(done, 500))
  const text = plot.querySelector('.annotation-text-g, .annotation').getBoundingClientRect()
  const box = plot.getBoundingClientRect()
  const theirs = [text.left + text.width / 2 - box.left, text.top + text.height / 2 - box.top]
  const module = performance.getEntriesByType('resource').map((r) => r.name).find((n) => n.endsWith('/scene3d.js'))
  const { Track3d } = await import(module)
  const { Plot } = await import(module.replace('scene3d.js', 'plotly.js'))
  const track = new Track3d(path)
  track.project(new Plot(plot))
  return { theirs, ours: [track.px[0], track.py[0]] }
}"""

PAINTED = """([x, y]) => {
  const canvas = document.querySelectorAll('.sigmascope-map .sigmascope-canvas')[1]
  const density = canvas.width / canvas.clientWidth
  return [...canvas.getContext('2d').getImageData(x * density, y * density, 1, 1).data]
}"""


def choose(page, title, chart):
    page.locator(".sigmascope-views").get_by_role("button", name=title, exact=True).click()
    expect(page.locator(f'.sigmascope-plot[data-chart="{chart}"] canvas.sigmascope-canvas').first).to_be_attached()
    ready(page)


@SCENES
@pytest.mark.parametrize(("view", "chart"), [("3d", "surface_3d"), ("phase", "phase")])
def test_a_view_opens_by_its_address_and_plays(server, open_page, scene, view, chart):
    page = open_page(f"{server.url}/?{scene}&view={view}")
    ready(page)
    expect(page.locator(".sigmascope-view[aria-pressed=true]")).to_have_text({"3d": "3-D", "phase": "Phase"}[view])
    painted = page.locator(f'[data-chart="{chart}"] canvas.sigmascope-canvas').first.evaluate(
        "c => c.getContext('2d').getImageData(0, 0, c.width, c.height).data.some(v => v)"
    )
    assert painted
    page.keyboard.press("Home")
    page.keyboard.press("Space")
    page.wait_for_timeout(400)
    time, playing, _ = state(page)
    assert playing
    assert time > 0


@SCENES
def test_switching_keeps_time_hidden_runs_and_speed_and_back_undoes_it(server, open_page, scene):
    page = open_page(f"{server.url}/?{scene}")
    ready(page)
    page.locator(".sigmascope-speed").select_option("0.25")
    page.locator(".sigmascope-map .legendtoggle").first.click()
    page.wait_for_timeout(400)
    page.keyboard.press("Home")
    page.keyboard.press("Space")
    before = state(page)[0]
    for title, chart in (("3-D", "surface_3d"), ("Phase", "phase"), ("Map", "map")):
        choose(page, title, chart)
        time, playing, _ = state(page)
        assert playing
        assert before < time
        before = time
        assert page.locator(".sigmascope-speed").input_value() == "0.25"
        assert page.locator(".sigmascope-map").evaluate(
            "e => e.querySelector('.sigmascope-plot').data.filter(t => t.meta?.animate).map(t => t.visible)"
        ) == [False, True]
    page.wait_for_url(lambda url: "view" not in url)
    expect(page.locator("[data-test-script-state]")).to_have_attribute("data-test-script-state", "notRunning")
    page.go_back()
    page.wait_for_url(lambda url: "view=phase" in url)
    expect(page.locator('.sigmascope-plot[data-chart="phase"]')).to_be_attached()
    expect(page.locator(".sigmascope-view[aria-pressed=true]")).to_have_text("Phase")


def test_the_camera_stays_with_a_changed_knob_and_while_another_view_is_shown(server, open_page):
    page = open_page(f"{server.url}/?{ROSENBROCK}&view=3d")
    ready(page)
    first = page.evaluate(CAMERA)
    box = page.locator(".sigmascope-map").bounding_box()
    page.mouse.move(box["x"] + 0.5 * box["width"], box["y"] + 0.5 * box["height"])
    page.mouse.down()
    page.mouse.move(box["x"] + 0.7 * box["width"], box["y"] + 0.45 * box["height"], steps=6)
    page.mouse.up()
    page.wait_for_timeout(700)
    turned = page.evaluate(CAMERA)
    assert abs(turned["x"] - first["x"]) > 0.1
    field = page.locator(".st-key-scene-b-beta1 input")
    field.fill("0.5")
    field.press("Enter")
    page.wait_for_url(lambda url: "b.beta1=0.5" in url)
    page.wait_for_timeout(500)
    ready(page)
    assert page.evaluate(CAMERA) == pytest.approx(turned, abs=1e-3)
    choose(page, "Phase", "phase")
    choose(page, "3-D", "surface_3d")
    page.wait_for_timeout(300)
    assert page.evaluate(CAMERA) == pytest.approx(turned, abs=1e-3)


@SCENES
def test_points_lie_where_plotly_puts_them_from_every_side(server, open_page, scene):
    page = open_page(f"{server.url}/?{scene}&view=3d")
    ready(page)
    for eye in ({"x": 0.8, "y": -2.3, "z": 1.0}, {"x": -1.5, "y": 1.2, "z": 1.4}):
        page.evaluate(TURN, eye)
        page.wait_for_timeout(300)
        places = page.evaluate(PLACES)
        assert places["ours"] == pytest.approx(places["theirs"], abs=1.5)
        page.keyboard.press("Home")
        assert page.evaluate(PAINTED, places["ours"])[3] == 255, "the heads wait at the start"


def test_without_webgl_one_sentence_stands_in_its_place(server, open_page):
    page = open_page("about:blank")
    page.add_init_script(
        "const get = HTMLCanvasElement.prototype.getContext;"
        "HTMLCanvasElement.prototype.getContext = function (kind, ...more) {"
        " return /webgl/.test(kind) ? null : get.call(this, kind, ...more) }"
    )
    page.goto(f"{server.url}/?view=3d&panels=all")
    ready(page)
    expect(page.locator(".sigmascope-map")).to_contain_text("needs WebGL")
    page.keyboard.press("Home")
    assert state(page)[0] == 0
    choose(page, "Map", "map")
    expect(page.locator(".sigmascope-map .legendtext").first).to_be_visible()


@pytest.mark.parametrize("view", ["3d", "phase"])
def test_a_phone_needs_no_sideways_scrolling(server, open_page, view):
    page = open_page(f"{server.url}/?view={view}", viewport={"width": 390, "height": 844}, reduced_motion="reduce")
    ready(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert not state(page)[1]
    for button in page.locator(".sigmascope-view").all():
        box = button.bounding_box()
        assert box["height"] >= 40
        assert 0 <= box["x"] < box["x"] + box["width"] <= 390


@pytest.mark.parametrize(("view", "chart"), [("3d", "surface_3d"), ("phase", "phase")])
def test_each_view_is_saved_as_an_image(server, open_page, view, chart):
    page = open_page(f"{server.url}/?view={view}")
    ready(page)
    panel = page.locator(f'.sigmascope-plot[data-chart="{chart}"]')
    panel.hover()
    with page.expect_download() as download:
        panel.locator('.modebar-btn[data-title="Save as an image"]').click()
    assert download.value.suggested_filename == f"sigmascope-{chart}-1000.png"
    assert download.value.path().stat().st_size > 20_000


def test_the_pointer_reads_the_loss_on_the_surface(server, open_page):
    page = open_page(f"{server.url}/?{ROSENBROCK}&view=3d")
    ready(page)
    box = page.locator(".sigmascope-map").bounding_box()
    for share in (0.35, 0.4, 0.45, 0.5, 0.55):
        page.mouse.move(box["x"] + 0.6 * box["width"], box["y"] + share * box["height"], steps=3)
        page.wait_for_timeout(200)
        texts = page.locator(".sigmascope-map .hovertext").all_text_contents()
        if any("loss" in text for text in texts):
            break
    (text,) = [text for text in texts if "loss" in text]
    x, y, loss = (
        float(part.split()[-1].replace("−", "-")) for part in text.replace("y", "|").replace("loss", "|").split("|")
    )
    assert loss == pytest.approx((1 - x) ** 2 + 100 * (y - x * x) ** 2, rel=0.1)


def test_the_surface_is_turned_by_the_keyboard(server, open_page):
    page = open_page(f"{server.url}/?{ROSENBROCK}&view=3d")
    ready(page)
    time, before = state(page)[0], page.evaluate(CAMERA)
    page.locator(".sigmascope-map").focus()
    for key in ("ArrowLeft", "ArrowUp"):
        page.keyboard.press(key)
    page.wait_for_function(f"(z) => ({CAMERA})().z > z", arg=before["z"])
    assert page.evaluate(CAMERA)["x"] != before["x"]
    assert state(page)[0] == time
