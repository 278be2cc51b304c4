"""What describes a lesson, beside the lesson: every field is a parameter of the address, so its link is the lesson."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import streamlit as st

from charts.views import TITLES
from explain.lesson import SHOWS as ALL_SHOWS
from explain.lesson import Lesson
from spec.knobs import Name
from spec.sentences import Sentence
from ui.copy import copied
from ui.parameters import (
    AFTER,
    ALL,
    ASK,
    EDIT,
    GUIDED,
    LETS,
    MOST_LETTERS,
    MOST_OPTIONS,
    NONE,
    OPTIONS,
    PANELS,
    RIGHT,
    SHOWS,
    TEXT,
    TITLE,
    VIEW,
    Parameter,
)
from ui.share import frame_code, link_of_page, qr
from ui.text import say, say_sentence

DRAWING = 0
"""What stands for no right answer among the numbers of the options."""


@dataclass(frozen=True)
class Editable:
    """What differs between the editors of lessons: the parameters and names of views, curves, and what may be changed.

    views, curves, lets: by their names, what they are called in the language of the page.
    """

    view: Parameter
    views: Callable[[], dict[str, str]]
    panels: Parameter
    curves: Callable[[], dict[str, str]]
    lets: Callable[[], dict[str, str]]


def editor(lesson: Lesson, of: Editable) -> None:
    """Draw the fields of a lesson, and the link for students."""
    st.header(say("The lesson"), anchor=False)
    _line(TITLE, say("Title"))
    _lines(TEXT, say("What it says, a paragraph a line"))
    _line(ASK, say("A question"))
    _lines(OPTIONS, say("Its answers, one a line; none for a path to be drawn"))
    if lesson.options:
        _right(lesson)
    _lines(AFTER, say("What is said after it"))
    _names(SHOWS, say("Students see"), ALL_SHOWS, _shows())
    _panels(of)
    _choice(of.view, say("View"), of.views())
    _names(LETS, say("Students may change"), tuple(of.lets()), of.lets())
    _choice(GUIDED, say("It plays"), {None: say("As they like"), True: say("Guided"), False: say("Freely")})
    _link(lesson)
    st.header(say("Its scene"), anchor=False)


def _link(lesson: Lesson) -> None:
    st.subheader(say("The link for students"), anchor=False)
    if lesson.letters > MOST_LETTERS:
        st.warning(say_sentence(_too_long(lesson)), icon=":material/content_cut:")
        return
    link = link_of_page(without=EDIT.name)
    copied("copy-lesson", link, say("The link for students"))
    st.caption(say("To change it again, open it and add edit=on to its address."))
    qr(link)
    copied("copy-lesson-frame", frame_code(link), say("In a page of yours"))


def _too_long(lesson: Lesson) -> Sentence:
    return Sentence(
        "The texts are {letters:,} of {most:,} characters that a link carries. Shorten them.",
        {"letters": lesson.letters, "most": MOST_LETTERS},
    )


def _shows() -> dict[str, str]:
    return {
        "captions": say("Words while it plays"),
        "formula": say("The update in numbers"),
        "endings": say("How it ended"),
        "answer": say("The answer"),
    }


def _lets() -> dict[str, str]:
    return {
        "start": say("Start"),
        "rate": say("Learning rate"),
        "guess": say("A guess, drawn on the map"),
        "view": say("View"),
        "panels": say("All curves and controls"),
        "surface": say("Surface"),
        "steps": say("Updates"),
        "noise": say("Gradient noise"),
        "optimizer": say("Optimizer"),
        "schedule": say("Schedule"),
        "runs": say("Runs"),
    }


def _curves() -> dict[str, str]:
    return {
        "sigma": say("Memory of past gradients, σ"),
        "angle": say("Angle of the axes of S"),
        "step_size": say("Step size, μ/σ"),
        "stability": say("Learning rate and sharpness"),
        "loss": say("Loss and gradient norm"),
        "stable_step": say("Step ÷ longest stable step"),
    }


ON_A_SURFACE = Editable(VIEW, lambda: {name: say(title) for name, title in TITLES.items()}, PANELS, _curves, _lets)


def _line(parameter: Parameter, label: str) -> None:
    key = _held(_key(parameter), parameter.read())
    st.text_input(label, key=key, max_chars=_longest(parameter), on_change=_write, args=(parameter,))


def _lines(parameter: Parameter, label: str) -> None:
    key = _held(_key(parameter), parameter.read())
    longest = _longest(parameter)
    st.text_area(label, key=key, max_chars=longest, height="content", on_change=_write, args=(parameter,))


def _longest(parameter: Parameter) -> int | None:
    return parameter.knob.longest if isinstance(parameter.knob, Name) else None


def _right(lesson: Lesson) -> None:
    options = {DRAWING: say("None of them"), **dict(enumerate(lesson.options[:MOST_OPTIONS], 1))}
    chosen = lesson.right + 1 if lesson.right + 1 in options else DRAWING
    st.selectbox(
        say("The right answer"),
        list(options),
        key=_held(_key(RIGHT), chosen),
        format_func=options.__getitem__,
        on_change=_choose_right,
    )


def _choose_right() -> None:
    RIGHT.write(st.session_state[_key(RIGHT)] or None)


def _names(parameter: Parameter, label: str, names: tuple[str, ...], titles: dict[str, str]) -> None:
    said = parameter.read()
    st.multiselect(
        label,
        list(names),
        key=_held(_key(parameter), [name for name in names if name in said]),
        format_func=titles.__getitem__,
        on_change=_write_names,
        args=(parameter,),
    )


def _write_names(parameter: Parameter) -> None:
    chosen = tuple(st.session_state[_key(parameter)])
    parameter.write(None if set(chosen) == set(parameter.default or ()) else chosen or (NONE,))


def _panels(of: Editable) -> None:
    titles, said = of.curves(), of.panels.read()
    st.multiselect(
        say("Curves"),
        list(titles),
        key=_held(_key(of.panels), [name for name in titles if name in (said or ())]),
        format_func=titles.__getitem__,
        placeholder=say("All of them") if said and ALL in said else say("Those that tell the causes"),
        on_change=_write_panels,
        args=(of.panels,),
    )


def _write_panels(panels: Parameter) -> None:
    panels.write(tuple(st.session_state[_key(panels)]) or None)


def _choice(parameter: Parameter, label: str, titles: dict[Any, str]) -> None:
    st.selectbox(
        label,
        list(titles),
        key=_held(_key(parameter), parameter.read()),
        format_func=titles.__getitem__,
        on_change=_write_choice,
        args=(parameter,),
    )


def _write_choice(parameter: Parameter) -> None:
    chosen: Any = st.session_state[_key(parameter)]
    parameter.write(None if chosen == parameter.default else chosen)


def _write(parameter: Parameter) -> None:
    parameter.write(parameter.knob.nearest(st.session_state[_key(parameter)]) or None)


def _held(key: str, value: Any) -> str:
    """Let the widget `key` show a value; one that says so already is left alone, with what is being typed into it."""
    if key not in st.session_state or st.session_state[key] != value:
        st.session_state[key] = value
    return key


def _key(parameter: Parameter) -> str:
    return f"lesson:{parameter.name}"
