"""The gallery of scenes: each with a small picture and its question; one click opens it."""

from collections.abc import Callable
from functools import lru_cache, partial

import streamlit as st

from charts.colours import worn
from charts.miniature import picture_of_scene
from charts.theme import Theme
from charts.thumbnails import address_of
from engine.presets import one_term_at_a_time
from engine.scenario import Scenario
from explain.questions.question import Group, Question
from explain.questions.questions import QUESTIONS
from ui.scene import change
from ui.text import say, say_sentence
from ui.theme import page_theme
from ui.trajectories import trajectory

STYLE = """
<style>
.st-key-gallery h2 { font-size: 1.15rem; padding: 0.5rem 0 0; }
.st-key-gallery [class*="st-key-cards-"] {
  display: grid; grid-template-columns: repeat(auto-fill, minmax(min(10.5rem, 45%), 1fr)); gap: 0.75rem;
}
.st-key-gallery [class*="st-key-card-"] {
  position: relative; gap: 0; overflow: hidden; border-radius: 0.5rem;
}
.st-key-gallery [class*="st-key-card-"] > * { width: 100%; position: static; }
.st-key-gallery [class*="st-key-card-"] :is(.stButton, .stButton > *, button) { position: static; width: 100%; }
.st-key-gallery [class*="st-key-card-"] img { width: 100%; aspect-ratio: 3 / 2; display: block; }
.st-key-gallery [class*="st-key-card-"] button {
  min-height: 44px; padding: 0.5rem 0.6rem 0.6rem; justify-content: start; text-align: start; line-height: 1.35;
}
.st-key-gallery [class*="st-key-card-"] button::after {
  content: ""; position: absolute; inset: 0; border-radius: 0.5rem;
}
.st-key-gallery [class*="st-key-card-"] button:focus-visible { outline: none; box-shadow: none; }
.st-key-gallery [class*="st-key-card-"] button:focus-visible::after {
  outline: 2px solid currentColor; outline-offset: -2px;
}
</style>
"""


def presets() -> None:
    """Draw a button that opens the gallery."""
    if st.button(say("Scenes to try"), key="gallery-button", icon=":material/auto_stories:"):
        st.dialog(say("Scenes to try"), width="large")(_gallery)()


def _gallery() -> None:
    st.html(STYLE)
    theme = page_theme()
    with st.container(key="gallery"):
        _button(say("One term at a time, on this surface"), "preset:here", one_term_at_a_time)
        st.header(say("The lecture's scenes"), anchor=False)
        _cards("lecture", theme)
        st.header(say("Questions people ask"), anchor=False)
        _cards("people", theme)


def _cards(group: Group, theme: Theme) -> None:
    with st.container(key=f"cards-{group}"):
        for question in (question for question in QUESTIONS if question.group == group):
            with st.container(key=f"card-{question.slug}"):
                st.html(f'<img alt="" loading="lazy" src="{_picture(question.scene, theme)}"/>')
                ask = say_sentence(question.sentence(question.ask))
                _button(ask, f"preset:{question.slug}", partial(_scene_of, question))


def _button(label: str, key: str, scene: Callable[[Scenario], Scenario]) -> None:
    """Draw a button that opens a scene; the page runs again, without the gallery."""
    if st.button(label, key=key, type="tertiary", on_click=change, args=(scene,)):
        st.rerun()


def _scene_of(question: Question, _: Scenario) -> Scenario:
    return question.scene


@lru_cache(maxsize=64)
def _picture(scenario: Scenario, theme: Theme) -> str:
    """Return the address of a scene's picture, drawn once for everybody."""
    trajectories = [trajectory(scenario, run) for run in scenario.runs]
    return address_of(picture_of_scene(scenario, trajectories, worn(theme, scenario.runs)))
