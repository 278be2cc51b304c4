"""The frame every page shares: set-up, links between pages, notes about the address."""

from pathlib import Path

import streamlit as st

from engine.scenario import Scenario
from engine.url import echo
from spec.sentences import Sentence
from ui.controls import preset
from ui.scene import Scene, address_everywhere, address_of_page
from ui.text import LANGUAGES, language, say, say_sentence

ICON = str(Path(__file__).parent / "images" / "icon.svg")
LAB, LECTURE, CATALOGUE = "app.py", "pages/lecture.py", "pages/catalogue.py"
PAGES = {LAB: "Lab", LECTURE: "Lecture", CATALOGUE: "Catalogue"}
PAGE_ICONS = {LAB: ":material/science:", LECTURE: ":material/school:", CATALOGUE: ":material/menu_book:"}
SWITCH = "language"

STYLE = """
<style>
[data-testid="stHeader"] { background: transparent; height: 3rem; }
.block-container { padding: 3rem 2rem 2rem; max-width: 1900px; }
[data-testid="stSidebar"] .katex { font-size: 0.95em; }
[data-testid="stSidebar"] [class*="st-key-slider-"] [data-testid="stSliderThumbValue"] { display: none; }
[data-testid="stSidebar"] .stLatex { overflow-x: auto; overflow-y: hidden; }
[data-testid="stSidebar"] [data-testid="stVerticalBlock"] { gap: 0.6rem; }
</style>
"""


class Frame:
    """A page: what stands on every page is drawn when the scene is known, in places kept for it.

    parameters: what the page keeps in its address beside the scene. shows_scene: whether the scene is in there.
    """

    def __init__(self, title: str, parameters: tuple[str, ...] = (), shows_scene: bool = True) -> None:
        st.set_page_config(page_title=f"{say(title)} · Sigmascope", page_icon=ICON, layout="wide")
        st.html(STYLE)
        self._links = st.sidebar.container()
        self._notes = st.container()
        self.scene = Scene(parameters, shows_scene)

    def close(self) -> Scenario:
        """Return the scenario that the widgets mean; draw the links, which carry it, and the notes."""
        scenario = self.scene.close()
        with self._links:
            title, switch = st.columns([5, 6], vertical_alignment="center")
            title.markdown("### Sigmascope")
            with switch:
                _language_switch()
            with st.container(horizontal=True, gap="small"):
                for page, name in PAGES.items():
                    query = address_everywhere() if page == LECTURE else address_of_page()
                    st.page_link(page, label=say(name), icon=PAGE_ICONS[page], query_params=query)
        for note in self.scene.notes:
            self.note(note)
        asked = st.query_params.get("lang", language())
        if asked not in LANGUAGES:
            template = "{field}={text} is not known; {used} is used."
            self.note(Sentence(template, {"field": "lang", "text": echo(asked), "used": language()}))
        return scenario

    def note(self, sentence: Sentence) -> None:
        """Say above the page what the address said that could not be used."""
        self._notes.warning(say_sentence(sentence), icon=":material/link_off:")


def _language_switch() -> None:
    st.selectbox(
        say("Language"),
        list(LANGUAGES),
        key=preset(SWITCH, language()),
        format_func=LANGUAGES.__getitem__,
        label_visibility="collapsed",
        on_change=_set_language,
    )


def _set_language() -> None:
    st.query_params["lang"] = st.session_state[SWITCH]
