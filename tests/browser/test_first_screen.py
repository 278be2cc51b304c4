"""The first screen in a real Chromium: it asks, tells, answers what is held, and leads on."""

import re

import pytest
from playwright.sync_api import expect

from engine.presets import DEFAULT_SCENE
from explain.questions.questions import question_of
from tests.browser.lab_page import READY, button, query, ready, state

pytestmark = [pytest.mark.browser, pytest.mark.long]

ASKED = question_of(DEFAULT_SCENE)
SAID = ".sigmascope-told .sigmascope-said"
CURVE = ".sigmascope-curve[data-panel={}]"
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


@pytest.fixture
def first(server, open_page):
    def opened(path="", **options):
        page = open_page(f"{server.url}/{path}", first_screen=True, **options)
        ready(page)
        return page

    return opened


def test_it_asks_and_gives_nothing_away(first):
    page = first()
    expect(page.locator(".sigmascope-question")).to_have_text(ASKED.ask)
    expect(page.locator(".sigmascope-task")).to_have_text(ASKED.line)
    assert state(page)[:2] == (0, False)
    assert page.locator(".sigmascope-curve").count() == 3
    expect(page.get_by_test_id("stSidebar")).not_to_be_in_viewport()


def test_it_plays_from_event_to_event_and_lights_what_it_speaks_of(first):
    page = first()
    page.keyboard.press("PageDown")
    page.keyboard.press("PageDown")
    seen = {page.locator(SAID).inner_text()}
    for _ in range(12):
        button(page, "To the next event").click()
        seen.add(page.locator(SAID).inner_text())
        lit = page.locator("[data-lit=true][data-panel]").count()
        assert lit <= 1
    assert len(seen) >= 5
    assert state(page)[0] == 1000
    expect(page.locator(".sigmascope-answer")).to_have_text(str(ASKED.sentence(ASKED.answer)))
    expect(page.locator(".sigmascope-task")).to_be_hidden()
    page.keyboard.press("PageUp")
    assert state(page)[0] < 1000


def test_it_waits_at_an_event_unless_it_is_told_not_to_and_remembers_that(first):
    page = first()
    page.keyboard.press("k")
    page.wait_for_timeout(3500)
    guided = state(page)[0]
    assert 0 < guided < 100
    page.keyboard.press("k")
    page.keyboard.press("g")
    page.keyboard.press("Home")
    page.keyboard.press("k")
    page.wait_for_timeout(1500)
    assert state(page)[0] > guided
    page.reload()
    ready(page)
    page.locator(".sigmascope-options > summary").click()
    expect(page.locator(".sigmascope-guided")).to_have_attribute("aria-pressed", "false")


def test_a_symbol_lights_its_curve_and_a_curve_its_symbol(first):
    page = first("?t=400")
    term = page.locator(".sigmascope-term[data-panel=sigma]").first
    term.hover()
    expect(page.locator(CURVE.format("sigma"))).to_have_attribute("data-lit", "true")
    page.locator(CURVE.format("step_size")).hover()
    expect(page.locator(".sigmascope-term[data-panel=step_size]").first).to_have_attribute("data-lit", "true")
    expect(term).to_have_attribute("data-lit", "false")


def test_the_learning_rate_answers_while_it_is_held(first):
    page = first("?t=1000")
    before = page.locator(READY).screenshot()
    box = page.locator(".sigmascope-rates input").bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + 0.3 * box["width"], box["y"] + box["height"] / 2, steps=6)
    page.wait_for_timeout(700)
    value = page.locator(".sigmascope-value").inner_text()
    assert float(value) < 1
    assert query(page).keys() <= {"t"}, "nothing is said to the page yet"
    assert page.locator(READY).screenshot() != before
    page.mouse.up()
    expect(page).to_have_url(re.compile(r"a\.lr|b\.lr"))
    assert float(query(page)["b.lr"]) == pytest.approx(float(value), rel=0.01)


@pytest.mark.parametrize("place", [0, 1, 2])
def test_each_way_on_opens_another_scene(first, place):
    page = first()
    page.locator(".sigmascope-way").nth(place).click()
    expect(page).to_have_url(re.compile("surface=lecture"))
    ready(page)


def test_the_other_axis_can_be_large(first):
    page = first("?t=100")
    title = page.locator(f"{CURVE.format('sigma')} .annotation-text").first
    page.locator(f"{CURVE.format('sigma')} .sigmascope-swap").click()
    expect(title).to_contain_text("Memory of past gradients")
    expect(title).to_contain_text("σb")


def test_the_address_chooses_moment_and_panels_and_the_workbench_is_one_click_away(first):
    page = first("?t=500&panels=loss")
    assert state(page)[0] == 500
    assert page.locator(".sigmascope-curve").count() == 1
    page.get_by_role("button", name="All curves and controls").click()
    expect(page).to_have_url(re.compile("panels=all"))
    expect(page.get_by_test_id("stSidebar")).to_be_in_viewport()


def test_a_guess_is_drawn_and_compared_in_a_number_and_a_sentence(first):
    page = first()
    page.keyboard.press("d")
    box = page.locator(".sigmascope-drawing").bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] / 3, box["y"] + box["height"] / 3, steps=8)
    page.mouse.up()
    page.keyboard.press("End")
    verdict = page.locator(".sigmascope-verdict")
    expect(verdict).to_be_visible()
    expect(verdict).to_have_text(re.compile(r"ends \d+% .*Turns back: it \d+, you \d+"))


def test_a_room_has_a_blank_a_pointer_and_notes(first):
    page = first()
    player = page.locator(READY)
    page.keyboard.press("b")
    expect(player).to_have_attribute("data-blank", "")
    page.keyboard.press("b")
    page.keyboard.press("l")
    expect(player).to_have_attribute("data-pointer", "")
    with page.expect_popup() as notes:
        page.keyboard.press("n")
    expect(notes.value.locator("body")).to_contain_text("Gradient descent and Adagrad start at the same point.")


@pytest.mark.parametrize("path", ["", "?lang=zh"])
def test_on_a_phone_map_caption_and_play_are_on_the_first_screen(first, path):
    page = first(path, **PHONE)
    for part in (".sigmascope-map", ".sigmascope-caption", ".sigmascope-play"):
        box = page.locator(part).bounding_box()
        assert box["y"] >= 0, part
        assert box["y"] + box["height"] <= 844, part
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_on_a_phone_the_answer_does_not_move_the_map(first):
    page = first(**PHONE)
    before = page.locator(".sigmascope-map").bounding_box()
    page.keyboard.press("End")
    expect(page.locator(".sigmascope-answer")).to_be_visible()
    assert page.locator(".sigmascope-map").bounding_box() == before
    assert page.locator(".sigmascope-answer").bounding_box()["y"] > before["y"] + before["height"]


@pytest.mark.parametrize("size", [(1280, 800), (1024, 768)])
def test_on_a_stage_text_is_legible_from_the_last_row(first, size):
    page = first("?t=712", viewport={"width": size[0], "height": size[1]})
    page.locator(".sigmascope-present").click()
    page.wait_for_function("document.fullscreenElement !== null")
    for part in (
        ".sigmascope-question",
        ".sigmascope-told .sigmascope-said",
        ".sigmascope-told .sigmascope-why",
        ".sigmascope-symbol",
        ".sigmascope-number",
    ):
        size_of_type = page.locator(part).first.evaluate("e => parseFloat(getComputedStyle(e).fontSize)")
        assert size_of_type >= size[1] / 30, part


def test_a_scene_without_a_question_is_told_too(first):
    page = first("?surface=himmelblau&a=adam&a.lr=0.05")
    expect(page.locator(".sigmascope-asked")).to_be_hidden()
    box = page.locator(".sigmascope-map").bounding_box()
    assert box["height"] > 300
    expect(page.locator(SAID)).to_have_text("Adam starts here.")


def test_a_double_click_resets_the_zoom_and_leaves_the_start(first):
    page = first("?panels=all&surface=rosenbrock&a=adam&a.lr=0.05")
    ranges = "() => document.querySelector('.sigmascope-map .sigmascope-plot')._fullLayout.xaxis.range.map(Number)"
    before, address = page.evaluate(ranges), query(page)
    box = page.locator(".sigmascope-map .nsewdrag").bounding_box()
    page.mouse.move(box["x"] + 0.3 * box["width"], box["y"] + 0.3 * box["height"])
    page.mouse.down()
    page.mouse.move(box["x"] + 0.6 * box["width"], box["y"] + 0.6 * box["height"], steps=5)
    page.mouse.up()
    page.wait_for_function(f"before => ({ranges})()[0] > before[0] + 0.1", arg=before)
    page.mouse.dblclick(box["x"] + 0.5 * box["width"], box["y"] + 0.5 * box["height"], delay=30)
    page.wait_for_function(f"before => Math.abs(({ranges})()[0] - before[0]) < 1e-6", arg=before)
    page.wait_for_timeout(600)
    assert query(page) == address
