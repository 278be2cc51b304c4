"""The line sends what is new, answers a dragged start, and ends with its session."""

import asyncio
import gc
import json
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from time import monotonic, process_time

import numpy as np
import pytest

from player import line as module
from player.connection import PROTOCOL, TOO_LONG, TOO_MANY, UNKNOWN, routes, serve
from player.line import GivenUp, Line
from player.parts import pack
from player.picture import Picture
from spec.sentences import SentenceError
from ui.limits import LINE_BOUNDS

BOUNDS = replace(LINE_BOUNDS, patience=0)


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
        self.scope = {"subprotocols": [PROTOCOL, token]}
        self.script = list(script)
        self.heard = []
        self.code = None

    async def accept(self, protocol):
        assert protocol == PROTOCOL

    async def close(self, code):
        self.code = code

    async def send_bytes(self, message):
        self.heard.append(message)

    async def receive(self):
        """Wait for a count of messages, then do or say something, or for some seconds; leave at the end."""
        while self.script:
            count, act = self.script.pop(0)
            while len(self.heard) < count:
                await asyncio.sleep(0.001)
            if isinstance(act, float):
                await asyncio.sleep(act)
                continue
            if isinstance(act, str | bytes):
                return {"type": "websocket.receive", "text" if isinstance(act, str) else "bytes": act}
            act()
        return {"type": "websocket.disconnect"}


def serve_here(browser):
    """Serve in a thread of its own: this one may have an event loop of the browser tests."""
    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, asyncio.wait_for(serve(browser), 20)).result()


def talk(line, *script):
    browser = Browser(line.token, *script)
    serve_here(browser)
    return [read(message) for message in browser.heard]


@pytest.fixture(scope="module")
def pool():
    with ThreadPoolExecutor(4) as made:
        yield made


@pytest.fixture
def line(pool):
    made = Line(BOUNDS, pool, pool)
    made.show(picture(), lambda numbers, _: picture(sum(numbers.values()), preview=True))
    return made


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


@pytest.mark.parametrize("error", [SentenceError("x is too far"), GivenUp(), ValueError("a bug")])
def test_a_start_that_cannot_be_is_answered_with_what_is_there(line, error):
    def fail(numbers, check):
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
        '"seen"',
        "[" * 1000,
        '{"a":' * 150,
        f'{{"x": {"9" * 400}}}',
        f"{'9' * 400}",
        '{"seen": {}}',
        '{"x": [1]}',
        "\x00\ud800",
    ],
)
def test_what_is_not_understood_changes_nothing(line, text):
    assert len(talk(line, (1, text), (1, '{"x": 1, "y": 1}'), (2, nothing))) == 2


@pytest.mark.parametrize("said", ["x" * (BOUNDS.message + 1), b"binary", '{"x": 1}' + " " * BOUNDS.message])
def test_what_is_too_long_or_no_text_ends_the_connection_unread(line, said):
    browser = Browser(line.token, (1, said), (1, '{"x": 1}'), (9, nothing))
    serve_here(browser)
    assert browser.code == TOO_LONG
    assert len(browser.heard) == 1


def test_showing_waits_until_the_picture_is_seen(pool):
    line = Line(replace(BOUNDS, patience=20), pool, pool)
    line.show(picture(), None)
    shown = threading.Thread(target=line.show, args=(picture(2.0), line.answer))

    def still_waiting():
        assert shown.is_alive()

    talk(line, (1, shown.start), (2, still_waiting), (2, '{"seen": true}'), (2, shown.join))
    assert not shown.is_alive()


def test_showing_waits_once_for_all_who_listen(pool):
    line = Line(replace(BOUNDS, patience=0.2), pool, pool)

    async def listen_twice():
        with line.listener(), line.listener(), line.listener():
            began = monotonic()
            await asyncio.to_thread(line.show, picture(), None)
            return monotonic() - began

    with ThreadPoolExecutor(1) as apart:
        took = apart.submit(asyncio.run, listen_twice()).result()
    assert 0.2 <= took < 0.4


def test_a_preview_that_takes_too_long_is_given_up(pool):
    line = Line(replace(BOUNDS, budget=0.05), pool, pool)

    def slow(numbers, check):
        while True:
            check()

    line.show(picture(), slow)
    assert [h["preview"] for h, _ in talk(line, (1, '{"x": 1}'), (2, nothing))] == [False, True]


def test_a_preview_gives_way_to_a_later_one(pool):
    line = Line(replace(BOUNDS, budget=60, grace=0.05), pool, pool)

    def slow_at_first(numbers, check):
        while numbers["x"] == 1:
            check()
        return picture(numbers["x"], preview=True)

    line.show(picture(), slow_at_first)
    heard = talk(line, (1, '{"x": 1}'), (1, '{"x": 2}'), (3, nothing))
    assert [h["parts"][1][1] for h, _ in heard] == [picture(v).parts["run 0"].id for v in (1.0, 1.0, 2.0)]


def test_a_finished_picture_does_not_wait_for_a_preview_which_then_changes_nothing(pool):
    line, go_on = Line(replace(BOUNDS, budget=60), pool, pool), threading.Event()

    def slow(numbers, check):
        go_on.wait(20)
        return picture(7.0, preview=True)

    line.show(picture(), slow)
    finish = lambda: line.show(picture(2.0), slow)  # noqa: E731
    heard = [h for h, _ in talk(line, (1, '{"x": 1}'), (1, finish), (2, go_on.set), (3, nothing))]
    assert [h["preview"] for h in heard] == [False, False, True]
    assert heard[2]["parts"][1][1] == picture(2.0).parts["run 0"].id


def test_ways_on_are_found_for_one_who_rests_on_a_picture(pool):
    line = Line(replace(BOUNDS, rest=0.01), pool, pool)
    line.show(picture(), lambda *_: picture(), lambda check: [("adam:0", "Adam instead", "It ends lower.")])
    heard = talk(line, (2, nothing))
    assert heard[1] == ({"key": "player", "ways": [["adam:0", "Adam instead", "It ends lower."]]}, 0)


def test_ways_on_from_a_picture_that_has_gone_are_given_up(pool):
    line, asked = Line(replace(BOUNDS, rest=0.01), pool, pool), []

    def offer(check):
        asked.append(1)
        if len(asked) == 1:
            line.show(picture(2.0), lambda *_: picture(), offer)
        check()
        return [(str(len(asked)), "", "")]

    line.show(picture(), lambda *_: picture(), offer)
    heard = [header for header, _ in talk(line, (3, nothing))]
    assert [header.get("ways") for header in heard] == [None, None, [["2", "", ""]]]


def test_ways_that_cannot_be_found_end_nothing(pool, caplog):
    line = Line(replace(BOUNDS, rest=0.0), pool, pool)
    line.show(picture(), lambda *_: picture(5.0, preview=True), lambda check: 1 // 0)
    heard = talk(line, (1, 0.1), (1, '{"x": 5}'), (2, nothing))
    assert [header.get("preview") for header, _ in heard] == [False, True]
    assert "no ways on were found" in caplog.text


def test_nobody_works_for_those_who_have_left(pool):
    line, ended = Line(replace(BOUNDS, budget=60), pool, pool), threading.Event()

    def slow(numbers, check):
        try:
            while True:
                check()
        finally:
            ended.set()

    line.show(picture(), slow)
    talk(line, (1, '{"x": 1}'), (1, 0.05))
    assert ended.wait(20)


def test_a_secret_of_no_session_is_closed():
    browser = Browser("guessed")
    serve_here(browser)
    assert browser.code == UNKNOWN
    assert not browser.heard


def test_a_session_has_so_many_connections_and_no_more(pool):
    line = Line(replace(BOUNDS, connections=1), pool, pool)

    async def two():
        with line.listener():
            browser = Browser(line.token)
            await serve(browser)
            return browser.code

    with ThreadPoolExecutor(1) as apart:
        assert apart.submit(asyncio.run, two()).result() == TOO_MANY


def test_a_line_ends_with_its_session(pool):
    token = Line(BOUNDS, pool, pool).token
    gc.collect()
    assert module.line_of(token) is None


@pytest.mark.parametrize(("allowed", "protocols"), [(False, [PROTOCOL, "x"]), (True, ["x"]), (True, [])])
def test_a_page_of_elsewhere_and_one_without_the_protocol_are_refused(allowed, protocols):
    [route] = routes("/lab/line", lambda headers: allowed and headers["host"] == "here")
    sent = []

    async def send(message):
        sent.append(message["type"])

    scope = {
        "type": "websocket",
        "path": "/lab/line",
        "headers": [(b"host", b"here")],
        "subprotocols": protocols,
        "query_string": b"",
    }
    with ThreadPoolExecutor(1) as apart:
        apart.submit(asyncio.run, route.app(scope, None, send)).result()
    assert sent == ["websocket.close"]


HOSTILE = {
    "no JSON": lambda k: "{" * (k % 900) + "x",
    "brackets": lambda k: "[" * (1 + k % 1000),
    "a long number": lambda k: '{"x": 1' + "0" * (k % 900) + "}",
    "no number": lambda k: json.dumps({"x": ["1e9e9", None, [], {}, "nan", True][k % 6]}),
    "infinities": lambda k: f'{{"x": {["Infinity", "-Infinity", "NaN", "1e999"][k % 4]}}}',
    "strange names": lambda k: json.dumps({chr(k % 0xD800) * 3: 1.0}),
    "too many numbers": lambda k: json.dumps({str(n): 1 for n in range(9 + k % 40)}),
    "no object": lambda k: json.dumps([k, "seen", None, {"seen": 1}][k % 4]),
    "seen, and more": lambda k: json.dumps({"seen": [True, False, 1, {}][k % 4], "x": k}),
}
"""Messages that no page sends, by their kind."""


@pytest.mark.parametrize("kind", HOSTILE)
def test_ten_thousand_hostile_messages_of_a_kind_end_nothing_and_cost_little(pool, kind):
    answered = []

    def answer(numbers, _):
        answered.append(numbers)
        return picture(5.0, preview=True)

    line = Line(BOUNDS, pool, pool)
    line.show(picture(), answer)
    messages = [(1, HOSTILE[kind](k)) for k in range(10_000)]
    began = process_time()
    heard = talk(line, *messages, (1, '{"x": 5}'), (2, 0.01))
    assert process_time() - began < 20
    assert not heard[0][0]["preview"]
    assert len(answered) <= len(messages) + 1
