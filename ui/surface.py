"""The controls of the scene itself: surface, start and number of updates."""

from dataclasses import replace

import streamlit as st

from engine.scenario import COORDINATE, STEPS, Scenario
from engine.suggest import suggest_learning_rate
from surfaces import SURFACES
from ui.controls import control, knob_controls, preset
from ui.scene import change
from ui.text import say

CHOICE = "choose:surface"


def scene_controls(scenario: Scenario) -> None:
    """Draw the controls of surface, start and updates."""
    surface = scenario.surface
    st.selectbox(
        say("Surface"),
        list(SURFACES),
        key=preset(CHOICE, surface.slug),
        format_func=lambda slug: say(SURFACES[slug].title),
        help=say(surface.summary),
        on_change=_set_surface,
    )
    st.latex(surface.latex)
    knob_controls("surface", surface)
    for column, name, axis, value in zip(st.columns(2), "xy", surface.axes, scenario.start, strict=True):
        with column:
            control(name, COORDINATE, value, say("Start") + f" ${axis}_0$")
    control("steps", STEPS, scenario.steps, say("Updates") + f" ${STEPS.symbol}$")


def set_start(x: float, y: float) -> None:
    """Let every run begin at (x, y)."""
    change(lambda s: replace(s, start=(x, y)))


def _set_surface() -> None:
    surface = SURFACES[st.session_state[CHOICE]]()

    def make(scenario: Scenario) -> Scenario:
        runs = [replace(r, lr=suggest_learning_rate(surface, surface.start, r.optimizer)) for r in scenario.runs]
        return replace(scenario, surface=surface, start=surface.start, runs=tuple(runs))

    change(make)
