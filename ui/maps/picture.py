"""A small picture of a map worth looking at, with the way to it."""

from base64 import b64encode
from html import escape
from typing import Any, cast

import streamlit as st

from charts.colours import worn
from charts.maps.values import Measure
from charts.maps.views import Kind
from charts.theme import Theme
from engine.simulate import simulate
from engine.url import encode
from explain.maps import MapQuestion
from spec.shared import shared
from ui.limits import MAP_PICTURES_KEPT
from ui.maps.asking import Asked, Frame
from ui.maps.making import made
from ui.maps.stage import figure_of
from ui.pages import MAPS
from ui.parameters import FRAME
from ui.scene import address_everywhere
from ui.text import say, say_sentence
from ui.theme import page_theme
from ui.workers import work

CELLS = 64
"""Of a small picture, along a side."""


def map_link(question: MapQuestion) -> None:
    """Draw a picture of a map, and a link that opens it."""
    ask = say_sentence(question.sentence(question.ask))
    source = work(lambda tick: _picture(question.slug, page_theme(), question=question, tick=tick))
    st.html(f'<img alt="{escape(ask)}" src="{source}" style="width: 100%; max-width: 16rem; border-radius: 0.5rem">')
    query = {**encode(question.scene), **question.shown, **address_everywhere()}
    st.page_link(MAPS.file, label=ask, icon=MAPS.icon, query_params=query)
    st.caption(say("A map of many runs: each cell is one."))


def asked_of(question: MapQuestion, cells: int = CELLS) -> Asked:
    """Return what a question asks to be mapped."""
    shown = question.shown
    ends = [shown.get(parameter.name) for parameter in FRAME]
    kind = cast(Kind, shown["map"])
    across, up = ("x", "y") if kind == "basins" else (shown["across"], shown["up"])
    frame = cast(Frame, tuple(None if end is None else float(end) for end in ends))
    measure = cast(Measure, shown.get("measure", "loss"))
    return Asked(kind, question.scene, across, up, frame, measure, None, cells, question)


@shared(MAP_PICTURES_KEPT)
def _picture(_: str, theme: Theme, *, question: MapQuestion, tick: Any) -> str:
    found = made(asked_of(question), CELLS, tick)
    figure = figure_of(found, simulate(found.scene), worn(theme, found.scene.runs), str)
    reliefs = (relief for trace in figure.data for relief in trace.get("meta", {}).get("reliefs", ()))
    return "data:image/webp;base64," + b64encode(next(reliefs)["file"].tobytes()).decode()
