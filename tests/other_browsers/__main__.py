"""`python -m tests.other_browsers [PICTURES]`: the main journey in Firefox and in WebKit, a line for each step.

PICTURES: a folder for a picture of each step, to look at.
"""

import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from engine.presets import DEFAULT_SCENE
from engine.simulate import simulate
from tests.browser.app import Server
from tests.other_browsers.drivers import Page, firefox, webkit
from ui.offline import offline_scene

PLAYER = '.sigmascope-player[data-ready="true"]'
Step = tuple[str, Callable[[], object]]


def journey(page: Page, url: str) -> Iterator[Step]:
    """Yield the steps of a person from the first screen to the lecture and back, each by its name."""
    yield "the first screen asks", lambda: _opens(page, url)
    yield "it plays", lambda: _plays(page)
    yield "a held rate is answered, and counts when it is let go of", lambda: _holds(page)
    yield "all curves and controls", lambda: _workbench(page)
    yield "a number that is typed counts", lambda: _types(page)
    yield "three dimensions", lambda: _view(page, "space")
    yield "the phase picture", lambda: _view(page, "phase")
    yield "a chapter of the lecture", lambda: _chapter(page, url)
    yield "the catalogue", lambda: _catalogue(page, url)
    yield "back to the scene", lambda: _back(page)
    yield "a scene by its address, in Chinese", lambda: _chinese(page, url)
    yield "a film, or a sentence where there can be none", lambda: _films(page)
    yield "a page from a file, without a network", lambda: _from_a_file(page)


def _ready(page: Page) -> None:
    page.wait_for("return document.querySelector(arguments[0]) !== null", PLAYER)


def _opens(page: Page, url: str) -> None:
    page.open(url)
    page.run("window.wrong = []; window.addEventListener('error', (event) => window.wrong.push(event.message))")
    _ready(page)
    page.wait_for("return document.querySelector('.sigmascope-question')?.textContent.includes('?')")


def _plays(page: Page) -> str:
    page.run("document.querySelector('.sigmascope-play').click()")
    page.wait_for("return document.querySelector('.sigmascope-player').dataset.playing === 'true'")
    frames = """window.frames_ = 0; const count = () => { window.frames_++; requestAnimationFrame(count) }; count()"""
    page.run(frames)
    began = time.monotonic()
    before = page.run("return window.frames_")
    time.sleep(2)
    shown = (page.run("return window.frames_") - before) / (time.monotonic() - began)
    page.wait_for("return Number(document.querySelector('.sigmascope-player').dataset.time) > 5")
    return f"{shown:.0f} frames a second"


def _holds(page: Page) -> None:
    selector = ".sigmascope-rates input[type=range], .sigmascope-side input[type=range]"
    page.keys(selector, "ArrowRight", "ArrowRight", "ArrowRight")
    page.run("document.activeElement.blur()")
    page.wait_for("return /[?&](a|b)\\.lr=/.test(location.search)")


def _workbench(page: Page) -> None:
    page.click(".sigmascope-all")
    page.wait_for("return document.querySelector('.sigmascope-player').dataset.layout === 'full'")
    page.wait_for("return document.querySelectorAll('.sigmascope-curve').length >= 4")
    page.wait_for("return document.querySelector('.sigmascope-ways button:not([disabled])') !== null")


def _types(page: Page) -> None:
    selector = ".st-key-scene-steps input"
    page.element(selector)
    page.run("document.querySelector(arguments[0]).select()", selector)
    page.keys(selector, "300", "Enter")
    page.wait_for("return document.querySelector('.sigmascope-player').dataset.updates === '300'")


def _view(page: Page, kind: str) -> None:
    title = {"space": "3-D", "phase": "Phase"}[kind]
    buttons = "[...document.querySelectorAll('.sigmascope-views button')]"
    page.run(f"{buttons}.find((button) => button.textContent === arguments[0]).click()", title)
    page.wait_for("return location.search.includes('view=')")
    time.sleep(2)
    _ready(page)


def _chapter(page: Page, url: str) -> None:
    page.open(f"{url}/lecture?chapter=4")
    _ready(page)


def _catalogue(page: Page, url: str) -> None:
    page.open(f"{url}/catalogue")
    page.wait_for("return document.querySelectorAll('img').length > 10")


def _back(page: Page) -> None:
    page.back()
    _ready(page)
    page.wait_for("return location.search.includes('chapter=4')")


def _chinese(page: Page, url: str) -> None:
    page.open(f"{url}/?v=1&surface=rosenbrock&steps=200&a=adam&a.lr=0.02&lang=zh")
    _ready(page)
    page.wait_for("return document.documentElement.lang === 'zh-Hans'")


FILM = """
window.film_ = null
const options = { seconds: 3, height: 720, words: true, signal: new AbortController().signal, report: () => {} }
const made = async (file) => (window.film_ = [...new Uint8Array(await file.arrayBuffer())])
const failed = (error) => (window.film_ = error.name)
document.dispatchEvent(new CustomEvent("sigmascope:film", { detail: { ...options, made, failed } }))
"""


def _films(page: Page) -> str:
    """Have the player make a film; it has a picture for each thirtieth of a second, whatever the browser."""
    page.run(FILM)
    page.wait_for("return window.film_ !== null")
    film = page.run("return window.film_")
    if film == "NotSupportedError":
        return "none, which the page says"
    data = bytes(film)
    count = int.from_bytes(data[data.index(b"stsz") + 12 :][:4], "big")
    if data[4:8] != b"ftyp" or count != 90:
        raise AssertionError(f"{count} pictures, {data[:12]!r}")
    return f"{count} pictures, {len(data) // 1000} kB"


def _from_a_file(page: Page) -> None:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "page.html"
        file.write_text(offline_scene(DEFAULT_SCENE, simulate(DEFAULT_SCENE), "", "en"))
        page.open(file.as_uri())
        _ready(page)
    _plays(page)
    page.click(".sigmascope-all")
    page.wait_for("return document.querySelectorAll('.sigmascope-curve').length === 4")
    page.run("[...document.querySelectorAll('.sigmascope-view')].at(-1).click()")
    page.wait_for("return document.querySelectorAll('.sigmascope-curve').length === 1")
    page.run("document.querySelector('.sigmascope-scrub').focus()")
    page.keys("body", "End")
    page.wait_for("return document.querySelector('.sigmascope-player').dataset.ended === 'true'")


def travel(page: Page, url: str, pictures: Path | None) -> int:
    """Make the journey; return how many steps failed."""
    failed = 0
    for number, (title, step) in enumerate(journey(page, url), 1):
        try:
            said = step() or "works"
            if page.run("return document.querySelector('.stException') !== null"):
                raise AssertionError("an exception is shown")
        except Exception as error:
            failed, said = failed + 1, repr(error).splitlines()[0][:200]
        sys.stdout.write(f"{page.name}: {title}: {said}\n")
        sys.stdout.flush()
        if pictures:
            page.picture(pictures / f"{page.name}-{number:02}.png")
    return failed


def main(folder: str = "") -> int:
    """Make the journey in each browser; return how many steps failed."""
    failed = 0
    with Server() as server:
        for browser in (firefox, webkit):
            with browser() as page:
                failed += travel(page, server.url, Path(folder) if folder else None)
    return failed


if __name__ == "__main__":
    sys.exit(bool(main(*sys.argv[1:])))
