"""The line from the server to the player, beside Streamlit's own: the series of a scene come over it at once.

    script  -- show -->  Line  -- message -->  browser
    browser -- {"seen": true} -->  Line, once a picture is painted: the rest of the page has waited for that
    browser -- {"a.lr": ..., "x": ...} -->  Line  -- message -->  browser, while a person holds what changes them
                                        Line  -- ways on -->  browser, once a person rests on a picture

    message := size of header (uint32) | header (JSON) | parts

What Streamlit sends is drawn when its client has all of a run of the page; what is shown here is drawn on arrival,
before the browser has that other work to do.

A finished picture never waits for a preview, and of two previews the later one counts. The line carries no markup and
no widgets. A browser names its line by a secret of the session, which stands in no address.
"""

import asyncio
import secrets
import threading
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import monotonic
from weakref import WeakValueDictionary

from player.picture import Picture

UNDERWAY = 2
"""Questions that a browser may ask before the first of them is answered."""


@dataclass(frozen=True)
class Bounds:
    """What one session may ask of its line.

    message: characters of one from a browser. connections: at the same time. patience: seconds that the rest of a page
    waits at most for a picture to be painted. budget: seconds for a preview; grace: seconds after which it gives way to
    a later one. rest: seconds for which a picture has stayed before it is worked out what to try next.
    """

    message: int
    connections: int
    patience: float
    grace: float
    budget: float
    rest: float


Change = Mapping[str, float]
"""Numbers of a scene by their names."""


class GivenUp(Exception):  # noqa: N818 (it is no error)
    """The preview has had its time."""


Check = Callable[[], None]
"""To be called often while a preview is made; raises GivenUp."""

Answer = Callable[[Change, Check], Picture]

Way = tuple[str, str, str]
"""A way on from a scene: its name, its title and its reason."""

Offer = Callable[[Check], Sequence[Way]]
"""Works out the ways on from a picture."""


@dataclass(eq=False)
class Listener:
    """One connection: woken when there is something to send; asked for changes, each with the turn it belongs to."""

    loop: asyncio.AbstractEventLoop = field(default_factory=asyncio.get_running_loop)
    woken: asyncio.Event = field(default_factory=asyncio.Event)
    asked: deque[tuple[int, Change]] = field(default_factory=lambda: deque(maxlen=UNDERWAY))
    seen: threading.Event = field(default_factory=threading.Event)

    def wake(self) -> None:
        self.loop.call_soon_threadsafe(self.woken.set)


class Line:
    """The line of one session; it lasts as long as the session keeps it.

    pool: who makes the previews. spare: who finds the ways on.
    """

    def __init__(self, bounds: Bounds, pool: Executor, spare: Executor) -> None:
        self.bounds, self.pool, self.spare = bounds, pool, spare
        self.token = secrets.token_urlsafe(16)
        self.latest: Picture | None = None
        self.turn = 0
        self.answer: Answer | None = None
        self.offer: Offer | None = None
        self.previewing = asyncio.Lock()
        self._listeners: set[Listener] = set()
        _lines[self.token] = self

    def show(self, picture: Picture, answer: Answer, offer: Offer | None = None) -> None:
        """Send a picture to the browser now; `answer` makes the one with numbers changed, while a person holds them."""
        changed = picture != self.latest
        self.latest, self.answer, self.offer = picture, answer, offer
        self.turn += 1
        listeners = tuple(self._listeners)
        for listener in listeners:
            listener.seen.clear()
            listener.wake()
        until = monotonic() + self.bounds.patience
        for listener in listeners if changed else ():
            listener.seen.wait(max(0.0, until - monotonic()))

    def has(self, listener: Listener) -> bool:
        """Return whether somebody still listens."""
        return listener in self._listeners

    @property
    def is_full(self) -> bool:
        """Whether it has all the connections that it may have."""
        return len(self._listeners) >= self.bounds.connections

    @contextmanager
    def listener(self) -> Iterator[Listener]:
        """Return a connection's place on the line, woken at first if there is a picture."""
        listener = Listener()
        self._listeners.add(listener)
        listener.wake()
        try:
            yield listener
        finally:
            self._listeners.discard(listener)


_lines: WeakValueDictionary[str, Line] = WeakValueDictionary()


def line_of(token: str) -> Line | None:
    """Return the line with a secret, None if its session has ended."""
    return _lines.get(token)
