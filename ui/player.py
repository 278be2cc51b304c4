"""The player's place on a page; what it shows comes over the session's line, or, if that is cut, with the page."""

from base64 import b64encode
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, Literal, TypeAlias

import streamlit as st

from player.labels import LABELS
from player.line import Answer, Line, Offer, Way
from player.picture import Picture
from ui.assets import LINE, assets
from ui.limits import LINE_BOUNDS
from ui.workers import POOL, SPARE

OWN_LINE = "line"
"""Session key of the line; it holds what lasts as long as the session, not a value of the scene."""

CUT = "line is cut"
"""Session key of whether the browser could not connect to the line."""

Layout: TypeAlias = Literal["story", "full"]

# Inline scripts are sent again with every change of the data, so these only lead to the published ones.
_PLAYER = st.components.v2.component(
    "sigmascope_player",
    html='<div class="sigmascope-player" style="min-height: 36rem"></div>',
    js="""export default async ({ data, parentElement, setTriggerValue }) => {
  const here = (address) => new URL(address, new URL(".", document.baseURI)).href
  const beside = (name) => import(new URL(name, here(data.module)))
  const [{ mount }, { lineTo }, { surely }] = await Promise.all(["player.js", "line.js", "connection.js"].map(beside))
  const tell = surely(data.key, setTriggerValue)
  const source = lineTo(here(data.line), data.token, data.brought, (state) => tell("line", state))
  return mount(parentElement, source, { ...data, plotly: here(data.plotly) }, tell)
}
""",
    isolate_styles=False,
)


def told(key: str, name: str) -> Any:
    """Return what the player called `key` has told by some name; None where a message came without it."""
    return getattr(st.session_state.get(key), name, None)


def show(picture: Picture, answer: Answer, offer: Offer | None = None) -> None:
    """Show a picture in the player of its key, as soon as it is on the page.

    answer: makes the picture with some numbers changed, while a person holds them, outside any run of the page. offer:
    works out the ways on from it, likewise.
    """
    _line().show(picture, answer, offer)


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
    layout: Layout = "full",
    on_layout: Callable[[], None] = _run_again,
    on_change: Callable[[], None] = _run_again,
    ways: Callable[[], Sequence[Way]] | None = None,
    on_next: Callable[[], None] = _run_again,
    locked: Sequence[str] = (),
    guided: bool | None = None,
    on_frame: Callable[[], None] = _run_again,
) -> None:
    """Draw the player called `key`.

    on_pick: called when a person has put the start elsewhere on the map; `st.session_state[key].pick` is then
    {"x": ..., "y": ...}, else None. say: translates the texts of LABELS. views: the names and titles that a person
    can choose a view from, none by default; view: the chosen one. on_view: called when a person has chosen; the name
    is then `st.session_state[key].view`. axes: "equal" if a unit is as long across as up on the map, "fill" if the map
    fills its place, "" if the map itself decides; on_axes: called when a person has chosen, likewise. veiled: whether
    what is still to come on the clock is hidden. layout: "story" for a large map with words and a few panels, "full"
    for all panels beside it; on_layout: called when a person wants the other one. on_change: called when a person has
    let go of numbers of the scene; `st.session_state[key].change` then has them by their names. ways: what to try next,
    if anything is offered, where the line cannot say it; on_next: called when a person has chosen one, whose name is
    then `st.session_state[key].next`. locked: what people may not change or see, as player.css has it; guided: whether
    it plays guided, None for as they like it. on_frame: called when a person has framed a part
    of a plane, which `st.session_state[key].frame` then has: {"x": [...], "y": [...]}, or {"whole": true}.
    """
    places, line = assets(), _line()
    if st.session_state.get(CUT):
        st.caption(
            say(
                "The direct line to the server is blocked on the way, so pictures come with the page: a little later, "
                "and not while you drag."
            )
        )
    data = {
        "module": places.player,
        "plotly": places.plotly,
        "line": LINE,
        "token": line.token,
        "brought": _brought(line, key),
        "key": key,
        "labels": {name: say(text) for name, text in LABELS.items()},
        "views": list((views or {}).items()),
        "view": view,
        "axes": axes,
        "veiled": veiled,
        "layout": layout,
        "locked": list(locked),
        "guided": guided,
        "ways": ways and (list(ways()) if st.session_state.get(CUT) else True),
    }
    _PLAYER(
        key=key,
        data=data,
        on_pick_change=on_pick,
        on_theme_change=_run_again,
        on_view_change=on_view,
        on_axes_change=on_axes,
        on_layout_change=on_layout,
        on_change_change=on_change,
        on_next_change=on_next,
        on_frame_change=on_frame,
        on_line_change=partial(_hear_of_line, key),
    )


def _hear_of_line(key: str) -> None:
    """Remember whether the browser has the line, from now on."""
    said = st.session_state[key].line
    if said in ("cut", "whole"):
        st.session_state[CUT] = said == "cut"


def _brought(line: Line, key: str) -> str:
    """Return the message of the latest picture as text where it cannot come over the line, else nothing."""
    if not st.session_state.get(CUT) or line.latest is None or line.latest.key != key:
        return ""
    return b64encode(line.latest.message(frozenset())).decode()


def _line() -> Line:
    if OWN_LINE not in st.session_state:
        st.session_state[OWN_LINE] = Line(LINE_BOUNDS, POOL, SPARE)
    line: Line = st.session_state[OWN_LINE]
    return line
