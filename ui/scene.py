"""The scene of a session, its widgets and its address.

    address -> scenario of the session -> widgets -> new scenario -> address

A widget for a field of the scene keeps its value in session_state under `scene:` plus the field's name, so that
reading all of them back is one pass over the table of fields. A change that is more than a field (another surface,
another run) is a function on the scenario, called in a callback.
"""

from collections.abc import Callable
from typing import Any

import streamlit as st

from engine.fields import Field, fields
from engine.presets import DEFAULT_SCENE
from engine.scenario import Scenario
from engine.url import decode, encode, mark, unknown
from spec.sentences import Sentence, SentenceError
from ui.limits import QUERY
from ui.pages import PAGES, Page
from ui.parameters import EVERYWHERE, TUNED, Parameter, not_known

WIDGET = "scene:"

OTHERS = tuple(parameter.name for parameter in (*EVERYWHERE, *(p for page in PAGES for p in page.parameters)))
"""Names in the address that are not part of the scene."""


class Scene:
    """The scenario that a run of a page begins with, and what its widgets make of it."""

    def __init__(self, page: Page) -> None:
        address, self._too_long = _address()
        self._page = page
        self._kept_address = self._is_settled = False
        if page.shows_scene and address != st.session_state.get("address"):
            self._open(address)
        self._unknown = () if page.shows_scene else unknown(name for name in address if name not in OTHERS)
        self.scenario = remembered()

    @property
    def notes(self) -> tuple[Sentence, ...]:
        """What the address said that could not be used."""
        notes: tuple[Sentence, ...] = st.session_state.get("notes", ()) if self._page.shows_scene else self._unknown
        return (*self._too_long, *notes)

    def settle(self) -> Scenario:
        """Return the scenario that the widgets mean, remember it, and write it into the address.

        What a person did to a widget is known before that widget is drawn again, so a page can show a scene
        first and its controls later. Asked again, it has no more to do.
        """
        if self._is_settled:
            return self.scenario
        self._is_settled = True
        scenario = _with_widgets(self.scenario)
        if scenario != self.scenario:
            st.session_state["notes"] = ()
            self._kept_address = False
        self.scenario = scenario
        remember(scenario)
        address = (encode(scenario) if self._page.shows_scene else {}) | self._kept(scenario)
        if address != st.query_params.to_dict() and not self._kept_address:
            st.query_params.from_dict(address)
        st.session_state["address"] = st.query_params.to_dict()
        return scenario

    def _kept(self, scenario: Scenario) -> dict[str, str]:
        parameters = kept((*EVERYWHERE, *self._page.parameters))
        if TUNED in self._page.parameters:
            marks = {parameters.pop(TUNED.name, ""), st.session_state.get(TUNED.name)}
            parameters |= {TUNED.name: mark(scenario)} if mark(scenario) in marks else {}
        return parameters

    def _open(self, address: dict[str, str]) -> None:
        scenario, notes = decode(address, OTHERS)
        self._kept_address = "scene" in st.session_state and scenario == remembered()
        if not self._kept_address:
            remember(scenario)
            forget_widgets()
        if address.get(TUNED.name, mark(scenario)) != mark(scenario):
            notes += (not_known(TUNED.name, address[TUNED.name]),)
        st.session_state["notes"] = notes


def _address() -> tuple[dict[str, str], list[Sentence]]:
    """Return what the address says; nothing, and a note, of one that is longer than QUERY, which is emptied."""
    address: dict[str, str] = st.query_params.to_dict()
    if sum(len(name) + len(text) for name, text in address.items()) <= QUERY:
        return address, []
    st.query_params.clear()
    return {}, [Sentence("The address is longer than {most} characters and is not read.", {"most": QUERY})]


def remembered() -> Scenario:
    """Return the scenario of the session."""
    scenario: Scenario = st.session_state.get("scene", DEFAULT_SCENE)
    return scenario


def remember(scenario: Scenario) -> None:
    """Make `scenario` the one of the session."""
    st.session_state["scene"] = scenario


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
    for key in map(str, st.session_state.to_dict()):
        if key.startswith(WIDGET):
            del st.session_state[key]


def address_of_page() -> dict[str, str]:
    """Return the parameters that a link to another page of the app carries along."""
    return encode(remembered()) | address_everywhere()


def address_everywhere() -> dict[str, str]:
    """Return the parameters that every link within the app carries along."""
    return kept(EVERYWHERE)


def kept(parameters: tuple[Parameter, ...]) -> dict[str, str]:
    """Return those parameters that are in the address, as it has them."""
    names = [parameter.name for parameter in parameters]
    return {name: st.query_params[name] for name in names if name in st.query_params}


def _with_widgets(scenario: Scenario) -> Scenario:
    for name, field in fields(scenario).items():
        value = st.session_state.get(WIDGET + name)
        if value is not None:
            scenario = _with_value(scenario, field, value)
    return scenario


def _with_value(scenario: Scenario, field: Field, said: Any) -> Scenario:
    """Return the scenario with what a widget says, if that is allowed, else as it is."""
    try:
        value = field.knob.check(said)
        return scenario if value == field.read(scenario) else field.replace(scenario, value)
    except SentenceError:
        return scenario
