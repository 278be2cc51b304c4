"""What a person takes away of a map: its link, a picture of it, and its numbers."""

from functools import partial

import streamlit as st

from export.map_tables import map_npz
from ui.drawing import drawing
from ui.maps.making import Made
from ui.share import file_button, frame_part, link_of_page, link_part
from ui.taken import File
from ui.text import say

NAME = "sigmascope-map"


def share_map(made: Made) -> None:
    """Draw a button that opens what a person can take away of a map."""
    if st.button(say("Share"), key="share-button", icon=":material/ios_share:"):
        st.dialog(say("Take this map away"), width="medium")(_panel)(made)


def _panel(made: Made) -> None:
    link = link_of_page()
    link_part(link)
    frame_part(link)
    st.subheader(say("Picture"), anchor=False)
    st.caption(say("The whole figure as it is now; the camera on a panel saves that alone."))
    drawing(NAME)
    if made.maps:
        st.subheader(say("Numbers"), anchor=False)
        st.caption(say("How the run of every cell went, and the values along the sides."))
        numbers = partial(map_npz, made.asked.scenario, made.maps, made.axes, link)
        file_button(NAME, File("npz", "application/octet-stream", numbers))
