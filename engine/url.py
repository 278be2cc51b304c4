"""A scene as an address and back: short, readable, editable by hand, and total.

    surface=valley  surface.kappa=100  x=6  y=3  steps=500
    a=adam  a.lr=0.05  a.beta1=0.95  a.sched=cosine  a.sched.floor=0.1  a.warmup=50  a.name=Fast
    b=gd    b.lr=0.01

Runs are a to f. Whatever equals its default is left out, except a learning rate; the default scene is the
empty address. Any query gives a scenario, and one note for each thing that was dropped or clamped.
"""

from collections.abc import Mapping
from typing import Any, TypeVar

from engine.noise import Noise
from engine.presets import DEFAULT_SCENE
from engine.scenario import (
    COORDINATE,
    LEARNING_RATE,
    LONGEST_NAME,
    MOST_RUNS,
    STEPS,
    Run,
    Scenario,
    clean_name,
)
from engine.suggest import suggest_learning_rate
from optimizers import OPTIMIZERS
from schedules import SCHEDULES
from schedules.base import WarmUp
from schedules.constant import Constant
from spec.catalogue import Catalogue, Entry
from spec.knobs import Knob, defaults_of, knobs_of
from spec.sentences import Sentence, SentenceError
from surfaces import SURFACES
from surfaces.base import Point, Surface

VERSION = "1"
RUN_KEYS = "abcdef"[:MOST_RUNS]
LONGEST_ECHO = 40
NOISE_KEYS = {"level": "noise", "batch": "batch", "seed": "seed"}

E = TypeVar("E", bound=Entry)


def encode(scenario: Scenario) -> dict[str, str]:
    """Return the canonical query of a scenario, in a fixed order; empty for the default scene."""
    return {} if scenario == DEFAULT_SCENE else explicit(scenario)


def explicit(scenario: Scenario) -> dict[str, str]:
    """Return the query of a scenario written out, the default scene too."""
    query = {"v": VERSION} | _entry_to_query("surface", scenario.surface)
    for key, value, default in zip("xy", scenario.start, scenario.surface.start, strict=True):
        if value != default:
            query[key] = COORDINATE.format(value)
    if scenario.steps != Scenario.DEFAULT_STEPS:
        query["steps"] = STEPS.format(scenario.steps)
    query |= _knobs_to_query(NOISE_KEYS, scenario.noise)
    for key, run in zip(RUN_KEYS, scenario.runs, strict=False):
        query |= encode_run(key, run)
    return query


def encode_run(key: str, run: Run) -> dict[str, str]:
    """Return the part of the query that says one run, under the letter `key`."""
    query = _entry_to_query(key, run.optimizer) | {f"{key}.lr": LEARNING_RATE.format(run.lr)}
    if run.schedule != Constant():
        query |= _entry_to_query(f"{key}.sched", run.schedule)
    if run.warmup.steps:
        query |= _knobs_to_query(_warmup_keys(key), run.warmup)
    if run.name:
        query[f"{key}.name"] = run.name
    return query


def decode(query: Mapping[str, str], others: tuple[str, ...] = ()) -> tuple[Scenario, tuple[Sentence, ...]]:
    """Return the scenario that a query means, and a note for each thing dropped or clamped.

    others: parameters that belong to somebody else (a language, a chapter) and are passed over.
    """
    reader = _Reader({key: text for key, text in query.items() if key not in others})
    if not reader.query:
        return DEFAULT_SCENE, ()
    reader.version()
    surface = reader.entry("surface", SURFACES, DEFAULT_SCENE.surface)
    start = (reader.value("x", COORDINATE, surface.start[0]), reader.value("y", COORDINATE, surface.start[1]))
    steps = reader.value("steps", STEPS, Scenario.DEFAULT_STEPS)
    noise = Noise(**reader.knobs(NOISE_KEYS, Noise))
    runs = tuple(reader.run(key, surface, start) for key in RUN_KEYS if key in reader.query)
    reader.report_unknown()
    return Scenario(surface, start, steps, runs or _default_runs(surface, start), noise), tuple(reader.notes)


def _default_runs(surface: Surface, start: Point) -> tuple[Run, ...]:
    if surface == DEFAULT_SCENE.surface:
        return DEFAULT_SCENE.runs
    optimizers = [run.optimizer for run in DEFAULT_SCENE.runs]
    return tuple(Run(o, suggest_learning_rate(surface, start, o)) for o in optimizers)


def _entry_to_query(key: str, entry: Entry) -> dict[str, str]:
    return {key: entry.slug} | _knobs_to_query(_keys(key, entry), entry)


def _knobs_to_query(keys: Mapping[str, str], owner: Any) -> dict[str, str]:
    knobs, defaults = knobs_of(owner), defaults_of(owner)
    values = {name: getattr(owner, name) for name in keys}
    return {key: knobs[name].format(values[name]) for name, key in keys.items() if values[name] != defaults[name]}


def _keys(key: str, owner: Any) -> dict[str, str]:
    return {name: f"{key}.{name}" for name in knobs_of(owner)}


def _warmup_keys(key: str) -> dict[str, str]:
    return _keys(f"{key}.warmup", WarmUp) | {"steps": f"{key}.warmup"}


class _Reader:
    """Reads a query piece by piece and keeps a note of everything it could not use."""

    def __init__(self, query: Mapping[str, str]) -> None:
        self.query = dict(query)
        self.unread = dict(query)
        self.notes: list[Sentence] = []

    def note(self, template: str, **values: Any) -> None:
        self.notes.append(Sentence(template, values))

    def replaced(self, key: str, error: SentenceError, used: str) -> None:
        self.note("{field} {reason}; {used} is used.", field=key, reason=shorten(error.sentence), used=used)

    def take(self, key: str) -> str | None:
        return self.unread.pop(key, None)

    def version(self) -> None:
        text = self.take("v")
        if text not in (None, VERSION):
            values = {"text": echo(text or ""), "used": VERSION}
            self.note("v={text} is not a version this app knows; the link is read as v={used}.", **values)

    def value(self, key: str, knob: Knob, default: Any) -> Any:
        text = self.take(key)
        if text is None:
            return default
        try:
            value = knob.parse(text)
        except SentenceError as error:
            self.replaced(key, error, knob.format(default))
            return default
        try:
            return knob.check(value)
        except SentenceError as error:
            used = self._nearest(knob, value, default)
            self.replaced(key, error, knob.format(used))
            return used

    def entry(self, key: str, catalogue: Catalogue[E], default: E) -> E:
        slug = self.take(key)
        if slug is not None and slug not in catalogue:
            self.note("{field}={text} is not known; {used} is used.", field=key, text=echo(slug), used=default.slug)
            slug = None
        kind = type(default) if slug is None else catalogue[slug]
        values = self.knobs(_keys(key, kind), kind)
        try:
            return kind(**values)
        except SentenceError as error:
            self.note("{field}: {reason}; the default is used.", field=key, reason=error.sentence)
            return kind()

    def knobs(self, keys: Mapping[str, str], owner: Any) -> dict[str, Any]:
        knobs, defaults = knobs_of(owner), defaults_of(owner)
        return {name: self.value(key, knobs[name], defaults[name]) for name, key in keys.items()}

    def run(self, key: str, surface: Surface, start: Point) -> Run:
        optimizer = self.entry(key, OPTIMIZERS, DEFAULT_SCENE.runs[0].optimizer)
        lr = self.value(f"{key}.lr", LEARNING_RATE, suggest_learning_rate(surface, start, optimizer))
        schedule = self.entry(f"{key}.sched", SCHEDULES, Constant())
        warmup = WarmUp(**self.knobs(_warmup_keys(key), WarmUp))
        return Run(optimizer, lr, schedule, warmup, self.name(f"{key}.name"))

    def name(self, key: str) -> str:
        text = self.take(key) or ""
        name = clean_name(text)
        if name != " ".join(filter(None, text.split(" "))):
            values = {"field": key, "most": LONGEST_NAME, "used": name or "–"}
            self.note("{field} is one line of at most {most} characters; {used} is used.", **values)
        return name

    def report_unknown(self) -> None:
        for key in self.unread:
            self.note("{field} is not known and is left out.", field=echo(key))

    @staticmethod
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
