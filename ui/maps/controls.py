"""What is mapped: which map, over which numbers of the scene, and in which colours."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from charts.maps.plane import title_of
from charts.maps.values import MEASURES
from charts.maps.views import KINDS
from engine.fields import RUN_KEYS, numbers
from ui.controls import preset
from ui.maps.asking import Asked, name_of, sides
from ui.parameters import ACROSS, FRAME, MAP, MEASURE, UP, Parameter
from ui.text import say


def map_controls(asked: Asked) -> None:
    """Draw the choice of the map and of its sides."""
    with st.container(horizontal=True, vertical_alignment="bottom", key="map-controls"):
        titles = {kind: say(title) for kind, title in KINDS.items()}
        st.segmented_control(
            say("Map"),
            list(titles),
            key=preset("map-kind", asked.kind),
            format_func=titles.__getitem__,
            label_visibility="collapsed",
            required=True,
            on_change=_set,
            args=("map-kind", MAP, FRAME),
        )
        if asked.kind in ("plane", "values"):
            _choice(asked, say("Across"), "→", ACROSS, asked.across)
        if asked.kind == "plane":
            _choice(asked, say("Upright"), "↑", UP, asked.up)
            measures = {name: say(title) for name, title in MEASURES.items()}
            _select(say("Colour"), MEASURE, asked.measure, measures, ())
        if asked.is_framed:
            st.button(say("Zoom out"), icon=":material/zoom_out_map:", key="map-whole", on_click=_forget_frame)


def _choice(asked: Asked, label: str, sign: str, parameter: Parameter, value: str) -> None:
    """Draw the choice of the number on a side."""
    titles = {name: f"{sign} {_title(asked, name)}" for name in sides(asked.scenario)}
    _select(label, parameter, value, titles, FRAME[:2] if parameter is ACROSS else FRAME[2:])


def _select(
    label: str, parameter: Parameter, value: str, titles: Mapping[Any, str], without: tuple[Parameter, ...]
) -> None:
    """Draw a menu for a parameter; without: what its choice takes out of the address."""
    key = preset(f"map-{parameter.name}", value)
    st.selectbox(
        label,
        list(titles),
        key=key,
        format_func=titles.__getitem__,
        on_change=_set,
        args=(key, parameter, without),
        label_visibility="collapsed",
        width=185,
    )


def _title(asked: Asked, name: str) -> str:
    """Return what a number is called, by the first run that has it."""
    known = numbers(asked.scenario)
    own = next(own for letter in RUN_KEYS if (own := name_of(asked.scenario, letter, name)) in known)
    return title_of(asked.scenario, own, say)


def _set(key: str, parameter: Parameter, without: tuple[Parameter, ...]) -> None:
    value = st.session_state[key]
    parameter.write(None if value == parameter.default else value)
    for other in without:
        other.write(None)


def _forget_frame() -> None:
    for parameter in FRAME:
        parameter.write(None)
