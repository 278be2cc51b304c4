"""The lab: controls beside the player, and below it why the runs went as they did."""

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache, partial

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from charts.loss import loss_chart
from charts.map import map_chart
from charts.phase import phase_chart
from charts.sigma import sigma_chart
from charts.stability import stability_chart
from charts.step_size import step_size_chart
from charts.surface_3d import surface_3d_chart
from charts.theme import DARK, LIGHT
from engine.scenario import Scenario
from engine.trajectory import Trajectory
from player.parts import Part, take_apart
from surfaces.own import Own
from ui.frame import Frame
from ui.lens import lens
from ui.outcomes import unknown_goal
from ui.player import player, show
from ui.presets import presets
from ui.runs import runs_editor
from ui.surface import scene_controls, set_start
from ui.text import language, say, translate
from ui.trajectories import trajectory
from ui.views import TITLES, VIEWS, choose_view, chosen_view, unknown_view

PLAYER = "player"
CHARTS = {
    "map": map_chart,
    "sigma": sigma_chart,
    "step_size": step_size_chart,
    "stability": stability_chart,
    "loss": loss_chart,
    "surface_3d": surface_3d_chart,
    "phase": phase_chart,
}
LONG_WORK = 300_000
"""Updates of all runs together from which progress is shown."""


def lab(frame: Frame) -> None:
    """Draw the lab in a page's frame: first what answers a change, then what stands around it."""
    scenario = frame.scene.read()
    if is_long(scenario):
        frame.open()
    trajectories = run_all(scenario)
    view = chosen_view()
    show_runs(scenario, VIEWS[view])
    frame.open()
    titles = {name: say(title) for name, title in TITLES.items()}
    player(PLAYER, _pick, say, titles, view, _set_view)
    with st.sidebar:
        presets()
        scene_controls(scenario)
        runs_editor(scenario)
    frame.close()
    for note in filter(None, (unknown_view(), unknown_goal())):
        frame.note(note)
    lens(scenario, trajectories)


def is_long(scenario: Scenario) -> bool:
    """Return whether running a scenario takes so long that progress is shown."""
    return scenario.steps * len(scenario.runs) >= LONG_WORK


def run_all(scenario: Scenario) -> tuple[Trajectory, ...]:
    """Return the trajectories of all runs, with a bar of progress if that takes long."""
    if not is_long(scenario):
        return tuple(trajectory(scenario, run) for run in scenario.runs)
    bar = st.progress(0.0, say("Running"))
    total = scenario.steps * len(scenario.runs)
    made = []
    for index, run in enumerate(scenario.runs):
        made.append(trajectory(scenario, run, partial(_report, bar, index * scenario.steps, total)))
    bar.empty()
    return tuple(made)


def _report(bar: DeltaGenerator, before: int, total: int, done: int) -> None:
    bar.progress((before + done) / total)


def show_runs(scenario: Scenario, charts: Sequence[str], key: str = PLAYER, begin: int | None = None) -> None:
    """Show some of the CHARTS of the runs in the player called `key`.

    begin: the update at which a fresh player opens, its last one by default.
    """
    draw = partial(_drawn, charts=tuple(charts), is_dark=st.context.theme.type == "dark", code=language())
    surface = scenario.surface
    show(
        draw(scenario),
        lambda x, y: draw(replace(scenario, start=(x, y))),
        key=key,
        updates=scenario.steps,
        begin=scenario.steps if begin is None else begin,
        surface=surface.formula if isinstance(surface, Own) else surface.slug,
    )


@lru_cache(maxsize=64)
def _drawn(scenario: Scenario, charts: tuple[str, ...], is_dark: bool, code: str) -> dict[str, Part]:
    trajectories = tuple(trajectory(scenario, run) for run in scenario.runs)
    theme, words = DARK if is_dark else LIGHT, partial(translate, code)
    return take_apart({name: CHARTS[name](scenario, trajectories, theme, words) for name in charts})


def _set_view() -> None:
    name = st.session_state[PLAYER].view
    if name in VIEWS:
        choose_view(name)


def _pick() -> None:
    pick = st.session_state[PLAYER].pick
    if pick:
        set_start(float(pick["x"]), float(pick["y"]))
