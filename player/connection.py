"""A browser's connection to the line of its session: what goes to it, and what it says."""

import asyncio
import json
import logging
from collections.abc import Callable, Sequence
from time import monotonic
from typing import Any

from starlette.datastructures import Headers
from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocket

from player.line import Change, GivenUp, Line, Listener, Way, line_of
from player.picture import Picture, ways_message
from spec.sentences import SentenceError

PROTOCOL = "sigmascope"
"""What a browser asks for, together with its secret."""

UNKNOWN, TOO_LONG, TOO_MANY = 4404, 1009, 1013
"""The codes with which a line is closed: its session has ended, a message was too long, there are enough of them."""

MOST_NUMBERS = 8
"""Numbers that a browser may change at once."""

_log = logging.getLogger(__name__)


async def serve(socket: WebSocket) -> None:
    """Connect a browser to the line whose secret it knows."""
    await socket.accept(PROTOCOL)
    line = line_of(socket.scope["subprotocols"][-1])
    if line is None or line.is_full:
        await socket.close(TOO_MANY if line else UNKNOWN)
        return
    with line.listener() as listener:
        sending = asyncio.create_task(_Sender(socket, line, listener).send_all())
        try:
            await _hear_all(socket, line, listener)
        finally:
            sending.cancel()
            await asyncio.gather(sending, return_exceptions=True)  # who has left cannot be sent anything


class _Sender:
    """What goes to one browser: finished pictures as they come, and one preview at a time."""

    def __init__(self, socket: WebSocket, line: Line, listener: Listener) -> None:
        self._socket, self._line, self._listener = socket, line, listener
        self._sent: Picture | None = None
        self._turn = 0
        self._preview: asyncio.Task[tuple[int, Picture | None]] | None = None
        self._offer: asyncio.Task[Sequence[Way] | None] | None = None

    async def send_all(self) -> None:
        try:
            while await self._listener.woken.wait():
                self._listener.woken.clear()
                await self._send_finished()
                await self._send_preview()
                await self._send_offer()
                self._begin_preview()
        finally:
            for task in filter(None, (self._preview, self._offer)):
                task.cancel()

    async def _send_finished(self) -> None:
        if self._turn != self._line.turn:
            self._turn = self._line.turn
            if self._line.latest != self._sent:
                await self._send(self._line.latest)
            self._begin_offer()

    async def _send_preview(self) -> None:
        if self._preview and self._preview.done():
            turn, picture = self._preview.result()
            self._preview = None
            latest = self._line.latest
            await self._send(picture if turn == self._turn else latest and latest.as_preview)

    def _begin_preview(self) -> None:
        if self._listener.asked and not self._preview:
            self._preview = asyncio.create_task(self._make(*self._listener.asked.popleft()))
            self._preview.add_done_callback(lambda _: self._listener.woken.set())

    def _begin_offer(self) -> None:
        if self._offer:
            self._offer.cancel()
        self._offer = asyncio.create_task(self._find_ways(self._turn)) if self._line.offer else None
        if self._offer:
            self._offer.add_done_callback(lambda _: self._listener.woken.set())

    async def _find_ways(self, turn: int) -> Sequence[Way] | None:
        await asyncio.sleep(self._line.bounds.rest)
        spare = self._line.spare
        return await asyncio.get_running_loop().run_in_executor(spare, _offered, self._line, self._listener, turn)

    async def _send_offer(self) -> None:
        if self._offer and self._offer.done():
            ways = None if self._offer.cancelled() else self._offer.result()
            self._offer = None
            if ways is not None and self._sent:
                await self._socket.send_bytes(ways_message(self._sent.key, ways))

    async def _make(self, turn: int, change: Change) -> tuple[int, Picture | None]:
        async with self._line.previewing:
            made = asyncio.get_running_loop().run_in_executor(
                self._line.pool, _answered, self._line, self._listener, change, monotonic()
            )
            return turn, await made

    async def _send(self, picture: Picture | None) -> None:
        if picture:
            await self._socket.send_bytes(picture.message(self._sent.ids if self._sent else frozenset()))
            self._sent = picture


def _answered(line: Line, listener: Listener, change: Change, began: float) -> Picture | None:
    """Return the picture with some numbers changed, or what is there if there is none, or none in time."""

    def check() -> None:
        took = monotonic() - began
        gives_way = listener.asked and took > line.bounds.grace
        if gives_way or took > line.bounds.budget or not line.has(listener):
            raise GivenUp

    try:
        return line.answer(change, check) if line.answer else None
    except (SentenceError, GivenUp):
        pass
    except Exception:
        _log.exception("a change was not answered")
    return line.latest and line.latest.as_preview


def _offered(line: Line, listener: Listener, turn: int) -> Sequence[Way] | None:
    """Return the ways on from the picture of a turn, None where it is not there any more."""

    def check() -> None:
        if line.turn != turn or not line.has(listener):
            raise GivenUp

    try:
        return line.offer(check) if line.offer else None
    except GivenUp:
        return None
    except Exception:
        _log.exception("no ways on were found")
        return None


async def _hear_all(socket: WebSocket, line: Line, listener: Listener) -> None:
    """Take in what a browser says, until it leaves or says too much at once."""
    while (message := await socket.receive())["type"] == "websocket.receive":
        text = message.get("text")
        if text is None or len(text) > line.bounds.message:
            await socket.close(TOO_LONG)
            return
        _hear(text, line, listener)


def _hear(text: str, line: Line, listener: Listener) -> None:
    """Take in what a browser says; what cannot be understood is left out."""
    try:
        said = json.loads(text)
        if said == {"seen": True}:
            listener.seen.set()
        else:
            listener.asked.append((line.turn, _change(said)))
            listener.woken.set()
    except (ValueError, TypeError, AttributeError, ArithmeticError, RecursionError):
        _log.debug("a browser said what cannot be understood: %.80s", text)


def _change(said: Any) -> Change:
    """Return the numbers in what a browser says; raises an error of its kind if there are none."""
    change = {str(name): float(value) for name, value in said.items()}
    if not 0 < len(change) <= MOST_NUMBERS:
        raise ValueError(f"from 1 to {MOST_NUMBERS} numbers, got {len(change)}")
    return change


def routes(path: str, is_allowed: Callable[[Headers], bool]) -> list[WebSocketRoute]:
    """Return what the server has to know to connect browsers to their lines, all of them at `path`.

    is_allowed: whether a connection with these headers comes from a page of this server.
    """

    async def serve_ours(socket: WebSocket) -> None:
        if PROTOCOL in socket.scope.get("subprotocols", ()) and is_allowed(socket.headers):
            await serve(socket)
        else:
            await socket.close()

    return [WebSocketRoute(path, serve_ours)]
