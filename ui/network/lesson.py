"""A lesson on a network: what differs from one on a surface."""

from collections.abc import Container, Mapping

import streamlit as st

from charts.network.views import CUT_TITLES, Studied
from explain.lesson import Lesson
from network.study import Study
from spec.markdown import literal
from ui.lesson import Subject
from ui.lesson_editor import Editable
from ui.network.controls import study_controls
from ui.network.player import Shown, network_player
from ui.network.stage import STYLE, studied
from ui.network.words import endings_of
from ui.parameters import CUT, NETWORK_PANELS
from ui.player import CUT as LINE_CUT
from ui.text import language, say


def _lets() -> dict[str, str]:
    return {
        "rate": say("Learning rate"),
        "view": say("View"),
        "panels": say("All curves and controls"),
        "surface": say("Network"),
        "steps": say("Updates"),
        "noise": say("Digits of a batch"),
        "optimizer": say("Optimizer"),
        "schedule": say("Schedule"),
        "runs": say("Runs"),
    }


def _curves() -> dict[str, str]:
    return {
        "stability": say("Learning rate and sharpness"),
        "loss": say("Loss and gradient norm"),
        "accuracy": say("Held-out digits read rightly"),
        "sigma": say("Memory of past gradients, σ"),
        "step_size": say("Step size, μ/σ"),
        "digits": say("What each unit of the first layer looks for"),
    }


def _views() -> dict[str, str]:
    return {"": say("As usual")} | {name: say(title) for name, title in CUT_TITLES.items()}


class OnANetwork(Subject):
    """A lesson on a study, which is trained while students watch."""

    editable = Editable(CUT, _views, NETWORK_PANELS, _curves, _lets)

    def __init__(self, scenario: Study) -> None:
        self.scenario = scenario
        self._found: Studied | None = None

    def show(self, told: Lesson, asked: Mapping[str, str], veiled: bool) -> None:
        shown = Shown.of(self.scenario)
        st.html(STYLE)
        if not st.session_state.get(LINE_CUT):
            network_player(shown, veiled, told.locked, told.guided)
        self._found = studied(self.scenario, shown.cutting, shown.charts, 0, asked)
        if st.session_state.get(LINE_CUT):
            network_player(shown, veiled, told.locked, told.guided)

    def expect(self) -> str:
        return say("Say first what you expect, then play.")

    def endings(self) -> None:
        if self._found:
            lines = endings_of(self.scenario, self._found.trainings, language())
            st.markdown("\n".join(f"- {literal(line)}" for line in lines))

    def controls(self, lets: Container[str]) -> None:
        study_controls(self.scenario, lets)
