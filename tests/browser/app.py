"""A server of the app, and a Chromium that says nothing to anybody: for tests, benchmarks and pictures."""

import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Self

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).parents[2]
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(*command: str, port: int | None = None) -> Iterator[None]:
    """Run a program until it is left; it answers at `port` by then, if one is given."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(300):
            time.sleep(0.1)
            with socket.socket() as probe:
                if port is None or probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
        yield
    finally:
        process.terminate()
        process.wait()


class Server:
    """The app on a free port of this machine, until it is left.

    options: for Streamlit, as on its command line. root: the tree that is served. before: what starts it. base: where
    the app is on it. python: the interpreter, this one by default.
    """

    def __init__(
        self,
        *options: str,
        root: Path = ROOT,
        before: Sequence[str] = (),
        base: str = "",
        python: str = sys.executable,
    ) -> None:
        port = free_port()
        self.url = f"http://127.0.0.1:{port}"
        self._root, self._base = root, base
        self._command = [*before, python, "-m", "streamlit", "run", "app.py", "--server.headless=true"]
        self._command += [f"--server.port={port}", "--server.address=127.0.0.1", *options]
        self.start()

    def start(self) -> None:
        """Start it, again after it was stopped."""
        quiet = subprocess.DEVNULL
        self.process = subprocess.Popen(self._command, cwd=self._root, stdout=quiet, stderr=quiet)

    def stop(self) -> None:
        """End it as a machine that is turned off does."""
        self.process.kill()
        self.process.wait()

    def __enter__(self) -> Self:
        try:
            self.wait()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.process.terminate()
        self.process.wait()

    def wait(self) -> None:
        """Return when it answers."""
        for _ in range(300):
            try:
                with urllib.request.urlopen(f"{self.url}{self._base}/_stcore/health") as answer:
                    if answer.status == 200:
                        return
            except OSError:
                time.sleep(0.1)
        raise TimeoutError("the server did not come up")


@contextmanager
def chromium(*options: str) -> Iterator[Browser]:
    """Open the Chromium of this machine, or the one that Playwright has; options: as on its command line."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=[*QUIET, *options])
        try:
            yield browser
        finally:
            browser.close()
