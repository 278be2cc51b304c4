"""What the server does before it answers: it asks no other host, and may open many files."""

import logging
import resource

import pytest
import requests
from streamlit import net_util
from streamlit.web.server.server_util import is_url_from_allowed_origins

from tests.test_config import SETTINGS
from ui import start


@pytest.fixture(autouse=True)
def as_before(monkeypatch):
    limits = []
    monkeypatch.setattr(net_util, "get_external_ip", net_util.get_external_ip)
    monkeypatch.setattr(resource, "getrlimit", lambda _: (1024, 4096))
    monkeypatch.setattr(resource, "setrlimit", lambda _, pair: limits.append(pair))
    return limits


def test_an_origin_of_elsewhere_makes_it_ask_nobody(monkeypatch):
    def ask(*_, **__):
        raise AssertionError("another host is asked")

    monkeypatch.setattr(requests, "get", ask)
    start.prepare()
    assert not is_url_from_allowed_origins("https://elsewhere.test")


@pytest.mark.parametrize(
    ("most", "wanted", "said"),
    [
        (4096, 4096, False),
        (resource.RLIM_INFINITY, start.FILES, False),
        (10**6, start.FILES, False),
        (1024, 1024, True),
    ],
)
def test_as_many_files_as_may_be_had_and_a_word_where_they_are_few(monkeypatch, as_before, caplog, most, wanted, said):
    monkeypatch.setattr(resource, "getrlimit", lambda _: (256, most))
    with caplog.at_level(logging.WARNING):
        start.prepare()
    assert as_before == [(wanted, most)]
    assert ("files may be open at once" in caplog.text) == said


def test_by_default_it_serves_this_machine_alone_and_reads_no_long_message():
    assert SETTINGS["server"]["address"] == "localhost"
    assert SETTINGS["server"]["maxMessageSize"] <= 4
    assert SETTINGS["server"]["enableStaticServing"] is False
