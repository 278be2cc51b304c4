"""The question of a lesson: what to expect before it plays, and what is said once a person has chosen."""

import streamlit as st

from explain.lesson import Lesson
from spec.markdown import literal
from spec.sentences import Sentence
from ui.controls import preset
from ui.text import say, say_sentence

ANSWERS = "answers"


def answers() -> dict[str, int]:
    """Return which option was chosen in each lesson, by its key; it holds when a page is left, unlike a widget's."""
    chosen: dict[str, int] = st.session_state.setdefault(ANSWERS, {})
    return chosen


def question(key: str, lesson: Lesson) -> None:
    """Draw the question of a lesson with its options; a person may draw instead where that is allowed."""
    st.markdown("**" + say("Before you press play") + "**")
    options = [literal(option) for option in lesson.options]
    st.radio(
        literal(lesson.ask),
        range(len(options)),
        index=None,
        key=preset(f"guess:{key}", answers().get(key)),
        format_func=options.__getitem__,
        on_change=_keep,
        args=(key,),
    )
    if "guess" in lesson.lets:
        st.caption(say("Or draw on the map where it will go: the pencil below it, or D."))


def answer(key: str, lesson: Lesson) -> None:
    """Say whether what was chosen is right, and why, if anything was."""
    chosen = answers().get(key)
    if chosen is None or "answer" not in lesson.shows:
        return
    because, watch = literal(lesson.after), say("Now press play, and watch it happen.")
    if lesson.right not in range(len(lesson.options)):
        st.info(f"{because} {watch}", icon=":material/lightbulb:")
    elif chosen == lesson.right:
        st.success("**" + say("Yes.") + f"** {because} {watch}", icon=":material/check:")
    else:
        right = {"answer": literal(lesson.options[lesson.right])}
        verdict = say_sentence(Sentence("Not quite: {answer}.", right))
        st.info(f"**{verdict}** {because} {watch}", icon=":material/lightbulb:")


def is_open(key: str, lesson: Lesson) -> bool:
    """Return whether a lesson waits for an answer."""
    return bool(lesson.ask and lesson.options) and answers().get(key) is None


def _keep(key: str) -> None:
    answers()[key] = st.session_state[f"guess:{key}"]
