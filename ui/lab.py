"""The lab: controls beside the player, and below it why the runs went as they did."""

from collections.abc import Sequence
from functools import partial
from typing import Any

import streamlit as st

from charts.views import TITLES, VIEWS, causes
from engine.fields import with_numbers
from engine.trajectory import Trajectory
from engine.window import has_equal_axes
from explain.questions.questions import question_of
from ui.frame import Frame
from ui.lens import lens
from ui.next import take, ways
from ui.parameters import ALL, AXES, MOMENT, PANELS, VIEW
from ui.player import player
from ui.presets import presets
from ui.runs import runs_editor
from ui.scene import change, remembered
from ui.share import share
from ui.stage import PLAYER, is_long, run_all, show_runs
from ui.surface import scene_controls, set_start
from ui.text import language, say, say_sentence
from ui.workers import work

AXIS_SCALES = ("fill", "equal")
"""What the map's axes may be, the one where they are equal last."""


def lab(frame: Frame) -> None:
    """Draw the lab in a page's frame: first what answers a change, then what stands around it."""
    scenario = frame.scene.settle()
    if is_long(scenario):
        frame.open()
    trajectories = run_all(scenario)
    view, is_full = VIEW.read(), ALL in (PANELS.read() or ())
    begin = MOMENT.read()
    moment = 0 if begin is None and not is_full else begin
    offer = partial(ways, scenario, language())
    show_runs(scenario, _charts(view, trajectories), begin=moment, tells=not is_full, offer=offer)
    asked = None if is_full else question_of(scenario)
    frame.open(sidebar=is_full, title=say_sentence(asked.sentence(asked.ask)) if asked else "")
    titles = {name: say(title) for name, title in TITLES.items()}
    player(
        PLAYER,
        _pick,
        say,
        titles,
        view,
        _set_view,
        AXES.read() or "",
        _set_axes,
        layout="full" if is_full else "story",
        on_layout=_set_layout,
        on_change=_change,
        ways=lambda: work(offer),
        on_next=_go_on,
    )
    if is_full:
        with st.sidebar:
            scene_controls(scenario)
            runs_editor(scenario, trajectories)
    frame.close()
    with frame.tools:
        share(scenario, trajectories)
        presets()
    if not st.context.is_embedded:
        lens(scenario, trajectories)
    frame.end()


def _charts(view: str, trajectories: Sequence[Trajectory]) -> tuple[str, ...]:
    """Return the charts that the address asks for: those of the view, with the panels it names or the causes."""
    panels = PANELS.read() or causes(trajectories)
    main, *curves = VIEWS[view]
    return (main, *(curves if ALL in panels or view == "phase" else panels))


def _told(name: str) -> Any:
    """Return what the player has told; None where a message came without it."""
    return getattr(st.session_state.get(PLAYER), name, None)


def _set_layout() -> None:
    PANELS.write((ALL,) if _told("layout") == "full" else None)


def _change() -> None:
    said = _told("change")
    if said:
        change(lambda scenario: with_numbers(scenario, {name: float(value) for name, value in said.items()}))


def _go_on() -> None:
    name = _told("next")
    if name:
        take(name)


def _set_view() -> None:
    name = _told("view")
    if name in VIEWS:
        VIEW.write(None if name == VIEW.default else name)


def _set_axes() -> None:
    said = _told("axes")
    if said in AXIS_SCALES:
        own = AXIS_SCALES[has_equal_axes(remembered().surface)]
        AXES.write(None if said == own else said)


def _pick() -> None:
    pick = _told("pick")
    if pick:
        set_start(float(pick["x"]), float(pick["y"]))
