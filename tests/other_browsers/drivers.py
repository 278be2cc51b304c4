"""Firefox by its Marionette, WebKitGTK by its WebDriver: the same few things of each."""

import base64
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.browser.app import free_port, running

PATIENCE = 60.0
"""Seconds to wait for what a page should show."""

WIDE = (1440, 900)
KEYS = {"Enter": "\ue007", "ArrowRight": "\ue014", "Tab": "\ue004", "End": "\ue010"}


class Page:
    """A window of a browser. driver: has execute_script, find_element and back, as both makers' have."""

    def __init__(self, name: str, driver: Any, shot: Any) -> None:
        self.name, self._driver, self._shot = name, driver, shot

    def open(self, url: str) -> None:
        (getattr(self._driver, "navigate", None) or self._driver.get)(url)

    def run(self, script: str, *arguments: Any) -> Any:
        """Return what a function's body returns in the page."""
        if self.name == "Firefox":
            return self._driver.execute_script(script, script_args=arguments, sandbox=None)
        return self._driver.execute_script(script, *arguments)

    def element(self, selector: str) -> Any:
        """Return the first element of a selector, once it is there."""
        self.wait_for("return document.querySelector(arguments[0]) !== null", selector)
        return self._driver.find_element("css selector", selector)

    def click(self, selector: str) -> None:
        self.element(selector).click()

    def keys(self, selector: str, *keys: str) -> None:
        """Type into an element; the names of KEYS are keys."""
        self.element(selector).send_keys(*(KEYS.get(key, key) for key in keys))

    def back(self) -> None:
        (getattr(self._driver, "go_back", None) or self._driver.back)()

    def wait_for(self, script: str, *arguments: Any) -> Any:
        """Return what a function's body returns as soon as that is something."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            found = self.run(script, *arguments)
            if found:
                return found
            time.sleep(0.05)
        raise TimeoutError(f"{script} {arguments}")

    def picture(self, path: Path) -> None:
        path.write_bytes(base64.b64decode(self._shot()))


@contextmanager
def firefox() -> Iterator[Page]:
    """Open Firefox without a screen."""
    from marionette_driver.marionette import Marionette

    port = free_port()
    with tempfile.TemporaryDirectory() as profile:
        settings = {
            "marionette.port": port,
            "app.update.enabled": "false",
            "datareporting.policy.dataSubmissionEnabled": "false",
        }
        lines = [f'user_pref("{name}", {value});' for name, value in settings.items()]
        (Path(profile) / "user.js").write_text("\n".join(lines))
        size = [f"--width={WIDE[0]}", f"--height={WIDE[1]}"]
        command = ["firefox-esr", "--marionette", "--headless", "--no-remote", "--profile", profile, *size]
        with running(*command, port=port):
            driver = Marionette(host="127.0.0.1", port=port)
            driver.start_session(timeout=60)
            driver.set_window_rect(width=WIDE[0], height=WIDE[1] + 85)
            try:
                yield Page("Firefox", driver, lambda: driver.screenshot(full=False))
            finally:
                driver.delete_session()


@contextmanager
def webkit() -> Iterator[Page]:
    """Open WebKitGTK's browser on a screen that nobody sees."""
    from selenium.webdriver.webkitgtk.options import Options
    from selenium.webdriver.webkitgtk.service import Service
    from selenium.webdriver.webkitgtk.webdriver import WebDriver

    screen = f":{90 + os.getpid() % 900}"
    with running("Xvfb", screen, "-screen", "0", f"{WIDE[0]}x{WIDE[1] + 100}x24"):
        environment = os.environ | {
            "DISPLAY": screen,
            "WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS": "1",
            "LIBGL_ALWAYS_SOFTWARE": "1",
        }
        service = Service(executable_path=shutil.which("WebKitWebDriver"), env=environment)
        driver = WebDriver(options=Options(), service=service)
        driver.set_window_size(*WIDE)
        try:
            yield Page("WebKit", driver, driver.get_screenshot_as_base64)
        finally:
            driver.quit()
