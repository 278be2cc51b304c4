"""The list of scenes made in advance: one click opens any of them."""

from collections.abc import Callable

import streamlit as st

from engine.presets import PRESETS, one_term_at_a_time
from engine.scenario import Scenario
from ui.scene import change
from ui.text import say

CHOSEN = "presets:chosen"


def presets() -> None:
    """Draw a button that lists the scenes."""
    times = st.session_state.get(CHOSEN, 0)
    with st.popover(say("Scenes to try"), icon=":material/auto_stories:", key=f"presets-{times}"):
        here = say("One term at a time, on this surface")
        st.button(here, key="preset:here", type="tertiary", on_click=_choose, args=(one_term_at_a_time,))
        for slug, (title, _) in PRESETS.items():
            st.button(say(title), key=f"preset:{slug}", type="tertiary", on_click=_open, args=(slug,))


def _open(slug: str) -> None:
    _choose(lambda _: PRESETS[slug][1])


def _choose(scene: Callable[[Scenario], Scenario]) -> None:
    """A list under a new key is a new one, and closed, however soon after the opening the choice came."""
    change(scene)
    st.session_state[CHOSEN] = st.session_state.get(CHOSEN, 0) + 1
