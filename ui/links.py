"""Links from one page to another that carry a scene."""

import streamlit as st

from engine.scenario import Scenario
from engine.url import encode
from ui.pages import LAB
from ui.scene import address_everywhere


def open_in_lab(scene: Scenario, label: str, icon: str = ":material/play_arrow:") -> None:
    """Draw a link that opens a scene in the lab."""
    st.page_link(LAB.file, label=label, icon=icon, query_params=encode(scene) | address_everywhere())
