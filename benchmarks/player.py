"""How fast the player plays and answers, in a real Chromium: `python -m benchmarks.player`.

Frames a second of the first screen, guided, and of four runs of 500 updates over the map with all curves, at full speed
and with the processor slowed four times. Then one knob, changed many times: bytes over both websockets, and the time
from sending the change to the paint that shows it. Then the start, dragged: pictures painted a second. All of that of
the workbench again with the arithmetic of a step open below the player.
"""

import sys

import numpy as np
from playwright.sync_api import CDPSession, Page

from tests.browser.app import Server, chromium
from tests.browser.lab_page import READY

SCENE = "/?v=1&surface=rosenbrock&a=gd&a.lr=0.001&b=momentum&b.lr=0.0005&c=rmsprop&c.lr=0.01&d=adam&d.lr=0.05"
SECONDS = 3
CHANGES = 30
ROUNDS = 5

COUNT_FRAMES = """(seconds) => new Promise((done) => {
  const times = []
  const tick = (now) => {
    times.push(now)
    if (now - times[0] < 1000 * seconds) requestAnimationFrame(tick)
    else done(times)
  }
  requestAnimationFrame(tick)
})"""

# Counts the pictures of the line that were painted: a message posted while a frame is made arrives once that frame
# is painted, and the player draws a picture at the latest in the frame after it has come.
WATCH_LINE = """() => {
  const Socket = window.WebSocket
  window.painted = 0
  window.WebSocket = class extends Socket {
    constructor(address, ...more) {
      super(address, ...more)
      const isLine = new URL(address, location).pathname.endsWith("/line")
      if (isLine) this.addEventListener("message", () => { window.came = true })
    }
  }
  const clear = CanvasRenderingContext2D.prototype.clearRect
  CanvasRenderingContext2D.prototype.clearRect = function (...box) {
    if (window.came) {
      window.came = false
      const painted = new MessageChannel()
      painted.port1.onmessage = () => {
        window.painted += 1
        window.changed?.(performance.now() - window.sent)
      }
      requestAnimationFrame(() => painted.port2.postMessage(null))
    }
    return clear.apply(this, box)
  }
  const send = Socket.prototype.send
  Socket.prototype.send = function (message) {
    window.sent ??= performance.now()
    return send.call(this, message)
  }
}"""
# Moves what the mouse holds in every frame, as a hand does; a move asked for from outside waits for the one before.
DRAG = """(handle, [x, y, seconds]) => new Promise((done) => {
  const before = window.painted
  const began = performance.now()
  const move = (now) => {
    const time = (now - began) / 1000
    if (time > seconds) return done((window.painted - before) / time)
    const place = { clientX: x + 60 * Math.sin(6 * time), clientY: y - 40 * Math.sin(8.5 * time) }
    handle.dispatchEvent(new PointerEvent("pointermove", { pointerId: 1, isPrimary: true, bubbles: true, ...place }))
    requestAnimationFrame(move)
  }
  requestAnimationFrame(move)
})"""
EXPECT_CHANGE = "() => { window.sent = undefined; window.change = new Promise((done) => { window.changed = done }) }"


def main() -> None:
    """Measure and report."""
    with Server() as server, chromium() as browser:
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        page.add_init_script(f"({WATCH_LINE})()")
        received: list[int] = []
        page.on("websocket", lambda socket: socket.on("framereceived", lambda frame: received.append(len(frame))))
        page.goto(server.url)
        _wait_until_ready(page)
        sys.stdout.write("the first screen, guided, with captions and spotlight:\n")
        _measure_frames(page)
        sys.stdout.write("the workbench:\n")
        page.goto(server.url + SCENE + "&panels=all")
        _wait_until_ready(page)
        _measure(page, received)
        sys.stdout.write("with the arithmetic of a step open:\n")
        page.locator(".st-key-step summary").click()
        _wait_until_ready(page)
        _measure(page, received)


def _measure_frames(page: Page) -> None:
    processor = page.context.new_cdp_session(page)
    for slowed in (1, 4):
        rates = [_frames(page, processor, slowed) for _ in range(ROUNDS)]
        _report(f"frames a second, processor slowed {slowed} times", rates, bad=5)


def _measure(page: Page, received: list[int]) -> None:
    _measure_frames(page)
    sizes, times = _changes(page, received)
    _report("bytes of one change", sizes)
    _report("milliseconds from change to paint", times)
    _report("pictures a second while the start is dragged", [_drag(page) for _ in range(ROUNDS)], bad=5)


def _wait_until_ready(page: Page) -> None:
    page.wait_for_timeout(1000)
    page.wait_for_selector(READY)


def _frames(page: Page, processor: CDPSession, slowed: int) -> float:
    processor.send("Emulation.setCPUThrottlingRate", {"rate": slowed})
    page.keyboard.press("Home")
    page.keyboard.press("k")
    times = page.evaluate(COUNT_FRAMES, SECONDS)
    page.keyboard.press("k")
    processor.send("Emulation.setCPUThrottlingRate", {"rate": 1})
    return 1000 * (len(times) - 1) / float(times[-1] - times[0])


def _changes(page: Page, received: list[int]) -> tuple[list[float], list[float]]:
    field = page.locator(".st-key-scene-d-lr input")
    sizes, times = [], []
    for i in range(CHANGES):
        _wait_until_ready(page)
        field.fill(f"{0.051 + 0.0007 * i:.4f}")
        received.clear()
        page.evaluate(EXPECT_CHANGE)
        field.press("Enter")
        times.append(page.evaluate("() => window.change"))
        page.wait_for_timeout(500)
        sizes.append(float(sum(received)))
    return sizes, times


def _drag(page: Page) -> float:
    """Return how many pictures a second are painted while the start goes to and fro."""
    _wait_until_ready(page)
    start = page.locator(".sigmascope-start")
    start.scroll_into_view_if_needed()
    box = start.bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    rate = float(start.evaluate(DRAG, [x, y, SECONDS]))
    page.mouse.up()
    return rate


def _report(what: str, values: list[float], bad: int = 95) -> None:
    """Print the middle and the bad end: a high percentile of times and sizes, a low one of rates."""
    middle, end = np.percentile(values, (50, bad))
    sys.stdout.write(f"{what}: {middle:.1f} (p50), {end:.1f} (p{bad}), {len(values)} measured\n")


if __name__ == "__main__":
    main()
