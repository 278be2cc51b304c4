"""Nothing is lost when a server goes and comes back, nor when the line is blocked, in a real Chromium."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.lab_page import ready, set_number

pytestmark = [pytest.mark.browser, pytest.mark.long]

SCENE = "/?v=1&surface=rosenbrock&steps=300&a=adam&a.lr=0.02&panels=all"
CONNECTED = '[data-test-connection-state="CONNECTED"]'
LOST = {"en": "The connection to the server is lost.", "zh": "与服务器的连接已断开"}
BLOCKED = {"en": "The direct line to the server is blocked", "zh": "直连线路在途中被阻断"}


def choose(page, label, option):
    page.get_by_role("combobox", name=label).first.click()
    page.get_by_role("option", name=option).click()


def drag_start(page):
    box = page.locator(".sigmascope-start").bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + 60, box["y"] - 30, steps=4)
    page.mouse.up()


FIRST = {
    "a number": (lambda page: set_number(page, "steps", "700"), "steps=700"),
    "a choice": (lambda page: choose(page, "Surface", "Ackley"), "surface=ackley"),
    "a button": (lambda page: page.get_by_role("button", name="Add").click(), "b=gd"),
    "a dragged start": (drag_start, "x=-0"),
    "a view": (lambda page: page.get_by_role("button", name="Phase", exact=True).click(), "view=phase"),
    "a way on": (lambda page: page.get_by_role("button", name="Momentum instead").click(), "a=momentum"),
}


@pytest.fixture
def visit(chromium, cold_server):
    """Open a page of a server that is then stopped and started again, whatever its console says meanwhile."""
    contexts = []

    def open_one(path=SCENE):
        contexts.append(chromium.new_context(viewport={"width": 1440, "height": 900}))
        page = contexts[-1].new_page()
        page.goto(cold_server.url + path)
        ready(page)
        return page

    yield open_one
    for context in contexts:
        context.close()


def restart(server, page):
    server.stop()
    expect(page.locator(CONNECTED)).to_have_count(0)
    server.start()
    server.wait()
    expect(page.locator(CONNECTED)).to_have_count(1)


def test_the_first_change_after_a_restart_counts_and_the_rest_stays(visit, cold_server):
    pages = {name: visit() for name in FIRST if name != "a way on"}
    first = next(iter(pages.values()))
    restart(cold_server, first)
    for name, page in pages.items():
        act, expected = FIRST[name]
        expect(page.locator(CONNECTED)).to_have_count(1)
        act(page)
        page.wait_for_url(re.compile(re.escape(expected)))
        assert "steps=" in page.url
        assert "a=adam" in page.url


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_while_the_server_is_away_our_words_say_so_and_its_own_do_not(visit, cold_server, lang):
    page = visit(f"{SCENE}&lang={lang}")
    cold_server.stop()
    expect(page.locator(CONNECTED)).to_have_count(0)
    page.locator('[role="dialog"]').wait_for(state="attached")
    expect(page.locator('[role="dialog"]')).to_be_hidden()
    said = page.locator(".stApp").evaluate("e => getComputedStyle(e, '::after').content")
    assert LOST[lang] in said
    cold_server.start()
    cold_server.wait()
    expect(page.locator(CONNECTED)).to_have_count(1)
    assert page.locator(".stApp").evaluate("e => getComputedStyle(e, '::after').content") == "none"


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_where_the_line_is_blocked_the_page_brings_the_pictures_and_says_so(chromium, server, lang):
    page = chromium.new_context(viewport={"width": 1440, "height": 900}).new_page()
    page.route_web_socket(re.compile("/line$"), lambda socket: socket.close())
    page.goto(f"{server.url}{SCENE}&lang={lang}")
    ready(page)
    expect(page.get_by_text(BLOCKED[lang])).to_be_visible()
    set_number(page, "steps", "120")
    expect(page.locator('.sigmascope-player[data-updates="120"]')).to_be_visible()
    expect(page.locator(".sigmascope-way").first).to_be_enabled()
    page.context.close()


def test_when_the_line_is_open_again_it_is_used(chromium, server):
    page = chromium.new_context(viewport={"width": 1440, "height": 900}).new_page()
    tries = []

    def refuse(socket):
        tries.append(socket)
        if len(tries) <= 3:
            socket.close()
        else:
            socket.connect_to_server()

    page.route_web_socket(re.compile("/line$"), refuse)
    page.goto(server.url + SCENE)
    ready(page)
    expect(page.get_by_text(BLOCKED["en"])).to_have_count(0)
    assert len(tries) > 3
    page.context.close()


def test_two_tabs_have_a_scene_each(visit):
    one, other = visit(), visit(SCENE.replace("adam", "lion"))
    set_number(one, "steps", "450")
    set_number(other, "steps", "400")
    one.wait_for_url(re.compile("steps=450.*a=adam"))
    other.wait_for_url(re.compile("steps=400.*a=lion"))
