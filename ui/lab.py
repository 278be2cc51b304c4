"""The lab: controls beside the player, and below it why the runs went as they did."""

import streamlit as st

from charts.views import TITLES, VIEWS
from engine.window import has_equal_axes
from ui.frame import Frame
from ui.lens import lens
from ui.next import next_steps
from ui.parameters import AXES, VIEW
from ui.player import player
from ui.presets import presets
from ui.runs import runs_editor
from ui.scene import remembered
from ui.stage import PLAYER, is_long, run_all, show_runs
from ui.surface import scene_controls, set_start
from ui.text import say

AXIS_SCALES = ("fill", "equal")
"""What the map's axes may be, the one where they are equal last."""


def lab(frame: Frame) -> None:
    """Draw the lab in a page's frame: first what answers a change, then what stands around it."""
    scenario = frame.scene.settle()
    if is_long(scenario):
        frame.open()
    trajectories = run_all(scenario)
    view = VIEW.read()
    show_runs(scenario, VIEWS[view])
    frame.open()
    titles = {name: say(title) for name, title in TITLES.items()}
    player(PLAYER, _pick, say, titles, view, _set_view, AXES.read() or "", _set_axes)
    with st.sidebar:
        presets()
        scene_controls(scenario)
        runs_editor(scenario, trajectories)
    frame.close()
    next_steps(scenario)
    lens(scenario, trajectories)


def _set_view() -> None:
    name = st.session_state[PLAYER].view
    if name in VIEWS:
        VIEW.write(None if name == VIEW.default else name)


def _set_axes() -> None:
    said = st.session_state[PLAYER].axes
    if said in AXIS_SCALES:
        own = AXIS_SCALES[has_equal_axes(remembered().surface)]
        AXES.write(None if said == own else said)


def _pick() -> None:
    pick = st.session_state[PLAYER].pick
    if pick:
        set_start(float(pick["x"]), float(pick["y"]))
