"""Heavy work of all sessions: done by workers, a few at once, in turns, neither in a page's thread nor in the server's.

page -- work(make) --> worker: waits for its turn, makes, lets others pass now and then
     <-- how far it is, the value --
"""

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager
from threading import BoundedSemaphore, Event, Lock
from time import monotonic, sleep
from typing import TypeVar

from engine.simulate import Progress
from ui.limits import AT_ONCE, WORKERS

T = TypeVar("T")

TICK = 0.1
"""Seconds between two looks at how far a piece of work is."""

POOL = ThreadPoolExecutor(WORKERS, thread_name_prefix="worker")

SPARE = ThreadPoolExecutor(1, thread_name_prefix="spare")
"""Does what nobody waits for."""

QUIET = 0.1
"""Seconds without any work for somebody who waits, after which there is time for what nobody waits for."""

REST, CALM = 0.05, 0.7
"""Seconds for which what takes long rests, again and again, until for so many nobody has waited for anything short."""


class Abandoned(Exception):  # noqa: N818 (it is no error)
    """Nobody waits for the work any more."""


class Turns:
    """Lets some threads go on at once and the others wait, first come, first served."""

    def __init__(self, most: int) -> None:
        self._free = most
        self._waiting: deque[Event] = deque()
        self._lock = Lock()

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait for a turn and have it."""
        self._begin()
        try:
            yield
        finally:
            self._end()

    def let_pass(self) -> None:
        """Let those who wait go first; whoever has a turn has one again afterwards."""
        if self._waiting:
            self._end(then_wait := Event())
            then_wait.wait()

    def rest(self, seconds: float) -> None:
        """Let others go on for a while; whoever has a turn has one again afterwards."""
        self._end()
        sleep(seconds)
        self._begin()

    def _begin(self) -> None:
        with self._lock:
            if self._free:
                self._free -= 1
                return
            self._waiting.append(mine := Event())
        mine.wait()

    def _end(self, again: Event | None = None) -> None:
        """End a turn; again: what is set when there is another one."""
        with self._lock:
            if again:
                self._waiting.append(again)
            if self._waiting:
                self._waiting.popleft().set()
            else:
                self._free += 1


TURNS = Turns(AT_ONCE)


class Places:
    """A number of pieces of work that may be under way, which hold memory as long as they are."""

    def __init__(self, most: int) -> None:
        self._free = BoundedSemaphore(most)

    @contextmanager
    def place(self, tick: Callable[[], None]) -> Iterator[None]:
        """Wait for a place and have it; others have the turn meanwhile. `tick` may raise, to give up."""
        while not self._free.acquire(blocking=False):
            tick()
            TURNS.rest(REST)
        try:
            yield
        finally:
            self._free.release()


class _Job:
    """A piece of work, as seen by whoever waits for it and by whoever does it."""

    def __init__(self) -> None:
        self.done = 0
        self.is_abandoned = False

    def tick(self, done: int) -> None:
        self.done = done
        if self.is_abandoned:
            raise Abandoned
        TURNS.let_pass()

    def do(self, make: Callable[[Progress], T]) -> T:
        with TURNS.turn():
            return make(self.tick)


class _Clock:
    """When work was last done for somebody who waits."""

    latest = 0.0

    def touch(self) -> None:
        self.latest = monotonic()

    @property
    def quiet(self) -> float:
        """For how many seconds nobody has waited for anything."""
        return monotonic() - self.latest


_CLOCK = _Clock()


class GivingWay:
    """Called by work that takes long: lets those who wait, and those who have just changed something, go first.

    Where a change was answered a moment ago, its picture is being painted, and another one may follow. What was before
    the work began does not count.
    """

    def __init__(self) -> None:
        self._since = 0.0

    def begin(self) -> None:
        """Say that the work begins, or goes on, now."""
        self._since = monotonic()

    def __call__(self) -> None:
        if _CLOCK.latest > self._since and _CLOCK.quiet < CALM:
            TURNS.rest(REST)
        else:
            TURNS.let_pass()


def in_spare_time(make: Callable[[Progress], T], check: Callable[[], None]) -> T:
    """Return what `make` returns, made in this thread while nobody waits for anything; `check` may raise, likewise."""

    def tick(_: int) -> None:
        check()
        while _CLOCK.quiet < QUIET:
            sleep(QUIET)
            check()

    tick(0)
    return make(tick)


def in_turn(make: Callable[[Progress], T], check: Callable[[], None]) -> T:
    """Return what `make` returns, made in this thread when it is its turn; `check` may raise, to give it up."""

    def tick(_: int) -> None:
        check()
        _CLOCK.touch()
        TURNS.let_pass()

    with TURNS.turn():
        tick(0)
        return make(tick)


def work(make: Callable[[Progress], T], report: Progress | None = None) -> T:
    """Return what `make` returns, made by a worker. Raises what it raises.

    make: calls what it is given with how far it is, often. report: is called in this thread with that, as long as it
    lasts; if it raises, the work is abandoned.
    """
    _CLOCK.touch()
    job = _Job()
    future = POOL.submit(job.do, make)
    try:
        while not wait([future], TICK if report else None).done:
            if report:
                report(job.done)
        return future.result()
    finally:
        job.is_abandoned = True
        _CLOCK.touch()
