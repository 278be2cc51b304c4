"""Whether others feel what one page has the server do: a knob of the lab, changed many times meanwhile."""

import sys

from playwright.sync_api import Browser, Page

from benchmarks.player import CHANGES, SCENE, WATCH_LINE, _changes, _report
from tests.browser.lab_page import READY

TO_PAINT = "milliseconds from change to paint"


def watched(browser: Browser) -> Page:
    """Return a page that counts the pictures it paints."""
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.add_init_script(f"({WATCH_LINE})()")
    return page


def knob_alone_and_beside(lab: Page, page: Page, url: str, address: str, sign: str, what: str) -> None:
    """Report a knob's changes in the lab with nothing else, and while another page does what its address asks for.

    sign: what that page has while it does. It is frozen meanwhile, as if it were on another machine.
    """
    lab.goto(url + SCENE + "&panels=all")
    lab.wait_for_timeout(1000)
    lab.wait_for_selector(READY)
    _changes(lab, [])
    sys.stdout.write(f"a knob of the lab, {CHANGES} changes, with nothing else:\n")
    _report(TO_PAINT, _changes(lab, [])[1])
    page.goto(url + address)
    page.wait_for_selector(sign)
    page.wait_for_timeout(1000)
    session = page.context.new_cdp_session(page)
    session.send("Page.setWebLifecycleState", {"state": "frozen"})
    lab.bring_to_front()
    sys.stdout.write(f"the same while {what} in another session:\n")
    _report(TO_PAINT, _changes(lab, [])[1])
    session.send("Page.setWebLifecycleState", {"state": "active"})
