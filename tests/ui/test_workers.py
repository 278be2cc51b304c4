"""Heavy work waits for its turn, lets others pass, is heard of, and ends when nobody waits for it."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event, Lock

import pytest

from ui import workers
from ui.workers import Abandoned, Places, Turns, in_spare_time, in_turn, work


def test_work_is_done_elsewhere_and_its_value_and_its_error_come_back():
    assert work(lambda tick: 7) == 7
    with pytest.raises(ZeroDivisionError):
        work(lambda tick: 1 / 0)


def test_no_more_than_so_many_go_on_at_once():
    turns, lock, running, most = Turns(3), Lock(), set(), []

    def piece(number):
        with turns.turn():
            for _ in range(20):
                with lock:
                    running.add(number)
                    most.append(len(running))
                with lock:
                    running.discard(number)
                turns.let_pass()

    with ThreadPoolExecutor(12) as pool:
        list(pool.map(piece, range(12)))
    assert 1 <= max(most) <= 3


def test_a_short_piece_does_not_wait_for_a_long_one_to_end():
    turns, order, begun, queued = Turns(1), [], Event(), Event()

    def long():
        with turns.turn():
            begun.set()
            queued.wait(20)
            while "short" not in order:
                turns.let_pass()
            order.append("long")

    def short():
        begun.wait(20)
        with turns.turn():
            order.append("short")

    with ThreadPoolExecutor(2) as pool:
        ended = [pool.submit(long), pool.submit(short)]
        queued.set()
        for future in ended:
            future.result(20)
    assert order == ["short", "long"]


def test_no_more_than_so_many_are_under_way_and_one_that_waits_can_be_given_up(monkeypatch):
    monkeypatch.setattr(workers, "TURNS", Turns(3))
    places, lock, inside, most, waited = Places(2), Lock(), [], [], Event()

    def piece(_):
        with workers.TURNS.turn(), places.place(waited.set):
            with lock:
                inside.append(1)
                most.append(len(inside))
            workers.TURNS.let_pass()
            with lock:
                inside.pop()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(piece, range(24)))
    assert max(most) <= 2
    both_taken = (workers.TURNS.turn(), places.place(waited.set), places.place(waited.set))
    with both_taken[0], both_taken[1], both_taken[2], pytest.raises(ZeroDivisionError), places.place(lambda: 1 / 0):
        raise AssertionError("there is no third place")


def test_turns_are_taken_in_the_order_in_which_they_were_asked_for():
    turns, order = Turns(1), []
    with ThreadPoolExecutor(8) as pool, turns.turn():
        futures = []
        for number in range(8):
            futures.append(pool.submit(_enter, turns, order, number))
            while len(turns._waiting) <= number:
                pass
    assert order == list(range(8))


def _enter(turns, order, number):
    with turns.turn():
        order.append(number)


def test_how_far_it_is_is_told_until_it_ends(monkeypatch):
    monkeypatch.setattr(workers, "TICK", 0.001)
    heard, enough = [], Event()

    def long(tick):
        tick(5)
        enough.wait(20)
        return "made"

    def report(done):
        heard.append(done)
        if done == 5:
            enough.set()

    assert work(long, report) == "made"
    assert heard[-1] == 5


def test_work_is_abandoned_when_who_waits_has_left(monkeypatch):
    monkeypatch.setattr(workers, "TICK", 0.001)
    ended = Event()

    def endless(tick):
        try:
            while True:
                tick(1)
        except Abandoned:
            ended.set()
            raise

    def leave(done):
        raise InterruptedError

    with pytest.raises(InterruptedError):
        work(endless, leave)
    assert ended.wait(20)
    assert work(lambda tick: "others go on") == "others go on"


def test_a_preview_can_be_given_up_at_each_tick():
    class EnoughError(Exception):
        pass

    calls = []

    def check():
        calls.append(1)
        if len(calls) == 3:
            raise EnoughError

    def endless(tick):
        while True:
            tick(0)

    with pytest.raises(EnoughError):
        in_turn(endless, check)
    assert len(calls) == 3


def test_what_nobody_waits_for_waits_until_nobody_waits(monkeypatch):
    monkeypatch.setattr(workers, "QUIET", 0.02)
    order = []

    def spare(tick):
        for _ in range(3):
            tick(0)
        order.append("spare")

    with ThreadPoolExecutor(1) as pool:
        work(lambda _: None)
        later = pool.submit(in_spare_time, spare, lambda: None)
        for _ in range(50):
            work(lambda _: None)
        order.append("work")
        later.result(20)
    assert order == ["work", "spare"]


def test_what_nobody_waits_for_can_be_given_up_while_it_waits(monkeypatch):
    monkeypatch.setattr(workers, "QUIET", 60.0)
    monkeypatch.setattr(workers, "sleep", lambda _: None)
    checks = []

    def check():
        checks.append(1)
        if len(checks) == 5:
            raise Abandoned

    work(lambda _: None)
    with pytest.raises(Abandoned):
        in_spare_time(lambda tick: None, check)
