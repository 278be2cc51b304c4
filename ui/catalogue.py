"""The reference that writes itself: each entry with formula, picture, knobs, source and a link that tries it."""

import inspect
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import streamlit as st

from charts.colours import worn
from charts.thumbnails import address_of, picture_of_path, picture_of_schedule, picture_of_surface
from engine.presets import try_it
from optimizers import OPTIMIZERS
from optimizers.base import Optimizer
from schedules import SCHEDULES
from schedules.base import Schedule
from spec.catalogue import Entry, Source
from spec.knobs import Choice, Flag, Knob, Number, Real, defaults_of, knobs_of, readable
from spec.sentences import Sentence, fill
from surfaces import SURFACES
from surfaces.base import CriticalPoint, Surface
from ui.formula import formula
from ui.frame import Frame
from ui.links import open_in_lab, to_what_two_axes_cannot_say
from ui.menu import optimizers_menu
from ui.parameters import ENTRY
from ui.runs import CONVENTIONS
from ui.text import say, say_latex, say_sentence
from ui.theme import page_theme
from ui.trajectories import trajectory

STYLE = """
<style>
.st-key-catalogue h2 { font-size: 1.5rem; padding: 0.5rem 0; }
.st-key-catalogue td:last-child { min-width: 12rem; }
.st-key-catalogue td .cjk_fallback { font-size: 0.85em; }
.st-key-catalogue img { width: 100%; max-width: 12rem; border-radius: 0.4rem; }
.st-key-catalogue .stMarkdown { overflow-x: auto; overflow-y: hidden; }
</style>
"""

Entries = Mapping[str, type[Entry]]


def catalogue(frame: Frame) -> None:
    """Draw the three catalogues; the entry that the address names comes first."""
    frame.open()
    catalogues: dict[str, Entries] = {
        say("Surfaces"): SURFACES,
        say("Optimizers"): OPTIMIZERS,
        say("Schedules"): SCHEDULES,
    }
    frame.close()
    chosen = _chosen()
    st.html(STYLE)
    with st.container(key="catalogue"):
        st.title(say("Catalogue"), anchor=False)
        opened = next((name for name, entries in catalogues.items() if chosen in entries), None)
        tabs = zip(st.tabs(list(catalogues), default=opened), catalogues.values(), strict=True)
        for tab, entries in sorted(tabs, key=lambda pair: chosen not in pair[1]):
            with tab:
                if entries is OPTIMIZERS:
                    to_what_two_axes_cannot_say()
                    _comparison()
                for entry in sorted(entries.values(), key=lambda entry: entry.slug != chosen):
                    _card(entry)
    frame.end()


def _chosen() -> str:
    """Return the slug of the entry that the address names, "" for none; one that is not known is taken out."""
    if ENTRY.complaint():
        ENTRY.write(None)
    return ENTRY.read() or ""


def _card(entry: type[Entry]) -> None:
    with st.container(border=True, key=f"entry-{entry.slug}"):
        title, link = st.columns([4, 1], vertical_alignment="center")
        title.header(say(entry.title), anchor=entry.slug)
        with link:
            open_in_lab(try_it(entry), say("Try it"))
        picture, words = st.columns([1, 4])
        picture.html(f'<img alt="" src="{address_of(_picture(entry))}"/>')
        with words:
            st.write(say(entry.summary))
            formula(entry.latex)
        _facts(entry)
        st.caption(_cite(entry.source))


def _cite(source: Source) -> str:
    citation = source.citation if isinstance(source.citation, str) else say_sentence(source.citation)
    return f"[{citation}]({source.link})" if source.link else citation


def _facts(entry: type[Entry]) -> None:
    """Draw the table of knobs, and what is known beyond it."""
    rows = [_row(name, knob, defaults_of(entry)[name]) for name, knob in knobs_of(entry).items()]
    if rows:
        head = [say("Symbol"), say("Name"), say("Default"), say("Range"), say("Meaning")]
        st.markdown("\n".join(["| " + " | ".join(head) + " |", "|---" * len(head) + "|", *rows]))
    if issubclass(entry, Surface) and entry().critical_points:
        points = (_describe(entry(), point) for point in entry().critical_points)
        st.markdown("**" + say("Critical points") + "**\n" + "\n".join(f"- {point}" for point in points))
    if epsilon_note(entry):
        st.markdown("**" + say("Conventions") + "** · " + say(epsilon_note(entry)))
    if issubclass(entry, Optimizer) and entry.conventions:
        st.markdown("\n".join(f"- {_convention(name, knobs)}" for name, knobs in entry.conventions.items()))


def _describe(surface: Surface, point: CriticalPoint) -> str:
    place = surface.place(point.x, point.y, digits=6)
    values = {"kind": say(point.kind), "word": say("loss"), "place": place, "loss": point.loss}
    return fill("{kind} {place}, {word} {loss:.6g}", values)


def _convention(name: str, knobs: Mapping[str, Any]) -> str:
    values = ", ".join(f"`{knob} = {readable(v) if isinstance(v, float) else v}`" for knob, v in knobs.items())
    source = CONVENTIONS.get(name) or say("the paper")
    return say_sentence(Sentence("As in {source}: {values}", {"source": source, "values": values}))


def _row(name: str, knob: Knob, default: Any) -> str:
    value = readable(default) if isinstance(knob, Real) else knob.format(default)
    cells = [f"${say_latex(knob.symbol)}$", f"`{name}`", f"`{value}`", _range(knob), say(knob.help)]
    return "| " + " | ".join(cells) + " |"


def _range(knob: Knob) -> str:
    if isinstance(knob, Number):
        return f"{readable(knob.low)} … {readable(knob.high)}"
    if isinstance(knob, Choice):
        return ", ".join(f"`{o}` ({say(knob.options[o])})" for o in knob.options)
    return ", ".join(f"`{word}`" for word in knob.WORDS) if isinstance(knob, Flag) else "–"


def _picture(entry: type[Entry]) -> str:
    theme = page_theme()
    if issubclass(entry, Surface):
        return picture_of_surface(entry(), theme)
    scene = try_it(entry)
    if issubclass(entry, Schedule):
        return picture_of_schedule(scene, theme)
    run = scene.runs[-1]
    return picture_of_path(scene.surface, trajectory(scene, run), worn(theme, (run,)))


def _comparison() -> None:
    """Draw any two optimizers side by side."""
    with st.expander(say("Compare two optimizers"), icon=":material/compare_arrows:"):
        chosen = [
            _compared(column, key, default)
            for column, key, default in zip(st.columns(2), ("one", "other"), ("rmsprop", "adam"), strict=True)
        ]
        one, other = (try_it(entry) for entry in chosen)
        open_in_lab(replace(one, runs=one.runs + other.runs), say("Try both"))


def _compared(column: Any, key: str, default: str) -> type[Optimizer]:
    with column:
        menu = optimizers_menu()
        slug = st.selectbox(
            say("Optimizer"),
            list(menu),
            index=list(menu).index(default),
            key=f"compare:{key}",
            format_func=menu.__getitem__,
            label_visibility="collapsed",
        )
        entry = OPTIMIZERS[slug]
        formula(entry.latex)
        st.markdown(say(entry.summary))
        _facts(entry)
    return entry


def epsilon_note(entry: type[Entry]) -> str:
    """Return what an entry's docstring says about epsilon, and who does otherwise; empty if it says nothing."""
    paragraphs = (inspect.getdoc(entry) or "").split("\n\n")
    told = (" ".join(paragraph.split()) for paragraph in paragraphs if "psilon" in paragraph and paragraph[0] != " ")
    return " ".join(re.split(r" ?Sources?: ", text)[0] for text in told)
