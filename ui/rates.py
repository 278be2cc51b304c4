"""What other learning rates would do: the final loss of each run over its rate, computed only when looked at."""

from collections.abc import Sequence
from functools import partial
from html import escape

import streamlit as st

from charts.colours import worn
from charts.rates import NARROW, WIDE, RateCurve, describe, rates_chart
from charts.thumbnails import address_of
from engine.scenario import Run, Scenario
from engine.simulate import Progress
from engine.stability import margin
from engine.trajectory import Trajectory
from engine.trial import Trial
from ensembles.rates import COUNT, around
from spec.sentences import Sentence
from spec.shared import shared
from ui.limits import TRIALS_KEPT
from ui.progress import report
from ui.table import Cell, table
from ui.text import say, say_sentence
from ui.theme import page_theme
from ui.trajectories import alone
from ui.workers import work

RATES = "rates"
"""Key of the part that is opened."""

LONG_WORK = 600_000
"""Updates of all trials together from which progress is shown."""

STYLE = """
<style>
.rates { max-width: 40rem; }
.rates img { width: 100%; height: auto; }
.rates img.narrow { display: none; }
@media (max-width: 640px) { .rates img.wide { display: none; } .rates img.narrow { display: block; } }
.rates summary { cursor: pointer; padding: 0.4rem 0; }
.rates .table { max-height: 20rem; }
.rates .table :is(th, td) { padding-block: 0.1rem; }
</style>
"""


def rates(scenario: Scenario, trajectories: Sequence[Trajectory]) -> None:
    """Draw the chart of other learning rates, in a part that computes it once it is opened."""
    part = st.expander(say("Other learning rates"), icon=":material/ssid_chart:", key=RATES, on_change="rerun")
    with part:
        if part.open:
            _chart(scenario, trajectories)


def _chart(scenario: Scenario, trajectories: Sequence[Trajectory]) -> None:
    curves = [
        RateCurve(run, trials, _largest_stable(run, trajectory))
        for run, trials, trajectory in zip(scenario.runs, _all_trials(scenario), trajectories, strict=True)
    ]
    first = float(trajectories[0].loss[0])
    st.caption(
        say_sentence(
            Sentence(
                "The loss after {updates} {updates:update|updates}, at {count} learning rates for each run, from a "
                "thousandth of its own to a thousand times as much.",
                {"updates": scenario.steps, "count": COUNT},
            )
        )
    )
    theme = worn(page_theme(), scenario.runs)
    words = escape(" ".join([say("Final loss over the learning rate") + ".", *describe(curves, say)]))
    images = [
        f'<img class="{name}" alt="{words}" src="{address_of(rates_chart(curves, first, theme, say, width))}"/>'
        for name, width in (("wide", WIDE), ("narrow", NARROW))
    ]
    st.html(f'{STYLE}<div class="rates">{"".join(images)}{_table(curves)}</div>')


def _largest_stable(run: Run, trajectory: Trajectory) -> float | None:
    """Return the largest stable rate of a rule for which that is one number, whatever the path."""
    found = margin(trajectory, run.lr) if run.optimizer.step_unit == "gradient" else None
    return found.largest if found else None


def _all_trials(scenario: Scenario) -> list[tuple[Trial, ...]]:
    """Return the trials of every run, with a bar of progress if that takes long."""
    total = COUNT * scenario.steps * len(scenario.runs)
    if total < LONG_WORK:
        return work(lambda tick: [_trials(scenario, run, tick) for run in scenario.runs])
    words = say("Trying other learning rates")
    bar = st.progress(0.0, words)
    found = [
        work(partial(_trials, scenario, run), partial(report, bar, words, index * COUNT * scenario.steps, total))
        for index, run in enumerate(scenario.runs)
    ]
    bar.empty()
    return found


def _trials(scenario: Scenario, run: Run, tick: Progress) -> tuple[Trial, ...]:
    """Return the trials of one run, computed once while they are kept; neither other runs nor names matter."""
    return _alone(alone(scenario, run), tick=tick)


@shared(TRIALS_KEPT)
def _alone(scenario: Scenario, *, tick: Progress) -> tuple[Trial, ...]:
    return around(scenario, scenario.runs[0], tick)


def _table(curves: Sequence[RateCurve]) -> str:
    """Return the same as a table in HTML, folded up."""
    title, heads = say("As a table"), [say("Run"), say("Learning rate"), say("Final loss"), say("On its way")]
    rows: list[list[Cell]] = [
        [curve.run.label(say), trial.lr, float(trial.loss), say("blew out") if trial.blew_out else ""]
        for curve in curves
        for trial in curve.trials
    ]
    summary = "<br>".join(escape(line) for line in describe(curves, say))
    shown = table(say("Final loss over the learning rate"), heads, rows)
    return f"<details><summary>{title}</summary><p>{summary}</p>{shown}</details>"
