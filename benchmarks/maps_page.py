"""How soon a map is seen, coarse and whole, and whether others feel it: `python -m benchmarks.maps_page`.

On an open page, from choosing a learning rate to the first painted picture of its map and to the last; from pointing at
a cell to its painted run; and, with a learning rate held, from a change to the map drawn anew. Then a knob of the lab's
workbench in another session, changed many times while a map is made, beside the same while none is; the page of that
map is frozen, as if it were on another machine.
"""

import sys

from playwright.sync_api import Page

from benchmarks.others import knob_alone_and_beside, watched
from benchmarks.player import _report
from tests.browser.app import Server, chromium
from tests.browser.lab_page import READY
from ui.maps.making import STAGES

ROUNDS = 12
ROSENBROCK = "/maps?map=basins&surface=rosenbrock&steps=500&a=adam&a.lr={lr}&cells=256"
LONG = "/maps?map=plane&measure=trainability&surface=rosenbrock&steps=20000&a=adan&a.lr=0.05&b=nadam&b.lr=0.01"

PAINTED = """(act) => new Promise((done) => {
  const began = performance.now()
  window.painted = 0
  const look = () => (window.painted > 0 ? done(performance.now() - began) : requestAnimationFrame(look))
  act()
  look()
})"""
POINT = """([x, y]) => (PAINTED)(() => {
  const host = document.querySelector('.sigmascope-plane .nsewdrag')
  const box = host.getBoundingClientRect()
  const place = { clientX: box.x + x * box.width, clientY: box.y + y * box.height, bubbles: true, buttons: 0 }
  host.dispatchEvent(new PointerEvent('pointermove', place))
})""".replace("PAINTED", PAINTED)
HOLD = """(value) => (PAINTED)(() => {
  const slider = document.querySelector('.sigmascope-held .sigmascope-rate')
  slider.value = value
  slider.dispatchEvent(new Event('input'))
})""".replace("PAINTED", PAINTED)


def main() -> None:
    """Measure and report."""
    with Server() as server, chromium() as browser:
        lab, page = (watched(browser) for _ in range(2))
        knob_alone_and_beside(lab, page, server.url, LONG, ".st-key-making", "a map is made")
        page.wait_for_timeout(500)
        sys.stdout.write(f"the map was then made: {page.locator('.st-key-making').count() == 0}\n")
        lab.close()
        _look(page, server.url)


def _look(page: Page, url: str) -> None:
    """Measure a page on which the learning rate is changed, a cell is pointed at, and the rate is held."""
    firsts, lasts, points, holds = [], [], [], []
    page.goto(url + ROSENBROCK.format(lr=0.05))
    page.wait_for_selector(READY)
    page.wait_for_selector(".st-key-map-results table")
    for round_ in range(ROUNDS):
        page.wait_for_timeout(500)
        first, last = page.evaluate(CHOOSE, 100 + 7 * round_)
        firsts.append(float(first))
        lasts.append(float(last))
    for round_ in range(ROUNDS):
        page.wait_for_timeout(300)
        points.append(float(page.evaluate(POINT, [0.1 + 0.06 * round_, 0.5])))
    for round_ in range(ROUNDS):
        page.wait_for_timeout(300)
        holds.append(float(page.evaluate(HOLD, 130 + 5 * round_)))
    _report("milliseconds from a new learning rate to the first picture of its basins", firsts)
    _report("milliseconds to the last, of 256 x 256 starts with 500 updates", lasts)
    _report("milliseconds from pointing at a cell to its painted run", points)
    _report("milliseconds from a held learning rate to its painted basins", holds)


CHOOSE = """(value) => new Promise((done) => {
  const began = performance.now()
  let first
  window.painted = 0
  const look = () => {
    if (window.painted > 0) first ??= performance.now() - began
    if (window.painted < PICTURES) requestAnimationFrame(look)
    else done([first, performance.now() - began])
  }
  const slider = document.querySelector('.sigmascope-held .sigmascope-rate')
  slider.value = value
  slider.dispatchEvent(new Event('change'))
  look()
})""".replace("PICTURES", str(len(STAGES)))


if __name__ == "__main__":
    main()
