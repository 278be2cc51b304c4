"""The page of a lesson: a scene with what a teacher says and asks, and only what students are to see and change."""

from abc import ABC, abstractmethod
from collections.abc import Container, Mapping
from typing import Any, ClassVar

import streamlit as st

from engine.scenario import Scenario
from explain.lesson import Lesson
from spec.markdown import literal
from ui.frame import Frame
from ui.lesson_address import lesson_of_address
from ui.lesson_editor import ON_A_SURFACE, Editable, editor
from ui.outcomes import outcomes
from ui.parameters import ALL, EDIT, PANELS
from ui.quiz import answer, is_open, question
from ui.runs import runs_editor
from ui.scene_player import charts_of, scene_player
from ui.stage import run_all, show_runs
from ui.surface import scene_controls
from ui.text import say

BESIDE = {"surface", "steps", "noise", "optimizer", "schedule", "runs"}
"""What of a lesson's LETS stands beside the player."""

STYLE = """
<style>
.st-key-lesson .stMarkdown p { line-height: 1.65; max-width: 46rem; }
.st-key-lesson h1 { font-size: 2rem; padding-top: 0; }
.st-key-lesson h2 { font-size: 1.4rem; }
</style>
"""


class Subject(ABC):
    """What a lesson is about; scenario: what the address means. Made of that alone."""

    editable: ClassVar[Editable]
    scenario: Any

    @abstractmethod
    def __init__(self, scenario: Any) -> None:
        """Make ready what is shown."""

    @abstractmethod
    def show(self, told: Lesson, asked: Mapping[str, str], veiled: bool) -> None:
        """Draw the player with the runs in it; asked: what it asks; veiled: whether it hides what is to come."""

    @abstractmethod
    def expect(self) -> str:
        """Return what to do before play where there is nothing to choose from."""

    @abstractmethod
    def endings(self) -> None:
        """Say how each run ended."""

    @abstractmethod
    def controls(self, lets: Container[str]) -> None:
        """Draw the controls that `lets` has."""


class OnASurface(Subject):
    """A lesson on a scene; where there is nothing to choose from, a path is drawn."""

    editable = ON_A_SURFACE

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self._trajectories = run_all(scenario)

    def show(self, told: Lesson, asked: Mapping[str, str], veiled: bool) -> None:
        show_runs(self.scenario, charts_of(self._trajectories), begin=0, tells=True, asked=asked)
        scene_player(ALL in (PANELS.read() or ()), veiled=veiled, locked=told.locked, guided=told.guided)

    def expect(self) -> str:
        return say("Draw on the map where it will go (the pencil, or D), then press play.")

    def endings(self) -> None:
        outcomes(self.scenario, self._trajectories)

    def controls(self, lets: Container[str]) -> None:
        scene_controls(self.scenario, lets)
        runs_editor(self.scenario, self._trajectories, lets)


def lesson(frame: Frame, kind: type[Subject] = OnASurface) -> None:
    """Draw the lesson that the address describes; with `edit=on` beside what describes it."""
    scenario, told, is_edited = frame.scene.settle(), lesson_of_address(), EDIT.read()
    has_controls = bool(told.lets & BESIDE)
    frame.open(sidebar=is_edited or has_controls, title=told.title)
    frame.close(is_bare=not is_edited)
    st.html(STYLE)
    subject = kind(scenario)
    with st.container(key="lesson"):
        _lesson(subject, told)
    with st.sidebar:
        if is_edited:
            editor(told, subject.editable)
        if has_controls:
            subject.controls(told.lets)
    frame.end()


def _lesson(subject: Subject, told: Lesson) -> None:
    if told.title:
        st.title(literal(told.title), anchor=False)
    for paragraph in told.text:
        st.markdown(literal(paragraph))
    key = f"{told.ask} {told.options}"
    if told.options and told.ask:
        with st.container(border=True):
            question(key, told)
        answer(key, told)
    subject.show(told, _asked(told, subject), is_open(key, told))
    if "endings" in told.shows and not is_open(key, told):
        st.header(say("How it ended"), anchor=False)
        subject.endings()


def _asked(told: Lesson, subject: Subject) -> dict[str, str]:
    """Return what the player asks: where there is nothing to choose from, what is expected."""
    if told.options or not told.ask:
        return {"question": "", "task": "", "answer": ""}
    task = subject.expect()
    return {"question": told.ask, "task": task, "answer": told.after if "answer" in told.shows else ""}
