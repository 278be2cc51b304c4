"""Sliders of the workbench in a real Chromium: the picture answers while one is held, the page when it is let go of."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.lab_page import field, query, ready

pytestmark = [pytest.mark.browser, pytest.mark.long]

VALLEY = "?v=1&surface=valley&a=adam&a.lr=0.05"
CURVES = "JSON.stringify(document.querySelector('.sigmascope-curve .sigmascope-plot').data.map((t) => t.y?.[5]))"


@pytest.fixture
def workbench(server, open_page):
    page = open_page(f"{server.url}/{VALLEY}")
    ready(page)
    return page


def slider(page, label):
    return page.get_by_test_id("stSidebar").get_by_role("slider", name=label)


def hold(page, label, share):
    slider(page, label).scroll_into_view_if_needed()
    box = slider(page, label).bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + share * box["width"], box["y"] + box["height"] / 2, steps=5)


def shown(page):
    return page.evaluate(CURVES)


@pytest.mark.parametrize(
    ("label", "name"), [("Learning rate μ", "a.lr"), ("κ · kappa", "surface.kappa"), ("β₂ · beta2", "a.beta2")]
)
def test_the_picture_answers_before_it_is_let_go_of(workbench, label, name):
    page = workbench
    before, address = shown(page), query(page)
    hold(page, label, 0.8)
    page.wait_for_function(f"before => {CURVES} !== before", arg=before)
    assert query(page) == address
    page.mouse.up()
    expect(page).to_have_url(re.compile(re.escape(name)))
    expect(page).not_to_have_url(re.compile(re.escape(f"{name}={address.get(name)}") + "(&|$)"))
    expect(field(page, name)).to_have_value(query(page)[name])


def test_a_memory_moves_through_decades_of_what_is_new(workbench):
    page = workbench
    for share, least, most in ((0.9, 0.9, 0.998), (0.1, 0.0, 0.9)):
        before = page.url
        hold(page, "β₁ · beta1", share)
        page.mouse.up()
        expect(page).not_to_have_url(before)
        assert least < float(query(page)["a.beta1"]) < most


def test_escape_gives_the_value_back(workbench):
    page = workbench
    before, address = shown(page), query(page)
    hold(page, "Learning rate μ", 0.9)
    page.wait_for_function(f"before => {CURVES} !== before", arg=before)
    page.keyboard.press("Escape")
    page.mouse.up()
    page.wait_for_function(f"before => {CURVES} === before", arg=before)
    assert query(page) == address


def test_it_is_moved_by_keys(workbench):
    page = workbench
    slider(page, "Learning rate μ").focus()
    page.keyboard.press("ArrowRight")
    expect(field(page, "a.lr")).not_to_have_value("0.05")
    assert 0.05 < float(query(page)["a.lr"]) < 0.06
