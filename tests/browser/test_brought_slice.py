"""A slice is brought in a real Chromium: the map shows it, its link says that it is not in it, and takes it again."""

import io

import numpy as np
import pytest
from playwright.sync_api import expect

from tests.browser.lab_page import READY

pytestmark = [pytest.mark.browser, pytest.mark.long]

FILES = "[data-testid=stSidebar] input[type=file]"
X, Y = np.linspace(-2.0, 1.0, 31), np.linspace(-1.0, 2.0, 21)


def file(tmp_path, name, **arrays):
    held = io.BytesIO()
    np.savez(held, **arrays)
    path = tmp_path / name
    path.write_bytes(held.getvalue())
    return path


def test_a_slice_and_its_path_are_brought_and_asked_for_again(server, open_page, tmp_path):
    loss = np.exp(X[None, :] ** 2 + 2.0 * Y[:, None] ** 2)
    mine = file(tmp_path, "mine.npz", x=X, y=Y, loss=loss)
    walk = file(tmp_path, "walk.npz", path=np.linspace(0.75, 0.0, 8)[:, None] * [1.0, 1.0])
    page = open_page(f"{server.url}/?surface=slice&steps=60&a=adam")
    page.locator(READY).wait_for()
    page.locator(FILES).set_input_files([mine, walk])
    sidebar = page.locator("[data-testid=stSidebar]")
    expect(sidebar).to_contain_text("31 × 21 losses")
    expect(sidebar).to_contain_text("The dotted path in the file has 8 points.")
    page.wait_for_function("() => location.search.includes('surface.content=')")
    expect(page.locator(".sigmascope-map .scatterlayer .point").nth(7)).to_be_attached()
    page.locator(FILES).set_input_files({"name": "bad.csv", "mimeType": "text/csv", "buffer": b"1,5;2\n3;4"})
    expect(sidebar).to_contain_text("bad.csv: line 1, column 1: 1,5 has a decimal comma; write a point.")
    expect(sidebar).to_contain_text("31 × 21 losses")
    link = page.url
    other = open_page(link)
    expect(other.get_by_text("is not in its link: bring its file again").first).to_be_visible()
    other.locator(FILES).set_input_files([mine, walk])
    expect(other.locator("[data-testid=stSidebar]")).to_contain_text("31 × 21 losses")
    expect(other.get_by_text("is not in its link")).to_have_count(0)
    assert other.url == link
