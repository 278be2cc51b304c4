"""The lab: controls beside the player, and below it why the runs went as they did."""

from collections.abc import Callable, Sequence
from functools import partial

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from charts.loss import loss_chart
from charts.map import map_chart
from charts.sigma import sigma_chart
from charts.stability import stability_chart
from charts.step_size import step_size_chart
from charts.theme import DARK, LIGHT
from engine.scenario import Scenario
from engine.trajectory import Trajectory
from engine.url import explicit
from ui.frame import Frame
from ui.lens import lens
from ui.player import player
from ui.presets import presets
from ui.runs import runs_editor
from ui.store import trajectory
from ui.surface import scene_controls, set_start
from ui.text import say

PLAYER = "player"
CHARTS = {
    "map": map_chart,
    "sigma": sigma_chart,
    "step_size": step_size_chart,
    "stability": stability_chart,
    "loss": loss_chart,
}
LONG_WORK = 300_000
"""Updates of all runs together from which progress is shown."""


def lab(frame: Frame) -> None:
    """Draw the lab in a page's frame: first what answers a change, then the controls."""
    scenario = frame.scene.read()
    trajectories = run_all(scenario)
    play(scenario, trajectories)
    with st.sidebar:
        presets()
        scene_controls(scenario)
        runs_editor(scenario)
    frame.close()
    lens(scenario, trajectories)


def run_all(scenario: Scenario) -> tuple[Trajectory, ...]:
    """Return the trajectories of all runs, with a bar of progress if that takes long."""
    total = scenario.steps * len(scenario.runs)
    if total < LONG_WORK:
        return tuple(trajectory(scenario, run) for run in scenario.runs)
    bar = st.progress(0.0, say("Running"))
    made = []
    for index, run in enumerate(scenario.runs):
        made.append(trajectory(scenario, run, partial(_report, bar, index * scenario.steps, total)))
    bar.empty()
    return tuple(made)


def _report(bar: DeltaGenerator, before: int, total: int, done: int) -> None:
    bar.progress((before + done) / total)


def play(
    scenario: Scenario,
    trajectories: tuple[Trajectory, ...],
    charts: Sequence[str] = tuple(CHARTS),
    key: str = PLAYER,
    on_pick: Callable[[], None] | None = None,
    begin: int | None = None,
) -> None:
    """Draw the player with some of the CHARTS; a click on its map sets the start.

    begin: the update at which a fresh player opens, its last one by default.
    """
    theme = DARK if st.context.theme.type == "dark" else LIGHT
    figures = {name: CHARTS[name](scenario, trajectories, theme, say) for name in charts}
    surface = "&".join(f"{k}={v}" for k, v in explicit(scenario).items() if k.startswith("surface"))
    begin = scenario.steps if begin is None else begin
    player(figures, updates=scenario.steps, begin=begin, key=key, scene=surface, on_pick=on_pick or _pick, say=say)


def _pick() -> None:
    pick = st.session_state[PLAYER].pick
    if pick:
        set_start(float(pick["x"]), float(pick["y"]))
