"""The page of a chapter: what it says, a question, the scene that answers it, and what to change next."""

from dataclasses import replace
from functools import partial

import streamlit as st

from engine.scenario import Scenario
from explain.lecture.chapter import Chapter
from explain.lecture.chapters import CHAPTERS
from spec.markdown import literal
from ui.formula import formula
from ui.frame import Frame
from ui.links import open_in_lab, to_the_network, to_what_two_axes_cannot_say
from ui.maps.picture import map_link
from ui.outcomes import outcomes
from ui.pages import CATALOGUE
from ui.parameters import CHAPTER, ENTRY
from ui.player import player
from ui.quiz import answer, is_open, question
from ui.scene import address_everywhere
from ui.share import share
from ui.stage import run_all, show_runs
from ui.taken import scene_taken
from ui.text import language, say, say_sentence

STYLE = """
<style>
.st-key-lecture .stMarkdown p { line-height: 1.65; }
.st-key-lecture h1 { font-size: 2rem; padding-top: 0; }
.st-key-lecture h2 { font-size: 1.4rem; }
.st-key-lecture [data-testid="stPageLink-NavLink"] * { white-space: normal !important; overflow: visible !important; }
.st-key-contents button { padding: 0.1rem 0; min-height: 2rem; text-align: left; }
.st-key-contents .st-key-current p { font-weight: 650; }
</style>
"""


def lecture(frame: Frame) -> None:
    """Draw the chapter that the address names."""
    frame.open(title=_title(int(CHAPTER.read())))
    frame.close()
    number = _number()
    st.html(STYLE)
    with st.sidebar:
        _contents(number)
    with st.container(key="lecture"):
        _chapter(frame, number, CHAPTERS[number - 1])
        _neighbours(number)
    frame.end()


def _number() -> int:
    """Return the number of the chapter; an address that names none is corrected."""
    number = CHAPTER.read()
    if CHAPTER.complaint():
        CHAPTER.write(number)
    return int(number)


def _contents(current: int) -> None:
    st.caption(say("Chapters"))
    with st.container(key="contents", gap=None):
        for number in range(1, len(CHAPTERS) + 1):
            with st.container(key="current" if number == current else f"chapter-{number}"):
                _link("contents", number)


def _title(number: int) -> str:
    return f"{number} · {say(CHAPTERS[number - 1].title)}"


def _link(place: str, number: int, icon: str | None = None) -> None:
    """Draw a way to a chapter: a button, because a link to the same page leaves the address as it is."""
    st.button(_title(number), f"{place}-{number}", type="tertiary", icon=icon, on_click=_open, args=(number,))


def _open(number: int) -> None:
    CHAPTER.write(str(number))


def _neighbours(number: int) -> None:
    back, on = st.columns(2)
    if number > 1:
        with back:
            _link("back", number - 1, ":material/arrow_back:")
    with on:
        if number < len(CHAPTERS):
            _link("on", number + 1, ":material/arrow_forward:")
        else:
            to_what_two_axes_cannot_say()
            to_the_network()


def _chapter(frame: Frame, number: int, chapter: Chapter) -> None:
    scene, told = _scene(number, chapter), chapter.lesson(say_sentence)
    st.title(_title(number), anchor=False)
    words, task = st.columns([3, 2], gap="large")
    with words:
        for text in told.text:
            st.markdown(literal(text))
        with st.container(key="formula"):
            formula(chapter.formula)
    with task, st.container(border=True):
        question(str(number), told)
    answer(str(number), told)
    trajectories = run_all(scene)
    if frame.tools:
        with frame.tools:
            share(lambda link: scene_taken(scene, trajectories, link, language(), number))
    key = _player_key(number)
    show_runs(scene, chapter.charts, key=key, begin=0)
    answered = not is_open(str(number), told)
    player(key, partial(_pick, number), say, veiled=not answered)
    if scene != chapter.scene:
        st.button(say("Back to the chapter's start"), icon=":material/undo:", on_click=_unpick, args=(number,))
    after, next_steps = st.columns([2, 3], gap="large")
    with after:
        st.header(say("How it ended"), anchor=False)
        if answered:
            outcomes(scene, trajectories)
        else:
            st.caption(say("Say first what you expect, then play."))
        open_in_lab(scene, say("Open this scene in the lab"), ":material/science:")
        st.caption(say("In the reference"))
        with st.container(horizontal=True, gap="small"):
            for term in chapter.terms:
                query = {ENTRY.name: term.slug} | address_everywhere()
                st.page_link(CATALOGUE.file, label=say(term.title), icon=":material/menu_book:", query_params=query)
    with next_steps:
        st.header(say("What to change next"), anchor=False)
        for change in chapter.changes:
            open_in_lab(change.scene, say_sentence(chapter.sentence(change.text)), ":material/tune:")
        if chapter.map:
            map_link(chapter.map)


def _scene(number: int, chapter: Chapter) -> Scenario:
    """Return the chapter's scene, from the start that a click on its map has chosen."""
    start = st.session_state.get(_start_key(number))
    return replace(chapter.scene, start=tuple(start)) if start else chapter.scene


def _pick(number: int) -> None:
    pick = st.session_state[_player_key(number)].pick
    if pick:
        st.session_state[_start_key(number)] = [float(pick["x"]), float(pick["y"])]


def _unpick(number: int) -> None:
    del st.session_state[_start_key(number)]


def _player_key(number: int) -> str:
    return f"lecture-{number}"


def _start_key(number: int) -> str:
    return f"lecture-start-{number}"
