"""The network page: a question, the player, and what a real network says to it."""

from collections.abc import Sequence
from typing import Any, cast

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from charts.network.views import CUT_TITLES, NETWORK_CURVES, Studied
from engine.fields import with_numbers
from explain.network.description import description
from explain.network.questions import NETWORK_QUESTIONS, NetworkQuestion, question_of_study
from network.studied import Cutting
from network.study import Study
from spec.sentences import Sentence
from ui.frame import Frame
from ui.network.controls import study_controls
from ui.network.results import results
from ui.network.share import share_network
from ui.network.stage import KEY, studied
from ui.pages import LAB, LECTURE
from ui.parameters import ALL, CUT, MOMENT, NETWORK_PANELS, NONE
from ui.player import CUT as LINE_CUT
from ui.player import player
from ui.scene import address_to, change, fields_of
from ui.share import link_of_page
from ui.text import say, say_sentence

USUAL = ("stability", "loss", "digits")
"""The charts beside the slice where nothing is asked."""

LOCKED = ("start", "guess", "formula")
"""What the player has for a surface alone."""

SOURCES = {
    "digits": "[E. Alpaydin and C. Kaynak, Optical Recognition of Handwritten Digits, UCI, CC BY 4.0]"
    "(https://doi.org/10.24432/C50P49)",
    "hovers": ", ".join(
        f"[arXiv {number}](https://arxiv.org/abs/{number})" for number in ("2103.00065", "2207.14484", "2209.15594")
    ),
    "slices": "[arXiv 1712.09913](https://arxiv.org/abs/1712.09913)",
}

STYLE = """
<style>
.st-key-network-page h2 { font-size: 1.15rem; padding: 0.6rem 0 0.2rem; }
.st-key-questions [data-testid="stVerticalBlock"], .st-key-questions { gap: 0.25rem; }
.st-key-questions button { text-align: left; }
.st-key-training {
  position: fixed; left: 50%; bottom: 0.75rem; z-index: 100; transform: translateX(-50%); width: min(92vw, 34rem);
  padding: 0.5rem 1rem; border: 1px solid var(--st-border-color); border-radius: 0.5rem;
  background: var(--st-background-color); box-shadow: 0 2px 12px rgba(0, 0, 0, 0.15);
}
.stApp:has(.st-key-network-page, .st-key-training) [data-testid="stStatusWidget"] { display: none; }
</style>
"""


def network(frame: Frame) -> None:
    """Draw the network page in a page's frame."""
    study: Study = frame.scene.settle()
    asked = question_of_study(study)
    panels = NETWORK_PANELS.read() or (asked.panels if asked else USUAL)
    is_full = ALL in panels
    cutting = cast(Cutting, CUT.read() or (asked.cutting if asked else "paths"))
    frame.open(sidebar=is_full, title=say_sentence(asked.sentence(asked.ask)) if asked else "")
    st.html(STYLE)
    if not st.session_state.get(LINE_CUT):
        _player(is_full, cutting)
    st.caption(say_sentence(description(study)))
    if is_full:
        with st.sidebar:
            study_controls(study)
    frame.close()
    moment = MOMENT.read()
    shown = studied(study, cutting, _charts(panels), 0 if moment is None and not is_full else moment)
    if st.session_state.get(LINE_CUT):
        _player(is_full, cutting)
    if frame.tools is None:
        st.link_button(say("Open this scene"), link_of_page(), type="tertiary", icon=":material/open_in_new:")
    else:
        _below(frame.tools, study, shown, panels, cutting)
    frame.end()


def _below(tools: DeltaGenerator, study: Study, shown: Studied | None, panels: Sequence[str], cutting: str) -> None:
    """Draw what stands around the player where the page is no part of another."""
    with st.container(key="network-page"):
        if shown:
            with tools:
                share_network(shown, _charts(USUAL if ALL in panels else panels))
            results(shown, cutting)
        _questions(study)
        _ways()


def _charts(panels: Sequence[str]) -> tuple[str, ...]:
    return NETWORK_CURVES if ALL in panels else tuple(name for name in panels if name != NONE)


def _player(is_full: bool, cutting: str) -> None:
    player(
        KEY,
        _nothing,
        say,
        {name: say(title) for name, title in CUT_TITLES.items()},
        cutting,
        _set_cut,
        layout="full" if is_full else "story",
        on_layout=_set_layout,
        on_change=_change,
        locked=LOCKED,
    )


def _questions(study: Study) -> None:
    st.header(say("Questions to a real network"), anchor=False)
    with st.container(key="questions"):
        for question in NETWORK_QUESTIONS:
            ask = say_sentence(question.sentence(question.ask))
            is_here = question.study == study
            key, icon = f"ask:{question.slug}", ":material/play_circle:"
            st.button(ask, key, type="tertiary", icon=icon, disabled=is_here, on_click=_ask, args=(question,))


def _ask(question: NetworkQuestion) -> None:
    change(lambda _: question.study, without=(CUT, NETWORK_PANELS, MOMENT))


def _ways() -> None:
    """Say where the data come from, and lead to what the network was compared with."""
    with st.container(horizontal=True):
        st.page_link(LAB.file, label=say("The same rules on a surface"), icon=LAB.icon, query_params=address_to(LAB))
        st.page_link(LECTURE.file, label=say("The lecture"), icon=LECTURE.icon, query_params=address_to(LECTURE))
    st.caption(say_sentence(Sentence("Digits: {digits}. Why sharpness hovers: {hovers}. Slices: {slices}.", SOURCES)))


def _nothing() -> None:
    """Do nothing: there is no start to be put elsewhere."""


def _told(name: str) -> Any:
    return getattr(st.session_state.get(KEY), name, None)


def _set_cut() -> None:
    name = _told("view")
    if name in CUT_TITLES:
        CUT.write(name)


def _set_layout() -> None:
    NETWORK_PANELS.write((ALL,) if _told("layout") == "full" else None)


def _change() -> None:
    said = _told("change")
    if said:
        change(lambda study: with_numbers(study, {name: float(value) for name, value in said.items()}, fields_of))
