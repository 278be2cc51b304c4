"""The line sends what is new, answers a dragged start, and ends with its session."""

import asyncio
import gc
import json
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np
import pytest
from starlette.websockets import WebSocketDisconnect

from player import line as module
from player.line import UNKNOWN, Line, Picture, serve
from player.parts import pack
from spec.sentences import SentenceError
from ui.assets import line_path


def picture(value=1.0, preview=False):
    parts = {"layout of map": pack([np.zeros(1, np.uint8)]), "run 0": pack([np.full(3, value)])}
    return Picture("player", 10, 10, "rosenbrock", parts, preview)


def read(message):
    """Return the header of a message, and how many bytes of parts follow it."""
    start = 4 + int.from_bytes(message[:4], "little")
    return json.loads(message[4:start]), len(message) - start


class Browser:
    """The other end of a connection: says what it is told to, once it has heard enough."""

    def __init__(self, token, *script):
        self.query_params = {"token": token}
        self.script = list(script)
        self.heard = []
        self.code = None

    async def accept(self):
        pass

    async def close(self, code):
        self.code = code

    async def send_bytes(self, message):
        self.heard.append(message)

    async def receive_text(self):
        """Wait for a count of messages, do or say something; leave at the end."""
        while self.script:
            count, act = self.script.pop(0)
            while len(self.heard) < count:
                await asyncio.sleep(0.001)
            if isinstance(act, str):
                return act
            act()
        raise WebSocketDisconnect


def serve_here(browser):
    """Serve in a thread of its own: this one may have an event loop of the browser tests."""
    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, asyncio.wait_for(serve(browser), 20)).result()


def talk(line, *script):
    browser = Browser(line.token, *script)
    serve_here(browser)
    return [read(message) for message in browser.heard]


@pytest.fixture
def line():
    made = Line("/line")
    made.show(picture(), lambda numbers: picture(sum(numbers.values()), preview=True))
    return made


@pytest.fixture(autouse=True)
def no_patience(monkeypatch):
    monkeypatch.setattr(module, "PATIENCE", 0)


def nothing():
    pass


def test_a_picture_says_what_is_in_it_and_brings_what_is_new():
    header, size = read(picture().message(frozenset()))
    assert {k: header[k] for k in ("key", "updates", "begin", "surface", "preview")} == {
        "key": "player",
        "updates": 10,
        "begin": 10,
        "surface": "rosenbrock",
        "preview": False,
    }
    assert [part[:2] for part in header["parts"]] == [[name, part.id] for name, part in picture().parts.items()]
    assert size == sum(size for *_, size in header["parts"]) == sum(len(p.data) for p in picture().parts.values())
    assert read(picture().message(picture().ids))[1] == 0


def test_what_is_there_under_two_names_travels_once():
    twice = replace(picture(), parts={"layout of map": pack([np.ones(3)]), "layout of loss": pack([np.ones(3)])})
    header, size = read(twice.message(frozenset()))
    assert [part[2] for part in header["parts"]] == [size, 0]


def test_a_browser_hears_the_latest_at_once(line):
    line.show(picture(2.0), line.answer)
    [(header, _)] = talk(line, (1, nothing))
    assert header["parts"][1][1] == picture(2.0).parts["run 0"].id


def test_of_a_changed_picture_only_the_changed_parts_come(line):
    heard = talk(line, (1, lambda: line.show(picture(2.0), line.answer)), (2, nothing))
    assert [bool(size) for *_, size in heard[1][0]["parts"]] == [False, True]


def test_the_same_picture_comes_once(line):
    def show_twice():
        line.show(picture(), line.answer)
        line.show(picture(3.0), line.answer)

    assert len(talk(line, (1, show_twice), (2, nothing))) == 2


def test_a_dragged_start_is_answered_and_dropped_where_it_was_the_picture_comes_back(line):
    drop = lambda: line.show(picture(), line.answer)  # noqa: E731
    heard = [header for header, _ in talk(line, (1, '{"x": 1.5, "y": 2}'), (2, drop), (3, nothing))]
    assert [h["preview"] for h in heard] == [False, True, False]
    assert heard[1]["parts"][1][1] == picture(3.5).parts["run 0"].id
    assert heard[2]["parts"] == [
        [name, part.id, len(part.data) * (name == "run 0")] for name, part in picture().parts.items()
    ]


@pytest.mark.parametrize("error", [SentenceError("x is too far"), ValueError("a bug")])
def test_a_start_that_cannot_be_is_answered_with_what_is_there(line, error):
    def fail(numbers):
        raise error

    line.show(picture(), fail)
    heard = talk(line, (1, '{"x": 1e300, "y": 2}'), (2, nothing))
    assert heard[1][0] == heard[0][0] | {"preview": True, "parts": [[*part[:2], 0] for part in heard[0][0]["parts"]]}


def test_two_questions_are_answered_in_turn(line):
    heard = talk(line, (1, '{"x": 1, "y": 0}'), (1, '{"x": 2, "y": 0}'), (3, nothing))
    assert [h["parts"][1][1] for h, _ in heard[1:]] == [picture(v).parts["run 0"].id for v in (1.0, 2.0)]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "7",
        "{}",
        '{"x": "one", "y": 2}',
        '{"x": null}',
        f"{dict.fromkeys('abcdefghi', 1)}".replace("'", '"'),
        "null",
    ],
)
def test_what_is_not_understood_changes_nothing(line, text):
    assert len(talk(line, (1, text), (1, '{"x": 1, "y": 1}'), (2, nothing))) == 2


def test_showing_waits_until_the_picture_is_seen(line, monkeypatch):
    monkeypatch.setattr(module, "PATIENCE", 20)
    shown = threading.Thread(target=line.show, args=(picture(2.0), line.answer))

    def still_waiting():
        assert shown.is_alive()

    talk(line, (1, shown.start), (2, still_waiting), (2, '{"seen": true}'), (2, shown.join))
    assert not shown.is_alive()


def test_an_address_of_no_session_is_closed():
    browser = Browser("guessed")
    serve_here(browser)
    assert browser.code == UNKNOWN
    assert not browser.heard


def test_a_line_ends_with_its_session():
    token = Line("/line").token
    gc.collect()
    assert token not in module._lines


def test_the_address_leads_to_the_route(monkeypatch):
    monkeypatch.setattr("ui.assets.st.get_option", {"server.baseUrlPath": "/lab/"}.get)
    [route] = module.routes(line_path())
    assert route.path == "/lab/line"
    assert Line(line_path()).address.startswith("/lab/line?token=")
