"""The stage of a page: the runs of a scene, computed and shown in the player."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, cast

import streamlit as st

from charts.colours import worn
from charts.theme import Theme
from charts.views import CHARTS
from engine.fields import with_numbers
from engine.scenario import Scenario
from engine.simulate import Progress
from engine.trajectory import Trajectory, clock_end
from player.line import Change, Check, Way
from player.parts import Part, take_apart
from player.picture import Picture
from spec.shared import shared, trying
from surfaces.own import Own
from ui.limits import PICTURES_KEPT, STORIES_KEPT
from ui.player import show
from ui.progress import report
from ui.story import story
from ui.text import language, say, translate
from ui.theme import page_theme
from ui.trajectories import trajectory
from ui.workers import in_spare_time, in_turn, work

PLAYER = "player"
"""Key of the player that the lab has; other pages name theirs."""

LONG_WORK = 300_000
"""Updates of all runs together from which progress is shown."""


def is_long(scenario: Scenario) -> bool:
    """Return whether running a scenario takes so long that progress is shown."""
    return scenario.steps * len(scenario.runs) >= LONG_WORK


def run_all(scenario: Scenario) -> tuple[Trajectory, ...]:
    """Return the trajectories of all runs, with a bar of progress if that takes long."""
    if not is_long(scenario):
        return work(partial(_runs, scenario))
    words = say("Running")
    bar = st.progress(0.0, words)
    total = scenario.steps * len(scenario.runs)
    made = work(partial(_runs, scenario), partial(report, bar, words, 0, total))
    bar.empty()
    return made


def show_runs(
    scenario: Scenario,
    charts: Sequence[str],
    key: str = PLAYER,
    begin: int | None = None,
    tells: bool = False,
    offer: Callable[[Progress], Sequence[Way]] | None = None,
    asked: Mapping[str, str] | None = None,
) -> None:
    """Show some of the CHARTS of the runs in the player called `key`.

    begin: the update at which a fresh player opens, its last one by default. tells: whether what is told of the runs
    changes while a person holds what changes them; else it waits until they let go. offer: works out the ways on.
    asked: question, task and answer of a lesson, in the place of the scene's.
    """
    charts, theme, code = tuple(charts), page_theme(), language()

    def picture(changed: Scenario, preview: bool, tick: Progress) -> Picture:
        runs, surface = _runs(changed, tick), changed.surface
        end = clock_end(changed.steps, runs)
        name = surface.formula if isinstance(surface, Own) else surface.slug
        parts = _drawn(changed, charts, theme, code, runs=runs, tick=tick)
        told = {**_told(changed, charts, code, runs=runs), **(asked or {})} if tells or not preview else {}
        return Picture(key, end, end if begin is None else min(begin, end), name, parts, preview, told)

    def answer(change: Change, check: Check) -> Picture:
        with trying():
            return in_turn(partial(picture, with_numbers(scenario, change), True), check)

    show(work(partial(picture, scenario, False)), answer, offer and partial(in_spare_time, offer))


def _runs(scenario: Scenario, tick: Progress) -> tuple[Trajectory, ...]:
    made = []
    for index, run in enumerate(scenario.runs):
        before = index * scenario.steps
        tick(before)
        made.append(trajectory(scenario, run, partial(_further, tick, before)))
    return tuple(made)


def _further(tick: Progress, before: int, done: int) -> None:
    tick(before + done)


def _size(parts: Mapping[str, Part]) -> int:
    return sum(len(part.data) for part in parts.values())


@shared(PICTURES_KEPT, size=_size)
def _drawn(
    scenario: Scenario,
    charts: tuple[str, ...],
    theme: Theme,
    code: str,
    *,
    runs: tuple[Trajectory, ...],
    tick: Progress,
) -> dict[str, Part]:
    words, colours = partial(translate, code), worn(theme, scenario.runs)
    figures = {}
    for name in charts:
        tick(scenario.steps)
        figures[name] = CHARTS[name](scenario, runs, colours, words)
    return take_apart(figures)


@shared(STORIES_KEPT)
def _told(scenario: Scenario, charts: tuple[str, ...], code: str, *, runs: tuple[Trajectory, ...]) -> Mapping[str, Any]:
    return cast(Mapping[str, Any], story(scenario, runs, charts, code))
