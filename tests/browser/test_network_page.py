"""The network page in a real browser: it trains before one's eyes, is stopped, plays, and is taken away."""

import json

import numpy as np
import pytest
from playwright.sync_api import expect

from network.study import STUDIES
from tests.browser.lab_page import READY, query, ready, state, wait_for_query

pytestmark = [pytest.mark.browser, pytest.mark.long]

SMALL = "network?width=8&steps=100&a=gd&a.lr=0.5&b=adam&b.lr=0.01"
TABLE = ".st-key-network-page table"
BAR = ".st-key-training"


SEEN = """() => {
  const first = {};
  const names = { bar: ".st-key-training", picture: ".sigmascope-map .contourlayer path", table: "%s" };
  const look = () => Object.entries(names).forEach(([name, selector]) => {
    if (!(name in first) && document.querySelector(selector)) first[name] = Object.keys(first).length;
  });
  new MutationObserver(look).observe(document, { childList: true, subtree: true });
  window.seenFirst = first;
}"""
"""Notes in which order the bar, the picture and the table come, however fast they do."""


def test_it_trains_before_one_s_eyes_and_then_asks(server, open_page):
    page = open_page("about:blank", first_screen=True)
    page.add_init_script(f"({SEEN % TABLE})()")
    page.goto(f"{server.url}/network?seed=41&a=gd&a.lr=1&b=gd&b.lr=0.2")
    expect(page.locator(TABLE).first).to_be_visible(timeout=120_000)
    assert page.evaluate("seenFirst") == {"bar": 0, "picture": 1, "table": 2}
    expect(page.locator(BAR)).to_have_count(0)
    assert len(page.locator('[data-panel="digits"]').all()) == 1


def test_it_is_stopped_at_once_and_goes_on_where_it_was(server, open_page):
    page = open_page(f"{server.url}/network?seed=42&steps=5000&a=gd&a.lr=0.5")
    page.locator(f"{BAR} progress, {BAR} [role=progressbar]").first.wait_for()
    page.locator(".st-key-stop-training button").click()
    expect(page.get_by_text("Stopped after update")).to_be_visible()
    said = page.get_by_text("Stopped after update").text_content()
    assert 0 < int(said.split()[3].replace(",", "")) < 5000
    expect(page.locator(TABLE).first).to_be_visible()
    page.locator(".st-key-train-on button").click()
    expect(page.get_by_text("Training: update")).to_be_visible()


def test_a_scene_that_was_trained_opens_at_once_and_plays(server, open_page):
    page = open_page(f"{server.url}/{SMALL}")
    expect(page.locator(TABLE).first).to_be_visible(timeout=60_000)
    again = open_page(f"{server.url}/{SMALL}&t=0")
    ready(again)
    expect(again.locator(TABLE).first).to_be_visible()
    assert state(again)[0] == 0
    again.keyboard.press("Space")
    again.wait_for_function(f"document.querySelector('{READY}').dataset.time > 5")
    assert state(again)[2] == 100


def test_a_question_is_asked_first_and_answered_at_the_end(server, open_page):
    page = open_page(f"{server.url}/network?loss=cross-entropy&a=gd&a.lr=1")
    expect(page.locator(TABLE).first).to_be_visible(timeout=120_000)
    ready(page)
    expect(page.locator(".sigmascope-question")).to_have_text("Does every loss hover at its limit?")
    expect(page.locator(".sigmascope-answer")).to_be_empty()
    assert state(page)[0] == 0
    page.keyboard.press("End")
    expect(page.locator(".sigmascope-answer")).to_contain_text("nowhere near 2")
    expect(page.locator(".sigmascope-told")).to_contain_text("are read rightly")


def test_a_rate_that_is_let_go_trains_anew(server, open_page):
    page = open_page(f"{server.url}/{SMALL}&t=0")
    expect(page.locator(TABLE).first).to_be_visible(timeout=60_000)
    slider = page.locator(".sigmascope-rate")
    slider.focus()
    page.keyboard.press("PageUp")
    page.wait_for_function("!new URLSearchParams(location.search).get('a.lr').startsWith('0.5')")
    expect(page.locator(TABLE).first).to_be_visible(timeout=60_000)
    study, notes = STUDIES.decode({key: value for key, value in query(page).items() if key != "t"})
    assert notes == ()
    assert study.runs[0].lr > 0.5


def test_the_workbench_has_all_panels_and_another_cut(server, open_page):
    page = open_page(f"{server.url}/{SMALL}&panels=all")
    expect(page.locator(TABLE).first).to_be_visible(timeout=60_000)
    ready(page)
    names = page.locator("[data-panel]").evaluate_all("all => all.map((one) => one.dataset.panel)")
    assert names == ["map", "stability", "loss", "accuracy", "sigma", "step_size", "digits"]
    page.get_by_role("button", name="Gradient and sharpest").first.click()
    wait_for_query(page, cut="gradient")
    expect(page.locator(".sigmascope-map .xtitle")).to_have_text("Along the gradient")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_a_phone_nothing_is_wider_than_the_page(server, open_page, scheme):
    page = open_page(
        f"{server.url}/{SMALL}",
        viewport={"width": 390, "height": 844},
        has_touch=True,
        is_mobile=True,
        color_scheme=scheme,
    )
    expect(page.locator(TABLE).first).to_be_attached(timeout=60_000)
    ready(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    wide = page.evaluate("""[...document.querySelectorAll('[data-testid="stMainBlockContainer"] *')]
      .filter((e) => e.getBoundingClientRect().right > 391)
      .filter((e) => !e.closest('.table, .katex, svg, [role=region], .sigmascope-curves, .sigmascope-account'))
      .map((e) => e.className?.baseVal ?? e.className)""")
    assert wide == []


def test_it_is_taken_away(server, open_page, tmp_path):
    page = open_page(f"{server.url}/{SMALL}", accept_downloads=True)
    expect(page.locator(TABLE).first).to_be_visible(timeout=60_000)
    page.locator(".st-key-share-button button").click()
    expect(page.get_by_role("button", name=".npz", exact=True)).to_be_visible()
    files = {}
    for kind in ("html", "csv", "npz", "json"):
        with page.expect_download() as download:
            page.get_by_role("button", name=f".{kind}", exact=True).click()
        files[kind] = tmp_path / f"network.{kind}"
        download.value.save_as(files[kind])
    with np.load(files["npz"]) as numbers:
        assert len(numbers["a.loss"]) == 100
    assert json.loads(files["json"].read_text())["link"].startswith(server.url)
    assert files["html"].stat().st_size < 2_500_000
    with page.expect_download() as download:
        page.get_by_role("button", name=".svg", exact=True).click()
    drawing = tmp_path / "network.svg"
    download.value.save_as(drawing)
    text = drawing.read_text()
    assert text.count("data:image/png") >= 1  # the units and the digits
    assert "http" not in text.replace("http://www.w3.org", "")
    alone = open_page(files["html"].as_uri())
    ready(alone)
    alone.keyboard.press("End")
    alone.wait_for_function(f"document.querySelector('{READY}').dataset.ended === 'true'")
    expect(alone.locator('[data-panel="digits"]')).to_be_visible()
