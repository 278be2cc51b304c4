"""How the runs ended: a table, words on what may be compared, and a button that tunes every run."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

import streamlit as st

from engine.labels import labels
from engine.scenario import Run, Scenario
from engine.trajectory import Trajectory
from engine.trial import blew_out
from engine.url import mark
from ensembles.tuning import BUDGET, tune
from explain.comparison import default_goal, lowest_loss, updates_to
from spec.markdown import literal
from spec.sentences import Sentence
from ui.controls import preset
from ui.parameters import GOAL, TUNED
from ui.progress import report
from ui.rates import RATES
from ui.scene import change
from ui.table import Cell, table
from ui.text import say, say_sentence
from ui.workers import work


def outcomes(scenario: Scenario, trajectories: Sequence[Trajectory]) -> None:
    """Say in one line a run how it ended."""
    lines = [
        Sentence("**{run}**: {ending}", {"run": literal(label), "ending": trajectory.outcome.sentence})
        for label, trajectory in zip(labels(scenario, say), trajectories, strict=True)
    ]
    st.markdown("\n".join(f"- {say_sentence(line)}" for line in lines))


def outcome_table(scenario: Scenario, trajectories: Sequence[Trajectory]) -> None:
    """Draw the table of outcomes, and what it does and does not compare."""
    place = st.container()
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        goal = _goal(scenario, trajectories)
        st.button(say("Tune each learning rate"), key="tune", icon=":material/tune:", on_click=_ask_for_tuning)
    st.caption(" ".join(map(say_sentence, fairness(scenario, trajectories))))
    with place:
        _table(scenario, trajectories, goal)
    if st.session_state.pop("tuning", False):
        _tune(scenario)


def fairness(scenario: Scenario, trajectories: Sequence[Trajectory]) -> list[Sentence]:
    """Return in words what the learning rates of the runs allow to compare."""
    rates = {run.lr for run in scenario.runs}
    if mark(scenario) == TUNED.read():
        return [_how_tuned(), *_blown_out(scenario, trajectories)]
    if len(scenario.runs) == 1:
        return [Sentence("One run, with the learning rate that you gave it.")]
    if len(rates) == 1:
        return [
            Sentence(
                "Same learning rate for all runs: the same number, but not the same length of step for every rule."
            )
        ]
    return [Sentence("Learning rates differ and were not tuned: this compares settings, not optimizers.")]


def _how_tuned() -> Sentence:
    return Sentence(
        "Each one tuned: the rate with the lowest final loss among {trials} trials, the same number for every run, "
        "that did not blow out on its way. A rate counts no more than the better of its neighbours, so none wins by "
        "luck.",
        {"trials": BUDGET},
    )


def _blown_out(scenario: Scenario, trajectories: Sequence[Trajectory]) -> list[Sentence]:
    """Say of each run that is shown though it blew out that no other rate did better."""
    return [
        Sentence("Every trial of {run} blew out; the one with the lowest final loss is shown.", {"run": literal(label)})
        for label, trajectory in zip(labels(scenario, say), trajectories, strict=True)
        if blew_out(scenario.surface, trajectory.theta, trajectory.loss)
    ]


def _goal(scenario: Scenario, trajectories: Sequence[Trajectory]) -> float:
    proposed, goal = default_goal(scenario.surface, trajectories), GOAL.read()
    number = f"{proposed.loss + 0.0:.6g}"
    meaning = Sentence("Left empty, {goal}, which tells these runs apart.", {"goal": proposed.sentence})
    st.number_input(
        say("Loss to reach"),
        value=None,
        format="%.6g",
        placeholder=f"{proposed.percent}: {number}" if proposed.left else number,
        key=preset(GOAL.name, goal),
        width=260,
        help=say_sentence(meaning),
        on_change=_set_goal,
    )
    return proposed.loss if goal is None else float(goal)


def _set_goal() -> None:
    GOAL.write(st.session_state[GOAL.name])


def _table(scenario: Scenario, trajectories: Sequence[Trajectory], goal: float) -> None:
    heads = [
        say("Run"),
        say("How it ended"),
        say("At update"),
        say("Final loss"),
        say("Lowest loss"),
        say_sentence(Sentence("Updates to loss ≤ {goal:.6g}", {"goal": goal})),
        say("Learning rate"),
    ]
    named = zip(labels(scenario, say), scenario.runs, trajectories, strict=True)
    st.html(table(say("How each run ended"), heads, [_row(label, run, t, goal) for label, run, t in named]))


def _row(label: str, run: Run, trajectory: Trajectory, goal: float) -> list[Cell]:
    return [
        label,
        say_sentence(trajectory.outcome.sentence),
        trajectory.outcome.update,
        float(trajectory.loss[-1]),
        lowest_loss(trajectory),
        updates_to(trajectory, goal),
        run.lr,
    ]


def _ask_for_tuning() -> None:
    st.session_state["tuning"] = True


def _tune(scenario: Scenario) -> None:
    """Tune every run, show how far it is, and draw the page again with the rates that were found."""
    words = say("Tuning")
    bar = st.progress(0.0, words)
    total = BUDGET * scenario.steps * len(scenario.runs)
    runs = []
    for index, run in enumerate(scenario.runs):
        before = index * BUDGET * scenario.steps
        found = work(partial(tune, scenario, run, BUDGET), partial(report, bar, words, before, total))
        runs.append(replace(run, lr=found.lr))
    tuned = replace(scenario, runs=tuple(runs))
    change(lambda _: tuned)
    st.session_state[TUNED.name] = mark(tuned)
    st.session_state[RATES] = True
    st.rerun()
