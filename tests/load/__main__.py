"""`python -m tests.load [soak] [--sessions N] [--minutes M]`: many visitors at a server, and what that does to it.

By default: how long many take to join at once, how many changes a second one process answers and how soon, what a
change costs it, and whether its memory ends flat after five rounds. With `soak`: a mixed use, minute by minute.
"""

import argparse
import asyncio
import math
import random
import sys
import time
from pathlib import Path

from tests.browser.app import ROOT, Server
from tests.load.visitor import Visitor
from tests.load.watch import Watch

LAB = "panels=all"
RATES = (5, 10, 15, 20, 30, 40)
"""Changes a second that are tried."""

SECONDS = 15.0
"""For which each is."""


def rate_of(visitor: int, change: int) -> float:
    """Return a learning rate that nobody else has."""
    return 0.9e-6 * (1 + 1e-3 * visitor + 1e-6 * change)


async def join_all(url: str, sessions: int) -> tuple[list[Visitor], float]:
    """Let visitors join at once; return them, and after how many seconds the last one had its picture."""
    visitors = [Visitor(url, LAB) for _ in range(sessions)]
    began = time.monotonic()
    await asyncio.gather(*(visitor.join() for visitor in visitors))
    return visitors, time.monotonic() - began


async def change_all(visitors: list[Visitor], rate: float, seconds: float, number: int = 0) -> list[float]:
    """Let one visitor after another change a knob, so many a second; return how long each waited for a whole page."""

    async def one(k: int) -> float:
        began = time.monotonic()
        await visitors[k % len(visitors)].set("b.lr", rate_of(k % len(visitors), number + k // len(visitors)))
        return time.monotonic() - began

    tasks = []
    for k in range(min(int(rate * seconds), len(visitors))):
        tasks.append(asyncio.create_task(one(k)))
        await asyncio.sleep(1 / rate)
    return sorted(await asyncio.gather(*tasks))


def at(share: float, waits: list[float]) -> float:
    """Return the wait, in milliseconds, that a share of all did not exceed."""
    return 1000 * waits[min(math.ceil(share * len(waits)), len(waits)) - 1]


def say(*cells: object) -> None:
    """Write a row of a table."""
    sys.stdout.write("| " + " | ".join(str(cell) for cell in cells) + " |\n")
    sys.stdout.flush()


async def load(server: Server, sessions: int) -> None:
    """Report on speed and memory."""
    watch = Watch(server.process.pid)
    visitors, seconds = await join_all(server.url, sessions)
    say(f"{sessions} join at once, s to the last picture", f"{seconds:.1f}")
    for number, rate in enumerate(RATES):
        before = watch.processor
        waits = await change_all(visitors, rate, SECONDS, 1 + number)
        cost = 1000 * (watch.processor - before) / len(waits)
        say(f"{rate} changes a second: median, p95, ms", f"{at(0.5, waits):.0f}, {at(0.95, waits):.0f}")
        say("processor time of one, ms", f"{cost:.0f}")
        if at(0.95, waits) > 5000:
            break
    await asyncio.gather(*(visitor.leave() for visitor in visitors))
    for number in range(1, 6):
        visitors, _ = await join_all(server.url, sessions)
        await change_all(visitors, 1000.0, 1.0, 100 + number)
        most = watch.memory
        await asyncio.gather(*(visitor.leave() for visitor in visitors))
        say(f"round {number} of {sessions}: MB with all there, after", f"{most:.0f}, {watch.memory:.0f}")


async def soak(server: Server, sessions: int, minutes: float) -> None:
    """Report on memory while visitors change, hold, rest, leave and come back."""
    watch, end = Watch(server.process.pid), time.monotonic() + 60 * minutes
    failures: list[str] = []
    people = [asyncio.create_task(live(server.url, k, end, failures)) for k in range(sessions)]
    minute = 0
    while time.monotonic() < end:
        await asyncio.sleep(60)
        minute += 1
        say(f"minute {minute}: MB, files, failures", f"{watch.memory:.0f}, {watch.files}, {len(failures)}")
    await asyncio.gather(*people)
    for failure in sorted(set(failures)):
        sys.stdout.write(failure + "\n")


async def live(url: str, k: int, end: float, failures: list[str]) -> None:
    """Use the lab as a person would until the end; note what goes wrong, and come again."""
    chance, changes = random.Random(k), 0
    while time.monotonic() < end:
        try:
            async with Visitor(url, chance.choice([LAB, "", f"{LAB}&surface=rosenbrock&steps=300"])) as visitor:
                for _ in range(chance.randrange(5, 30)):
                    changes += 1
                    await act(visitor, chance, 1 + k + 1e-4 * changes)
                    await asyncio.sleep(chance.expovariate(1 / 20.0))
                    if time.monotonic() > end:
                        break
                failures += visitor.exceptions
        except Exception as error:
            failures.append(repr(error)[:200])


async def act(visitor: Visitor, chance: random.Random, number: float) -> None:
    """Do one thing: drag, or let go of what was dragged."""
    if chance.random() < 0.5:
        for step in range(20):
            await visitor.hold(**{"a.lr": 1e-8 * number * (1 + step / 20)})
    else:
        await visitor.tell("change", {"a.lr": 1e-8 * number})


def main() -> None:
    """Start a server, load it, and report."""
    parser = argparse.ArgumentParser(prog="python -m tests.load")
    parser.add_argument("kind", nargs="?", choices=("load", "soak"), default="load")
    parser.add_argument("--sessions", type=int)
    parser.add_argument("--minutes", type=float, default=45.0)
    parser.add_argument("--root", type=Path, default=ROOT)
    said = parser.parse_args()
    with Server(root=said.root) as server:
        if said.kind == "load":
            asyncio.run(load(server, said.sessions or 200))
        else:
            asyncio.run(soak(server, said.sessions or 50, said.minutes))


if __name__ == "__main__":
    main()
