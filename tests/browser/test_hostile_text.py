"""A name from an address is text wherever it is shown, in a real Chromium: nothing to follow, to load or to format."""

import pytest
from playwright.sync_api import expect

from tests.browser.lab_page import ready

pytestmark = [pytest.mark.browser, pytest.mark.long]

NAMES = (
    '<b>A</b><a href="http://x.test">c</a>',
    "<img src=x onerror=alert(1)> &amp; &lt;",
    "[l](http://x.test) **b** `c`",
    "$x$ ![i](http://x.test/i.png)",
    "%{x} {x} http://x.test :red[r]",
)


@pytest.mark.parametrize("name", NAMES)
def test_a_hostile_name_is_shown_as_it_is_and_does_nothing(open_page, server, name):
    page = open_page("about:blank")
    query = {"v": "1", "surface": "rosenbrock", "a": "adam", "a.name": name, "b": "gd", "panels": "all"}
    address = page.evaluate("(query) => new URLSearchParams(query).toString()", query)
    page.goto(f"{server.url}/?{address}")
    ready(page)
    expect(page.locator(".sigmascope-map .legendtext").first).to_have_text(name)
    alive = "a[href^='http://x.test'], [src*='x.test'], img[src='x'], .legend a, .legend b"
    expect(page.locator(alive)).to_have_count(0)
    expect(page.locator(".table th[scope=row]").first).to_have_text(name)
