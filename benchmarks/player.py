"""How fast the player plays and answers, in a real Chromium: `python -m benchmarks.player`.

Frames a second of four runs of 500 updates over the map with all curves, at full speed and with the processor
slowed four times. Then one knob, changed many times: bytes over the websocket, and the time from sending the
change to the next paint of the canvas: the page's whole run on the server, and the player's own share.
"""

import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from playwright.sync_api import CDPSession, Page, sync_playwright

ROOT = Path(__file__).parent.parent
SCENE = "/?v=1&surface=rosenbrock&a=gd&a.lr=0.001&b=momentum&b.lr=0.0005&c=rmsprop&c.lr=0.01&d=adam&d.lr=0.05"
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
READY = '.sigmascope-player[data-ready="true"]'
SECONDS = 4
CHANGES = 30

COUNT_FRAMES = """(seconds) => new Promise((done) => {
  const times = []
  const tick = (now) => {
    times.push(now)
    if (now - times[0] < 1000 * seconds) requestAnimationFrame(tick)
    else done(times)
  }
  requestAnimationFrame(tick)
})"""

# A message posted while a frame is made arrives once that frame is painted.
WATCH_CHANGES = """() => {
  const heard = new WeakSet()
  const send = WebSocket.prototype.send
  WebSocket.prototype.send = function (message) {
    if (!heard.has(this)) this.addEventListener("message", () => { window.lastHeard = performance.now() })
    heard.add(this)
    window.change.sent ??= performance.now()
    return send.call(this, message)
  }
  const clear = CanvasRenderingContext2D.prototype.clearRect
  CanvasRenderingContext2D.prototype.clearRect = function (...box) {
    const change = window.change
    if (change.sent !== undefined && change.heard === undefined) {
      change.heard = window.lastHeard
      const painted = new MessageChannel()
      painted.port1.onmessage = () => change.done([performance.now() - change.sent, performance.now() - change.heard])
      requestAnimationFrame(() => painted.port2.postMessage(null))
    }
    return clear.apply(this, box)
  }
}"""
EXPECT_CHANGE = (
    "() => { window.change = {}; window.change.times = new Promise((done) => { window.change.done = done }) }"
)


def main() -> None:
    """Measure and report."""
    with _server() as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=QUIET)
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        received: list[int] = []
        page.on("websocket", lambda socket: socket.on("framereceived", lambda frame: received.append(len(frame))))
        page.goto(url + SCENE)
        page.wait_for_selector(READY)
        processor = page.context.new_cdp_session(page)
        for slowed in (1, 4):
            _report(f"frames a second, processor slowed {slowed} times", _frames(page, processor, slowed))
        sizes, times, own_times = _changes(page, received)
        _report("bytes of one change", sizes)
        _report("milliseconds from change to paint", times)
        _report("milliseconds of them from last byte to paint", own_times)
        browser.close()


def _frames(page: Page, processor: CDPSession, slowed: int) -> list[float]:
    processor.send("Emulation.setCPUThrottlingRate", {"rate": slowed})
    page.keyboard.press("Home")
    page.keyboard.press("k")
    times = page.evaluate(COUNT_FRAMES, SECONDS)
    page.keyboard.press("k")
    processor.send("Emulation.setCPUThrottlingRate", {"rate": 1})
    return [1000 * (len(times) - 1) / (times[-1] - times[0])]


def _changes(page: Page, received: list[int]) -> tuple[list[float], list[float], list[float]]:
    page.evaluate(EXPECT_CHANGE)
    page.evaluate(WATCH_CHANGES)
    field = page.locator(".st-key-scene-d-lr input")
    sizes, times, own_times = [], [], []
    for i in range(CHANGES):
        page.wait_for_timeout(1000)
        page.wait_for_selector(READY)
        received.clear()
        field.fill(f"{0.051 + 0.0007 * i:.4f}")
        page.evaluate(EXPECT_CHANGE)
        field.press("Enter")
        whole, own = page.evaluate("() => window.change.times")
        times.append(whole)
        own_times.append(own)
        page.wait_for_timeout(500)
        sizes.append(float(sum(received)))
    return sizes, times, own_times


def _report(what: str, values: list[float]) -> None:
    middle, high = np.percentile(values, (50, 95))
    sys.stdout.write(f"{what}: {middle:.1f} (p50), {high:.1f} (p95), {len(values)} measured\n")


@contextmanager
def _server() -> Iterator[str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.headless=true", f"--server.port={port}"]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait_for(f"http://127.0.0.1:{port}/_stcore/health")
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait()


def _wait_for(address: str) -> None:
    for _ in range(300):
        try:
            urllib.request.urlopen(address).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError(f"no answer from {address}")


if __name__ == "__main__":
    main()
