"""A lesson on a network: it is made on the network page, and shows, asks and lets what its address says."""

from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest
from streamlit.testing.v1 import AppTest

from tests.ui.app_page import assert_clean
from tests.ui.test_lesson import ASKED, player
from tests.ui.test_network import SMALL, network
from tests.ui.test_share import copies, downloads, opened

APP = str(Path(__file__).parents[2] / "lab.py")


def lesson(**query):
    page = AppTest.from_file(APP, default_timeout=120)
    page.switch_page("pages/lesson_net.py")
    for key, value in (SMALL | query).items():
        page.query_params[key] = value
    page.run()
    assert_clean(page)
    return page


def test_it_trains_asks_and_answers():
    page = lesson(**ASKED)
    assert page.title[0].value == "Which axis?"
    assert player(page)["veiled"] is True
    assert not page.get("page_link")
    page.radio[0].set_value(1).run()
    assert "So." in page.success[0].value
    assert player(page)["veiled"] is False
    assert any("In the end" in text.value for text in page.markdown)


def test_what_a_surface_alone_has_stays_locked():
    page = lesson(lets="rate.panels")
    assert set(player(page)["locked"]) == {"start", "guess", "formula", "view"}


@pytest.mark.parametrize(
    ("lets", "keys"),
    [
        ("surface", {"study:layers", "study:width", "study:activation", "study:loss"}),
        ("noise", {"study:batch", "study:seed"}),
        ("optimizer", {"choose:b"}),
        ("none", set()),
    ],
)
def test_students_may_change_what_they_are_let(lets, keys):
    page = lesson(lets=lets)
    shown = {element.key for element in [*page.selectbox, *page.number_input]}
    assert keys <= shown
    assert bool(shown) == bool(keys)


def test_it_is_edited_by_its_address():
    page = lesson(**ASKED, edit="on", cut="random")
    {field.label: field for field in page.text_input}["Title"].set_value("Which one?").run()
    assert_clean(page)
    said = dict(parse_qsl(urlsplit(copies(page)[0]).query))
    assert said["title"] == "Which one?"
    assert (said["width"], said["cut"]) == ("8", "random")
    assert "edit" not in said


def test_the_network_page_leads_to_it_and_offers_every_file():
    page = opened(network(cut="gradient", panels="loss"))
    (link,) = [part.proto for part in page.get("page_link") if part.proto.page == "lesson_net"]
    said = dict(parse_qsl(link.query_string))
    assert (said["width"], said["edit"], said["cut"], said["panels"]) == ("8", "on", "gradient", "loss")
    assert downloads(page) == [
        "file:html",
        "file:sheet.html",
        "file:worksheet.html",
        "file:csv",
        "file:npz",
        "file:json",
        "file:ipynb",
    ]
    assert "film:make" in [button.key for button in page.button]
