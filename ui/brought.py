"""The controls of a slice that a person brings: its files, what they hold, and what is wrong with them."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import streamlit as st

from engine.scenario import Scenario
from explain.brought import told_of_slice
from spec.markdown import quiet
from spec.sentences import Sentence, SentenceError
from surfaces.measured.files import KINDS, MOST_BYTES, read
from surfaces.measured.recording import Recording
from surfaces.slice_brought import SliceBrought
from ui.limits import SLICES_BROUGHT
from ui.scene import change, remembered, shelf
from ui.surface_change import fitted
from ui.text import say, say_sentence
from ui.workers import work

TIMES, PROBLEM = "times a slice was brought", "what is wrong with a slice"
"""Session keys: how many times files were brought, and the sentence on those that were brought last."""


def slice_controls(surface: SliceBrought) -> None:
    """Draw the way to bring a file, and what is to be said of the slice."""
    st.file_uploader(
        say("Your files"),
        KINDS,
        accept_multiple_files=True,
        max_upload_size=MOST_BYTES // 2**20,
        key=_files(),
        help=say("A slice of a loss, a path through it, or both: .npz, .npy, .csv, .json or .h5."),
        on_change=_take,
    )
    problem: Sentence | None = st.session_state.get(PROBLEM)
    if problem:
        st.error(say_sentence(quiet(problem)), icon=":material/description:")
    st.caption("  \n".join(say_sentence(quiet(sentence)) for sentence in told_of_slice(surface)))


def _files() -> str:
    """Return the key of the widget: another one each time, so that it keeps no files."""
    return f"files of a slice {st.session_state.get(TIMES, 0)}"


def _take() -> None:
    """Make a slice of what was brought; what is wrong with it is said, and the scene stays as it is."""
    files: Sequence[Any] = st.session_state[_files()]
    st.session_state[TIMES] = st.session_state.get(TIMES, 0) + 1
    st.session_state[PROBLEM] = None
    if not files:
        return
    surface = remembered().surface
    known = surface.found if isinstance(surface, SliceBrought) else None
    try:
        found = _joined(files, known)
    except SentenceError as error:
        st.session_state[PROBLEM] = error.sentence
        return
    _put(found)
    change(partial(_with_slice, found))


def _joined(files: Sequence[Any], known: Recording | None) -> Recording:
    """Return what some files hold together; a path alone joins the slice that is known."""
    found = Recording(None)
    for file in files:
        try:
            found = found.joined(work(lambda _, file=file: read(file.name, file.getvalue())))  # type: ignore[misc]
        except SentenceError as error:
            raise SentenceError("{file}: {reason}.", file=file.name[:60], reason=error.sentence) from None
    if found.grid is None and known:
        found = known.joined(found)
    if found.grid is None:
        raise SentenceError("This is a path; bring the slice that it goes through, too.")
    return found


def _put(found: Recording) -> None:
    """Put what was brought where its address finds it, in the place of what was brought longest ago."""
    brought = shelf()
    brought.pop(found.content, None)
    brought[found.content] = found
    while len(brought) > SLICES_BROUGHT:
        del brought[next(iter(brought))]


def _with_slice(found: Recording, scenario: Scenario) -> Scenario:
    before, made = scenario.surface, SliceBrought.of(found)
    if isinstance(before, SliceBrought):
        made = replace(made, heights=before.heights)
        if before.content == found.content:
            made = replace(made, turned=before.turned)
            start = made.start if scenario.start == before.start else scenario.start
            return replace(scenario, surface=made, start=start)
    return fitted(replace(scenario, surface=made, noise=replace(scenario.noise, batch=0)))
