"""The views of a scene: which charts each one shows, and which one the address asks for."""

import streamlit as st

from engine.url import echo
from spec.sentences import Sentence

PARAMETER = "view"
DEFAULT = "map"
CURVES = ("sigma", "step_size", "stability", "loss")
VIEWS = {DEFAULT: ("map", *CURVES), "3d": ("surface_3d", *CURVES), "phase": ("map", "phase")}
"""The charts of each view, the one in the map's place first."""

TITLES = {DEFAULT: "Map", "3d": "3-D", "phase": "Phase"}


def chosen_view() -> str:
    """Return the view of the address; the default one is not in there."""
    asked = st.query_params.get(PARAMETER, DEFAULT)
    return asked if asked in VIEWS else DEFAULT


def choose_view(name: str) -> None:
    """Write a view into the address."""
    if name != DEFAULT:
        st.query_params[PARAMETER] = name
    elif PARAMETER in st.query_params:
        del st.query_params[PARAMETER]


def unknown_view() -> Sentence | None:
    """Return what to say about a view that the address asks for and that there is not."""
    asked = st.query_params.get(PARAMETER, DEFAULT)
    if asked in VIEWS:
        return None
    return Sentence(
        "{field}={text} is not known; {used} is used.", {"field": PARAMETER, "text": echo(asked), "used": DEFAULT}
    )
