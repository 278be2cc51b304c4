"""How a run ended, in one word and one sentence: one judge for recorded runs and for the starts of an ensemble."""

import numpy as np
from numpy.typing import NDArray

from engine.box import NO_BOX, Box
from engine.rest import KINDS, NONE, TOLERANCE, extent_of, is_near, is_small, kinds_of
from engine.scale import Scale
from engine.trajectory import Ending, Flags, Floats, Outcome
from engine.window import has_not_escaped
from spec.sentences import Sentence
from surfaces.base import Surface

Walls = tuple[Floats, Floats]
"""The lower and the upper walls of n runs, each (2, n) or (2, 1)."""

STRETCH = 10
"""Rest is a stretch of so many updates, in a short run half of it, not an instant."""


LARGEST_TO_SQUARE = 1e150
"""A gradient beyond this has a square, or an average of squares, that no float holds."""


def outcome(
    surface: Surface,
    theta: Floats,
    slopes: Floats,
    loss: Floats,
    m: Floats,
    scale: Scale,
    decay: float,
    box: Box = NO_BOX,
) -> Outcome:
    """Return how a recorded run of n updates ended.

    theta, slopes: (n + 1, 2), its points and the gradients there. loss: (n + 1,). m: (n, 2), its directions, and
    their scale. decay: its decoupled weight decay. box: which it is put back into.
    """
    updates = len(theta) - 1
    inside = [bool(is_inside) for is_inside in has_not_escaped(surface, *theta[-1])]
    if not all(inside):
        return _stopped(surface, theta, slopes, loss) or _diverged(theta, m, scale, surface.axes[inside.index(False)])
    return (
        _without_loss(surface, theta, loss)
        or _idle(surface, theta, slopes, scale)
        or _resting(surface, theta, loss, decay * scale.lr[-1], box)
        or Outcome("moving", updates, Sentence("still moving after {count} {count:update|updates}", {"count": updates}))
    )


def stretch(updates: int) -> int:
    """Return how many updates a run of `updates` has to be at rest, to its end, to have come to rest."""
    return min(STRETCH, updates // 2)


def _diverged(theta: Floats, m: Floats, scale: Scale, axis: str) -> Outcome:
    updates = len(theta) - 1
    if divides_by_zero(m[-1], scale.sigma[-1]):
        sentence = Sentence("was thrown off at update {update}: σ is 0, and it divides by that", {"update": updates})
        if is_too_small_to_square(m[-1], scale.sigma[-1]):
            sentence = Sentence(
                "was thrown off at update {update}: the square of its gradient is too small for floats, so that σ is 0",
                {"update": updates},
            )
        return Outcome("diverged", updates, sentence, axis)
    if np.isnan(theta[-1]).any():
        sentence = Sentence("diverged at update {update}: its numbers are too large for floats", {"update": updates})
        return Outcome("diverged", updates, sentence, axis)
    values = {"update": updates, "axis": axis}
    return Outcome("diverged", updates, Sentence("diverged at update {update} along {axis}", values), axis)


def divides_by_zero(m: Floats, sigma: Floats) -> bool:
    """Return whether an update, its direction and scale (2,), divides something by a scale that is 0."""
    return bool(((sigma == 0.0) & (m != 0.0)).any())


def is_too_small_to_square(m: Floats, sigma: Floats) -> bool:
    """Return whether that is for a direction so small that its square is 0."""
    with np.errstate(all="ignore"):
        return bool(((sigma == 0.0) & (m != 0.0) & (m * m == 0.0)).any())


def _stopped(surface: Surface, theta: Floats, slopes: Floats, loss: Floats) -> Outcome | None:
    """Return where a run stopped because loss or gradient are no numbers there; None if it was not for that."""
    updates, height = len(theta) - 2, float(loss[-2])
    values = {"update": updates, "place": surface.place(*theta[-2].tolist()), "loss": height}
    if np.isnan(loss[0]):
        return _starts_undefined(surface, theta)
    if not is_undefined(loss[-2:-1], slopes[-2:-1].T)[0]:
        return None
    if np.isnan(height):
        sentence = Sentence("stopped at update {update} at {place}, where the loss is undefined", values)
    elif np.isnan(slopes[-2]).any():
        sentence = Sentence(
            "stopped at update {update} at {place}, a tip: the loss there is {loss:.4g}, but it has no gradient",
            values,
        )
    else:
        sentence = Sentence(
            "stopped at update {update} at {place}, where the loss is {loss:.4g} and its gradient infinite",
            values,
        )
    return Outcome("undefined", updates, sentence)


def is_undefined(loss: Floats, slopes: Floats) -> Flags:
    """Return where a step leads nowhere; loss: (n,), slopes: (2, n). The gradient is no number, or infinite alone."""
    is_tip = np.isinf(slopes).any(axis=0) & np.isfinite(loss)
    where: Flags = np.isnan(loss) | np.isnan(slopes).any(axis=0) | is_tip
    return where


def _without_loss(surface: Surface, theta: Floats, loss: Floats) -> Outcome | None:
    """Return since when a run has been where there is no loss, though there is a gradient; None if there is one."""
    since = _since(np.isnan(loss))
    if since == len(loss):
        return None
    if np.isnan(loss[0]):
        return _starts_undefined(surface, theta)
    values = {"update": since, "place": surface.place(*theta[since].tolist())}
    sentence = Sentence("went where the loss is undefined at update {update}, to {place}", values)
    return Outcome("undefined", since, sentence)


def _starts_undefined(surface: Surface, theta: Floats) -> Outcome:
    values = {"place": surface.place(*theta[0].tolist())}
    sentence = Sentence("starts at {place}, where the loss is undefined", values)
    return Outcome("undefined", 0, sentence)


def _idle(surface: Surface, theta: Floats, slopes: Floats, scale: Scale) -> Outcome | None:
    """Return since when a run has not moved because its steps are none, unless it had arrived; None if it moves."""
    lr = scale.lr
    zero, idle = _since(lr == 0.0), _since((scale.rate == 0.0).all(axis=1))
    extent = extent_of(theta.min(axis=0), theta.max(axis=0), theta[-1])[:, None]
    if idle == len(lr) or is_near(surface, theta[-1:].T, extent)[0]:
        return None
    if zero < len(lr):
        sentence = Sentence("stands still: its learning rate is zero from update {update} on", {"update": zero})
        return Outcome("idle", zero, sentence)
    if np.abs(slopes[-1]).max() > LARGEST_TO_SQUARE:
        sentence = Sentence(
            "stands still from update {update} on: the square of its gradient is too large for floats, so that σ is "
            "infinite",
            {"update": idle},
        )
        return Outcome("idle", idle, sentence)
    sentence = Sentence("stands still: its effective step size is zero from update {update} on", {"update": idle})
    return Outcome("idle", idle, sentence)


def _resting(surface: Surface, theta: Floats, loss: Floats, shrink: float, box: Box) -> Outcome | None:
    """Return where a run has been at rest for a stretch up to its end; None if it has not.

    shrink: the share of theta that weight decay takes in an update.
    """
    latest = len(theta) - 1 - stretch(len(theta) - 1)
    extents = extent_of(np.minimum.accumulate(theta).T, np.maximum.accumulate(theta).T, theta.T)
    since = _since(is_small(np.diff(theta, axis=0, prepend=theta[:1]).T, extents))
    if since > latest:
        return None
    at, extent = theta[-1:].T, extents[:, -1:]
    near = is_near(surface, at, extent)
    if near[0]:
        since += _since(is_near(surface, theta[since:].T, extents[:, since:]))
    if since > latest:
        return None
    walls = (np.array([box.low]).T, np.array([box.high]).T) if box else None
    step, came_down = at - theta[-2:-1].T, np.array([loss[-1] < loss[0]])
    ending = endings_of(surface, at, extent, step, near, came_down, shrink, walls)[0]
    said = _INFLECTION if ending == "saddle" and surface.dimension == 1 else _RESTS[ending]
    return Outcome(ending, since, Sentence(said.template, {"update": since}))


def endings_of(
    surface: Surface,
    theta: Floats,
    extent: Floats,
    step: Floats,
    near: NDArray[np.bool_],
    came_down: NDArray[np.bool_],
    shrink: Floats | float,
    walls: Walls | None = None,
) -> list[Ending]:
    """Return the endings of n runs that make no more steps to speak of.

    theta, extent, step: (2, n), where they are, how far they have been, and the last steps. near: (n,), whether
    that is near a critical point. came_down: (n,), whether the loss is lower than at the start. shrink: the share of
    theta that weight decay takes in an update. walls: of the box that they are put back into.
    """
    pull = np.abs(shrink * theta)
    held = ~near & (pull > 0.0).any(axis=0) & (np.abs(step) <= 0.01 * pull).all(axis=0)
    kinds = kinds_of(surface, theta, extent)
    endings = [_ending(*facts) for facts in zip(kinds.tolist(), held.tolist(), came_down.tolist(), strict=True)]
    if walls is None:
        return endings
    at_wall = ~near & _rests_at_wall(surface, theta, extent, step, shrink, walls)
    return ["wall" if is_there else ending for is_there, ending in zip(at_wall.tolist(), endings, strict=True)]


def _rests_at_wall(
    surface: Surface, theta: Floats, extent: Floats, step: Floats, shrink: Floats | float, walls: Walls
) -> Flags:
    """Return which runs a wall holds: gradient or decay leads them out of it, and along it they have arrived.

    Along the wall the slope is none, or a Newton step of that axis alone is small, or weight decay balances it.
    """
    low, high = walls
    slopes, (h_xx, _, h_yy) = np.stack(surface.gradient_array(*theta)), surface.hessian_array(*theta)
    with np.errstate(all="ignore"):
        pull = shrink * theta
        outward = (theta == low) & ((slopes > 0.0) | (pull > 0.0)) | (theta == high) & ((slopes < 0.0) | (pull < 0.0))
        arrived = np.abs(slopes) <= TOLERANCE * extent * np.abs([h_xx, h_yy])
        balanced = (pull != 0.0) & (np.abs(step) <= 0.01 * np.abs(pull))
    held: Flags = outward.any(axis=0) & (outward | arrived | balanced).all(axis=0)
    return held


def _ending(kind: int, is_held: bool, came_down: bool) -> Ending:
    if is_held:
        return "balanced"
    if kind == NONE:
        return "stalled"
    return "floor" if KINDS[kind] == "plateau" and came_down else KINDS[kind]


_INFLECTION = Sentence("came to rest at a point of inflection at update {update}")
"""What a saddle is to a loss in x alone."""

_RESTS: dict[Ending, Sentence] = {
    "converged": Sentence("converged at update {update}"),
    "floor": Sentence("came to rest on a flat floor at update {update}"),
    "saddle": Sentence("came to rest at a saddle at update {update}"),
    "maximum": Sentence("came to rest at a maximum at update {update}"),
    "plateau": Sentence("came to rest on a plateau at update {update}, with nothing downhill in sight"),
    "balanced": Sentence("came to rest at update {update}, where weight decay balances the gradient"),
    "wall": Sentence("rests at the box's wall since update {update}; without the box it would go on"),
    "stalled": Sentence(
        "has all but stood still since update {update}, though not at a minimum: its steps are too small"
    ),
}


def _since(truths: NDArray[np.bool_]) -> int:
    """Return the place from which on all are true, their number where the last is not."""
    false = np.flatnonzero(~truths)
    return int(false[-1]) + 1 if len(false) else 0
