"""The stage of a page: the runs of a scene, computed and shown in the player."""

from collections.abc import Mapping, Sequence
from functools import lru_cache, partial
from typing import Any, cast

import streamlit as st

from charts.colours import worn
from charts.theme import Theme
from charts.views import CHARTS
from engine.fields import with_numbers
from engine.scenario import Scenario
from engine.trajectory import Trajectory, clock_end
from player.line import Picture
from player.parts import Part, take_apart
from surfaces.own import Own
from ui.player import show
from ui.progress import report
from ui.story import story
from ui.text import language, say, translate
from ui.theme import page_theme
from ui.trajectories import trajectory

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
        return tuple(trajectory(scenario, run) for run in scenario.runs)
    words = say("Running")
    bar = st.progress(0.0, words)
    total = scenario.steps * len(scenario.runs)
    made = []
    for index, run in enumerate(scenario.runs):
        made.append(trajectory(scenario, run, partial(report, bar, words, index * scenario.steps, total)))
    bar.empty()
    return tuple(made)


def show_runs(
    scenario: Scenario, charts: Sequence[str], key: str = PLAYER, begin: int | None = None, tells: bool = False
) -> None:
    """Show some of the CHARTS of the runs in the player called `key`.

    begin: the update at which a fresh player opens, its last one by default. tells: whether what is told of the runs
    changes while a person holds what changes them; else it waits until they let go.
    """
    draw = partial(_drawn, charts=tuple(charts), theme=page_theme(), code=language())
    tell = partial(_told, charts=tuple(charts), code=language())

    def picture(changed: Scenario, preview: bool = False) -> Picture:
        surface, end = changed.surface, clock_end(changed.steps, _runs(changed))
        name = surface.formula if isinstance(surface, Own) else surface.slug
        told = tell(changed) if tells or not preview else {}
        return Picture(key, end, end if begin is None else min(begin, end), name, draw(changed), preview, told)

    show(picture(scenario), lambda change: picture(with_numbers(scenario, change), preview=True))


def _runs(scenario: Scenario) -> tuple[Trajectory, ...]:
    return tuple(trajectory(scenario, run) for run in scenario.runs)


@lru_cache(maxsize=64)
def _drawn(scenario: Scenario, charts: tuple[str, ...], theme: Theme, code: str) -> dict[str, Part]:
    trajectories, words = _runs(scenario), partial(translate, code)
    colours = worn(theme, scenario.runs)
    return take_apart({name: CHARTS[name](scenario, trajectories, colours, words) for name in charts})


@lru_cache(maxsize=64)
def _told(scenario: Scenario, charts: tuple[str, ...], code: str) -> Mapping[str, Any]:
    return cast(Mapping[str, Any], story(scenario, _runs(scenario), charts, code))
