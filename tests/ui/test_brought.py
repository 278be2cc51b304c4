"""A slice is brought to the lab: from a file to the scene and its address; what is wrong changes nothing."""

import io

import numpy as np

from tests.ui.app_page import address, assert_clean, lab, rows
from tests.ui.test_share import opened
from ui.limits import SLICES_BROUGHT


def npz(scale=1.0, **more):
    x, y = np.linspace(-2.0, 1.0, 31), np.linspace(-1.0, 2.0, 21)
    file = io.BytesIO()
    np.savez(file, x=x, y=y, loss=scale * np.exp(x[None, :] ** 2 + 2.0 * y[:, None] ** 2), **more)
    return file.getvalue()


def path():
    file = io.BytesIO()
    np.savez(file, path=np.linspace(0.5, 0.0, 8)[:, None] * [1.0, 1.0])
    return file.getvalue()


def bring(page, *files):
    page.file_uploader[0].set_value([(name, data, "application/octet-stream") for name, data in files]).run()
    assert_clean(page)


def said(page):
    return "\n".join(element.value for element in (*page.caption, *page.error, *page.warning))


def test_a_file_becomes_the_scene():
    page = lab(surface="slice", steps="60", a="adam")
    assert "It is an example until you bring a file." in said(page)
    bring(page, ("mine.npz", npz()))
    assert len(address(page)["surface.content"]) == 16
    assert "31 × 21 losses" in said(page)
    assert "not on the network" in said(page)
    assert rows(page)[0][1].startswith("still moving")
    assert "What you brought is not in the link" in said(opened(page))


def test_what_is_wrong_is_said_and_the_scene_stays():
    page = lab(surface="slice", steps="60", a="adam")
    bring(page, ("mine.npz", npz()))
    before = address(page)
    bring(page, ("other.npz", b"PK"))
    assert "other.npz: this is no .npz file of NumPy, or it is damaged." in said(page)
    assert address(page) == before
    bring(page, ("mine.npz", npz(2.0)))
    assert address(page) != before
    assert not page.error


def test_a_path_joins_the_slice_that_is_there():
    page = lab(surface="slice", steps="60", a="adam")
    bring(page, ("walk.npz", path()))
    assert "This is a path; bring the slice that it goes through, too." in said(page)
    bring(page, ("mine.npz", npz()))
    bring(page, ("walk.npz", path()))
    assert "The dotted path in the file has 8 points." in said(page)
    assert page.number_input(key="scene:x").value == 0.5


def test_a_link_without_its_slice_says_so_and_takes_it_again():
    page = lab(surface="slice", steps="60", a="adam", a__lr="0.07")
    bring(page, ("mine.npz", npz()))
    page.number_input(key="scene:a.lr").set_value(0.03).run()
    link = address(page)
    other = lab(**{name.replace(".", "__"): text for name, text in link.items()})
    assert_clean(other)
    assert f"The slice {link['surface.content']} is not in its link" in said(other)
    assert address(other) == link
    bring(other, ("mine.npz", npz()))
    assert not other.warning
    assert address(other) == link


def test_back_finds_what_was_brought_before_and_the_oldest_goes():
    page = lab(surface="slice", steps="60", a="adam")
    bring(page, ("one.npz", npz()))
    first = address(page)["surface.content"]
    for number in range(SLICES_BROUGHT - 1):
        bring(page, ("next.npz", npz(2.0 + number)))
    page.query_params["surface.content"] = first
    page.run()
    assert not page.warning
    bring(page, ("one more.npz", npz(100.0)))
    page.query_params["surface.content"] = first
    page.run()
    assert "is not in its link" in said(page)


def test_it_is_chinese_on_a_chinese_page():
    page = lab(surface="slice", steps="60", a="adam", lang="zh")
    bring(page, ("mine.csv", b"1,2\n3"))
    assert "mine.csv：第 2 行有 1 列" in said(page)
