"""A server of the app, and pages of a real Chromium that note every error and every foreign request."""

import re
from urllib.parse import urlsplit, urlunsplit

import pytest
from playwright.sync_api import expect

from tests.browser import app

expect.set_options(timeout=30_000)  # ms: patience costs nothing while the page is right, however busy the machine


@pytest.fixture(scope="session")
def server():
    with app.Server() as running:
        yield running


@pytest.fixture
def cold_server():
    with app.Server() as running:
        yield running


@pytest.fixture(scope="session")
def chromium():
    with app.chromium() as browser:
        yield browser


@pytest.fixture
def open_page(chromium):
    """Open pages that must end without an error on the console and without a request to another host."""
    contexts, complaints = [], []

    def open_one(url, first_screen=False, **options):
        context = chromium.new_context(**({"viewport": {"width": 1440, "height": 900}} | options))
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda m: complaints.append(m.text) if _is_complaint(m) else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda r: complaints.append(r.url) if _is_foreign(r.url) else None)
        page.goto(url if first_screen else _workbench(url))
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert complaints == []


def _workbench(url):
    """The address of the lab with all of its panels and controls, unless it chooses some; any other as it is."""
    parts = urlsplit(url)
    if parts.path.strip("/") or "panels=" in parts.query:
        return url
    return urlunsplit(parts._replace(path="/", query="&".join(filter(None, [parts.query, "panels=all"]))))


def _is_complaint(message):
    """Streamlit's client looks for its server below the address of a page first, and logs that 404 itself.

    Where software stands in for a graphics card, the browser itself advises on the speed of Plotly's WebGL.
    """
    probe = re.search(r"/[a-z_]+/_stcore/(health|host-config)$", message.location["url"])
    advice = re.search(r"GPU stall due to ReadPixels|^Canvas2D: Multiple readback operations", message.text)
    return message.type in ("error", "warning") and not probe and not advice


def _is_foreign(url):
    parts = urlsplit(url)
    return parts.scheme not in ("data", "blob", "file") and parts.hostname != "127.0.0.1"
