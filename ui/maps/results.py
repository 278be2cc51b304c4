"""What is said below a map: what its colours mean in numbers, for eyes and ears."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import streamlit as st

from charts.colours import worn
from charts.maps.basins import Outcome, outcomes
from charts.maps.picture import css
from charts.maps.plane import title_of
from charts.maps.values import MEASURES, is_lost, numbers_of
from charts.theme import Theme
from engine.fields import RUN_KEYS
from engine.labels import labels
from engine.trajectory import Ending, Floats
from ensembles.basins import Basins
from ensembles.plane import Plane
from ensembles.profiles import ratios, score
from ensembles.race import Entrant, Race
from ensembles.sensitivity import Curve
from ensembles.theory import theory_of, why
from explain.events import percent
from spec.knobs import format_real
from spec.markdown import literal
from spec.sentences import Sentence
from ui.maps.asking import name_of
from ui.maps.making import Made
from ui.table import Cell, Swatch, table
from ui.text import say, say_sentence
from ui.theme import page_theme

ENDING: Mapping[Ending, str] = {
    "converged": "minimum",
    "floor": "valley floor",
    "saddle": "saddle",
    "maximum": "maximum",
    "plateau": "plateau",
    "balanced": "held by weight decay",
    "idle": "not moving any more, and not at rest",
    "stalled": "at a standstill",
    "moving": "still moving",
    "diverged": "diverged",
    "undefined": "loss undefined",
}
"""What is at the end of a run, in a word or two."""

MEMORIES = frozenset(("beta", "beta1", "momentum"))
"""What the memory of past gradients is called in addresses."""

ROWS = 9
"""Rows and columns of the numbers of a map that are written out."""


def results(made: Made) -> None:
    """Draw what a map shows as tables and sentences."""
    if made.shown:
        _values(made)
    if made.curves:
        _sensitivity(made)
    if made.race:
        _race(made, made.race)
    theme = worn(page_theme(), made.asked.scenario.runs)
    for letter, one in made.maps.items():
        name = labels(made.asked.scenario, say)[RUN_KEYS.index(letter)]
        if isinstance(one, Basins):
            _basins(name, one, theme)
        else:
            _plane(name, letter, one, made)


def _values(made: Made) -> None:
    """Draw how the runs of each value ended."""
    asked = made.asked
    number = title_of(asked.scenario, name_of(asked.scenario, asked.letters[0], asked.across), say)
    heads = [number, *labels(asked.scenario, say)]
    rows: list[list[Cell]] = [
        [format_real(float(f"{value:.4g}")), *(say_sentence(run.outcome.sentence) for run in runs)]
        for value, _, runs in made.shown
    ]
    st.html(table(say("How each run ended"), heads, rows))


def _sensitivity(made: Made) -> None:
    """Draw how much each run depends on its learning rate."""
    heads = [
        say("Run"),
        say("Best learning rate"),
        say("Loss there"),
        say("Sensitivity S"),
        say("S as a share"),
        say("Good rates, in decades"),
    ]
    rows = [_curve(name, curve) for name, curve in zip(labels(made.asked.scenario, say), made.curves, strict=True)]
    st.html(table(say("How much does the learning rate matter?"), heads, rows))
    values = {"low": format_real(made.axes[0].low), "high": format_real(made.axes[0].high)}
    st.caption(
        say_sentence(
            Sentence(
                "S is the mean of min(l, l₀) − l* over rates from {low} to {high}, evenly in decades; as a share it is "
                "S / (l₀ − l*). A rate is good if it leaves at most a twentieth of l₀ − l*; those are drawn thick.",
                values,
            )
        )
        + " [arXiv 2309.14322](https://arxiv.org/abs/2309.14322)"
    )


def _curve(name: str, curve: Curve) -> list[Cell]:
    best = float(curve.rates[int(curve.counted.argmin())])
    return [
        name,
        *(float(f"{value:.3g}") for value in (best, curve.lowest, curve.sensitivity, curve.share, curve.width)),
    ]


def _race(made: Made, race: Race) -> None:
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


def _basins(name: str, basins: Basins, theme: Theme) -> None:
    st.markdown(f"**{literal(name)}**")
    heads = [say("Where runs end"), say("What is there"), say("Share of the starts"), say("Updates, the middle one")]
    rows: list[list[Cell]] = [[Swatch(*looks(one, theme)), *_outcome(one, basins)] for one in outcomes(basins, theme)]
    st.html(table(f"{say('Where runs end')}: {name}", heads, rows))
    st.caption(" ".join(map(say_sentence, entropies(basins))))


def looks(one: Outcome, theme: Theme) -> tuple[str, str, str]:
    """Return the text, the colour and the lines of an outcome's key."""
    place = "–" if one.place is None else "({}, {})".format(*(format_real(float(f"{v:.4g}") + 0.0) for v in one.place))
    return place, one.colour, css(one.pattern, theme)


def _outcome(one: Outcome, basins: Basins) -> list[Cell]:
    here = basins.colours == one.code
    share = percent(one.share)
    said = say_sentence(share) if isinstance(share, Sentence) else share
    return [say(ENDING[one.ending]), said, float(np.median(basins.updates[here]))]


def entropies(basins: Basins) -> list[Sentence]:
    """Return how entangled the borders of the basins are."""
    values = {"all": basins.entropy, "border": basins.boundary_entropy}
    said = Sentence("Basin entropy {all:.3g}; along the borders {border:.3g}.", values)
    if basins.is_fractal:
        return [said, Sentence("That is above ln 2 = 0.693, so the border is fractal.")]
    return [said, Sentence("Above ln 2 = 0.693 along the borders they would be fractal for certain.")]


def _plane(name: str, letter: str, plane: Plane, made: Made) -> None:
    scenario, measure = made.asked.scenario, made.asked.measure
    values = np.where(is_lost(plane), np.nan, numbers_of(plane, measure))
    st.markdown(f"**{literal(name)}**")
    x, y = (title_of(scenario, name_of(scenario, letter, name), say) for name in (made.asked.across, made.asked.up))
    st.caption(" ".join(map(say_sentence, [*_told(plane, values, measure, x, y), *_theory(made, letter)])))
    with st.expander(say("The numbers"), icon=":material/table_chart:"):
        rows, columns = (_some(count) for count in values.shape)
        heads = [f"{y} \\ {x}", *(format_real(float(f"{plane.x.values[j]:.4g}")) for j in columns)]
        cells: list[list[Cell]] = [
            [format_real(float(f"{plane.y.values[i]:.4g}")), *(_short(values[i, j]) for j in columns)]
            for i in reversed(rows)
        ]
        st.html(table(f"{say(MEASURES[measure])}: {name}", heads, cells))


def _told(plane: Plane, values: Floats, measure: str, x: str, y: str) -> list[Sentence]:
    """Return where the lowest number is, and how many runs were lost."""
    told = []
    if np.isfinite(values).any() and measure != "trainability":
        row, column = np.unravel_index(int(np.nanargmin(np.where(np.isfinite(values), values, np.nan))), values.shape)
        told.append(
            Sentence(
                "Lowest, {lowest:.4g}, at {x} {at_x:.4g} and {y} {at_y:.4g}.",
                {
                    "lowest": float(values[row, column]),
                    "x": literal(x),
                    "at_x": float(plane.x.values[column]),
                    "y": literal(y),
                    "at_y": float(plane.y.values[row]),
                },
            )
        )
    if measure == "goal":
        told.append(Sentence("The goal is a loss of at most {goal:.4g}.", {"goal": plane.goal}))
    share = float(is_lost(plane).mean())
    if share:
        told.append(Sentence("In {share} of the cells the run goes off, which lines mark.", {"share": percent(share)}))
    return told


def _theory(made: Made, letter: str) -> list[Sentence]:
    """Return what the lines over a plane of learning rate and memory are, or why there are none."""
    asked, alone = made.asked, replace(made.asked.scenario, runs=(made.asked.scenario.runs[RUN_KEYS.index(letter)],))
    sides = {asked.across, asked.up}
    if "lr" not in sides or not sides & MEMORIES:
        return []
    reason, known = why(alone), theory_of(alone)
    if reason or known is None:
        return [reason] if reason else []
    told = [Sentence("Solid: theory's border of stability on this bowl; to the right of it a run goes off in the end.")]
    if known.critically_damped(np.zeros(1)):
        told.append(
            Sentence(
                "Dashed: from here on the softer and the sharper direction swing. Diamond: the fastest pair, where the "
                "distance shrinks to {share:.3g} of itself an update in the end.",
                {"share": float(np.sqrt(known.optimum[1])) if known.optimum else 1.0},
            )
        )
    return told


def _some(count: int) -> list[int]:
    return sorted({round(k) for k in np.linspace(0, count - 1, min(count, ROWS))})


def _short(value: float) -> float | None:
    return None if np.isnan(value) else float(f"{value:.3g}")
