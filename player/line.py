"""The line from the server to the player, beside Streamlit's own: the series of a scene come over it at once.

    script  -- show -->  Line  -- message -->  browser
    browser -- {"seen": true} -->  Line, once a picture is painted: the rest of the page has waited for that
    browser -- {"a.lr": ..., "x": ...} -->  Line  -- message -->  browser, while a person holds what changes them

    message := size of header (uint32) | header (JSON) | parts

What Streamlit sends is drawn when its client has all of a run of the page; what is shown here is drawn on arrival,
before the browser has that other work to do.
The line carries no markup and no widgets. Its address has a secret of the session in it.
"""

import asyncio
import json
import logging
import secrets
import threading
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any
from weakref import WeakValueDictionary

from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from player.parts import Part
from spec.sentences import SentenceError

UNKNOWN = 4404
"""The line is closed with this code where the session of its address has ended."""

UNDERWAY = 2
"""Questions that a browser may ask before the first of them is answered."""

PATIENCE = 0.25
"""Seconds that the rest of a page waits at most for the picture to be painted."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Picture:
    """What a player shows: its key, where the clock ends and begins, the name of the surface, and the figures' parts.

    preview: whether it answers what a person holds, and so will not stay. story: what is told of it, a `Story`
    (contract.py); nothing where what was told before stays.
    """

    key: str
    updates: int
    begin: int
    surface: str
    parts: dict[str, Part]
    preview: bool = False
    story: Mapping[str, Any] = field(default_factory=dict)

    def message(self, known: frozenset[str]) -> bytes:
        """Return the message that shows this, without the parts that the browser has."""
        missing = {part.id: part.data for part in self.parts.values() if part.id not in known}
        data = b"".join(missing.values())
        header = {
            "key": self.key,
            "updates": self.updates,
            "begin": self.begin,
            "surface": self.surface,
            "preview": self.preview,
            "story": dict(self.story),
            "parts": [[name, part.id, len(missing.pop(part.id, b""))] for name, part in self.parts.items()],
        }
        text = json.dumps(header).encode()
        return b"".join([len(text).to_bytes(4, "little"), text, data])

    @property
    def ids(self) -> frozenset[str]:
        """The names of its parts."""
        return frozenset(part.id for part in self.parts.values())


Change = Mapping[str, float]
"""Numbers of a scene by their names."""

Answer = Callable[[Change], Picture]

MOST_NUMBERS = 8
"""Numbers that a browser may change at once."""


@dataclass(eq=False)
class _Listener:
    """One connection: woken when there is something to send."""

    loop: asyncio.AbstractEventLoop = field(default_factory=asyncio.get_running_loop)
    woken: asyncio.Event = field(default_factory=asyncio.Event)
    asked: deque[Change] = field(default_factory=lambda: deque(maxlen=UNDERWAY))
    seen: threading.Event = field(default_factory=threading.Event)

    def wake(self) -> None:
        self.loop.call_soon_threadsafe(self.woken.set)


class Line:
    """The line of one session; it lasts as long as the session keeps it.

    path: where on the server `routes` has put the lines.
    """

    def __init__(self, path: str) -> None:
        self.path = path
        self.token = secrets.token_urlsafe(16)
        self.latest: Picture | None = None
        self.turn = 0
        self.answer: Answer | None = None
        self._listeners: set[_Listener] = set()
        _lines[self.token] = self

    @property
    def address(self) -> str:
        """Where on the server a browser finds it."""
        return f"{self.path}?token={self.token}"

    def show(self, picture: Picture, answer: Answer) -> None:
        """Send a picture to the browser now; `answer` makes the one with numbers changed, while a person holds them."""
        changed = picture != self.latest
        self.latest, self.answer = picture, answer
        self.turn += 1
        listeners = tuple(self._listeners)
        for listener in listeners:
            listener.seen.clear()
            listener.wake()
        for listener in listeners if changed else ():
            listener.seen.wait(PATIENCE)

    @contextmanager
    def listener(self) -> Iterator[_Listener]:
        """Return a connection's place on the line, woken at first if there is a picture."""
        listener = _Listener()
        self._listeners.add(listener)
        listener.wake()
        try:
            yield listener
        finally:
            self._listeners.discard(listener)


_lines: WeakValueDictionary[str, Line] = WeakValueDictionary()


async def serve(socket: WebSocket) -> None:
    """Connect a browser to the line that its address names."""
    await socket.accept()
    line = _lines.get(socket.query_params.get("token", ""))
    if line is None:
        await socket.close(UNKNOWN)
        return
    with line.listener() as listener:
        sending = asyncio.create_task(_send(socket, line, listener))
        try:
            while True:
                _hear(await socket.receive_text(), listener)
        except WebSocketDisconnect:
            pass
        finally:
            sending.cancel()


async def _send(socket: WebSocket, line: Line, listener: _Listener) -> None:
    sent: Picture | None = None
    turn = 0
    while await listener.woken.wait():
        listener.woken.clear()
        pictures: list[Picture | None] = []
        if turn != line.turn:
            turn = line.turn
            pictures = [line.latest] if line.latest != sent else []
        if listener.asked:
            pictures.append(await asyncio.to_thread(_answered, line, listener.asked.popleft()))
        if listener.asked:
            listener.woken.set()
        for picture in filter(None, pictures):
            await socket.send_bytes(picture.message(sent.ids if sent else frozenset()))
            sent = picture


def _answered(line: Line, change: Change) -> Picture | None:
    """Return the picture with some numbers changed, or what is there if there is none."""
    try:
        return line.answer(change) if line.answer else None
    except SentenceError:
        pass
    except Exception:
        _log.exception("a change was not answered")
    return line.latest and replace(line.latest, preview=True)


def _hear(text: str, listener: _Listener) -> None:
    """Take in what a browser says; what cannot be understood is left out."""
    try:
        said = json.loads(text)
        if "seen" in said:
            listener.seen.set()
        else:
            listener.asked.append(_change(said))
            listener.woken.set()
    except (ValueError, TypeError, AttributeError):
        _log.debug("a browser said what cannot be understood: %.80s", text)


def _change(said: Any) -> Change:
    """Return the numbers in what a browser says; raise ValueError, TypeError or AttributeError if there are none."""
    change = {str(name): float(value) for name, value in said.items()}
    if not 0 < len(change) <= MOST_NUMBERS:
        raise ValueError(f"from 1 to {MOST_NUMBERS} numbers, got {len(change)}")
    return change


def routes(path: str) -> list[WebSocketRoute]:
    """Return what the server has to know to connect browsers to their lines, all of them at `path`."""
    return [WebSocketRoute(path, serve)]
