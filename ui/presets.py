"""The list of scenes made in advance: one click opens any of them."""

import streamlit as st

from engine.presets import PRESETS, one_term_at_a_time
from ui.scene import change
from ui.text import say

LIST = "presets"


def presets() -> None:
    """Draw a button that lists the scenes."""
    with st.popover(say("Scenes to try"), icon=":material/auto_stories:", width="stretch", key=LIST, on_change="rerun"):
        here = say("One term at a time, on this surface")
        st.button(here, key="preset:here", type="tertiary", on_click=_take_apart)
        for slug, (title, _) in PRESETS.items():
            st.button(say(title), key=f"preset:{slug}", type="tertiary", on_click=_open, args=(slug,))


def _take_apart() -> None:
    change(one_term_at_a_time)
    st.session_state[LIST] = False


def _open(slug: str) -> None:
    change(lambda _: PRESETS[slug][1])
    st.session_state[LIST] = False
