"""What is taken away, in a real Chromium: files are saved, and a frame elsewhere is as tall as the scene says."""

import functools
import http.server
import json
import re
import threading

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import expect

from engine.simulate import simulate
from engine.url import decode
from tests.browser.lab_page import READY

pytestmark = [pytest.mark.browser, pytest.mark.long]

SCENE = "v=1&surface=rosenbrock&steps=300&a=adam&a.lr=0.02"
OPENS = ".st-key-share-button button"
TALL = "() => parseFloat(document.querySelector('iframe').style.height)"
QUERY = dict(part.split("=") for part in SCENE.split("&"))


@pytest.fixture
def panel(server, open_page):
    page = open_page(f"{server.url}/?{SCENE}", first_screen=True)
    page.locator(READY).wait_for()
    page.locator(OPENS).click()
    page.locator(".st-key-file-ipynb").wait_for()
    return page


def saved(page, kind, folder):
    with page.expect_download() as download:
        page.locator(f".st-key-file-{kind} button").click()
    assert download.value.suggested_filename == f"sigmascope-rosenbrock.{kind}"
    path = folder / f"file.{kind}"
    download.value.save_as(path)
    return path


def test_every_file_is_saved_and_has_the_numbers(panel, tmp_path):
    scene, _ = decode(QUERY)
    (trajectory,) = simulate(scene)
    with np.load(saved(panel, "npz", tmp_path)) as found:
        np.testing.assert_array_equal(found["a.theta"], trajectory.theta)
    lines = saved(panel, "csv", tmp_path).read_text().splitlines()
    assert len([line for line in lines if not line.startswith("#")]) == 1 + 301
    assert decode(json.loads(saved(panel, "json", tmp_path).read_text())["fields"])[0] == scene
    assert saved(panel, "html", tmp_path).read_text().startswith("<!doctype html>")
    assert json.loads(saved(panel, "ipynb", tmp_path).read_text())["nbformat"] == 4
    assert panel.get_by_role("dialog").is_visible()


def test_a_film_is_made_with_a_bar_and_saved(panel, tmp_path):
    panel.get_by_role("button", name="Make a GIF").click()
    expect(panel.get_by_role("progressbar")).to_be_visible()
    panel.locator(".st-key-file-gif").wait_for()
    expect(panel.locator("[role=dialog] [data-testid=stImage] img")).to_be_visible()
    with Image.open(saved(panel, "gif", tmp_path)) as film:
        assert (film.format, film.size) == ("GIF", (1280, 720))
    panel.locator(".st-key-film-words label").click()
    expect(panel.locator(".st-key-file-gif")).to_have_count(0)


SHAPES = """text => {
  const root = new DOMParser().parseFromString(text, "image/svg+xml").documentElement
  const addressOf = (part) => part.getAttribute("href") ?? part.getAttribute("xlink:href")
  const outside = [...root.querySelectorAll("[*|href]")].map(addressOf)
  return {
    name: root.nodeName, width: root.getAttribute("width"), panels: root.querySelectorAll(":scope > svg").length,
    words: root.textContent, isFilled: root.querySelector(":scope > rect") !== null,
    outside: outside.filter((address) => address && !/^(data:|#)/.test(address)),
  }
}"""


def drawn(panel, kind, folder):
    with panel.expect_download() as download:
        panel.locator(".st-key-drawing").get_by_role("button", name=f".{kind}").click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path


def test_the_whole_figure_is_a_drawing_that_loads_nothing(panel, tmp_path):
    panels = panel.locator(".sigmascope-plot").count()
    text = drawn(panel, "svg", tmp_path).read_text()
    found = panel.evaluate(SHAPES, text)
    assert (found["name"], found["width"], found["panels"], found["isFilled"]) == ("svg", "1920", panels, True)
    assert "Adam:  θ ← θ − μ / σ · m" in found["words"]
    assert found["outside"] == []
    assert "@font-face" in text
    assert "data:font/woff2" in text or "data:application/" in text
    assert "http" not in re.sub(r'xmlns[^=]*="[^"]*"', "", text)


def test_the_whole_figure_is_a_picture_of_every_size(panel, tmp_path):
    with Image.open(drawn(panel, "png", tmp_path)) as picture:
        assert picture.width == 1920
        assert picture.convert("RGBA").getpixel((0, 0)) == (255, 255, 255, 255)
        assert len(picture.convert("RGB").getcolors(1 << 24)) > 500
    panel.locator(".st-key-drawing-clear label").click()
    panel.get_by_label("Size").first.click()
    panel.get_by_role("option", name="A column of a paper").click()
    panel.wait_for_timeout(1000)
    with Image.open(drawn(panel, "png", tmp_path)) as picture:
        assert picture.width == 1050
        assert picture.convert("RGBA").getpixel((0, 0))[3] == 0


PLAYS = """async (bytes) => {
  const film = document.createElement("video")
  film.src = URL.createObjectURL(new Blob([new Uint8Array(bytes)], { type: "video/mp4" }))
  const loaded = (resolve, reject) => Object.assign(film, { onloadeddata: resolve, onerror: () => reject(film.error) })
  await new Promise(loaded)
  const canvas = Object.assign(document.createElement("canvas"), { width: 64, height: 36 })
  const context = canvas.getContext("2d", { willReadFrequently: true })
  const seen = []
  for (const time of [0.1, 3, 9.9]) {
    film.currentTime = time
    await new Promise((resolve) => (film.onseeked = resolve))
    context.drawImage(film, 0, 0, 64, 36)
    seen.push([...context.getImageData(0, 0, 64, 36).data])
  }
  return { size: [film.videoWidth, film.videoHeight], seconds: film.duration, seen }
}"""


def test_a_video_is_made_by_the_browser_and_plays(panel, tmp_path):
    before = panel.locator(READY).get_attribute("data-time")
    with panel.expect_download(timeout=120_000) as download:
        panel.get_by_role("button", name="Make an MP4 in this browser").click()
    download.value.save_as(tmp_path / "film.mp4")
    assert download.value.suggested_filename == "sigmascope-rosenbrock.mp4"
    found = panel.evaluate(PLAYS, list((tmp_path / "film.mp4").read_bytes()))
    assert found["size"] == [1280, 720]
    assert found["seconds"] == pytest.approx(10, abs=0.05)
    first, middle, last = (np.array(picture) for picture in found["seen"])
    assert (first != middle).any()
    assert (middle != last).any()
    assert panel.locator(READY).get_attribute("data-time") == before


def test_a_video_is_given_up_and_a_browser_that_makes_none_says_so(panel):
    button = panel.get_by_role("button", name="Make an MP4 in this browser")
    button.click()
    panel.get_by_role("button", name="Cancel", exact=True).click()
    expect(button).to_be_visible()
    panel.evaluate("delete globalThis.VideoEncoder")
    button.click()
    expect(panel.get_by_text("This browser cannot make an MP4; make a GIF.")).to_be_visible()


def test_a_link_is_copied_with_a_word_and_softly_where_that_is_not_allowed(panel):
    panel.context.grant_permissions(["clipboard-read", "clipboard-write"])
    copy = panel.get_by_role("button", name="Copy", exact=True).first
    copy.click()
    expect(panel.get_by_text("Copied.")).to_be_visible()
    assert panel.evaluate("navigator.clipboard.readText()").endswith(f"/?{SCENE}")

    panel.context.clear_permissions()
    panel.evaluate("void (navigator.clipboard.writeText = () => Promise.reject(new Error('no')))")
    copy.click()
    expect(panel.get_by_text("the text is selected")).to_be_visible()
    assert panel.evaluate("getSelection().toString().trim()").endswith(f"/?{SCENE}")


def test_what_is_taken_away_is_shown_before(panel):
    picture = panel.locator(".st-key-drawing img")
    expect(picture).to_be_visible()
    assert picture.evaluate("e => e.naturalWidth") == 600
    for name, inside in (("offline", READY), ("frame", READY), ("paper", "article table")):
        panel.locator(f".st-key-preview-{name} summary").click()
        frame = panel.locator(f".st-key-preview-{name} iframe")
        panel.frame_locator(f".st-key-preview-{name} iframe").locator(inside).first.wait_for()
        assert frame.get_attribute("sandbox") == (None if name == "frame" else "allow-scripts")
        panel.locator(f".st-key-preview-{name} summary").click()
    panel.locator(".st-key-preview-numbers summary").click()
    expect(panel.locator(".st-key-preview-numbers code")).to_contain_text("learning_rate,sharpness")


class Silent(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass

    def do_GET(self):
        if self.path == "/favicon.ico":
            self.send_response(204)
            self.end_headers()
        else:
            super().do_GET()


@pytest.fixture
def elsewhere(tmp_path):
    """A server of another origin, which shows what is written to its folder."""
    handler = functools.partial(Silent, directory=str(tmp_path))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{running.server_port}/", tmp_path / "index.html"
        running.shutdown()


def test_a_frame_of_another_origin_is_as_tall_as_the_scene(panel, elsewhere):
    url, file = elsewhere
    texts = panel.locator("[role=dialog] .copy-text")
    expect(texts).to_have_count(2)
    link, frame = texts.all_inner_texts()
    assert link.endswith(f"/?{SCENE}")

    file.write_text(f"<!doctype html><title>Mine</title>{frame}")
    panel.goto(url)
    inside = panel.frame_locator("iframe")
    inside.locator(READY).wait_for()
    for _ in range(100):
        page = inside.locator('[data-testid="stMainBlockContainer"]').bounding_box()["height"]
        said = panel.evaluate(TALL)
        if abs(said - page) < 3 and said != 720:
            break
        panel.wait_for_timeout(100)
    panel.wait_for_timeout(1000)
    assert panel.evaluate(TALL) == said
    assert abs(said - page) < 3
