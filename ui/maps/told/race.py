"""What every rule tried in a race, and how its best try did."""

import streamlit as st

from engine.labels import labels
from ensembles.profiles import ratios, score
from ensembles.race import Entrant, Race
from spec.knobs import format_real
from spec.markdown import literal
from spec.sentences import Sentence
from ui.maps.making import Made
from ui.table import Cell, table
from ui.text import say, say_sentence


def race_told(made: Made, race: Race) -> None:
    """Draw what every rule tried, and how its best try did at the announced end."""
    heads = [
        say("Rule"),
        say("Box of its tries"),
        say("Best try"),
        say("It leaves"),
        say("Best of 10 leaves"),
        say("Score by target"),
        say("Score by budget"),
    ]
    scores = zip(score(ratios(race.to_target)), score(ratios(race.left)), strict=True)
    named = zip(labels(made.scene, say), race.entrants, scores, strict=True)
    st.html(table(say("A fair race"), heads, [_entrant(name, entrant, *both) for name, entrant, both in named]))
    values = {
        "tries": len(race.winner.results),
        "starts": len(race.starts),
        "steps": race.steps,
        "winner": literal(say(race.winner.scenario.runs[0].optimizer.title)),
        "left": float(race.recorded.mean()),
    }
    st.markdown(
        say_sentence(
            Sentence(
                "At the announced end, after {steps:,} {steps:update|updates}, {winner} leaves least: {left:.2g} of "
                "the way on average, run again as recorded runs.",
                values,
            )
        )
    )
    st.caption(
        say_sentence(
            Sentence(
                "Each rule: {tries} {tries:try|tries} drawn alike from its box, from {starts} {starts:start|starts}. "
                "The boxes decide who wins, and so does the budget: another box or another end may have another "
                "winner. Scores: area under the profile up to τ = 10, where 1 is best from every start.",
                values,
            )
        )
        + " "
        + ", ".join(f"[arXiv {n}](https://arxiv.org/abs/{n})" for n in ("1909.03004", "2004.13705", "1910.05446"))
    )


def _entrant(name: str, entrant: Entrant, target: float, budget: float) -> list[Cell]:
    short = [axis.name.rpartition(".")[2] for axis in entrant.box]
    box = ", ".join(f"{n} {format_real(a.low)}–{format_real(a.high)}" for n, a in zip(short, entrant.box, strict=True))
    best = ", ".join(
        f"{n} {format_real(_digits(value))}"
        for n, value in zip(short, entrant.settings[entrant.best].tolist(), strict=True)
    )
    few = min(10, len(entrant.expected))
    return [
        name,
        box,
        best,
        *(_digits(value) for value in (entrant.results[entrant.best], entrant.expected[few - 1], target, budget)),
    ]


def _digits(value: float) -> float:
    return float(f"{value:.3g}")
