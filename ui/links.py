"""Links from one page to another that carry a scene."""

import streamlit as st

from engine.scenario import Scenario
from engine.url import encode
from ui.pages import LAB, NETWORK, TWO_AXES
from ui.scene import address_everywhere, address_to
from ui.text import say


def open_in_lab(scene: Scenario, label: str, icon: str = ":material/play_arrow:") -> None:
    """Draw a link that opens a scene in the lab."""
    st.page_link(LAB.file, label=label, icon=icon, query_params=encode(scene) | address_everywhere())


def to_what_two_axes_cannot_say() -> None:
    """Draw a link to the page that says what is beyond two parameters."""
    label = say("What two dimensions cannot say")
    st.page_link(TWO_AXES.file, label=label, icon=TWO_AXES.icon, query_params=address_everywhere())


def to_the_network() -> None:
    """Draw a link to what comes after two parameters."""
    label = say("Does any of this hold for a real network?")
    st.page_link(NETWORK.file, label=label, icon=NETWORK.icon, query_params=address_to(NETWORK))
