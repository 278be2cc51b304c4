"""A few visitors at a real server: each has a picture, all are answered, and each finds it again."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.load.visitor import Visitor


def run(coroutine):
    """Run it in a thread of its own: this one may have an event loop of the browser tests."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, coroutine).result()


async def visit(url, count):
    visitors = [Visitor(url, "panels=all") for _ in range(count)]
    await asyncio.gather(*(visitor.join() for visitor in visitors))
    await asyncio.gather(*(visitor.set("steps", 100 + k) for k, visitor in enumerate(visitors)))
    seen = [visitor.picture["updates"] for visitor in visitors]
    await asyncio.gather(*(visitor.hold(steps=50 + k) for k, visitor in enumerate(visitors)))
    held = [visitor.picture["updates"] for visitor in visitors]
    await asyncio.gather(*(visitor.leave() for visitor in visitors))
    await asyncio.gather(*(visitor.join() for visitor in visitors))
    back = [visitor.picture["updates"] for visitor in visitors]
    await asyncio.gather(*(visitor.leave() for visitor in visitors))
    return seen, held, back, [error for visitor in visitors for error in visitor.exceptions]


@pytest.mark.long
def test_everybody_has_a_picture_of_their_own_and_finds_it_again(server):
    seen, held, back, exceptions = run(visit(server.url, 12))
    assert seen == back == list(range(100, 112))
    assert held == list(range(50, 62))
    assert exceptions == []


def test_what_the_player_tells_counts(server):
    async def tell():
        async with Visitor(server.url, "") as visitor:
            await visitor.tell("change", {"a.lr": 2e-7})
            return visitor.picture["story"]["rates"][0]["value"]

    assert run(tell()) == 2e-7
