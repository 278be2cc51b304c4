"""What a person takes away of a network's training: its link, pictures and films of it, a page, and its numbers."""

from functools import partial

import streamlit as st

from charts.network.views import Studied
from export.network_tables import network_csv, network_npz, study_json
from ui.drawing import drawing
from ui.film import video_choices
from ui.network.offline import offline_study
from ui.preview_of import html_shown, preview_of, text_shown
from ui.share import file_button, frame_part, link_of_page, link_part
from ui.text import language, say

NAME = "sigmascope-network"


def share_network(shown: Studied, few: tuple[str, ...]) -> None:
    """Draw a button that opens what a person can take away; few: the charts beside the slice that are shown."""
    if st.button(say("Share"), key="share-button", icon=":material/ios_share:"):
        st.dialog(say("Take this scene away"), width="medium")(_panel)(shown, few)


def _panel(shown: Studied, few: tuple[str, ...]) -> None:
    link, study = link_of_page(), shown.study
    link_part(link)
    frame_part(link)
    st.subheader(say("A page without a network"), anchor=False)
    st.caption(say("One file with the player in it: open it anywhere. It plays; to change the scene, follow its link."))
    make = partial(offline_study, shown, few, link, language())
    file_button(NAME, "html", "text/html", make)
    preview_of("offline", partial(html_shown, "offline", make))
    st.subheader(say("Picture"), anchor=False)
    st.caption(say("The whole figure as it is now, with its formulas; the camera on a panel saves that alone."))
    drawing(NAME)
    st.subheader(say("Film"), anchor=False)
    video_choices(NAME)
    st.subheader(say("Numbers"), anchor=False)
    st.caption(say("Every update of every run, and what was seen at each look: losses, sharpness, σ, step size."))
    table = partial(network_csv, study, shown.trainings)
    with st.container(horizontal=True):
        file_button(NAME, "csv", "text/csv", table)
        file_button(NAME, "npz", "application/octet-stream", partial(network_npz, study, shown.trainings))
        file_button(NAME, "json", "application/json", partial(study_json, study, link))
    preview_of("numbers", partial(text_shown, table, 8))
