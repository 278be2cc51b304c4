"""What is said below a map, of every kind."""

import streamlit as st

from charts.colours import worn
from charts.maps.plane import title_of
from engine.fields import RUN_KEYS
from engine.labels import labels
from ensembles.basins import Basins
from spec.knobs import short_real
from ui.maps.asking import name_of
from ui.maps.making import Made
from ui.maps.told.basins import basins_told
from ui.maps.told.plane import plane_told
from ui.maps.told.race import race_told
from ui.maps.told.rates import rates_told
from ui.table import Cell, table
from ui.text import say, say_sentence
from ui.theme import page_theme


def results(made: Made) -> None:
    """Draw what a map shows as tables and sentences."""
    if made.shown:
        _values(made)
    if made.curves:
        rates_told(made)
    if made.race:
        race_told(made, made.race)
    theme = worn(page_theme(), made.asked.scenario.runs)
    for letter, one in made.maps.items():
        name = labels(made.asked.scenario, say)[RUN_KEYS.index(letter)]
        if isinstance(one, Basins):
            basins_told(name, one, theme)
        else:
            plane_told(name, letter, one, made)


def _values(made: Made) -> None:
    """Draw how the runs of each value ended."""
    asked = made.asked
    number = title_of(asked.scenario, name_of(asked.scenario, asked.letters[0], asked.across), say)
    heads = [number, *labels(asked.scenario, say)]
    rows: list[list[Cell]] = [
        [short_real(value), *(say_sentence(run.outcome.sentence) for run in runs)] for value, _, runs in made.shown
    ]
    st.html(table(say("How each run ended"), heads, rows))
