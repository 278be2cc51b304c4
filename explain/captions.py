"""Which events are captioned while a scene plays: one at a time, and of those that crowd, the most telling."""

from collections.abc import Mapping, Sequence

from explain.events import Event, Kind

WEIGHTS: Mapping[Kind, int] = {
    "start": 100,
    "diverged": 90, "undefined": 90,
    "seen": 80, "crosses": 75, "back": 70,
    "hovers": 74, "stuck": 68, "crawls": 65, "sharpens": 64, "softens": 64, "apart": 62,
    "converged": 60, "floor": 60, "saddle": 60, "maximum": 60, "plateau": 60, "balanced": 60, "wall": 60,
    "idle": 60, "stalled": 60, "no_rate": 60,
    "fades": 58, "decay": 56, "slides": 56,
    "clips": 55, "touches": 57, "stage": 54, "warm_up": 52, "quiet": 50, "rises": 45, "leaves": 45,
    "near": 40, "lowest": 30, "moving": 20, "closest": 10, "no_limit": 5,
}  # fmt: skip
"""How telling an event is; of two alike, the one of the run that the story is about, then the earlier one."""

MOST = 9
"""Captions of a scene."""

APART, SHARE = 10, 0.01
"""Captions are at least so many updates apart, in a short scene this share of it."""


def captions(events: Sequence[Event]) -> tuple[Event, ...]:
    """Return the events of a timeline that are captioned, in time order, no two at once.

    Of each kind only a run's first is captioned. They are taken by weight, until there are MOST, and one that is too
    close to a caption taken before yields.
    """
    firsts = {(event.run, event.kind): event for event in reversed(events)}.values()
    apart = max(1, min(APART, round(SHARE * max((event.update for event in events), default=0))))
    taken: list[Event] = []
    for event in sorted(firsts, key=lambda e: (-WEIGHTS[e.kind], e.run != events[0].run, e.update)):
        if len(taken) < MOST and all(abs(event.update - other.update) >= apart for other in taken):
            taken.append(event)
    return tuple(sorted(taken, key=lambda event: event.update))
