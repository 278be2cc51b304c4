"""The frame every page shares: set-up, links between pages, notes about the address."""

from pathlib import Path

import streamlit as st

from engine.scenario import Scenario
from engine.url import echo
from spec.sentences import Sentence
from ui.controls import preset
from ui.scene import TUNED, Scene, address_everywhere, address_of_page, kept
from ui.streamlit_words import streamlit_words
from ui.text import LANGUAGES, TAGS, language, say, say_sentence

ICON = str(Path(__file__).parent / "images" / "icon.svg")
LAB, LECTURE, CATALOGUE = "lab.py", "pages/lecture.py", "pages/catalogue.py"
PAGES = {LAB: "Lab", LECTURE: "Lecture", CATALOGUE: "Catalogue"}
PAGE_ICONS = {LAB: ":material/science:", LECTURE: ":material/school:", CATALOGUE: ":material/menu_book:"}
PARAMETERS = {LAB: ("view", "goal", TUNED), LECTURE: ("chapter",), CATALOGUE: ("entry",)}
"""What a page keeps in its address beside the scene."""

SWITCH = "language"

STYLE = """
<style>
[data-testid="stHeader"] { background: transparent; height: 3rem; }
.block-container { padding: 3.75rem 2rem 2rem; max-width: 1900px; }
[data-testid="stSidebar"] h1 { font-size: 1.125rem; font-weight: 600; padding: 0.75rem 0 1rem; }
[data-testid="stSidebar"] .katex { font-size: 0.95em; }
[data-testid="stSidebar"] [class*="st-key-slider-"] [data-testid="stSliderThumbValue"] { display: none; }
.stApp [data-testid="stCaptionContainer"] { opacity: 0.75; }
.katex-display { overflow-x: auto; overflow-y: hidden; padding: 0.2rem 0.1rem; }
.katex .cjk_fallback { font-family: "Source Sans", sans-serif; }
[data-testid="stSidebar"] [data-testid="stVerticalBlock"] { gap: 0.6rem; }
</style>
"""


_DRESS = st.components.v2.component(
    "sigmascope_dress",
    css=""".st-key-sigmascope-dress { display: none; }""",
    js="""export default ({ data }) => {
  document.documentElement.lang = data.lang
  if (globalThis.sigmascopePlace === data.place) return
  globalThis.sigmascopePlace = data.place
  document.querySelector('[data-testid="stMain"]')?.scrollTo(0, 0)
}
""",
    isolate_styles=False,
)


class Frame:
    """A page: what stands on every page is drawn when the scene is known, in places kept for it.

    parameters: what the page keeps in its address beside the scene. shows_scene: whether the scene is in there.
    """

    def __init__(self, title: str, parameters: tuple[str, ...] = (), shows_scene: bool = True) -> None:
        self._place, self._title = title, say(title)
        self._is_open = False
        self.scene = Scene(parameters, shows_scene)

    def open(self) -> None:
        """Draw what comes first on the page, unless it is there."""
        if self._is_open:
            return
        self._is_open = True
        st.set_page_config(page_title=f"{self._title} · Sigmascope", page_icon=ICON, layout="wide")
        st.html(STYLE + streamlit_words())
        self._links = st.sidebar.container()
        _dress(self._place)
        self._notes = st.container()

    def close(self) -> Scenario:
        """Return the scenario that the widgets mean; draw the links, which carry it, and the notes."""
        scenario = self.scene.read()
        with self._links:
            title, switch = st.columns([5, 6], vertical_alignment="center")
            title.markdown("# Sigmascope")
            with switch:
                _language_switch()
            with st.container(horizontal=True, gap="small"):
                for page, name in PAGES.items():
                    st.page_link(page, label=say(name), icon=PAGE_ICONS[page], query_params=_query(page))
        for note in self.scene.notes:
            self.note(note)
        asked = st.query_params.get("lang", language())
        if asked not in LANGUAGES:
            values = {"field": "lang", "text": echo(asked), "used": language()}
            self.note(Sentence("{field}={text} is not known; {used} is used.", values))
        return scenario

    def note(self, sentence: Sentence) -> None:
        """Say above the page what the address said that could not be used."""
        self._notes.warning(say_sentence(sentence), icon=":material/link_off:")


def _dress(title: str) -> None:
    """Tell the browser the language of the page, and begin at the top of another page or chapter."""
    place = " ".join([title, *kept(("chapter", "entry")).values()])
    with st.container(key="sigmascope-dress"):
        _DRESS(key="dress", data={"lang": TAGS[language()], "place": place})


def _query(page: str) -> dict[str, str]:
    """Return what a link to a page carries: the scene too, unless it is not in that page's address."""
    return (address_everywhere() if page == LECTURE else address_of_page()) | kept(PARAMETERS.get(page, ()))


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
