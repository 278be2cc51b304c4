"""The controls of the scene itself: surface, start and number of updates."""

from collections.abc import Container, Mapping
from dataclasses import replace

import streamlit as st

from engine.box import Box, middle_of
from engine.noise import Noise
from engine.scenario import STEPS, Scenario
from explain.box import remarks
from explain.lesson import LETS
from spec.sentences import SentenceError
from surfaces import SURFACES
from surfaces.base import Surface
from surfaces.formula.latex import latex_of
from surfaces.formula.parser import parse
from surfaces.own import Own
from surfaces.slice_brought import SliceBrought
from ui.brought import slice_controls
from ui.controls import control, knob_controls, preset, text_control
from ui.formula import formula
from ui.scene import change, widget
from ui.surface_change import fitted
from ui.text import say, say_sentence

CHOICE = "choose:surface"
BOX, NOISE = "box", "noise"
"""Keys of the parts with the controls of box and noise, drawn when open; that of a scene that has one opens itself."""


def scene_controls(scenario: Scenario, lets: Container[str] = LETS) -> None:
    """Draw the controls of surface, start, updates and noise, of these those that `lets` has."""
    surface = scenario.surface
    if "surface" in lets:
        _surface(scenario)
    if "start" in lets:
        for column, name, axis in zip(st.columns(2), "xy", surface.axes, strict=False):
            with column:
                control(scenario, name, say("Start") + f" {axis}₀")
    if "steps" in lets:
        control(scenario, "steps", say("Updates") + f" {STEPS.symbol}")
    if "noise" not in lets:
        return
    _box_part(scenario)
    is_noisy = scenario.noise != Noise()
    part = st.expander(say("Gradient noise"), is_noisy, key=f"{NOISE}:{is_noisy}", on_change="rerun")
    with part:
        if part.open:
            _noise(scenario)


def _box_part(scenario: Scenario) -> None:
    has_box = bool(scenario.box)
    part = st.expander(say("Box"), has_box, key=f"{BOX}:{has_box}", on_change="rerun")
    with part:
        if part.open:
            _box(scenario)


def _box(scenario: Scenario) -> None:
    text = say("After each update the point is put back into the box: projected gradient descent.")
    st.toggle(say("Keep the point in a box"), key=preset(BOX, bool(scenario.box)), help=text, on_change=_set_box)
    if not scenario.box:
        return
    titles = {
        "left": say("Left wall"),
        "right": say("Right wall"),
        "bottom": say("Lower wall"),
        "top": say("Upper wall"),
    }
    rows = scenario.surface.dimension
    columns = [column for _ in range(rows) for column in st.columns(2)]
    for column, name in zip(columns, titles, strict=False):
        with column:
            control(scenario, f"box.{name}", titles[name])
    for remark in remarks(scenario):
        st.caption(say_sentence(remark))


def _set_box() -> None:
    wanted = st.session_state[BOX]
    change(lambda s: replace(s, box=middle_of(s.surface.window) if wanted else Box()))


def _surface(scenario: Scenario) -> None:
    surface = scenario.surface
    titles = {slug: say(SURFACES[slug].title) for slug in SURFACES}
    st.selectbox(
        say("Surface"),
        list(titles),
        key=preset(CHOICE, surface.slug),
        format_func=titles.__getitem__,
        help=say(surface.summary),
        on_change=_set_surface,
    )
    _formula(scenario)
    if isinstance(surface, SliceBrought):
        slice_controls(surface)
    knob_controls(scenario, "surface", surface, leave_out=_hidden(surface))


def _hidden(surface: Surface) -> tuple[str, ...]:
    """Return the knobs that have controls of their own, or that mean nothing to a loss in x alone."""
    return ("formula", "content", *(("y_low", "y_high") if surface.dimension == 1 else ()))


def _formula(scenario: Scenario) -> None:
    surface = scenario.surface
    if not isinstance(surface, Own):
        formula(surface.latex)
        return
    text_control(scenario, "surface.formula", "f(x, y)", on_change=_refit)
    formula(f"f({', '.join(surface.axes)}) = " + latex_of(surface.formula))


def _noise(scenario: Scenario) -> None:
    control(scenario, "noise")
    if scenario.surface.data_size:
        control(scenario, "batch")
    control(scenario, "seed")


def put_start(pick: Mapping[str, float] | None) -> None:
    """Let every run begin where a person has put the start, {"x": ..., "y": ...}, if anywhere."""
    if pick:
        change(lambda s: replace(s, start=(float(pick["x"]), float(pick["y"]))))


def _set_surface() -> None:
    surface = SURFACES[st.session_state[CHOICE]]()
    change(lambda s: fitted(replace(s, surface=surface, noise=replace(s.noise, batch=0))))


def _refit() -> None:
    try:
        parse(st.session_state[widget("surface.formula")])
    except SentenceError:
        return
    change(fitted)
