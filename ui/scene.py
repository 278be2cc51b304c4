"""The scene of a session: remembered as its address written out, and nowhere else.

    address -> remembered scenario -> widgets -> new scenario -> address

A widget for a knob keeps its value in session_state under `scene:` plus the knob's name in the address, so that
reading all of them back is one decode. A change that is more than a knob (another surface, another run) is a
function on the scenario, called in a callback.
"""

from collections.abc import Callable
from typing import Any

import streamlit as st

from engine.scenario import Scenario
from engine.url import decode, echo, encode, explicit, mark
from spec.knobs import format_real
from spec.sentences import Sentence

WIDGET = "scene:"
EVERYWHERE = ("lang",)
"""Parameters of every page's address, carried along by links."""

TUNED = "tuned"
"""Parameter of the address, and session key: the mark of the scene whose learning rates were tuned."""

OTHERS = (*EVERYWHERE, "chapter", "entry", "view", "goal", TUNED)
"""Parameters of the address that are not part of the scene."""


class Scene:
    """The scenario that a run of the page begins with, and what its widgets make of it.

    parameters: those of OTHERS that the page keeps in its address. shown: whether the scenario is in there too.
    """

    def __init__(self, parameters: tuple[str, ...] = (), shown: bool = True) -> None:
        address = st.query_params.to_dict()
        self._parameters = EVERYWHERE + parameters
        self._shown = shown
        self._kept_address = False
        if shown and address != st.session_state.get("address"):
            self._open(address)
        self.scenario = remembered()

    @property
    def notes(self) -> tuple[Sentence, ...]:
        """What the address said that could not be used."""
        notes: tuple[Sentence, ...] = st.session_state.get("notes", ()) if self._shown else ()
        return notes

    def read(self) -> Scenario:
        """Return the scenario that the widgets mean, remember it, and write it into the address.

        What a person did to a widget is known before that widget is drawn again, so a page can show a scene
        first and its controls later.
        """
        scenario = _with_widgets(self.scenario)
        if scenario != self.scenario:
            st.session_state["notes"] = ()
            self._kept_address = False
        self.scenario = scenario
        remember(scenario)
        address = (encode(scenario) if self._shown else {}) | self._kept(scenario)
        if address != st.query_params.to_dict() and not self._kept_address:
            st.query_params.from_dict(address)
        st.session_state["address"] = st.query_params.to_dict()
        return scenario

    def _kept(self, scenario: Scenario) -> dict[str, str]:
        parameters = kept(self._parameters)
        if TUNED in self._parameters:
            marks = {parameters.pop(TUNED, ""), st.session_state.get(TUNED)}
            parameters |= {TUNED: mark(scenario)} if mark(scenario) in marks else {}
        return parameters

    def _open(self, address: dict[str, str]) -> None:
        scenario, notes = decode(address, OTHERS)
        self._kept_address = "scene" in st.session_state and scenario == remembered()
        if not self._kept_address:
            remember(scenario)
            forget_widgets()
        if address.get(TUNED, mark(scenario)) != mark(scenario):
            notes += (Sentence("{field} is not known and is left out.", {"field": f"{TUNED}={echo(address[TUNED])}"}),)
        st.session_state["notes"] = notes


def remembered() -> Scenario:
    """Return the scenario of the session."""
    return decode(st.session_state.get("scene", {}))[0]


def remember(scenario: Scenario) -> None:
    """Make `scenario` the one of the session."""
    st.session_state["scene"] = explicit(scenario)


def change(make: Callable[[Scenario], Scenario]) -> None:
    """Replace the scenario of the session, in a callback; the widgets are then drawn anew from it."""
    remember(make(_with_widgets(remembered())))
    st.session_state["notes"] = ()
    forget_widgets()


def bind(name: str, value: Any) -> str:
    """Return the session key of the widget for `name`, holding `value` unless a person's value is there."""
    key = WIDGET + name
    if key not in st.session_state:
        st.session_state[key] = value
    return key


def forget_widgets() -> None:
    """Drop what the widgets say, so that they show the remembered scenario."""
    for key in _widget_keys():
        del st.session_state[key]


def address_of_page() -> dict[str, str]:
    """Return the parameters that a link to another page of the app carries along."""
    return encode(remembered()) | address_everywhere()


def address_everywhere() -> dict[str, str]:
    """Return the parameters that every link within the app carries along."""
    return kept(EVERYWHERE)


def _with_widgets(scenario: Scenario) -> Scenario:
    said = {key.removeprefix(WIDGET): st.session_state[key] for key in _widget_keys()}
    texts = {name: _as_text(value) for name, value in said.items() if value is not None}
    made, notes = decode(explicit(scenario) | texts)
    if not notes:
        return made
    usable = {name: text for name, text in texts.items() if not decode(explicit(scenario) | {name: text})[1]}
    return decode(explicit(scenario) | usable)[0]


def _as_text(value: bool | float | str) -> str:
    if isinstance(value, bool):
        return "on" if value else "off"
    return format_real(value) if isinstance(value, int | float) else value


def _widget_keys() -> list[str]:
    return [key for key in map(str, st.session_state) if key.startswith(WIDGET)]


def kept(names: tuple[str, ...]) -> dict[str, str]:
    """Return those parameters of the address that are there."""
    return {key: st.query_params[key] for key in names if key in st.query_params}
