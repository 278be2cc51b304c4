"""The stage of the page of maps: a map that grows sharper, and beside it the run of the cell that is pointed at."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any, cast

import streamlit as st

from charts.colours import worn
from charts.figure import Say
from charts.loss import loss_chart
from charts.map import map_chart
from charts.maps.basins import basins_figure
from charts.maps.nine import nine_figure
from charts.maps.plane import planes_figure
from charts.maps.race import expected_figure, profiles_figure
from charts.maps.rates import rates_figure
from charts.theme import Theme
from engine.fields import with_numbers
from engine.labels import labels
from engine.simulate import Progress
from engine.trajectory import Trajectory, clock_end
from ensembles.basins import Basins
from ensembles.plane import Plane
from player.contract import Figure
from player.line import Change, Check
from player.parts import Part, take_apart
from player.picture import Picture
from spec.shared import shared, trying
from ui.limits import MAPS_DRAWN, MAPS_UNDER_WAY
from ui.maps.asking import COLUMN, ROW, Asked, name_of, updates_of
from ui.maps.making import Made, made, stages
from ui.maps.words import Pointed, map_story
from ui.player import show
from ui.scene import address_everywhere
from ui.text import language, say, translate
from ui.theme import page_theme
from ui.trajectories import trajectory
from ui.workers import GivingWay, Places, in_turn, work

PLACES = Places(MAPS_UNDER_WAY)

KEY = "maps"
"""Key of the page's player."""

STOPPED = "map stopped"
"""Session key of what a person has stopped making."""

SOON = 2_000_000
"""Updates that are made in a moment."""

HELD = 40
"""Cells along a side while a number of the scene is held."""


def begun(asked: Asked) -> "Growing":
    """Return maps that are to be made; a coarse one is shown before all else is drawn, if it is made in no time."""
    is_stopped = st.session_state.get(STOPPED) == asked
    growing = Growing(asked, _Drawing(page_theme(), language(), tuple(address_everywhere().items())), is_stopped)
    if growing.begins_soon:
        work(growing.make_next)
        growing.show()
    return growing


def shown(growing: "Growing") -> Made:
    """Make maps, and show them as they grow sharper; what is stopped stays coarse."""
    place = st.empty()
    with place.container(key="making", horizontal=True, vertical_alignment="center"):
        bar = st.progress(0.0, say("Running"))
        st.button(say("Stop"), key="stop-making", icon=":material/stop:", on_click=_stop, args=(growing.asked,))

    def report(_: int) -> None:
        growing.show()
        bar.progress(min(growing.share, 1.0), say("Running"))

    work(growing.make, report)
    place.empty()
    growing.show()
    if growing.is_stopped:
        with place.container(key="coarse", horizontal=True, vertical_alignment="center"):
            st.caption(say("Stopped: this map is a coarse one."), width="content")
            st.button(say("Go on"), key="make-on", icon=":material/play_arrow:", on_click=_stop, args=(None,))
    return growing.pictures[-1][0]


def _stop(asked: Asked | None) -> None:
    st.session_state[STOPPED] = asked


@dataclass
class Growing:
    """The maps of what is asked for, coarse first; made by a worker, shown by the page."""

    asked: Asked
    drawing: "_Drawing"
    is_stopped: bool
    share: float = 0.0
    pictures: list[tuple[Made, Picture]] = field(default_factory=list)
    seen: int = 0

    @property
    def begins_soon(self) -> bool:
        """Whether the first of several maps is made in no time."""
        first, *more = stages(self.asked)
        return bool(more) and updates_of(self.asked, first) <= SOON

    @property
    def left(self) -> list[int]:
        """The cells of the maps that are still to be made."""
        return stages(self.asked)[len(self.pictures) : 1 if self.is_stopped else None]

    def make(self, tick: Progress) -> None:
        """Make all that are left, letting others pass."""
        pause = GivingWay()
        pause.begin()
        with PLACES.place(partial(tick, 0)):
            while self.left:
                self.make_next(tick, pause)

    def make_next(self, tick: Progress, pause: Callable[[], None] = lambda: None) -> None:
        """Make the next one, and its picture."""
        cells, all_cells = self.left[0], stages(self.asked)
        done = sum(n**2 for n in all_cells if n < cells)

        def go_on(thousandth: int) -> None:
            self.share = (done + cells**2 * thousandth / 1000.0) / sum(n**2 for n in all_cells)
            tick(thousandth)
            pause()

        latest = made(self.asked, cells, go_on)
        self.pictures.append((latest, self.drawing.picture(latest, Pointed(latest.scene), False, tick)))

    def show(self) -> None:
        """Show the latest picture, if it is new."""
        if len(self.pictures) > self.seen:
            self.seen = len(self.pictures)
            latest, picture = self.pictures[-1]
            show(picture, partial(self.drawing.answer, latest))


@dataclass(frozen=True)
class _Drawing:
    """How maps are drawn."""

    theme: Theme
    code: str
    beside: tuple[tuple[str, str], ...]

    def answer(self, made_before: Made, change: Change, check: Check) -> Picture:
        """Return the picture of the cell that is pointed at, or of maps with a number of the scene changed."""
        with trying():
            return in_turn(partial(self._answer, made_before, change), check)

    def _answer(self, before: Made, change: Change, tick: Progress) -> Picture:
        asked = before.asked
        if COLUMN in change or ROW in change:
            cell = int(change.get(COLUMN, 0)), int(change.get(ROW, 0))
            return self.picture(before, Pointed(asked.at(*cell), cell), True, tick)
        if asked.kind == "basins" and set(change) <= {"x", "y"}:
            return self.picture(before, Pointed(with_numbers(asked.scenario, change)), True, tick)
        changed = replace(asked, scenario=with_numbers(asked.scenario, change), question=None)
        return self.picture(made(changed, min(HELD, asked.cells), tick), Pointed(changed.scenario), True, tick)

    def picture(self, maps: Made, pointed: Pointed, preview: bool, tick: Progress) -> Picture:
        """Return the picture of maps, and of the runs of one scene beside them."""
        scene = pointed.scene
        runs = tuple(trajectory(scene, run, tick) for run in scene.runs)
        theme, words = worn(self.theme, scene.runs), partial(translate, self.code)
        has_paths = maps.asked.kind == "basins"
        main = figure_of(maps, runs, theme, words) if has_paths else _main(maps, theme, self.code)
        figures = {"plane": main}
        if maps.asked.kind != "values":
            figures["map"] = map_chart(scene, runs, theme, words)
        if maps.race:
            figures["profiles"] = profiles_figure(maps.race, labels(scene, words), theme, words)
        else:
            figures["loss"] = loss_chart(scene, runs, theme, words)
        end = clock_end(scene.steps, runs)
        parts: dict[str, Part] = take_apart(figures)
        story: Mapping[str, Any] = cast(Mapping[str, Any], map_story(maps, pointed, runs, self.code, dict(self.beside)))
        return Picture(KEY, end, end, f"maps {maps.asked.kind}", parts, preview, story)


@shared(MAPS_DRAWN)
def _main(made: Made, theme: Theme, code: str) -> Figure:
    """Return the main figure where it is the same whichever cell is pointed at."""
    return figure_of(made, (), theme, partial(translate, code))


def figure_of(made: Made, runs: Sequence[Trajectory], theme: Theme, say: Say) -> Figure:
    """Return the main figure of what was made; runs: those that are shown beside it."""
    asked = made.asked
    if asked.kind == "values":
        return nine_figure(name_of(asked.scenario, asked.letters[0], asked.across), made.shown, theme, say)
    if made.race:
        return expected_figure(made.race, labels(made.scene, say), theme, say)
    if asked.kind == "rates":
        return rates_figure(asked.scenario, made.curves, made.axes[0], theme, say)
    if asked.kind == "basins":
        return basins_figure(asked.scenario, cast(Mapping[str, Basins], made.maps), made.axes, runs, theme, say)
    return planes_figure(asked.scenario, cast(Mapping[str, Plane], made.maps), asked.measure, theme, say)
