"""The page of a lesson: a scene with what a teacher says and asks, and only what students are to see and change."""

from collections.abc import Sequence

import streamlit as st

from engine.scenario import Scenario
from engine.trajectory import Trajectory
from explain.lesson import Lesson
from spec.markdown import literal
from ui.frame import Frame
from ui.lesson_address import lesson_of_address
from ui.lesson_editor import editor
from ui.outcomes import outcomes
from ui.parameters import ALL, EDIT, PANELS
from ui.quiz import answer, is_open, question
from ui.runs import runs_editor
from ui.scene_player import charts_of, scene_player
from ui.stage import run_all, show_runs
from ui.surface import scene_controls
from ui.text import say

STYLE = """
<style>
.st-key-lesson .stMarkdown p { line-height: 1.65; max-width: 46rem; }
.st-key-lesson h1 { font-size: 2rem; padding-top: 0; }
.st-key-lesson h2 { font-size: 1.4rem; }
</style>
"""


def lesson(frame: Frame) -> None:
    """Draw the lesson that the address describes; with `edit=on` beside what describes it."""
    scenario, told, is_edited = frame.scene.settle(), lesson_of_address(), EDIT.read()
    frame.open(sidebar=is_edited or _has_controls(told), title=told.title)
    frame.close(is_bare=not is_edited)
    st.html(STYLE)
    trajectories = run_all(scenario)
    with st.container(key="lesson"):
        _lesson(scenario, trajectories, told)
    with st.sidebar:
        if is_edited:
            editor(told)
        _controls(scenario, trajectories, told)
    frame.end()


def _lesson(scenario: Scenario, trajectories: Sequence[Trajectory], told: Lesson) -> None:
    if told.title:
        st.title(literal(told.title), anchor=False)
    for paragraph in told.text:
        st.markdown(literal(paragraph))
    key = f"{told.ask} {told.options}"
    if told.options and told.ask:
        with st.container(border=True):
            question(key, told)
        answer(key, told)
    show_runs(scenario, charts_of(trajectories), begin=0, tells=True, asked=_asked(told))
    is_full = ALL in (PANELS.read() or ())
    scene_player(is_full, veiled=is_open(key, told), locked=told.locked, guided=told.guided)
    if "endings" in told.shows and not is_open(key, told):
        st.header(say("How it ended"), anchor=False)
        outcomes(scenario, trajectories)


def _asked(told: Lesson) -> dict[str, str]:
    """Return what the player asks: where there is nothing to choose from, a path to be drawn."""
    if told.options or not told.ask:
        return {"question": "", "task": "", "answer": ""}
    task = say("Draw on the map where it will go (the pencil, or D), then press play.")
    return {"question": told.ask, "task": task, "answer": told.after if "answer" in told.shows else ""}


def _has_controls(told: Lesson) -> bool:
    return bool(told.lets & {"surface", "steps", "noise", "optimizer", "schedule", "runs"})


def _controls(scenario: Scenario, trajectories: Sequence[Trajectory], told: Lesson) -> None:
    if _has_controls(told):
        scene_controls(scenario, told.lets)
        runs_editor(scenario, trajectories, told.lets)
