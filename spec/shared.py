"""Values that are worked out once for everybody, within a bound; what is only tried leaves nothing behind."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from threading import Lock
from typing import Any, TypeVar, cast

from cachetools import LRUCache

F = TypeVar("F", bound=Callable[..., Any])

_TRIED: ContextVar[dict[Any, Any] | None] = ContextVar("tried", default=None)


def _one(_: Any) -> int:
    return 1


def shared(most: int, size: Callable[[Any], int] = _one) -> Callable[[F], F]:
    """Return what lets a function keep its values by its positional arguments, for all threads.

    most: how much is kept, by the sum of `size`, by default the number of values; those that were not asked for longest
    go. A value beyond `most` is not kept. Keyword arguments are handed on and tell no value from another.
    """

    def dress(function: F) -> F:
        known: LRUCache[Any, Any] = LRUCache(most, getsizeof=size)
        lock = Lock()

        @wraps(function)
        def ask(*key: Any, **beside: Any) -> Any:
            tried = _TRIED.get()
            if tried is not None and (function, key) in tried:
                return tried[function, key]
            with lock:
                if key in known:
                    return known[key]
            made = function(*key, **beside)
            if tried is not None:
                tried[function, key] = made
            elif size(made) <= most:
                with lock:
                    known[key] = made
            return made

        ask.known = known  # type: ignore[attr-defined]
        return cast(F, ask)

    return dress


@contextmanager
def trying() -> Iterator[None]:
    """Use what is remembered and add nothing to it: what is worked out is kept until the end, for oneself."""
    before = _TRIED.set({})
    try:
        yield
    finally:
        _TRIED.reset(before)
