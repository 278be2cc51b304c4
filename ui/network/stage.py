"""The stage of the network page: a study is trained, shown while it grows, and shown whole."""

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from time import monotonic
from typing import Any, Never

import streamlit as st

from charts.colours import worn
from charts.network.views import Studied, network_figures
from charts.theme import Theme
from engine.simulate import Progress
from explain.network.questions import question_of_study
from network.studied import Cutting, Slice, slice_of
from network.study import Study
from network.training import Training
from player.line import Change, Check, GivenUp
from player.parts import Part, take_apart
from player.picture import Picture
from spec.sentences import Sentence
from spec.shared import shared
from ui.limits import NETWORKS_DRAWN
from ui.network.job import JOBS, Job, cut_of
from ui.network.words import network_story
from ui.player import show
from ui.text import language, say, say_sentence, translate
from ui.theme import page_theme
from ui.workers import work

KEY = "network"
"""Key of the page's player."""

WHO, STOPPED = "network of", "network stopped"
"""Session keys: of a name for its trainings, and of the study that a person has stopped."""

OFTEN, CUT_OFTEN, SHARE = 0.5, 3.0, 5.0
"""Seconds between two pictures and between two slices while it trains; a picture takes at most a part of that time."""

COARSE = 21
"""Grid points along each side of such a slice."""

STYLE = """
<style>
.st-key-training {
  position: fixed; left: 50%; bottom: 0.75rem; z-index: 100; transform: translateX(-50%); width: min(92vw, 34rem);
  padding: 0.5rem 1rem; border: 1px solid var(--st-border-color); border-radius: 0.5rem;
  background: var(--st-background-color); box-shadow: 0 2px 12px rgba(0, 0, 0, 0.15);
}
.stApp:has(.st-key-network-page, .st-key-training) [data-testid="stStatusWidget"] { display: none; }
</style>
"""
"""Of the bar that tells how far it is."""


@dataclass
class _Growing:
    """The pictures of a study while it is trained, each made when it is due, by the worker that trains."""

    job: Job
    draw: Callable[[tuple[Training, ...], Slice | None, bool], Picture]
    cutting: Cutting
    picture: Picture | None = None
    shown: Picture | None = None
    due: float = 0.0
    cut_due: float = 0.0
    cut: Slice | None = None

    def look(self) -> None:
        """Make a picture, if it is time for one."""
        began = monotonic()
        if began < self.due or not (trainings := self.job.trainings):
            return
        is_new = began >= self.cut_due
        if is_new:
            self.cut = slice_of(self.job.study, trainings, self.cutting, self._pass, COARSE)
            self.cut_due = monotonic() + CUT_OFTEN
        else:
            self.cut = self.cut and self.cut.with_paths(self.job.study, trainings)
        self.picture = self.draw(trainings, self.cut, not is_new)
        self.due = monotonic() + max(OFTEN, SHARE * (monotonic() - began))

    def _pass(self, _: int) -> None:
        self.job.give_way()

    def show(self) -> bool:
        """Show the latest picture, if it is new; return whether it is."""
        if not self.picture or self.picture is self.shown:
            return False
        self.shown = self.picture
        show(self.picture, _unchanged)
        return True


def studied(
    study: Study,
    cutting: Cutting,
    charts: Sequence[str],
    begin: int | None,
    asked: Mapping[str, str] | None = None,
) -> Studied | None:
    """Train a study, unless a person has stopped it, and show what there is; None if there is nothing.

    begin: the update at which a fresh player opens, its last one by default. asked: question, task and answer of a
    lesson, in the place of the study's.
    """
    job, charts = _job(study), ("map", *charts)
    drawing = _Drawing(study, cutting, charts, page_theme(), language(), begin, job.give_way, asked or {})
    if not job.is_done and st.session_state.get(STOPPED) != study:
        _train(study, job, drawing)
    trainings = job.trainings
    if not job.is_done:
        _offer_to_go_on(study, job)
    if not trainings:
        return None
    shown, picture = work(partial(drawing.whole, trainings, job.is_done))
    show(picture, _unchanged)
    return shown


def _job(study: Study) -> Job:
    who = st.session_state.setdefault(WHO, secrets.token_hex(8))
    return JOBS.of(who, study)


def _train(study: Study, job: Job, drawing: "_Drawing") -> None:
    """Train until the end, with a bar and a button that stops it."""
    place = st.empty()
    with place.container(key="training", horizontal=True, vertical_alignment="center"):
        bar = st.progress(0.0, say("Training"))
        st.button(say("Stop"), key="stop-training", icon=":material/stop:", on_click=_stop, args=(study,))
    growing = _Growing(job, drawing.grown, drawing.cutting)

    def report(done: int) -> None:
        _ = STOPPED in st.session_state  # ends this run of the page if a person has done something
        if not growing.show():
            return
        values = {"done": done, "steps": study.steps}
        words = say_sentence(Sentence("Training: update {done:,} of {steps:,}", values))
        bar.progress(min(done / study.steps, 1.0), words)

    work(lambda tick: job.go_on(tick, growing.look), report)
    place.empty()


def _offer_to_go_on(study: Study, job: Job) -> None:
    with st.container(key="training", horizontal=True, vertical_alignment="center"):
        values = {"done": job.updates, "steps": study.steps}
        st.caption(say_sentence(Sentence("Stopped after update {done:,} of {steps:,}.", values)), width="content")
        st.button(say("Train on"), key="train-on", icon=":material/play_arrow:", on_click=_stop, args=(None,))


def _stop(study: Study | None) -> None:
    st.session_state[STOPPED] = study


def _unchanged(_: Change, __: Check) -> Never:
    """Answer nothing while a person holds a learning rate: a network is trained when it is let go."""
    raise GivenUp


@dataclass(frozen=True)
class _Drawing:
    """How a study is drawn."""

    study: Study
    cutting: Cutting
    charts: tuple[str, ...]
    theme: Theme
    code: str
    begin: int | None
    pause: Callable[[], None]
    asked: Mapping[str, str]

    def whole(self, trainings: tuple[Training, ...], is_done: bool, tick: Progress) -> tuple[Studied, Picture]:
        """Return what there is to show in the end, and its picture."""
        cut = cut_of if is_done else slice_of
        shown = Studied(self.study, trainings, cut(self.study, trainings, self.cutting, tick))
        return shown, self.picture(shown, is_final=True)

    def grown(self, trainings: tuple[Training, ...], cut: Slice | None, preview: bool) -> Picture:
        """Return the picture of what there is so far; preview: whether the slice is as it was."""
        return replace(self.picture(Studied(self.study, trainings, cut), is_final=False), preview=preview)

    def picture(self, shown: Studied, is_final: bool) -> Picture:
        """Return the picture of something; of a question the final one begins anew, with what is asked."""
        end, asked = self.study.steps, question_of_study(self.study)
        is_done = is_final and all(one.updates == end or one.is_lost for one in shown.trainings)
        draw = _drawn if is_done else _draw
        parts = draw(self.study, self.cutting, self.charts, self.theme, self.code, shown=shown, tick=self.pause)
        story: dict[str, Any] = {**network_story(self.study, shown.trainings, self.charts, self.code), **self.asked}
        if not is_final:
            story |= {"captions": [], "answer": ""}
        name = f"network {asked.slug}" if asked and is_final else "network"
        begin = min(self.begin, end) if is_final and self.begin is not None else end
        return Picture(KEY, end, begin, name, parts, story=story)


def _draw(
    study: Study,
    _: Cutting,
    charts: tuple[str, ...],
    theme: Theme,
    code: str,
    *,
    shown: Studied,
    tick: Callable[[], None],
) -> dict[str, Part]:
    return take_apart(network_figures(shown, charts, worn(theme, study.runs), partial(translate, code), tick))


def _size(parts: dict[str, Part]) -> int:
    return sum(len(part.data) for part in parts.values())


_drawn = shared(NETWORKS_DRAWN, size=_size)(_draw)
