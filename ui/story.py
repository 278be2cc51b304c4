"""What is told of a scene, as the player is given it: in the language of the page."""

from collections.abc import Container, Sequence
from functools import partial

from charts.section import place, seen
from engine.fields import RUN_KEYS
from engine.labels import short_labels
from engine.scenario import LEARNING_RATE, Scenario
from engine.trajectory import Trajectory
from explain.captions import captions
from explain.events import Event
from explain.formula import Piece, formula
from explain.questions.questions import question_of
from explain.timeline import telling_axis, telling_run, timeline
from player.contract import Caption, Rate, Story, Symbol
from surfaces.base import Surface
from ui.slider import span
from ui.text import say_sentence_in, translate

SHOWN_BY = {"stability": "step_size"}
"""The chart of causes that shows a term of the formula, which a chart of the workbench has alone."""

IN_PLACE_OF = {"stability": "stable_step", "loss": "map"}
"""The chart that shows what another one would, which is not there."""


def story(scenario: Scenario, trajectories: Sequence[Trajectory], charts: Container[str], code: str) -> Story:
    """Return the story of a scene that is shown in some charts, in the language called `code`."""
    say = partial(translate, code)
    names, surface = short_labels(scenario, say), seen(scenario.surface)
    events = timeline(scenario, trajectories, say)
    run = telling_run(events)
    asked = question_of(scenario)
    return Story(
        question=say_sentence_in(code, asked.sentence(asked.ask)) if asked else "",
        task=say_sentence_in(code, asked.sentence(asked.line)) if asked else "",
        answer=say_sentence_in(code, asked.sentence(asked.answer)) if asked else "",
        captions=[caption(event, charts, code, scenario.surface) for event in captions(events)],
        run=run,
        axis=telling_axis(events, run),
        formulas=[[_symbol(piece, charts, code) for piece in formula(trajectory)] for trajectory in trajectories],
        rates=[rate(k, run.lr, name) for k, (run, name) in enumerate(zip(scenario.runs, names, strict=True))],
        names=list(names),
        axes=list(scenario.surface.axes),
        start=list(place(scenario.surface, scenario.start)),
        lowest=_lowest(surface),
    )


def caption(event: Event, charts: Container[str], code: str, surface: Surface | None = None) -> Caption:
    """Return what is said of an event; surface: on whose map it takes place, if not on a network's slice."""
    where = place(surface, event.place) if surface and event.place else event.place
    return Caption(
        kind=event.kind,
        update=event.update,
        run=event.run,
        axis=event.axis,
        panel=_shown(event.panel, charts),
        text=say_sentence_in(code, event.caption),
        detail=say_sentence_in(code, event.detail),
        mark=say_sentence_in(code, event.mark),
        place=list(where) if where else None,
    )


def _shown(panel: str | None, charts: Container[str]) -> str | None:
    return panel if panel in charts else IN_PLACE_OF.get(panel or "")


def _lowest(surface: Surface) -> list[float] | None:
    minima = [point for point in surface.critical_points if point.kind == "minimum"]
    lowest = min((point.loss for point in minima), default=0.0)
    found = [[point.x, point.y] for point in minima if point.loss == lowest]
    return found[0] if len(found) == 1 else None


def _symbol(piece: Piece, charts: Container[str], code: str) -> Symbol:
    return Symbol(
        text=piece.text,
        value=piece.value or None,
        word=say_sentence_in(code, piece.word) if piece.word else "",
        panel=_shown(SHOWN_BY.get(piece.panel or "", piece.panel), charts),
    )


def rate(k: int, lr: float, label: str) -> Rate:
    """Return the learning rate of run number `k`, which is called `label`, as the player holds it."""
    low, high = span(LEARNING_RATE, lr)
    return Rate(name=f"{RUN_KEYS[k]}.lr", label=label, value=lr, low=low, high=high)
