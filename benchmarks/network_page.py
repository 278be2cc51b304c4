"""How soon a network is seen to train, and whether others feel it: `python -m benchmarks.network_page`.

On an open page, from choosing a study to the first painted picture of it, to the last, and from *Stop* to the page
that says so. Then a knob of the lab's workbench in another session, changed many times while a network trains, beside
the same while none does; the page of that network is frozen, as if it were on another machine.
"""

from playwright.sync_api import Page

from benchmarks.others import knob_alone_and_beside, watched
from benchmarks.player import _report
from tests.browser.app import Server, chromium
from tests.browser.lab_page import READY

ROUNDS = 5
ASKED = ("cross-entropy", "adam", "stuck", "first-leap", "two-rmsprops")
"""Questions whose networks have not been trained before, one a round."""

RUNS = "a=gd&a.lr=0.5&b=adam&b.lr=0.001&c=momentum&c.lr=0.2&d=rmsprop&d.lr=0.001"
LONG = f"/network?layers=2&width=64&steps=5000&{RUNS}&seed={{seed}}"
FIRST = """(question) => new Promise((done) => {
  const began = performance.now()
  window.painted = 0
  const look = () => (window.painted > 0 ? done(performance.now() - began) : requestAnimationFrame(look))
  document.querySelector(`.st-key-ask-${question} button`).click()
  look()
})"""


def main() -> None:
    """Measure and report."""
    with Server() as server, chromium() as browser:
        lab, page = (watched(browser) for _ in range(2))
        what = "four networks train"
        knob_alone_and_beside(lab, page, server.url, LONG.format(seed=1), ".st-key-training", what)
        assert page.locator(".st-key-training").count() == 1, "the training ended too soon"
        _train(page, server.url)


def _train(page: Page, url: str) -> None:
    """Measure a page on which a study is chosen, and one on which it is stopped."""
    firsts, stops = [], []
    for question in ASKED:
        page.goto(url + "/network?width=8&steps=100&a=gd&a.lr=0.5")
        page.wait_for_selector(f".st-key-ask-{question} button:enabled")
        page.wait_for_selector(READY)
        firsts.append(float(page.evaluate(FIRST, question)))
        page.wait_for_selector(".st-key-training")
        page.wait_for_selector(".st-key-training", state="detached", timeout=120_000)
        page.wait_for_selector(".st-key-network-page table")
    _report("milliseconds from choosing a study to its first picture", firsts)
    for seed in range(ROUNDS):
        page.goto(url + LONG.format(seed=10 + seed))
        page.wait_for_selector(".st-key-stop-training button")
        page.wait_for_timeout(2000)
        stops.append(float(page.evaluate(STOP)))
    _report("milliseconds from stop to the page that says so", stops)


STOP = """() => new Promise((done) => {
  const began = performance.now()
  const look = () => {
    if (document.querySelector('.st-key-train-on')) done(performance.now() - began)
    else requestAnimationFrame(look)
  }
  document.querySelector('.st-key-stop-training button').click()
  look()
})"""


if __name__ == "__main__":
    main()
