"""The frame every page shares: set-up, links between pages, notes about the address."""

from pathlib import Path

import streamlit as st

from engine.scenario import Scenario
from ui.scene import Scene, address_of_page
from ui.text import say, say_sentence

ICON = str(Path(__file__).parent / "images" / "icon.svg")
PAGES = {"app.py": "Lab", "pages/catalogue.py": "Catalogue"}
PAGE_ICONS = {"app.py": ":material/science:", "pages/catalogue.py": ":material/menu_book:"}

STYLE = """
<style>
.block-container { padding: 3.2rem 2rem 2rem; max-width: 1900px; }
[data-testid="stSidebar"] .katex { font-size: 0.95em; }
[data-testid="stSidebar"] [class*="st-key-slider-"] [data-testid="stSliderThumbValue"] { display: none; }
[data-testid="stSidebar"] .stLatex { overflow-x: auto; overflow-y: hidden; }
[data-testid="stSidebar"] [data-testid="stVerticalBlock"] { gap: 0.6rem; }
</style>
"""


class Frame:
    """A page: what stands on every page is drawn when the scene is known, in places kept for it."""

    def __init__(self, title: str) -> None:
        st.set_page_config(page_title=f"{say(title)} · Sigmascope", page_icon=ICON, layout="wide")
        st.html(STYLE)
        self._links = st.sidebar.container()
        self._notes = st.container()
        self.scene = Scene()

    def close(self) -> Scenario:
        """Return the scenario that the widgets mean; draw the links, which carry it, and the notes."""
        scenario = self.scene.close()
        with self._links:
            st.markdown("### Sigmascope")
            with st.container(horizontal=True, gap="small"):
                for page, name in PAGES.items():
                    st.page_link(page, label=say(name), icon=PAGE_ICONS[page], query_params=address_of_page())
        for note in self.scene.notes:
            self._notes.warning(say_sentence(note), icon=":material/link_off:")
        return scenario
