"""The network page: a question, the player, and what a real network says to it."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from charts.network.views import Studied
from explain.network.description import description
from explain.network.questions import NETWORK_QUESTIONS, NetworkQuestion, question_of_study
from network.study import Study
from spec.sentences import Sentence
from ui.frame import Frame
from ui.network.controls import study_controls
from ui.network.player import Shown, network_player
from ui.network.results import results
from ui.network.stage import STYLE as TRAINING
from ui.network.stage import studied
from ui.network.taken import study_taken
from ui.pages import LAB, LECTURE
from ui.parameters import CUT, MOMENT, NETWORK_PANELS
from ui.player import CUT as LINE_CUT
from ui.scene import address_to, change
from ui.share import link_of_page, share
from ui.text import language, say, say_sentence

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
</style>
"""


def network(frame: Frame) -> None:
    """Draw the network page in a page's frame."""
    study: Study = frame.scene.settle()
    asked, shown = question_of_study(study), Shown.of(study)
    frame.open(sidebar=shown.is_full, title=say_sentence(asked.sentence(asked.ask)) if asked else "")
    st.html(STYLE + TRAINING)
    if not st.session_state.get(LINE_CUT):
        network_player(shown)
    st.caption(say_sentence(description(study)))
    if shown.is_full:
        with st.sidebar:
            study_controls(study)
    frame.close()
    moment = MOMENT.read()
    found = studied(study, shown.cutting, shown.charts, 0 if moment is None and not shown.is_full else moment)
    if st.session_state.get(LINE_CUT):
        network_player(shown)
    if frame.tools is None:
        st.link_button(say("Open this scene"), link_of_page(), type="tertiary", icon=":material/open_in_new:")
    else:
        _below(frame.tools, study, found, shown)
    frame.end()


def _below(tools: DeltaGenerator, study: Study, found: Studied | None, shown: Shown) -> None:
    """Draw what stands around the player where the page is no part of another."""
    with st.container(key="network-page"):
        if found:
            with tools:
                share(lambda link: study_taken(found, shown.few, link, language()))
            results(found, shown.cutting)
        _questions(study)
        _ways()


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
