"""The player's place on the page; what it shows comes to it over the session's line."""

from collections.abc import Callable, Mapping

import streamlit as st

from player.labels import LABELS
from player.line import Line, Picture
from player.parts import Part
from ui.assets import assets, line_path

LINE = "line"
"""Session key of the line; it holds what lasts as long as the session, not a value of the scene."""

# Inline scripts are sent again with every change of the data, so these only lead to the published ones.
_PLAYER = st.components.v2.component(
    "sigmascope_player",
    html='<div class="sigmascope-player" style="min-height: 36rem"></div>',
    js="""export default async ({ data, parentElement, setTriggerValue }) => {
  const player = new URL(data.module, document.baseURI)
  const [{ mount }, { lineTo }] = await Promise.all([import(player), import(new URL("line.js", player))])
  return mount(parentElement, lineTo(data.line), data, setTriggerValue)
}
""",
    isolate_styles=False,
)

Parts = dict[str, Part]


def show(
    parts: Parts, redraw: Callable[[float, float], Parts], *, key: str, updates: int, begin: int, surface: str
) -> None:
    """Show figures on one clock in the player called `key`, as soon as it is on the page.

    parts: of the figures, the main one first, which say of themselves what `player/contract.py` describes. redraw:
    makes those for a start at (x, y) while it is dragged, outside any run of the page.
    updates: where the clock ends. begin: where it stands at first. surface: its name; with another one, zoom
    and time begin anew.
    """
    line = _line()
    line.show(
        Picture(key, updates, begin, surface, parts),
        lambda x, y: Picture(key, updates, begin, surface, redraw(x, y), preview=True),
    )


def _run_again() -> None:
    """Do nothing: the run that follows draws the figures anew."""


def player(
    key: str,
    on_pick: Callable[[], None],
    say: Callable[[str], str] = str,
    views: Mapping[str, str] | None = None,
    view: str = "",
    on_view: Callable[[], None] = _run_again,
    axes: str = "",
    on_axes: Callable[[], None] = _run_again,
    veiled: bool = False,
) -> None:
    """Draw the player called `key`.

    on_pick: called when a person has put the start elsewhere on the map; `st.session_state[key].pick` is then
    {"x": ..., "y": ...}, else None. say: translates the texts of LABELS. views: the names and titles that a person
    can choose a view from, none by default; view: the chosen one. on_view: called when a person has chosen; the name
    is then `st.session_state[key].view`. axes: "equal" if a unit is as long across as up on the map, "fill" if the map
    fills its place, "" if the map itself decides; on_axes: called when a person has chosen, likewise. veiled: whether
    what is still to come on the clock is hidden.
    """
    places = assets()
    data = {
        "module": places.player,
        "plotly": places.plotly,
        "line": _line().address,
        "key": key,
        "labels": {name: say(text) for name, text in LABELS.items()},
        "views": list((views or {}).items()),
        "view": view,
        "axes": axes,
        "veiled": veiled,
    }
    _PLAYER(
        key=key,
        data=data,
        on_pick_change=on_pick,
        on_theme_change=_run_again,
        on_view_change=on_view,
        on_axes_change=on_axes,
    )


def _line() -> Line:
    if LINE not in st.session_state:
        st.session_state[LINE] = Line(line_path())
    line: Line = st.session_state[LINE]
    return line
