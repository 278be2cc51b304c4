"""The formula of a run's updates in one line, piece by piece, with only the terms that do something."""

from dataclasses import dataclass

import numpy as np

from engine.trajectory import Trajectory
from explain.terms import DECAY, DIRECTION, GRADIENT, LEARNING_RATE, SCALE, TURNED, Term
from spec.sentences import Sentence

PLACE = Sentence("place on this axis")


@dataclass(frozen=True)
class Piece:
    """A piece of the formula: its text, where `{axis}` stands for the name of an axis; its term, if it is one.

    value: which number stands in its place, "" for a sign.
    """

    text: str
    value: str | float = ""
    word: Sentence | None = None
    panel: str | None = None


def formula(trajectory: Trajectory) -> tuple[Piece, ...]:
    """Return theta <- theta - mu / sigma * m - mu lambda theta: without sigma where it is 1, with g where m is that.

    Where a run turns the axes of sigma it is theta <- theta - mu p with p = S^-1 m. With a box it is theta <- P(...).
    """
    return (
        Piece("{axis}", "next", PLACE, "map"),
        Piece("←"),
        *([] if trajectory.held is None else [Piece("P(")]),
        Piece("{axis}", "theta", PLACE, "map"),
        Piece("−"),
        _piece("μ", "lr", LEARNING_RATE),
        *_scaled(trajectory),
        *(_decay(trajectory) if trajectory.weight_decay else ()),
        *([] if trajectory.held is None else [Piece(")")]),
    )


def _scaled(trajectory: Trajectory) -> tuple[Piece, ...]:
    if trajectory.angle is not None:
        return Piece("·"), _piece("S⁻¹m", "p", TURNED)
    direction = _piece("g", "g", GRADIENT) if _follows_gradient(trajectory) else _piece("m", "m", DIRECTION)
    scale = () if has_constant_scale(trajectory) else (Piece("/"), _piece("σ", "sigma", SCALE))
    return *scale, Piece("·"), direction


def has_constant_scale(trajectory: Trajectory) -> bool:
    """Return whether a run divides by nothing: sigma is 1 in every update of both axes."""
    return bool((trajectory.sigma == 1.0).all())


def _follows_gradient(trajectory: Trajectory) -> bool:
    return bool(np.array_equal(trajectory.m, trajectory.grad[:-1], equal_nan=True))


def _piece(text: str, value: str, term: Term) -> Piece:
    return Piece(text, value, term.word, term.panel)


def _decay(trajectory: Trajectory) -> tuple[Piece, ...]:
    return (
        Piece("−"),
        _piece("μ", "lr", LEARNING_RATE),
        Piece("·"),
        Piece("λ", float(trajectory.weight_decay), DECAY.word, DECAY.panel),
        Piece("·"),
        Piece("{axis}", "theta", PLACE, "map"),
    )
