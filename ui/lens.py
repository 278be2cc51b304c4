"""Why the runs went as they did: outcomes, the events of each, and the arithmetic of one step, in words and code."""

from collections.abc import Callable, Sequence

import streamlit as st

from engine.labels import labels
from engine.scenario import Run, Scenario
from engine.stability import crossings
from engine.trajectory import Trajectory
from explain.arithmetic import step_latex, step_lines, step_text
from explain.events import Event, accounts
from explain.timeline import timeline
from export.snippets import numpy_snippet
from export.torch_snippet import torch_snippet
from spec.markdown import literal, quiet
from spec.sentences import SentenceError
from ui.formula import formula
from ui.outcomes import outcome_table
from ui.rates import rates
from ui.text import say, say_sentence

STYLE = """
<style>
.st-key-lens { contain: layout paint style; padding: 0 2px 2px; }
.st-key-lens h2 { font-size: 1.15rem; padding: 0.6rem 0 0.2rem; }
.st-key-lens .katex-display > .katex { font-size: 1.1em; }
@media (max-width: 640px) { .st-key-lens .katex-display > .katex { font-size: 0.68em; } }
</style>
"""
CODE_HEIGHT = 320


def lens(scenario: Scenario, trajectories: Sequence[Trajectory]) -> None:
    """Draw what explains the runs, below the player."""
    st.html(STYLE)
    with st.container(key="lens"):
        st.header(say("How the runs ended"), anchor=False)
        outcome_table(scenario, trajectories)
        rates(scenario, trajectories)
        st.header(say("What happened"), anchor=False)
        stories(scenario, trajectories)
        part = st.expander(
            say("The arithmetic of one step"), icon=":material/calculate:", key="step", on_change="rerun"
        )
        with part:
            if part.open:
                arithmetic(scenario, trajectories)


def stories(scenario: Scenario, trajectories: Sequence[Trajectory]) -> None:
    """Tell where the runs start, and each run's events, one a line."""
    told_of(timeline(scenario, trajectories, say), labels(scenario, say))


def told_of(events: Sequence[Event], names: Sequence[str]) -> None:
    """Tell the first event of a timeline, which is the start, and those of each run, one a line."""
    start, *others = events
    lines = [say_sentence(quiet(start.account)), ""]
    for index, label in enumerate(names):
        told = accounts(event for event in others if event.run == index)
        lines += [f"- **{literal(label)}**", *(f"  - {say_sentence(quiet(account))}" for account in told)]
    st.markdown("\n".join(lines))


def arithmetic(scenario: Scenario, trajectories: Sequence[Trajectory]) -> None:
    """Draw one update of one run with its numbers, and the whole run as code."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        index = _choose_run(scenario)
        run, trajectory = scenario.runs[index], trajectories[index]
        update = _choose_update(index, trajectory)
    formula(run.optimizer.latex)
    steps = [step_lines(scenario, run, trajectory, update, axis) for axis in range(scenario.surface.dimension)]
    for column, lines in zip(st.columns(len(steps)), steps, strict=True):
        column.latex(step_latex(lines))
    text, in_numpy, in_torch = st.tabs([say("Text"), "NumPy", "PyTorch"])
    text.code("\n\n".join(map(step_text, steps)), language=None)
    with in_numpy:
        _script(
            numpy_snippet, say("This script makes the whole run and prints its last point."), scenario, run, trajectory
        )
    with in_torch:
        rounded = say(
            "This script makes the whole run and prints its last point. PyTorch rounds differently: "
            "where steps are unstable, the last digits grow."
        )
        _script(torch_snippet, rounded, scenario, run, trajectory)


def _choose_run(scenario: Scenario) -> int:
    indices = list(range(len(scenario.runs)))
    if st.session_state.get("step_run") not in indices:
        st.session_state["step_run"] = indices[-1]
    st.selectbox(say("Run"), indices, key="step_run", format_func=labels(scenario, say).__getitem__, width=300)
    return int(st.session_state["step_run"])


def _choose_update(index: int, trajectory: Trajectory) -> int:
    """Draw the choice of an update; it opens at the first that is unstable, if there is one."""
    rises, _ = crossings(trajectory)
    first, last = int(rises[0]) if len(rises) else 0, trajectory.updates - 1
    key = f"step_update:{index}:{first}"
    st.session_state[key] = min(st.session_state.get(key, first), last)
    return int(st.number_input(say("Update") + " t", min_value=0, max_value=last, step=1, key=key, width=180))


def _script(
    make: Callable[[Scenario, Run, int], str], caption: str, scenario: Scenario, run: Run, trajectory: Trajectory
) -> None:
    """Draw a script of a run, or why there is none."""
    try:
        script = make(scenario, run, trajectory.updates)
    except SentenceError as error:
        st.caption(say_sentence(error.sentence))
        return
    st.caption(caption)
    st.code(script, language="python", height=CODE_HEIGHT)
