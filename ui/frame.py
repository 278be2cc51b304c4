"""The frame every page shares: page set-up, links between pages, notes about the address."""

import streamlit as st

from ui.scene import Scene, address_of_page
from ui.text import say, say_sentence

PAGES = {"app.py": "Lab", "pages/catalogue.py": "Catalogue"}
ICONS = {"app.py": ":material/science:", "pages/catalogue.py": ":material/menu_book:"}

STYLE = """
<style>
.block-container { padding-top: 2.5rem; padding-bottom: 2rem; max-width: 1800px; }
[data-testid="stSidebarUserContent"] { padding-top: 0; }
[data-testid="stMainMenu"] { display: none; }
</style>
"""


def open_page(title: str) -> Scene:
    """Set the page up, draw the links to the other pages, and return the scene that the address means."""
    st.set_page_config(page_title=f"{say(title)} · Sigmascope", page_icon=":material/query_stats:", layout="wide")
    scene = Scene()
    st.html(STYLE)
    with st.sidebar:
        for page, name in PAGES.items():
            st.page_link(page, label=say(name), icon=ICONS[page], query_params=address_of_page())
    for note in scene.notes:
        st.warning(say_sentence(note), icon=":material/link_off:")
    return scene
