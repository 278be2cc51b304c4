"""How a scene begins: who starts, and what to watch."""

from collections.abc import Sequence
from unicodedata import east_asian_width

from engine.scenario import Scenario
from engine.trajectory import Trajectory
from explain.events import Moment
from explain.story import beginning
from spec.sentences import Sentence

BOTH, ONE = 44, 36
"""How wide two names may be beside each other, and one, in Latin letters; a Chinese character is as wide as two."""


def opening(
    scenario: Scenario, trajectories: Sequence[Trajectory], names: Sequence[str], run: int, axis: int
) -> Moment:
    """Return the start of a scene; run, axis: those that its story is about, names: what the runs are called."""
    sigma = trajectories[run].sigma
    values = {"axis": trajectories[run].name_of(scenario.surface.axes, axis), "run": names[run]}
    if (sigma[:, 0] == 1.0).all() and scenario.surface.dimension == 1:
        detail = Sentence("Watch {axis}: its step is the learning rate times the direction m.", values)
    elif (sigma == 1.0).all():
        detail = Sentence("Watch {axis}: one learning rate has to fit both axes.", values)
    elif len(names) == 1:
        detail = Sentence("Watch {axis}: its step is divided by σ, its memory of past gradients.", values)
    elif _width(names[run]) > ONE:
        detail = Sentence("Watch {axis}: a step there is divided by σ, a memory of past gradients.", values)
    else:
        detail = Sentence("Watch {axis}: {run} divides its step there by σ, a memory of past gradients.", values)
    account = beginning(scenario.surface, trajectories[0])
    who = _who(names) if scenario.surface.has_formula else _who_on_a_slice(names)
    return Moment("start", 0, axis, "map", who, detail, Sentence("start"), account=account)


def _who_on_a_slice(names: Sequence[str]) -> Sentence:
    if len(names) == 1:
        return Sentence("{run} starts on the slice, not on the network.", {"run": names[0]})
    return Sentence("{count} runs start on the slice, not on the network.", {"count": len(names)})


def _who(names: Sequence[str]) -> Sentence:
    if len(names) == 1:
        return Sentence("{run} starts here.", {"run": names[0]})
    if len(names) == 2 and sum(map(_width, names)) <= BOTH:
        return Sentence("{first} and {second} start at the same point.", {"first": names[0], "second": names[1]})
    return Sentence("{count} runs start at the same point.", {"count": len(names)})


def _width(name: str) -> int:
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in name)
