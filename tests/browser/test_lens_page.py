"""What explains the runs, walked through in a real Chromium on the lecture's valley and on Rosenbrock."""

import re

import pytest
from playwright.sync_api import expect

from engine.presets import PRESETS
from engine.scenario import Scenario
from engine.simulate import simulate
from engine.stability import crossings
from engine.url import encode
from explain.questions.questions import QUESTIONS
from explain.story import story
from tests.browser.lab_page import choose_scene, query, ready, state, wait_for_query

pytestmark = [pytest.mark.browser, pytest.mark.long]

ASKED = {question.slug: question.ask for question in QUESTIONS}
SCENES = {"lecture": PRESETS["blow-out"][1], "rosenbrock": PRESETS["rosenbrock"][1]}
scenes = pytest.mark.parametrize("scene", SCENES.values(), ids=SCENES)


def address(server, scene: Scenario, **more):
    pairs = encode(scene) | more
    return server.url + "/?" + "&".join(f"{key}={value}" for key, value in pairs.items())


def lens(page):
    return page.locator(".st-key-lens")


def test_the_cause_of_the_blow_out_is_said(server, open_page):
    page = open_page(address(server, SCENES["lecture"]))
    ready(page)
    told = "w becomes unstable at update 512; the blow-out is seen at 708; σ of w grows and it is stable again at 724."
    expect(lens(page).get_by_text(told)).to_be_visible()
    first = page.locator(".sigmascope-curve .shapelayer path").first
    expect(first).to_be_attached()


@scenes
def test_the_time_above_the_limit_is_shaded_in_every_panel(server, open_page, scene):
    page = open_page(address(server, scene))
    ready(page)
    spans = sum(len(crossings(t)[0]) for t in simulate(scene))
    shaded = page.locator(".sigmascope-curve").evaluate_all(
        "panels => panels.map((panel) => panel.querySelector('.js-plotly-plot').layout.shapes?.length ?? 0)"
    )
    assert len(shaded) >= 4
    assert all(count >= 2 * min(spans, 1) for count in shaded)
    assert (spans > 0) == any(shaded)


@scenes
def test_the_arithmetic_of_a_step_is_read_and_copied(server, open_page, scene):
    page = open_page(address(server, scene))
    ready(page)
    lens(page).get_by_text("The arithmetic of one step").click()
    update = lens(page).get_by_role("spinbutton", name=re.compile("Update"))
    expect(update).to_be_visible()
    update.fill("7")
    update.press("Enter")
    axis = scene.surface.axes[1]
    last = simulate(scene)[-1]
    lines = lens(page).locator("pre", has_text=f"{axis}_8 = ")
    expect(lines).to_contain_text(f"{last.theta[8, 1]:.6g}"[:6])
    lens(page).get_by_role("tab", name="NumPy").click()
    expect(lens(page).locator("code:visible", has_text="import numpy as np")).to_have_count(1)


@scenes
def test_one_term_at_a_time_is_one_click(server, open_page, scene):
    page = open_page(address(server, scene))
    ready(page)
    choose_scene(page, "One term at a time, on this surface")
    wait_for_query(page, a="gd", b="adam", c="adam", d="adam", b__beta1="0")
    for name in ("θ − μ g", "θ − (μ/σ) g", "θ − (μₜ/σ) g", "θ − (μₜ/σ) m"):
        expect(page.locator(".sigmascope-map .legendtext", has_text=name).first).to_be_visible()
    assert query(page).get("surface", "lecture") == scene.surface.slug


def test_the_list_of_scenes_closes_however_quick_the_choice(server, open_page):
    page = open_page(server.url)
    ready(page)
    expect(lens(page).locator("li").first).to_be_visible()
    for angle in ("0", "45", "0", "45"):
        choose_scene(page, ASKED[f"rotation-{angle}"])
        wait_for_query(page, **encode(PRESETS[f"rotation-{angle}"][1]))


@scenes
def test_each_rate_is_tuned_by_one_button(server, open_page, scene):
    page = open_page(address(server, scene, steps="200"))
    ready(page)
    before = query(page)
    lens(page).get_by_role("button", name="Tune each learning rate").click()
    expect(lens(page).get_by_text("Each one tuned")).to_be_visible()
    assert query(page)["a.lr"] != before["a.lr"]
    assert state(page)[2] == 200


@scenes
def test_every_run_is_told_in_words(server, open_page, scene):
    page = open_page(address(server, scene))
    ready(page)
    for run in scene.runs:
        expect(lens(page).locator("li", has_text=run.label()).first).to_be_visible()
    expect(lens(page).get_by_text("In the end: ").first).to_be_visible()


def test_rotation_changes_adam_and_not_descent(server, open_page):
    page = open_page(server.url)
    ready(page)
    told = {}
    for angle in ("0", "45"):
        choose_scene(page, ASKED[f"rotation-{angle}"])
        scene = PRESETS[f"rotation-{angle}"][1]
        ends = [story(scene.surface, trajectory)[-1].account for trajectory in simulate(scene)]
        told[angle] = [str(end) for end in ends]
        expect(lens(page).locator("li", has_text=re.compile("^In the end: "))).to_have_text(told[angle])
    assert told["0"][0] != told["45"][0]
    assert told["0"][1] == told["45"][1]
