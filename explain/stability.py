"""Whether and why a run became unstable, in sentences."""

from collections.abc import Sequence

import numpy as np

from engine.scale import Scale
from engine.trajectory import LOST, Trajectory
from explain.beyond import decay, downwards
from explain.blow_outs import blow_outs
from explain.episodes import episodes
from explain.events import Moment, percent
from spec.sentences import Sentence, fill
from surfaces.base import Surface


def stability(surface: Surface, trajectory: Trajectory) -> list[Moment]:
    """Return when and along which axis a run becomes unstable, what else makes it go off, or that nothing does."""
    causes = [*decay(trajectory), *downwards(surface, trajectory)]
    if trajectory.limit is None:
        return [_no_limit(), *causes]
    found = episodes(surface, trajectory)
    told = blow_outs(surface, trajectory, found) if found else _calm(surface, trajectory, causes)
    return [*told, *causes]


def _no_limit() -> Moment:
    caption = Sentence("Theory knows no limit of stability for this rule.")
    detail = Sentence("Whether its steps are too long is seen from the path and the loss alone.")
    return Moment("no_limit", 0, None, None, caption, detail, Sentence("no limit"), account=caption)


def _calm(surface: Surface, trajectory: Trajectory, causes: Sequence[Moment]) -> list[Moment]:
    """Say how close sharpness comes to its limit; causes: what else makes the run go off."""
    known = np.isfinite(trajectory.sharpness)
    if trajectory.limit is None or not known.any():
        return []
    update = int(np.where(known, trajectory.sharpness, -np.inf).argmax())
    axis = int(Scale.of(trajectory, slice(update, update + 1)).eigen_axis(surface, trajectory.theta[[update]])[0])
    highest = float(trajectory.sharpness[update])
    account = _calm_account(trajectory, update, causes)
    values = {"axis": trajectory.name_of(surface.axes, axis), "share": percent(max(highest, 0.0) / trajectory.limit)}
    detail = Sentence("Beyond the limit of stability, errors would grow with each step.")
    if highest > 0.0:
        caption = Sentence("Here its step along {axis} comes nearest its limit: {share} of it.", values)
    else:
        detail = Sentence("Where nothing curves upwards, there is nothing to overshoot.")
        caption = Sentence("No walls anywhere on its way: the ground never curves upwards.")
    if _is_gone(trajectory) or causes:
        detail = Sentence("It stays below the limit of stability, but that is not all that counts here.")
    return [Moment("closest", update, axis, "stability", caption, detail, Sentence("nearest limit"), account=account)]


def _calm_account(trajectory: Trajectory, update: int, causes: Sequence[Moment]) -> Sentence:
    values = {"limit": trajectory.limit, "highest": float(trajectory.sharpness[update]), "update": update}
    if fill("{highest:.6g}", values) == fill("{limit:.6g}", values):
        return Sentence(
            "Preconditioned sharpness comes as close to its limit of {limit:.6g} as makes no difference, "
            "at update {update}.",
            values,
        )
    if not np.isfinite(trajectory.sharpness).all():
        return Sentence(
            "As far as preconditioned sharpness is a number, it is highest at update {update}, {highest:.6g}, "
            "below its limit of {limit:.6g}.",
            values,
        )
    if trajectory.outcome.ending == "diverged" and not causes:
        return Sentence(
            "It goes off although preconditioned sharpness is highest at update {update}, {highest:.6g}, below its "
            "limit of {limit:.6g}: the limit speaks of quadratic losses, and of scales and rates that stay.",
            values,
        )
    if _is_gone(trajectory) or causes:
        return Sentence(
            "Preconditioned sharpness is highest at update {update}, {highest:.6g}, below its limit of "
            "{limit:.6g}, but that is not all that counts.",
            values,
        )
    return Sentence(
        "It is never unstable: preconditioned sharpness is highest at update {update}, {highest:.6g}, "
        "below its limit of {limit:.6g}.",
        values,
    )


def _is_gone(trajectory: Trajectory) -> bool:
    """Return whether a run has left for good, or for where there is no loss."""
    return trajectory.outcome.ending in LOST or not np.isfinite(trajectory.loss[-1])
