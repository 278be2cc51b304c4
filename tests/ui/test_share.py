"""What a person takes away of a scene: a link that has all of it, and files that are made when they are asked for."""

import json

import pytest

from engine.url import decode
from tests.ui.app_page import assert_clean, first_screen, lab


def opened(page):
    page.button(key="share-button").click().run()
    assert_clean(page)
    return page


def downloads(page):
    return [part.proto.id.rpartition("-")[2] for part in page.get("download_button")]


def copies(page):
    """The texts to copy, in their order."""
    return [json.loads(part.proto.json)["text"] for part in page.get("bidi_component") if "copy" in part.proto.id]


@pytest.mark.parametrize("page", [lab, first_screen])
def test_every_file_is_offered(page):
    found = opened(page(surface="rosenbrock", a="adam", a__lr="0.05"))
    assert downloads(found) == [
        "file:html",
        "file:sheet.html",
        "file:worksheet.html",
        "file:csv",
        "file:npz",
        "file:json",
        "file:ipynb",
    ]


def test_the_link_is_the_address_of_the_scene():
    page = opened(lab(surface="rosenbrock", a="adam", a__lr="0.05", x="-1.25"))
    link = copies(page)[0]
    query = dict(part.split("=") for part in link.partition("?")[2].split("&"))
    scene, notes = decode(query, ("panels",))
    assert not notes
    assert (scene.surface.slug, scene.start[0], scene.runs[0].lr) == ("rosenbrock", -1.25, 0.05)


def test_the_link_is_there_as_a_picture_dark_on_light():
    page = opened(lab())
    (body,) = [part.proto.body for part in page.get("html") if 'class="qr"' in part.proto.body]
    assert "data:image/svg+xml" in body


def test_what_cannot_be_made_is_said():
    texts = [text.value for text in opened(lab(a="gd", a__lr="1e-7", steps="300000")).caption]
    assert any("thinned: one of 2 is written" in text for text in texts)
    assert any("A notebook makes at most 20,000 updates" in text for text in texts)


def test_it_is_chinese_on_a_chinese_page():
    page = opened(lab(lang="zh"))
    assert [header.value for header in page.subheader] == [
        "链接",
        "你自己的一课",
        "放进你自己的网页",
        "不需要网络的网页",
        "图片",
        "影片",
        "纸上",
        "数值",
        "笔记本",
    ]
