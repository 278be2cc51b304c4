"""A small picture of a map worth looking at, with the way to it."""

from base64 import b64encode
from html import escape
from typing import Any

import streamlit as st

from charts.colours import worn
from charts.theme import Theme
from engine.simulate import simulate
from engine.url import encode
from explain.maps import MapQuestion
from spec.shared import shared
from ui.limits import MAP_PICTURES_KEPT
from ui.maps.asking import asked_by
from ui.maps.making import made
from ui.maps.stage import figure_of
from ui.pages import MAPS
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


@shared(MAP_PICTURES_KEPT)
def _picture(_: str, theme: Theme, *, question: MapQuestion, tick: Any) -> str:
    found = made(asked_by(question), CELLS, tick)
    figure = figure_of(found, simulate(found.scene), worn(theme, found.scene.runs), str)
    reliefs = (relief for trace in figure.data for relief in trace.get("meta", {}).get("reliefs", ()))
    return "data:image/webp;base64," + b64encode(next(reliefs)["file"].tobytes()).decode()
