"""The reference that writes itself: each entry with formula, knobs, source and a link that tries it."""

import inspect
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import streamlit as st

from engine.presets import DEFAULT_SCENE
from engine.scenario import Run, Scenario
from engine.suggest import suggest_learning_rate
from engine.url import encode
from optimizers import OPTIMIZERS
from optimizers.adam import Adam
from optimizers.base import Optimizer
from schedules import SCHEDULES
from schedules.base import Schedule
from spec.catalogue import Entry
from spec.knobs import Choice, Flag, Knob, Number, defaults_of, format_real, knobs_of
from surfaces import SURFACES
from surfaces.base import Surface
from surfaces.rosenbrock import Rosenbrock
from ui.frame import Frame
from ui.text import say


def catalogue(frame: Frame) -> None:
    """Draw the three catalogues."""
    frame.close()
    st.title(say("Catalogue"))
    tabs = st.tabs([say("Surfaces"), say("Optimizers"), say("Schedules")])
    catalogues: tuple[Mapping[str, type[Entry]], ...] = (SURFACES, OPTIMIZERS, SCHEDULES)
    for tab, entries in zip(tabs, catalogues, strict=True):
        with tab:
            for entry in entries.values():
                _card(entry)


def _card(entry: type[Entry]) -> None:
    with st.container(border=True, key=f"entry-{entry.slug}"):
        title, link = st.columns([4, 1], vertical_alignment="center")
        title.subheader(say(entry.title), anchor=entry.slug)
        link.page_link("app.py", label=say("Try it"), icon=":material/play_arrow:", query_params=encode(try_it(entry)))
        st.write(say(entry.summary))
        st.latex(entry.latex)
        rows = [_row(name, knob, defaults_of(entry)[name]) for name, knob in knobs_of(entry).items()]
        if rows:
            head = [say("Symbol"), say("Name"), say("Default"), say("Range"), say("Meaning")]
            st.markdown("\n".join(["| " + " | ".join(head) + " |", "|---" * len(head) + "|", *rows]))
        source = entry.source
        st.caption(f"[{source.citation}]({source.link})" if source.link else source.citation)


def _row(name: str, knob: Knob, default: Any) -> str:
    cells = [f"${knob.symbol}$", f"`{name}`", f"`{knob.format(default)}`", _range(knob), say(knob.help)]
    return "| " + " | ".join(cells) + " |"


def _range(knob: Knob) -> str:
    if isinstance(knob, Number):
        return f"{format_real(knob.low)} … {format_real(knob.high)}"
    if isinstance(knob, Choice):
        return ", ".join(f"`{option}`" for option in knob.options)
    return "on, off" if isinstance(knob, Flag) else "–"


def try_it(entry: type[Entry]) -> Scenario:
    """Return a scene of the lab that shows a catalogue entry at work."""
    surface = entry() if issubclass(entry, Surface) else Rosenbrock()
    optimizer = entry() if issubclass(entry, Optimizer) else Adam()
    run = Run(optimizer, suggest_learning_rate(surface, surface.start, optimizer))
    if issubclass(entry, Schedule):
        return Scenario(surface, surface.start, Scenario.DEFAULT_STEPS, (run, replace(run, schedule=entry())))
    if entry is type(DEFAULT_SCENE.surface):
        return DEFAULT_SCENE
    return Scenario(surface, surface.start, Scenario.DEFAULT_STEPS, (run,))


def epsilon_note(entry: type[Entry]) -> str:
    """Return what an entry's docstring says about epsilon, and who does otherwise; empty if it says nothing."""
    paragraphs = (inspect.getdoc(entry) or "").split("\n\n")
    told = (" ".join(paragraph.split()) for paragraph in paragraphs if "psilon" in paragraph and paragraph[0] != " ")
    return " ".join(re.split(r" ?Sources?: ", text)[0] for text in told)
