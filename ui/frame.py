"""The frame every page shares: set-up, links between pages, notes about the address."""

import json
from collections.abc import Sequence
from operator import attrgetter
from pathlib import Path
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from engine.scenario import Scenario
from spec.markdown import quiet
from spec.sentences import Sentence
from ui.controls import preset
from ui.limits import NOTES
from ui.pages import PAGES, Page
from ui.parameters import CHAPTER, ENTRY, LANG, LANGUAGES
from ui.returning import catch_up, remember_message
from ui.scene import Scene, address_to, kept
from ui.streamlit_words import streamlit_words
from ui.text import TAGS, asked_language, language, say, say_sentence, speak

ICON = str(Path(__file__).parent / "images" / "icon.svg")
SWITCH = "language"

STYLE = """
<style>
[data-testid="stHeader"] { background: transparent; height: 3rem; }
.stApp [data-testid="stHeader"], .stApp [data-testid="stHeader"] :is(div, span) { pointer-events: none; }
.stApp [data-testid="stHeader"] button, .stApp [data-testid="stHeader"] button * { pointer-events: auto; }
.block-container { padding: 0.5rem 2rem 2rem; max-width: 1900px; }
.stApp [data-testid="stMainBlockContainer"] > [data-testid="stVerticalBlock"] { gap: 0.5rem; }
.st-key-bar { min-height: 2.5rem; padding: 0 2.5rem 0 0; }
.st-key-bar h1 { font-size: 1.125rem; font-weight: 700; padding: 0.5rem 1rem 0.5rem 0; }
.stApp .st-key-bar .st-key-language { flex: 0 0 8rem; }
.stApp:has([data-testid="stExpandSidebarButton"]) .st-key-bar { padding-left: 2.5rem; }
@media (max-width: 640px) {
  .block-container { padding: 0.25rem 1rem 1rem; }
  .stApp .st-key-bar { flex-wrap: nowrap; gap: 0; padding-right: 2rem; }
  .st-key-bar > :has(h1), .st-key-bar a span:has(> [data-testid="stIconMaterial"]),
  .st-key-bar > :has(a[href^="network"]) { display: none; }
  .st-key-bar [data-testid="stPageLink-NavLink"] { padding-inline: 0.25rem; }
  .stApp .st-key-bar .st-key-language { flex-basis: 6rem; }
  .st-key-bar .st-key-language * { font-size: 0.8125rem; }
  .stApp:has([data-testid="stExpandSidebarButton"]) .st-key-bar { padding-left: 2rem; }
  .stApp:has([data-testid="stExpandSidebarButton"]) .st-key-bar .st-key-language { flex-basis: 5rem; }
  .st-key-bar :is(.st-key-gallery-button, .st-key-share-button) p { font-size: 0; }
  .st-key-bar :is(.st-key-gallery-button, .st-key-share-button) button {
    min-width: 0; padding-inline: 0.3rem; gap: 0;
  }
  .stApp .st-key-bar [data-testid="stHorizontalBlock"], .st-key-bar .stHorizontalBlock { gap: 0.25rem; }
}
[data-testid="stSidebar"] .katex { font-size: 0.95em; line-height: 2; }
:is([data-testid="stSidebar"], .st-key-step, .st-key-formula) p:has(> .katex) { text-align: center; }
[data-testid="stSidebar"] [class*="st-key-slider-"] [data-testid="stSliderThumbValue"] { display: none; }
.stApp [data-testid="stCaptionContainer"] { opacity: 0.75; }
.katex-display { overflow-x: auto; overflow-y: hidden; padding: 0.2rem 0.1rem; }
.katex .cjk_fallback { font-family: "Source Sans", sans-serif; }
[data-testid="stSidebar"] [data-testid="stVerticalBlock"] { gap: 0.6rem; }
.stApp[data-test-connection-state]:not([data-test-connection-state="CONNECTED"])::after {
  content: OFFLINE; position: fixed; left: 50%; bottom: 1rem; z-index: 1000000; transform: translateX(-50%);
  width: max-content; max-width: 90vw; padding: 0.5rem 1rem; border-radius: 0.5rem;
  background: #18222e; color: #ffffff; font-weight: 600; animation: sigmascope-late 1.5s steps(1);
}
@keyframes sigmascope-late { from { opacity: 0; } to { opacity: 1; } }
body:has(.stApp:not([data-test-connection-state="CONNECTED"])) :is(.stDialog, .stConnectionStatus) { display: none; }
@media print {
  :is([data-testid="stSidebar"], .st-key-bar a, .st-key-language, .st-key-bar button) { display: none; }
}
</style>
"""


_DRESS = st.components.v2.component(
    "sigmascope_dress",
    css=""".st-key-sigmascope-dress { display: none; }""",
    js="""export default ({ data }) => {
  document.documentElement.lang = data.lang
  tellHeight()
  if (globalThis.sigmascopePlace === data.place) return
  globalThis.sigmascopePlace = data.place
  document.querySelector('[data-testid="stMain"]')?.scrollTo(0, 0)
}

// In a frame, whoever has put it there is told how tall the page is: in our words, in Canvas's and in H5P's.
function tellHeight() {
  const page = document.querySelector('[data-testid="stMainBlockContainer"]')
  if (window.parent === window || !page || page === globalThis.sigmascopeTold) return
  globalThis.sigmascopeTold = page
  document.documentElement.dataset.framed = ""
  new ResizeObserver(() => {
    const height = Math.ceil(page.getBoundingClientRect().height)
    const said = [{ type: "sigmascope:height", height }, { subject: "lti.frameResize", height }]
    said.push({ context: "h5p", action: "resize", scrollHeight: height })
    said.forEach((message) => window.parent.postMessage(message, "*"))
  }).observe(page)
}
""",
    isolate_styles=False,
)


class Frame:
    """The frame of a page: what stands on every page is drawn when the scene is known, in places kept for it.

    tools: the place in the bar for a page's own, once that is closed; None where there is no bar.
    """

    def __init__(self, page: Page) -> None:
        self._page = page
        self._is_open = False
        self.tools: DeltaGenerator | None = None
        remember_message()
        speak(asked_language())
        self.scene = Scene(page)

    def open(self, sidebar: bool = True, title: str = "") -> None:
        """Draw what comes first on the page, unless it is there.

        sidebar: whether what stands in the sidebar is to be seen at once. title: of the page, its own by default.
        """
        if self._is_open:
            return
        self._is_open = True
        st.set_page_config(
            page_title=f"{title or say(self._page.title)} · Sigmascope",
            page_icon=ICON,
            layout="wide",
            initial_sidebar_state="auto" if sidebar and not st.context.is_embedded else "collapsed",
        )
        words = say("The connection to the server is lost. The page goes on as soon as it is back.")
        st.html(STYLE.replace("OFFLINE", json.dumps(words, ensure_ascii=False)) + streamlit_words())
        self.bar = st.container(key="bar", horizontal=True, vertical_alignment="center", gap="small")
        _dress(self._page.title)
        self._notes = st.container()

    def close(self, is_bare: bool = False) -> Any:
        """Return the scenario that the widgets mean; draw the links, which carry it, and the notes.

        is_bare: whether the page stands by itself, without what leads to others, as it does in a page of somebody's.
        """
        scenario = self.scene.settle()
        if not is_bare and not st.context.is_embedded:
            self._fill_bar()
        missing = scenario.surface.missing if isinstance(scenario, Scenario) else None
        complaints = [
            missing,
            LANG.complaint(language()),
            *(parameter.complaint() for parameter in self._page.parameters),
        ]
        for note in few(list(filter(None, (*self.scene.notes, *complaints)))):
            self.note(note)
        return scenario

    def _fill_bar(self) -> None:
        with self.bar:
            st.markdown("# Sigmascope", width="content")
            for page in filter(attrgetter("is_linked"), PAGES):
                st.page_link(page.file, label=say(page.title), icon=page.icon, query_params=_query(page))
            st.space("stretch")
            self.tools = st.container(horizontal=True, width="content")
            _language_switch()

    def end(self) -> None:
        """End the page, whose widgets are all drawn."""
        catch_up()

    def note(self, sentence: Sentence) -> None:
        """Say above the page what the address said that could not be used."""
        self._notes.warning(say_sentence(quiet(sentence)), icon=":material/link_off:")


def few(notes: Sequence[Sentence]) -> list[Sentence]:
    """Return notes as they are, or the first NOTES of them and how many more there are."""
    more = {"more": len(notes) - NOTES}
    if more["more"] <= 1:
        return list(notes)
    return [*notes[:NOTES], Sentence("And {more} other values in the address could not be used as written.", more)]


def _dress(title: str) -> None:
    """Tell the browser the language of the page, and begin at the top of another page or chapter."""
    place = " ".join([title, *kept((CHAPTER, ENTRY)).values()])
    with st.container(key="sigmascope-dress"):
        _DRESS(key="dress", data={"lang": TAGS[language()], "place": place})


def _query(page: Page) -> dict[str, str]:
    """Return what a link to a page carries: the scene too, unless it is not in that page's address."""
    return address_to(page) | kept(page.parameters)


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
    LANG.write(st.session_state[SWITCH])
