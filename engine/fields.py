"""The one table of what a scene holds: each value by its name in the address, how to read it and how to replace it.

    surface  surface.kappa  x  y  steps  noise  batch  seed  box.left  box.right  box.bottom  box.top
    a  a.beta1  a.lr  a.sched  a.sched.floor  a.warmup  a.warmup.shape  a.name  and so on for the runs b to f

Address, widgets and sweeps go by it, so that a value that is added to the scene is added here alone. Surface, rules
and schedules are values too, by their slugs, and decide which others there are. A loss in x alone has neither y nor
walls along it.
"""

import dataclasses
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from engine.around import Clip
from engine.box import WALLS, Box
from engine.noise import Noise
from engine.presets import DEFAULT_SCENE
from engine.scenario import COORDINATE, LEARNING_RATE, MOST_RUNS, NAME, STEPS, Scenario
from engine.suggest import suggest_learning_rate
from optimizers import OPTIMIZERS
from schedules import SCHEDULES
from schedules.base import WarmUp
from schedules.constant import Constant
from spec.knobs import Choice, Knob, Number, defaults_of, knobs_of
from spec.sentences import SentenceError
from surfaces import SURFACES

RUN_KEYS = "abcdef"[:MOST_RUNS]
"""What the runs are called in the address."""

NOISE_NAMES = {"level": "noise"}
"""What those knobs of the noise are called that do not go by their own name."""

Read = Callable[[Any], Any]
Replace = Callable[[Any, Any], Any]


@dataclass(frozen=True)
class Field:
    """One value of a scene, or of another frozen value that an address means.

    name: in the address. knob: what may be put there. read: returns the value of a scenario. replace: returns the
    scenario with another value; raises SentenceError if the knob does not allow it. default: what a scene has that
    says nothing about it. is_always_written: whether an address names it even then. decides: whether other fields
    are there because of it, as a surface brings its knobs.
    """

    name: str
    knob: Knob
    read: Read
    replace: Replace
    default: Read
    is_always_written: bool = False
    decides: bool = False


def fields(scenario: Scenario, letters: str = RUN_KEYS) -> Mapping[str, Field]:
    """Return every field of a scene by its name, in the order of the address.

    letters: what the runs are called, the first ones of the alphabet by default. A field's default may depend on
    fields before it.
    """
    surface: Any = type(scenario.surface)
    runs = tuple((type(run.optimizer), type(run.schedule)) for run in scenario.runs)
    return _table(surface, scenario.surface.dimension, runs, letters)


def numbers(scenario: Scenario) -> dict[str, Field]:
    """Return the fields of a scene that are numbers."""
    return {name: field for name, field in fields(scenario).items() if isinstance(field.knob, Number)}


def with_numbers(
    scenario: Any, values: Mapping[str, float], table: Callable[[Any], Mapping[str, Field]] = fields
) -> Any:
    """Return the scenario with other numbers in its fields, each the nearest that is allowed.

    table: returns its fields by their names. Raises SentenceError for a name that is none of its numbers, and for what
    is near no number.
    """
    for name, value in values.items():
        field = table(scenario).get(name)
        if field is None or not isinstance(field.knob, Number):
            raise SentenceError("{field} is not known and is left out.", field=name)
        scenario = field.replace(scenario, field.knob.nearest(value))
    return scenario


def run_of(name: str) -> str:
    """Return the letter of the run that a field belongs to, "" if it belongs to all of them."""
    letter = name.partition(".")[0]
    return letter if letter in RUN_KEYS else ""


def of_run(name: str, letter: str) -> str:
    """Return what a field is called of another run; the name itself where it belongs to all of them."""
    own = run_of(name)
    return f"{letter}{name[len(own) :]}" if own else name


@lru_cache(maxsize=256)
def _table(surface: type, dimension: int, runs: tuple[tuple[type, type], ...], letters: str) -> Mapping[str, Field]:
    made = [*_scene_fields(surface, dimension)]
    for index, (letter, (optimizer, schedule)) in enumerate(zip(letters, runs, strict=False)):
        made += run_fields(letter, index, optimizer, schedule, DEFAULT_SCENE.runs[0].optimizer.slug, _suggested(index))
    return {field.name: field for field in made}


def _scene_fields(surface: type, dimension: int) -> Iterator[Field]:
    yield _entry_field("surface", SURFACES, Place("surface"), DEFAULT_SCENE.surface.slug)
    yield from knob_fields(_dotted("surface", surface), surface, Place("surface"))
    for axis, name in enumerate("xy"[:dimension]):
        place = Place("start", axis)
        yield Field(name, COORDINATE, place.read, place.replace, _own_start(axis))
    yield Field("steps", STEPS, Place("steps").read, Place("steps").replace, _always(Scenario.DEFAULT_STEPS))
    names = {name: NOISE_NAMES.get(name, name) for name in knobs_of(Noise)}
    yield from knob_fields(names, Noise, Place("noise"))
    walls = {name: shown for name, shown in _dotted("box", Box).items() if name in WALLS[: 2 * dimension]}
    yield from knob_fields(walls, Box, Place("box"))


def run_fields(
    letter: str,
    index: int,
    optimizer: type,
    schedule: type,
    default: str,
    default_rate: Read,
    rules: Mapping[str, Any] = OPTIMIZERS,
) -> Iterator[Field]:
    """Yield the fields of run number `index`, which is called `letter`.

    default, default_rate: the rule's slug and the learning rate of a run of which nothing is said. rules: which ones
    there are, by their slugs.
    """
    run = Place("runs", index)
    yield _entry_field(letter, rules, run.at("optimizer"), default)
    yield from knob_fields(_dotted(letter, optimizer), optimizer, run.at("optimizer"))
    lr, name = run.at("lr"), run.at("name")
    yield Field(f"{letter}.lr", LEARNING_RATE, lr.read, lr.replace, default_rate, is_always_written=True)
    yield _entry_field(f"{letter}.sched", SCHEDULES, run.at("schedule"), Constant.slug, is_always_written=False)
    yield from knob_fields(_dotted(f"{letter}.sched", schedule), schedule, run.at("schedule"))
    warmup = _dotted(f"{letter}.warmup", WarmUp) | {"steps": f"{letter}.warmup"}
    yield from knob_fields(warmup, WarmUp, run.at("warmup"))
    clip = _dotted(f"{letter}.clip", Clip) | {"value": f"{letter}.clip"}
    yield from knob_fields(clip, Clip, run.at("clip"))
    yield Field(f"{letter}.name", NAME, name.read, name.replace, _always(""))


def _entry_field(
    name: str, catalogue: Mapping[str, Any], place: "Place", default: str, is_always_written: bool = True
) -> Field:
    """Return the field of a catalogue's entry; its value is the slug, and another one comes with its defaults."""
    return Field(
        name,
        Choice(symbol="", help="", options={slug: entry.title for slug, entry in catalogue.items()}),
        read=lambda scenario: place.read(scenario).slug,
        replace=lambda scenario, slug: place.replace(scenario, catalogue[slug]()),
        default=_always(default),
        is_always_written=is_always_written,
        decides=True,
    )


def _dotted(prefix: str, owner: type) -> dict[str, str]:
    return {name: f"{prefix}.{name}" for name in knobs_of(owner)}


def knob_fields(names: Mapping[str, str], owner: type, place: "Place") -> Iterator[Field]:
    """Yield the fields of the knobs of a dataclass; names: what each knob is called in the address."""
    knobs, defaults = knobs_of(owner), defaults_of(owner)
    for knob, name in names.items():
        here = place.at(knob)
        yield Field(name, knobs[knob], here.read, here.replace, _always(defaults[knob]))


def _always(value: Any) -> Read:
    return lambda _: value


def _own_start(axis: int) -> Read:
    return lambda scenario: scenario.surface.start[axis]


def _suggested(index: int) -> Read:
    return lambda s: suggest_learning_rate(s.surface, s.start, s.runs[index].optimizer)


class Place:
    """A way into a scenario: names of attributes and positions in tuples, one inside the other."""

    def __init__(self, *path: str | int) -> None:
        self.path = path

    def at(self, step: str | int) -> "Place":
        return Place(*self.path, step)

    def read(self, scenario: Scenario) -> Any:
        value: Any = scenario
        for step in self.path:
            value = _get(value, step)
        return value

    def replace(self, scenario: Scenario, value: Any) -> Scenario:
        made: Scenario = _with(scenario, self.path, value)
        return made


def _get(owner: Any, step: str | int) -> Any:
    return owner[step] if isinstance(step, int) else getattr(owner, step)


def _with(owner: Any, path: tuple[str | int, ...], value: Any) -> Any:
    """Return the owner with a value at the end of the path, everything else as it is."""
    if not path:
        return value
    step, *rest = path
    inner = _with(_get(owner, step), tuple(rest), value)
    if isinstance(step, int):
        return (*owner[:step], inner, *owner[step + 1 :])
    return dataclasses.replace(owner, **{step: inner})
