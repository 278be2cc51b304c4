"""The player of a page's own scene: what a person does in it changes the scene or the address."""

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from charts import views
from charts.views import TITLES, VIEWS, causes
from engine.fields import with_numbers
from engine.trajectory import Trajectory
from engine.window import has_equal_axes
from player.line import Way
from ui.next import take
from ui.parameters import ALL, AXES, NONE, PANELS, VIEW
from ui.player import player
from ui.scene import change, remembered
from ui.stage import PLAYER
from ui.surface import set_start
from ui.text import say

AXIS_SCALES = ("fill", "equal")
"""What the map's axes may be, the one where they are equal last."""


def scene_player(
    is_full: bool,
    ways: Callable[[], Sequence[Way]] | None = None,
    veiled: bool = False,
    locked: Sequence[str] = (),
    guided: bool | None = None,
) -> None:
    """Draw the player called PLAYER; is_full: with all panels; ways, veiled, locked, guided: as `player` has them."""
    player(
        PLAYER,
        _pick,
        say,
        {name: say(title) for name, title in TITLES.items()},
        VIEW.read(),
        _set_view,
        AXES.read() or "",
        _set_axes,
        veiled=veiled,
        layout="full" if is_full else "story",
        on_layout=_set_layout,
        on_change=_change,
        ways=ways,
        on_next=_go_on,
        locked=locked,
        guided=guided,
    )


def charts_of(trajectories: Sequence[Trajectory]) -> tuple[str, ...]:
    """Return the charts that the address asks for: those of the view, with the panels it names or the causes."""
    view = VIEW.read()
    panels = PANELS.read() or causes(trajectories)
    main, *curves = views.charts_of(view, trajectories)
    return (main, *(curves if ALL in panels or view == "phase" else (name for name in panels if name != NONE)))


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
