"""What a page keeps in its address beside the scene: every such parameter, and how one is read."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st

from charts.maps.values import MEASURES
from charts.maps.views import KINDS
from charts.network.views import CUT_TITLES, NETWORK_CURVES
from charts.views import DEFAULT, NAMED, TITLES
from engine.scenario import STEPS
from engine.url import echo
from explain import lesson
from explain.lecture.chapters import CHAPTERS
from optimizers import OPTIMIZERS
from schedules import SCHEDULES
from spec.knobs import Choice, Flag, Integer, Knob, Name, Paragraphs, Real, Several
from spec.sentences import Sentence, SentenceError
from surfaces import SURFACES
from ui.limits import MAP_CELLS

LANGUAGES = {"en": "English", "zh": "简体中文"}
"""What `lang` may be, and what each language calls itself."""


@dataclass(frozen=True)
class Parameter:
    """A value in the address that is not part of the scene.

    name: in the address. knob: what it may be. default: what holds where the address does not say, or says what
    cannot be read; None for nothing.
    """

    name: str
    knob: Knob
    default: Any = None

    def read(self) -> Any:
        """Return the value that the address gives it."""
        return self._said(self.default)[0]

    def complaint(self, used: Any = None) -> Sentence | None:
        """Return what to say about a value that is not known, None if there is nothing to say.

        used: what holds in its place, `default` if nothing is given.
        """
        return self._said(self.default if used is None else used)[1]

    def write(self, value: Any) -> None:
        """Write a value into the address; None takes the parameter out."""
        if value is not None:
            st.query_params[self.name] = self.knob.format(value)
        elif self.name in st.query_params:
            del st.query_params[self.name]

    def _said(self, used: Any) -> tuple[Any, Sentence | None]:
        text = st.query_params.get(self.name)
        if text is None:
            return used, None
        try:
            return self.knob.check(self.knob.parse(text)), None
        except SentenceError:
            return used, not_known(self.name, text, used)


def not_known(name: str, text: str, used: Any = None) -> Sentence:
    """Return the sentence on a parameter whose text means nothing; used: what holds in its place, if anything does."""
    if used is None:
        return Sentence("{field} is not known and is left out.", {"field": f"{name}={echo(text)}"})
    return Sentence("{field}={text} is not known; {used} is used.", {"field": name, "text": echo(text), "used": used})


def _one_of(options: Mapping[Any, str]) -> Choice:
    return Choice(symbol="", help="", options=dict(options))


_ENTRIES = {slug: entry.title for catalogue in (SURFACES, OPTIMIZERS, SCHEDULES) for slug, entry in catalogue.items()}
_LARGEST = math.nextafter(math.inf, 0.0)

LANG = Parameter("lang", _one_of(LANGUAGES))
VIEW = Parameter("view", _one_of(TITLES), DEFAULT)
AXES = Parameter("axes", _one_of({"equal": "", "fill": ""}))
"""Whether a unit is as long across as up on the map; without it the surface decides."""

ALL, NONE = "all", "none"
MOST_OPTIONS = 6
PANELS = Parameter("panels", Several(symbol="", help="", options=(ALL, NONE, *NAMED)))
"""Which curves stand beside the map; without it the three that tell the causes, with ALL the workbench."""

NETWORK_PANELS = Parameter("panels", Several(symbol="", help="", options=(ALL, NONE, *NETWORK_CURVES)))
"""Which charts stand beside the slice of a network's loss; without it those that answer the question."""

CUT = Parameter("cut", _one_of(CUT_TITLES), "")
"""Along what the loss of a network is cut; without it as the question has it."""

MOMENT = Parameter("t", Integer(symbol="t", help="", low=0, high=STEPS.high))
"""The update at which the clock stands at first."""

MAP = Parameter("map", _one_of(KINDS))
"""Which map of many runs is shown; without it one that suits the surface."""

ACROSS, UP = (Parameter(name, Name(symbol="", help="", longest=40)) for name in ("across", "up"))
"""The numbers of the scene on the sides of a map, those of runs without their letters."""

FRAME = tuple(Parameter(n, Real(symbol="", help="", low=-_LARGEST, high=_LARGEST)) for n in ("x0", "x1", "y0", "y1"))
"""From where to where they go: left, right, below, above; without them as far as is usual."""

MEASURE = Parameter("measure", _one_of(MEASURES), "loss")
"""Which number of its run the colour of a cell says."""

MAP_SIDES = (MAP, ACROSS, UP, *FRAME, MEASURE)
"""What says which map it is."""

CELLS = Parameter("cells", Integer(symbol="", help="", low=12, high=MAP_CELLS))
"""How many cells a map has along a side; without it as many as are drawn at once."""

GOAL = Parameter("goal", Real(symbol="L", help="", low=-_LARGEST, high=_LARGEST))
"""The loss to reach."""

TUNED = Parameter("tuned", Name(symbol="", help="", longest=40))
"""The mark of the scene whose learning rates were tuned; it says nothing about any other scene."""

CHAPTER = Parameter("chapter", _one_of({str(n): c.title for n, c in enumerate(CHAPTERS, 1)}), "1")
ENTRY = Parameter("entry", _one_of(_ENTRIES))

MOST_LETTERS = 2000
"""Characters of all texts of a lesson: what a link can carry anywhere."""

TITLE = Parameter("title", Name(symbol="", help="", longest=120), "")
TEXT = Parameter("text", Paragraphs(symbol="", help="", longest=MOST_LETTERS), "")
ASK = Parameter("ask", Name(symbol="", help="", longest=300), "")
OPTIONS = Parameter("options", Paragraphs(symbol="", help="", longest=600), "")
"""The answers to choose from, a line each."""

RIGHT = Parameter("right", Integer(symbol="", help="", low=1, high=MOST_OPTIONS))
"""Which answer is right, counted from 1."""

AFTER = Parameter("after", Paragraphs(symbol="", help="", longest=1000), "")
LETS = Parameter("lets", Several(symbol="", help="", options=(NONE, *lesson.LETS)), ("start", "rate", "guess"))
SHOWS = Parameter("shows", Several(symbol="", help="", options=(NONE, *lesson.SHOWS)), lesson.SHOWS)
GUIDED = Parameter("guided", Flag(symbol="", help=""))
EDIT = Parameter("edit", Flag(symbol="", help=""), False)
LESSON = (TITLE, TEXT, ASK, OPTIONS, RIGHT, AFTER, LETS, SHOWS, GUIDED, EDIT)
"""What a lesson says beside its scene."""

EVERYWHERE = (LANG,)
"""The parameters of every page, carried along by links."""
