"""What an address asks to be mapped: of which scene, over which numbers, from where to where."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, cast

from charts.maps.values import Measure
from charts.maps.views import Kind
from engine.around import MOMENTA
from engine.fields import RUN_KEYS, numbers, of_run, with_numbers
from engine.scenario import Scenario
from ensembles.axis import Axis, axis_of, plane_axes
from ensembles.sensitivity import rates_of
from explain.maps import MapQuestion, question_of_map
from spec.sentences import Sentence, SentenceError
from ui.limits import MAP_STEPS, MAP_UPDATES, MAPS_BESIDE
from ui.parameters import ACROSS, CELLS, FRAME, GOAL, MAP, MAP_SIDES, MEASURE, UP, Parameter
from ui.scene import kept

COLUMN, ROW = "column", "row"
"""What the player calls the place of a cell."""

VALUES = 9
"""Values of one number that are shown beside each other."""

FIXED: Mapping[Kind, tuple[str, str]] = {"basins": ("x", "y"), "rates": ("lr", "x"), "race": ("lr", "x")}
"""The sides of the maps whose sides are not chosen."""

USUAL = 192
"""Cells along a side, unless somebody asks for another number."""

FEWEST = 12
"""Cells along a side that a map has, however long its scene is."""

FIRST = (*MOMENTA, "x")
"""What stands on the upright side if nothing is said: the first of these that a run has."""

Frame = tuple[float | None, float | None, float | None, float | None]
"""The left, right, lower and upper end; None for what is usual."""


@dataclass(frozen=True)
class Asked:
    """What is to be mapped.

    across, up: numbers of the scene, those of a run without its letter. frame: from where to where they go. goal: a
    loss. cells: along the longer side. question: that it answers, if it is one of those worth looking at.
    """

    kind: Kind
    scenario: Scenario
    across: str
    up: str
    frame: Frame
    measure: Measure
    goal: float | None
    cells: int
    question: MapQuestion | None = None

    @property
    def letters(self) -> tuple[str, ...]:
        """The runs that are mapped: the first ones that have both numbers."""
        found = [letter for letter in RUN_KEYS[: len(self.scenario.runs)] if self._has(letter)]
        return tuple(found[:MAPS_BESIDE])

    @property
    def numbers(self) -> tuple[str, ...]:
        """The numbers that the cells differ in."""
        return (self.across,) if self.kind in ("rates", "values") else (self.across, self.up)

    @property
    def is_framed(self) -> bool:
        """Whether a part of the map is seen alone."""
        return any(end is not None for end in self.frame)

    def axes(self, letter: str, cells: int | None = None) -> tuple[Axis, Axis]:
        """Return the sides of a run's map, the same for all runs. Raises SentenceError for ends that cannot be."""
        count = cells or self.cells
        x, y = self._side(self.across, self.frame[:2], count), self._side(self.up, self.frame[2:], count)
        named = (name_of(self.scenario, letter, name) for name in (self.across, self.up))
        return replace(x, name=next(named)), replace(y, name=next(named))

    def _side(self, name: str, ends: tuple[float | None, float | None], count: int) -> Axis:
        if self.kind == "rates" and name == "lr":
            return rates_of(self.scenario, *ends, count)
        return axis_of(self.scenario, name_of(self.scenario, self.letters[0], name), *ends, count=count)

    def at(self, column: int, row: int) -> Scenario:
        """Return the scene of a cell."""
        known, values = numbers(self.scenario), dict[str, float]()
        for name, axis, place in zip(self.numbers, self.axes(self.letters[0]), (column, row), strict=False):
            value = float(axis.values[min(max(place, 0), axis.size - 1)])
            owners = (name_of(self.scenario, letter, name) for letter in RUN_KEYS[: len(self.scenario.runs)])
            values |= {owner: value for owner in owners if owner in known}
        scenario: Scenario = with_numbers(self.scenario, values)
        return scenario

    def _has(self, letter: str) -> bool:
        known = numbers(self.scenario)
        return all(name_of(self.scenario, letter, name) in known for name in (self.across, self.up))


def name_of(scenario: Scenario, letter: str, name: str) -> str:
    """Return a number's name in the address: with a run's letter, if it belongs to runs."""
    return name if name in numbers(scenario) else f"{letter}.{name}"


def sides(scenario: Scenario) -> tuple[str, ...]:
    """Return the numbers that a side may have, those of runs without their letters."""
    found = [name for letter in RUN_KEYS[: len(scenario.runs)] for name in plane_axes(scenario, letter)]
    return tuple(dict.fromkeys(of_run(name, "").removeprefix(".") for name in found))


def asked(scenario: Scenario) -> tuple[Asked, tuple[Sentence, ...]]:
    """Return what the address asks for, and a note for each thing that it cannot have."""
    made, notes = _asked(scenario, Parameter.read)
    return replace(made, question=question_of_map(scenario, kept(MAP_SIDES))), notes


def asked_by(question: MapQuestion) -> Asked:
    """Return what a question asks to be mapped."""
    shown = question.shown

    def read(parameter: Parameter) -> Any:
        return parameter.knob.parse(shown[parameter.name]) if parameter.name in shown else parameter.default

    made, _ = _asked(question.scene, read)
    return replace(made, question=question)


def _asked(scenario: Scenario, read: Callable[[Parameter], Any]) -> tuple[Asked, tuple[Sentence, ...]]:
    """Return what is asked for, and notes; read: returns the value of a parameter."""
    kind = cast(Kind, read(MAP) or usual_kind(scenario))
    known, notes = sides(scenario), list[Sentence]()
    across, up = FIXED[kind] if kind in FIXED else (read(ACROSS) or "lr", read(UP) or _upright(known))
    if kind == "basins" and scenario.surface.dimension == 1:
        kind, across, up = "plane", "x", "lr"
        notes.append(Sentence("The starts of a loss in x alone lie on a line; learning rates stand beside them."))
    usual = ("lr", _upright(known))
    for said, other in ((across, usual[0]), (up, usual[1])):
        if said not in known:
            notes.append(
                Sentence("{field} is no number of this scene; {used} is used.", {"field": said, "used": other})
            )
    across, up = (said if said in known else other for said, other in zip((across, up), usual, strict=True))
    if across == up:
        up = next(name for name in known if name != across)
    frame = cast(Frame, tuple(map(read, FRAME)))
    cells = VALUES if kind == "values" else read(CELLS) or USUAL
    made = Asked(kind, scenario, across, up, frame, read(MEASURE), read(GOAL), cells)
    made, more = _possible(made, is_asked=read(CELLS) is not None)
    return made, (*notes, *more)


def usual_kind(scenario: Scenario) -> Kind:
    """Return the map that says most of a scene: where starts end, if there are several places for that."""
    minima = [point for point in scenario.surface.critical_points if point.kind == "minimum"]
    return "basins" if len(minima) > 1 and scenario.surface.dimension == 2 else "plane"


def _upright(known: Sequence[str]) -> str:
    return next(name for name in (*FIRST, *known) if name in known and name != "lr")


def _possible(made: Asked, is_asked: bool) -> tuple[Asked, Sequence[Sentence]]:
    """Return what can be mapped of what is asked for, with notes on what cannot; is_asked: whether the cells are."""
    notes: list[Sentence] = []
    if made.scenario.steps > MAP_STEPS:
        notes.append(
            Sentence(
                "A map follows its runs for {most:,} updates; these have {steps:,}, of which it shows the first ones.",
                {"most": MAP_STEPS, "steps": made.scenario.steps},
            )
        )
        made = replace(made, scenario=replace(made.scenario, steps=MAP_STEPS))
    if not made.letters:
        made = replace(made, across="lr", up="x")
    try:
        made.axes(made.letters[0])
    except SentenceError as error:
        notes.append(error.sentence)
        made = replace(made, frame=(None,) * 4)
    most = cells_within(made)
    if made.cells > most and is_asked:
        values: dict[str, Any] = {"steps": made.scenario.steps, "most": most}
        notes.append(
            Sentence(
                "With {steps:,} {steps:update|updates} a run, a map has {most} cells along a side at most.", values
            )
        )
    return replace(made, cells=min(made.cells, most)), notes


def cells_within(made: Asked) -> int:
    """Return the cells along a side of a map whose updates are within the bound."""
    return max(FEWEST, int((MAP_UPDATES / updates_of(made, 1)) ** 0.5))


def updates_of(made: Asked, cells: int) -> int:
    """Return the updates of a map with so many cells along a side, at most."""
    longest = made.scenario.steps
    if "steps" in (made.across, made.up):
        longest = int(max(axis.values[-1] for axis in made.axes(made.letters[0]) if axis.name == "steps"))
    return longest * cells**2 * max(1, len(made.letters))
