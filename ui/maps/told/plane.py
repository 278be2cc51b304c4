"""How the runs of a plane went, in numbers, and what theory has to say."""

from dataclasses import replace

import numpy as np
import streamlit as st

from charts.maps.plane import title_of
from charts.maps.values import MEASURES, is_lost, numbers_of
from engine.around import MOMENTA
from engine.fields import RUN_KEYS
from engine.trajectory import Floats
from ensembles.plane import Plane
from ensembles.theory import theory_of, why
from explain.events import percent
from spec.knobs import short_real
from spec.markdown import literal
from spec.sentences import Sentence
from ui.maps.asking import name_of
from ui.maps.making import Made
from ui.table import Cell, table
from ui.text import say, say_sentence

ROWS = 9
"""Rows and columns of the numbers of a map that are written out."""


def plane_told(name: str, letter: str, plane: Plane, made: Made) -> None:
    """Draw where a plane is lowest, what theory knows of it, and its numbers; name, letter: of the run."""
    scenario, measure = made.asked.scenario, made.asked.measure
    values = np.where(is_lost(plane), np.nan, numbers_of(plane, measure))
    st.markdown(f"**{literal(name)}**")
    x, y = (title_of(scenario, name_of(scenario, letter, name), say) for name in (made.asked.across, made.asked.up))
    st.caption(" ".join(map(say_sentence, [*_told(plane, values, measure, x, y), *_theory(made, letter)])))
    with st.expander(say("The numbers"), icon=":material/table_chart:"):
        rows, columns = (_some(count) for count in values.shape)
        heads = [f"{y} \\ {x}", *(short_real(plane.x.values[j]) for j in columns)]
        cells: list[list[Cell]] = [
            [short_real(plane.y.values[i]), *(_short(values[i, j]) for j in columns)] for i in reversed(rows)
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
    if "lr" not in sides or not sides & set(MOMENTA):
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
