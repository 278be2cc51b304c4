"""Medians of alternating measurements."""

import statistics
import time
from collections.abc import Callable, Mapping

Seconds = dict[str, float]


def medians(candidates: Mapping[str, Callable[[], object]], rounds: int = 5, warm: bool = True) -> Seconds:
    """Return the median time of each candidate; they take turns, so that a slow moment of the machine hits all."""
    if warm:
        for run in candidates.values():
            run()
    times: dict[str, list[float]] = {name: [] for name in candidates}
    for _ in range(rounds):
        for name, run in candidates.items():
            start = time.perf_counter()
            run()
            times[name].append(time.perf_counter() - start)
    return {name: statistics.median(seconds) for name, seconds in times.items()}


def report(title: str, seconds: Seconds, per: float = 1.0, unit: str = "s", scale: float = 1.0) -> None:
    """Print a table: each median divided by `per` and times `scale`, and its ratio to the first, which is ours."""
    ours = next(iter(seconds.values()))
    print(f"\n{title}")
    for name, value in seconds.items():
        print(f"  {name:<44} {value / per * scale:12.4g} {unit:<10} {value / ours:8.2f} x ours")
