"""What the path of a run does: it comes to quiet ground, where memory fades; it crawls, arrives, leaves the map."""

from typing import Any

import numpy as np

from engine.trajectory import Flags, Floats, Trajectory
from engine.window import contains
from explain.events import Moment, percent
from spec.sentences import Sentence
from surfaces.base import Surface

QUIET = 0.01
"""The share of its largest so far below which a gradient is quiet."""

FADED = 0.2
"""The share of its largest so far to which σ has fallen where memory is said to fade."""

LARGE = 10.0
"""How many times as large as a quiet gradient σ must be to be called large."""

LASTING = 10
"""Updates for which a gradient must have been small, or must stay so."""

CLOSE = 0.01
"""The share of the map's sides within which a run hardly moves, or is beside a minimum."""


def paths(surface: Surface, trajectory: Trajectory, axis: int) -> list[Moment]:
    """Return what the path of a run does; axis: 0 or 1, the one that its story is about."""
    return [
        *_quiet(surface, trajectory, axis),
        *_fades(surface, trajectory, axis),
        *_crawls(surface, trajectory),
        *_near(surface, trajectory),
        *_leaves(surface, trajectory),
    ]


def _quiet(surface: Surface, trajectory: Trajectory, axis: int) -> list[Moment]:
    """Say from where on the gradient along an axis has been below a share of its largest, for some updates at least."""
    places = np.flatnonzero(_lasting(_is_below(trajectory.slopes[:, axis], QUIET)))
    if not len(places):
        return []
    update = int(places[0]) - LASTING + 1
    values = {"axis": trajectory.name_of(surface.axes, axis)}
    caption = Sentence("Quiet ground, where the gradient along {axis} is below a hundredth of its largest.", values)
    detail = _quiet_detail(trajectory, axis, update, values)
    return [Moment("quiet", update, axis, "map", caption, detail, Sentence("quiet ground"))]


def _quiet_detail(trajectory: Trajectory, axis: int, update: int, values: dict[str, Any]) -> Sentence:
    sigma, g = trajectory.sigma[:, axis], trajectory.slopes[:, axis]
    if (sigma == sigma[0]).all():
        with np.errstate(all="ignore"):
            steps = np.abs(trajectory.steps[: update + 1, axis])
        longest = float(steps.max()) or 1.0
        share = percent(float(steps[-1] / longest))
        return Sentence("Its step along {axis} is now {share} of its longest.", {**values, "share": share})
    if _follows_sizes(trajectory, axis) and sigma[update] >= LARGE * abs(g[update]):
        return Sentence(
            "Its step along {axis} is divided by σ, its memory of past gradients, which is still large.", values
        )
    return Sentence("Its step along {axis} is divided by σ, its memory of past gradients.", values)


def _follows_sizes(trajectory: Trajectory, axis: int) -> bool:
    """Return whether a run follows the sizes of gradients along an axis, not their signs alone."""
    return float(np.ptp(np.abs(trajectory.on_own_axes(trajectory.m)[:, axis]))) > 0.0


def _fades(surface: Surface, trajectory: Trajectory, axis: int) -> list[Moment]:
    """Say when σ has fallen to a share of its largest, after small gradients, so that the step size has grown."""
    sigma, rate = trajectory.sigma[:, axis], trajectory.rate[:, axis]
    places = np.flatnonzero(_is_below(sigma, FADED) & _lasting(_is_below(trajectory.slopes[:, axis], FADED)))
    if not len(places):
        return []
    update = int(places[0])
    peak = int(sigma[:update].argmax())
    with np.errstate(all="ignore"):
        share, growth = float(sigma[update] / sigma[peak]), float(rate[update] / rate[peak])
    if not 1.5 <= growth < np.inf:
        return []
    name = trajectory.name_of(surface.axes, axis)
    values = {"axis": name, "share": percent(share), "peak": peak, "growth": f"{growth:.3g}"}
    caption = Sentence("The memory fades; σ of {axis} is down to {share} of its largest.", values)
    if _follows_sizes(trajectory, axis):
        detail = Sentence(
            "Small gradients have pulled it down; its step size along {axis} has grown {growth}-fold.", values
        )
    else:
        detail = Sentence("Since update {peak} the step size along {axis} has grown {growth}-fold.", values)
    return [Moment("fades", update, axis, "sigma", caption, detail, Sentence("memory fades"))]


def _crawls(surface: Surface, trajectory: Trajectory) -> list[Moment]:
    """Say from when on a run stays within a small part of the map although the minimum is farther away than that.

    How far is asked of the Newton step, |H^-1 g|; it is told where that is the longer half of the run.
    """
    n = trajectory.updates
    since = _since(_is_close(surface, trajectory.theta, trajectory.theta[-1], CLOSE / 2))
    if trajectory.outcome.ending != "moving" or n - since < max(n // 2, LASTING):
        return []
    axis = _far_axis(surface, trajectory.theta[-1])
    if axis is None or not 0.0 < abs(trajectory.grad[since, axis]) < np.inf:
        return []
    moved = abs(float(trajectory.theta[since + 1, axis]) - float(trajectory.theta[since, axis]))
    values = {"axis": surface.axes[axis], "g": abs(float(trajectory.grad[since, axis])), "step": moved}
    caption = Sentence("Here it all but stops, and not because the gradient is zero.")
    if since == 0:
        caption = Sentence("It hardly moves at all, and not because the gradient is zero.")
    detail = Sentence("Its gradient along {axis} is {g:.3g}, but its step there is only {step:.2g} long.", values)
    return [Moment("crawls", since, axis, "map", caption, detail, Sentence("hardly moves"))]


def _far_axis(surface: Surface, point: Floats) -> int | None:
    """Return the axis along which the Newton step covers most of the map; None where it is short, or there is none."""
    g = np.array([float(v) for v in surface.gradient_array(*point)])
    h_xx, h_xy, h_yy = (float(v) for v in surface.hessian_array(*point))
    with np.errstate(all="ignore"):
        newton = np.array([h_yy * g[0] - h_xy * g[1], h_xx * g[1] - h_xy * g[0]]) / (h_xx * h_yy - h_xy * h_xy)
    shares = np.abs(newton) / _sides(surface)
    return int(shares.argmax()) if np.isfinite(shares).all() and shares.max() > CLOSE else None


def _near(surface: Surface, trajectory: Trajectory) -> list[Moment]:
    """Say from when on a run stays beside a known minimum, if it came there and is there in the end."""
    for point in surface.critical_points:
        since = _since(_is_close(surface, trajectory.theta, np.array([point.x, point.y]), CLOSE))
        if point.kind == "minimum" and 0 < since <= trajectory.updates - LASTING:
            values = {"loss": point.loss, "here": float(trajectory.loss[since])}
            caption = Sentence("It has come beside a minimum, within a hundredth of the map, and stays.")
            detail = Sentence("The loss is {here:.4g} here; at the minimum it is {loss:.4g}.", values)
            return [Moment("near", since, None, "map", caption, detail, Sentence("near minimum"))]
    return []


def _leaves(surface: Surface, trajectory: Trajectory) -> list[Moment]:
    """Say at which update a run is off the map for the first time after it has been on it."""
    inside: Flags = contains(surface, *trajectory.theta.T)
    out = np.flatnonzero(inside[:-1] & ~inside[1:]) + 1
    if not len(out) or not np.isfinite(trajectory.theta[out[0]]).all():
        return []
    update = int(out[0])
    again = np.flatnonzero(inside[update:])
    low, high = np.array(surface.window).T
    axis = 1 if low[0] <= trajectory.theta[update, 0] <= high[0] else 0
    values = {"axis": surface.axes[axis], "again": update + int(again[0]) if len(again) else update}
    caption = Sentence("It leaves the map along {axis}.", values)
    detail = Sentence("It does not come back in this run.")
    if len(again):
        detail = Sentence("It is back at update {again}.", values)
    return [Moment("leaves", update, axis, "map", caption, detail, Sentence("off the map"))]


def _is_below(values: Floats, share: float) -> Flags:
    """Return where sizes are below a share of the largest so far."""
    sizes = np.abs(values)
    largest = np.maximum.accumulate(sizes)
    below: Flags = (sizes < share * largest) & np.isfinite(largest)
    return below


def _lasting(truths: Flags) -> Flags:
    """Return where something has been true for LASTING updates, this one included."""
    count = np.cumsum(truths)
    lasting = np.zeros_like(truths)
    lasting[LASTING:] = count[LASTING:] - count[:-LASTING] == LASTING
    return lasting


def _is_close(surface: Surface, theta: Floats, point: Floats, share: float) -> Flags:
    with np.errstate(all="ignore"):
        close: Flags = np.all(np.abs(theta - point) <= share * _sides(surface), axis=1)
    return close


def _sides(surface: Surface) -> Floats:
    low, high = np.array(surface.window).T
    sides: Floats = high - low
    return sides


def _since(truths: Flags) -> int:
    """Return the place from which on all are true, their number where the last is not."""
    false = np.flatnonzero(~truths)
    return int(false[-1]) + 1 if len(false) else 0
