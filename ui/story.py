"""What is told of a scene, as the player is given it: in the language of the page."""

import math
from collections.abc import Callable, Sequence

from engine.fields import RUN_KEYS
from engine.labels import labels
from engine.scenario import LEARNING_RATE, Scenario
from engine.trajectory import Trajectory
from explain.formula import Piece, formula
from player.contract import Rate, Story, Symbol
from surfaces.base import Surface

Say = Callable[[str], str]

DECADES = 0.75
"""How far a learning rate can be held to either side of where it is."""


def story(scenario: Scenario, trajectories: Sequence[Trajectory], say: Say) -> Story:
    """Return the story of a scene."""
    names = labels(scenario, say)
    return Story(
        question="Why does Adagrad suddenly jump out of the valley?",
        task="Both start at the ring and look for the star. Press play.",
        captions=[
            dict(kind="k", update=u, run=r, axis=1, panel=pn, text=t, detail=d, mark=m, place=None)
            for u, r, pn, t, d, m in [
                (
                    0,
                    1,
                    None,
                    "Two walkers, one valley.",
                    "Both start at the ring. Adagrad divides each step by a memory of past gradients.",
                    "",
                ),
                (
                    60,
                    0,
                    "map",
                    "Plain descent drops to the floor and gets stuck.",
                    "Its gradient is not small: it bounces between two walls.",
                    "on the floor",
                ),
                (
                    350,
                    1,
                    "sigma",
                    "On the quiet floor the memory fades.",
                    "Gradients are small here, so σ shrinks and the steps grow.",
                    "memory fades",
                ),
                (
                    512,
                    1,
                    "stable_step",
                    "Now a step is too long for the walls.",
                    "Nothing shows yet: the error doubles in silence.",
                    "too long",
                ),
                (
                    699,
                    1,
                    "step_size",
                    "The loss rises for the first time.",
                    "Each swing across the floor is longer than the last.",
                    "loss rises",
                ),
                (708, 1, "map", "It is thrown out of the valley.", "There the gradients are huge.", "thrown out"),
                (
                    724,
                    1,
                    "sigma",
                    "Huge gradients make σ grow, and the steps shrink.",
                    "It is back on the floor, until the memory fades again.",
                    "back",
                ),
            ]
        ],
        run=len(names) - 1,
        axis=1,
        formulas=[[_symbol(piece, say) for piece in formula(trajectory)] for trajectory in trajectories],
        rates=[_rate(k, run.lr, name) for k, (run, name) in enumerate(zip(scenario.runs, names, strict=True))],
        names=list(names),
        axes=list(scenario.surface.axes),
        start=list(scenario.start),
        lowest=_lowest(scenario.surface),
    )


def _lowest(surface: Surface) -> list[float] | None:
    minima = [point for point in surface.critical_points if point.kind == "minimum"]
    lowest = min((point.loss for point in minima), default=0.0)
    found = [[point.x, point.y] for point in minima if point.loss == lowest]
    return found[0] if len(found) == 1 else None


def _symbol(piece: Piece, say: Say) -> Symbol:
    return Symbol(text=piece.text, value=piece.value or None, word=say(piece.word), panel=piece.panel)


def _rate(k: int, lr: float, label: str) -> Rate:
    middle = math.log10(lr) if lr > 0 else -3.0
    low, high = (10.0 ** (middle + side * DECADES) for side in (-1, 1))
    return Rate(name=f"{RUN_KEYS[k]}.lr", label=label, value=lr, low=low, high=min(high, LEARNING_RATE.high))
