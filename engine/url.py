"""A scene as an address and back: short, readable, editable by hand, and total.

    surface=valley  surface.kappa=100  x=6  y=3  steps=500
    a=adam  a.lr=0.05  a.beta1=0.95  a.sched=cosine  a.sched.floor=0.1  a.warmup=50  a.name=Fast
    b=gd    b.lr=0.01

Runs are a to f. Whatever equals its default is left out, except a learning rate; the default scene is the
empty address. Any query gives a scenario, and one note for each thing that was dropped or clamped; one that says
nothing of a scene gives the default scene, whatever else it holds.
"""

import dataclasses
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import Any, Generic, TypeVar

from engine.fields import RUN_KEYS, Field, fields
from engine.presets import DEFAULT_SCENE
from engine.scenario import Run, Scenario
from engine.suggest import suggest_learning_rate
from optimizers import OPTIMIZERS
from optimizers.base import Optimizer
from schedules.base import WarmUp
from spec.knobs import Knob
from spec.sentences import Sentence, SentenceError

S = TypeVar("S", bound=Any)

VERSION = "1"
LONGEST_ECHO, FEW = 40, 3
"""Characters of a text from an address, and names, that are repeated in a sentence."""

TRACKERS = """
_ga _gl dclid fbclid gad_source gbraid gclid gclsrc igsh igshid isappinstalled li_fat_id mc_cid mc_eid mkt_tok msclkid
ref ref_src ref_url srsltid ttclid twclid wbraid yclid
"""
"""What mail, search engines and other sites add to a link, beside `utm_...`; no mistake of the person's."""


@dataclass(frozen=True)
class Form(Generic[S]):
    """A kind of frozen value with runs that an address means.

    default: the one of a bare address. fields: its table, by what the runs are called. blank: makes the one of which
    nothing is said but how many runs it has. default_runs: the runs of one of which none is named. letters: what runs
    may be called. rules: which ones a run may have, by their slugs.
    """

    default: S
    fields: Callable[[S, str], Mapping[str, Field]]
    blank: Callable[[int], S]
    default_runs: Callable[[S], tuple[Run, ...]]
    letters: str = RUN_KEYS
    rules: Mapping[str, type[Optimizer]] = dataclasses.field(default_factory=lambda: OPTIMIZERS)

    def encode(self, value: S) -> dict[str, str]:
        """Return the canonical query of a value, in a fixed order; empty for the default one."""
        return {} if value == self.default else self.explicit(value)

    def explicit(self, value: S) -> dict[str, str]:
        """Return the query of a value written out, the default one too."""
        idle = tuple(f"{key}.warmup" for key, run in zip(RUN_KEYS, value.runs, strict=False) if not run.warmup.steps)
        query = {"v": VERSION}
        for name, field in self.fields(value, self.letters).items():
            here = field.read(value)
            if field.is_always_written or (here != field.default(value) and not name.startswith(idle)):
                query[name] = field.knob.format(here)
        return query

    def decode(self, query: Mapping[str, str], others: tuple[str, ...] = ()) -> tuple[S, tuple[Sentence, ...]]:
        """Return the value that a query means, and a note for each thing dropped or clamped, as `decode` does."""
        reader = _Reader({key: text for key, text in query.items() if key not in others})
        letters = "".join(key for key in self.letters if key in reader.query)
        if not reader.query.keys() & self.fields(self.default, letters).keys():
            return self.default, reader.all_notes({})
        value = self.blank(len(letters))
        table: Mapping[str, Field] = {}
        for decides in (True, False):
            table = self.fields(value, letters)
            for field in table.values():
                if field.decides == decides:
                    value = reader.read(field, value)
        notes = reader.all_notes(table)
        value = replace(value, runs=tuple(map(_without_idle_warmup, value.runs)))
        return (value if letters else replace(value, runs=self.default_runs(value))), notes


def _blank(count: int) -> Scenario:
    runs = (DEFAULT_SCENE.runs[0],) * count or DEFAULT_SCENE.runs
    return replace(DEFAULT_SCENE, steps=Scenario.DEFAULT_STEPS, runs=runs)


def _default_runs(scene: Scenario) -> tuple[Run, ...]:
    if scene.surface == DEFAULT_SCENE.surface:
        return DEFAULT_SCENE.runs
    rules = [run.optimizer for run in DEFAULT_SCENE.runs]
    return tuple(Run(rule, suggest_learning_rate(scene.surface, scene.start, rule)) for rule in rules)


SCENES = Form(DEFAULT_SCENE, fields, _blank, _default_runs)
"""The scenes of the lab."""


def encode(scenario: Scenario) -> dict[str, str]:
    """Return the canonical query of a scenario, in a fixed order; empty for the default scene."""
    return SCENES.encode(scenario)


def explicit(scenario: Scenario) -> dict[str, str]:
    """Return the query of a scenario written out, the default scene too."""
    return SCENES.explicit(scenario)


def decode(query: Mapping[str, str], others: tuple[str, ...] = ()) -> tuple[Scenario, tuple[Sentence, ...]]:
    """Return the scenario that a query means, and a note for each thing dropped or clamped.

    others: parameters that belong to somebody else (a language, a chapter) and are passed over.
    """
    return SCENES.decode(query, others)


def _without_idle_warmup(run: Run) -> Run:
    """Return a run without what is said of a warm-up of no updates, which no address has."""
    return run if run.warmup.steps else replace(run, warmup=WarmUp())


def mark(scenario: Scenario) -> str:
    """Return a few letters that change with a scenario, but not with its runs' names: to say which one was tuned."""
    query = {key: text for key, text in explicit(scenario).items() if not key.endswith(".name")}
    return blake2b(json.dumps(sorted(query.items())).encode(), digest_size=3).hexdigest()


class _Reader:
    """Reads a query field by field and keeps a note of everything it could not use."""

    def __init__(self, query: Mapping[str, str]) -> None:
        self.query = query
        self.notes: dict[str, Sentence] = {}

    def read(self, field: Field, scene: Any) -> Any:
        """Return the scene with the field's value as the query has it, its default where it has none."""
        value = self._value(field, scene) if field.name in self.query else field.default(scene)
        return scene if value == field.read(scene) else field.replace(scene, value)

    def all_notes(self, known: Mapping[str, Field]) -> tuple[Sentence, ...]:
        """Return the notes in the order of the fields, those on names that are no field last."""
        left_out = unknown(name for name in self.query if name not in known and name != "v")
        return (*self._version(), *(self.notes[name] for name in known if name in self.notes), *left_out)

    def _value(self, field: Field, scene: Any) -> Any:
        text, knob = self.query[field.name], field.knob
        try:
            value = knob.parse(text)
        except SentenceError as error:
            used = field.default(scene)
            self.notes[field.name] = _unread(field, text, error, used)
            return used
        try:
            return knob.check(value)
        except SentenceError as error:
            used = _nearest(knob, value, field.default(scene))
            self.notes[field.name] = _replaced(field, error, used)
            return used

    def _version(self) -> list[Sentence]:
        text = self.query.get("v", VERSION)
        if text == VERSION:
            return []
        values = {"text": echo(text), "used": VERSION}
        return [Sentence("v={text} is not a version this app knows; the link is read as v={used}.", values)]


def unknown(names: Iterable[str]) -> tuple[Sentence, ...]:
    """Return a note on those of some names that nobody knows, if there are any; what trackers add is passed over."""
    strange = [name for name in names if name not in TRACKERS.split() and not name.startswith("utm_")]
    shown, more = ", ".join(map(echo, strange[:FEW])), len(strange) - FEW
    if more > 0:
        values = {"fields": shown, "more": more}
        return (Sentence("{fields} and {more} other {more:name|names} are not known and are left out.", values),)
    if len(strange) > 1:
        return (Sentence("{fields} are not known and are left out.", {"fields": shown}),)
    return tuple(Sentence("{field} is not known and is left out.", {"field": echo(name)}) for name in strange)


def _unread(field: Field, text: str, error: SentenceError, used: Any) -> Sentence:
    if not field.decides:
        return _replaced(field, error, used)
    values = {"field": field.name, "text": echo(text), "used": used}
    return Sentence("{field}={text} is not known; {used} is used.", values)


def _replaced(field: Field, error: SentenceError, used: Any) -> Sentence:
    values = {"field": field.name, "reason": shorten(error.sentence), "used": field.knob.format(used) or "–"}
    return Sentence("{field} {reason}; {used} is used.", values)


def _nearest(knob: Knob, value: Any, default: Any) -> Any:
    try:
        return knob.nearest(value)
    except SentenceError:
        return default


def echo(text: str) -> str:
    """Return text from an address, short enough to be repeated in a sentence."""
    return text if len(text) <= LONGEST_ECHO else text[: LONGEST_ECHO - 1] + "…"


def shorten(sentence: Sentence) -> Sentence:
    """Return a sentence whose texts are short enough to be shown."""
    return Sentence(sentence.template, {k: echo(v) if isinstance(v, str) else v for k, v in sentence.values.items()})
