"""The scene of a session, its widgets and its address.

    address -> scenario of the session -> widgets -> new scenario -> address

A widget for a field of the scene keeps its value in session_state under `scene:` plus the field's name, so that
reading all of them back is one pass over the table of fields. A change that is more than a field (another surface,
another run) is a function on the scenario, called in a callback.

The network page has studies in the place of scenes: the same, by another form, under names of their own.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import streamlit as st

from engine.fields import Field, with_numbers
from engine.scenario import Scenario
from engine.url import SCENES, Form, mark, unknown
from network.study import STUDIES
from spec.sentences import Sentence, SentenceError
from surfaces.measured.recording import Recording
from surfaces.measured.shelf import SHELF
from ui.limits import QUERY
from ui.pages import PAGES, Page
from ui.parameters import EVERYWHERE, TUNED, Parameter, not_known

FORMS: Mapping[str, Form[Any]] = {"scene": SCENES, "study": STUDIES}
"""What the address of a page may mean, by a name."""

FORM = "form"
"""Session key of the name of what the page's address means."""

OTHERS = tuple(parameter.name for parameter in (*EVERYWHERE, *(p for page in PAGES for p in page.parameters)))
"""Names in the address that are not part of the scene."""


class Scene:
    """The scenario that a run of a page begins with, and what its widgets make of it."""

    def __init__(self, page: Page) -> None:
        st.session_state[FORM] = page.form
        SHELF.set(shelf())
        address, self._too_long = _address()
        self._page = page
        self._kept_address = self._is_settled = False
        if page.shows_scene and address != st.session_state.get(_key("address")):
            self._open(address)
        self._unknown = () if page.shows_scene else unknown(name for name in address if name not in OTHERS)
        self.scenario: Any = remembered()

    @property
    def notes(self) -> tuple[Sentence, ...]:
        """What the address said that could not be used."""
        kept_notes: tuple[Sentence, ...] = st.session_state.get(_key("notes"), ())
        notes = kept_notes if self._page.shows_scene else self._unknown
        return (*self._too_long, *notes)

    def settle(self) -> Any:
        """Return the scenario that the widgets mean, remember it, and write it into the address.

        What a person did to a widget is known before that widget is drawn again, so a page can show a scene
        first and its controls later. Asked again, it has no more to do.
        """
        if self._is_settled:
            return self.scenario
        self._is_settled = True
        scenario = _with_widgets(self.scenario)
        if scenario != self.scenario:
            st.session_state[_key("notes")] = ()
            self._kept_address = False
        self.scenario = scenario
        remember(scenario)
        address = (form().encode(scenario) if self._page.shows_scene else {}) | self._kept(scenario)
        if address != st.query_params.to_dict() and not self._kept_address:
            st.query_params.from_dict(address)
        st.session_state[_key("address")] = st.query_params.to_dict()
        return scenario

    def _kept(self, scenario: Any) -> dict[str, str]:
        parameters = kept((*EVERYWHERE, *self._page.parameters))
        if TUNED in self._page.parameters:
            marks = {parameters.pop(TUNED.name, ""), st.session_state.get(TUNED.name)}
            parameters |= {TUNED.name: mark(scenario)} if mark(scenario) in marks else {}
        return parameters

    def _open(self, address: dict[str, str]) -> None:
        scenario, notes = form().decode(address, OTHERS)
        self._kept_address = page_form() in st.session_state and scenario == remembered()
        if not self._kept_address:
            remember(scenario)
            forget_widgets()
        if TUNED.name in address and not (isinstance(scenario, Scenario) and address[TUNED.name] == mark(scenario)):
            notes += (not_known(TUNED.name, address[TUNED.name]),)
        st.session_state[_key("notes")] = notes


def _address() -> tuple[dict[str, str], list[Sentence]]:
    """Return what the address says; nothing, and a note, of one that is longer than QUERY, which is emptied."""
    address: dict[str, str] = st.query_params.to_dict()
    if sum(len(name) + len(text) for name, text in address.items()) <= QUERY:
        return address, []
    st.query_params.clear()
    return {}, [Sentence("The address is longer than {most} characters and is not read.", {"most": QUERY})]


def shelf() -> dict[str, Recording]:
    """Return the slices that the session has brought, by their marks, the latest last."""
    brought: dict[str, Recording] = st.session_state.setdefault("brought", {})
    return brought


def page_form() -> str:
    """Return the name of what the page's address means, of those in FORMS."""
    name: str = st.session_state.get(FORM, "scene")
    return name


def form() -> Form[Any]:
    """Return what the page's address means."""
    return FORMS[page_form()]


def fields_of(scenario: Any) -> Mapping[str, Field]:
    """Return every field of a scenario by its name, as the page's address has them."""
    return form().fields(scenario, form().letters)


def remembered(name: str = "") -> Any:
    """Return the scenario of the session, that of the page's form if no other is named."""
    name = name or page_form()
    return st.session_state.get(name, FORMS[name].default)


def remember(scenario: Any) -> None:
    """Make `scenario` the one of the session."""
    st.session_state[page_form()] = scenario


def widget(name: str) -> str:
    """Return the session key of the widget for a field."""
    return f"{page_form()}:{name}"


def _key(what: str) -> str:
    """Return the session key of something that each form has."""
    return f"{what} of {page_form()}"


def change(make: Callable[[Any], Any], without: Iterable[Parameter] = ()) -> None:
    """Replace the scenario of the session, in a callback; the widgets are then drawn anew from it.

    without: what is taken out of the address too, as it belongs to the scenario before.
    """
    remember(make(_with_widgets(remembered())))
    for parameter in without:
        parameter.write(None)
    st.session_state[_key("address")] = st.query_params.to_dict()
    st.session_state[_key("notes")] = ()
    forget_widgets()


def change_numbers(said: Mapping[str, Any] | None) -> None:
    """Put what a person has let go of into the scenario of the session, in a callback; said: numbers by their names."""
    if said:
        numbers = {name: float(value) for name, value in said.items()}
        change(lambda scenario: with_numbers(scenario, numbers, fields_of))


def bind(name: str, value: Any) -> str:
    """Return the session key of the widget for `name`, holding `value` unless a person's value is there."""
    key = widget(name)
    if key not in st.session_state:
        st.session_state[key] = value
    return key


def forget_widgets() -> None:
    """Drop what the widgets say, so that they show the remembered scenario."""
    for key in map(str, st.session_state.to_dict()):
        if key.startswith(widget("")):
            del st.session_state[key]


def address_to(page: Page) -> dict[str, str]:
    """Return the parameters that a link to another page of the app carries along: its scene, if it shows one."""
    scene = FORMS[page.form].encode(remembered(page.form)) if page.shows_scene else {}
    return scene | address_everywhere()


def address_everywhere() -> dict[str, str]:
    """Return the parameters that every link within the app carries along."""
    return kept(EVERYWHERE)


def kept(parameters: tuple[Parameter, ...]) -> dict[str, str]:
    """Return those parameters that are in the address, as it has them."""
    names = [parameter.name for parameter in parameters]
    return {name: st.query_params[name] for name in names if name in st.query_params}


def _with_widgets(scenario: Any) -> Any:
    for name, field in fields_of(scenario).items():
        value = st.session_state.get(widget(name))
        if value is not None:
            scenario = _with_value(scenario, field, value)
    return scenario


def _with_value(scenario: Any, field: Field, said: Any) -> Any:
    """Return the scenario with what a widget says, if that is allowed, else as it is."""
    try:
        value = field.knob.check(said)
        return scenario if value == field.read(scenario) else field.replace(scenario, value)
    except SentenceError:
        return scenario
