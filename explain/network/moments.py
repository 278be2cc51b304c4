"""The moments of one network's training: where it hovers, where it stands still, how it ends."""

from collections.abc import Sequence

import numpy as np

from engine.trajectory import Floats
from explain.events import Moment, percent
from network.study import Study
from network.training import GONE, SHARES, Training
from spec.sentences import Sentence

NEAR = (0.75, 1.35)
"""Between these shares of its limit sharpness hovers."""

LEAST_LOOKS, LEAST_SHARE = 6, 0.2
"""For so many looks, and this share of a run, at least."""

GROWN, SUNK = 1.25, 0.75
"""Factors from which sharpness is said to grow, and to sink."""

STILL, LARGE = 0.9, 0.2
"""A loss of which this share is left after a fifth of a run stands still; a gradient of this share of its first length
is not small."""

APART, LATE = 1.05, 0.9
"""By which factor the held-out loss has risen from its lowest in the end, and by which share of a run that was."""

MEDIAN = SHARES.index(0.5)


def opening(study: Study, trainings: Sequence[Training]) -> Moment:
    """Return the start of all runs."""
    look = next((training.looks[0] for training in trainings if training.looks), None)
    values = {"size": study.network.size, "right": percent(look.accuracy) if look else "–"}
    caption = Sentence("All runs start from the same random weights, {size:,} of them.", values)
    detail = Sentence(
        "A rule treats each weight by itself, as it does each axis of a valley. {right} of the digits are read "
        "rightly.",
        values,
    )
    return Moment("start", 0, None, "loss", caption, detail, Sentence("start"))


def moments(study: Study, training: Training, longest: int = 0) -> tuple[Moment, ...]:
    """Return what happens in a run, how it ends last; longest: updates of the run that went on longest."""
    if not training.looks:
        return (_lost(training, longest),)
    sharp = _hovering(training) or _changing(study, training)
    ending = _lost(training, longest) if training.is_lost else _ended(training)
    still = () if training.is_lost else (*_standing(study, training), *_apart(training))
    return (*sharp, *still, ending)


def hovers_from(training: Training) -> int | None:
    """Return the look from which on sharpness stays near the rule's limit; None if it does not."""
    limit = training.limit
    if limit is None or not np.isfinite(limit) or training.is_lost:
        return None
    share = training.sharpness / limit
    with np.errstate(invalid="ignore"):
        is_near = (share > NEAR[0]) & (share < NEAR[1])
    apart = np.flatnonzero(~is_near)
    first = int(apart[-1]) + 1 if len(apart) else 0
    looks = training.clock
    if len(looks) - first < LEAST_LOOKS or looks[-1] - looks[first] < LEAST_SHARE * looks[-1]:
        return None
    return first if share[first:].max() > 1.0 else None


def _hovering(training: Training) -> tuple[Moment, ...]:
    first = hovers_from(training)
    if first is None:
        return ()
    late = training.sharpness[first:]
    values = {
        "limit": training.limit,
        "low": float(late.min()),
        "high": float(late.max()),
    }
    caption = Sentence(
        "Its sharpness hovers at its limit, {limit:.3g}: from now on between {low:.3g} and {high:.3g}.", values
    )
    detail = Sentence(
        "Above it, steps overshoot along the sharpest direction and so drive the weights to where the loss curves "
        "less; below it, the loss curves more again."
    )
    return (Moment("hovers", training.looks[first].update, None, "stability", caption, detail, Sentence("hovers")),)


def _changing(study: Study, training: Training) -> tuple[Moment, ...]:
    """Say how sharpness changes where it does not hover, and where it is above its limit."""
    found = training.sharpness
    known = np.isfinite(found)
    limit = np.inf if training.limit is None else training.limit
    above = np.flatnonzero(known & (found > limit)).tolist()
    crossing = (_crossing(training, above[0]),) if above else ()
    if known.sum() < LEAST_LOOKS or training.is_lost:
        return crossing
    lowest, highest = (int(np.where(known, sign * found, np.inf).argmin()) for sign in (1, -1))
    last = int(np.flatnonzero(known)[-1])
    if found[last] > GROWN * found[lowest] > 0.0:
        return (_growing(training, lowest, last), *crossing)
    if 0.0 < found[last] < SUNK * found[highest]:
        return (_sinking(study, training, highest, last), *crossing)
    return crossing


def _growing(training: Training, lowest: int, last: int) -> Moment:
    found, limit = training.sharpness, training.limit
    values = {"low": float(found[lowest]), "high": float(found[last]), "limit": limit}
    caption = Sentence("Its sharpness begins to grow: from {low:.3g} here to {high:.3g} in the end.", values)
    if _is_of_steps(training, lowest, last):
        detail = Sentence("Its steps grow longer, and so feel the same walls more.")
    elif limit is not None and found[last] < limit < np.inf:
        detail = Sentence(
            "Training leads to where the loss curves more, as long as the steps allow; its limit would be {limit:.3g}.",
            values,
        )
    else:
        detail = Sentence(
            "Training leads to where the loss curves more, as long as the steps allow: progressive sharpening."
        )
    update = training.looks[lowest].update
    return Moment("sharpens", update, None, "stability", caption, detail, Sentence("sharpens"))


def _sinking(study: Study, training: Training, highest: int, last: int) -> Moment:
    found = training.sharpness
    values = {"high": float(found[highest]), "low": float(found[last])}
    caption = Sentence("Its sharpness sinks, from {high:.3g} here to {low:.3g} in the end: nothing hovers.", values)
    if _is_of_steps(training, highest, last):
        detail = Sentence("Its steps μ/σ grow shorter, and so feel the walls less.")
    elif study.loss == "cross-entropy":
        detail = Sentence("Cross entropy curves less the surer the network is of what it says.")
    else:
        detail = Sentence("The weights come to where the loss curves less.")
    return Moment("softens", training.looks[highest].update, None, "stability", caption, detail, Sentence("sinks"))


def _is_of_steps(training: Training, before: int, after: int) -> bool:
    """Return whether more than half of a change of sharpness is one of the usual step size, in factors."""
    rates = training.at_looks("rate")[:, 0, MEDIAN]
    with np.errstate(all="ignore"):
        steps, sharpness = (np.log(values[after] / values[before]) for values in (rates, training.sharpness))
    return bool(steps / sharpness > 0.5)


def _crossing(training: Training, look: int) -> Moment:
    values = {"limit": training.limit, "value": float(training.sharpness[look])}
    caption = Sentence("Its sharpness is above its limit here: {value:.3g}, where {limit:.3g} would be stable.", values)
    detail = Sentence("On a parabola the steps would grow without end; a network may still get out of it.")
    if training.is_lost:
        detail = Sentence("On a parabola the steps would grow without end, and here they do.")
    update = training.looks[look].update
    return Moment("crosses", update, None, "stability", caption, detail, Sentence("over the limit"))


def _standing(study: Study, training: Training) -> tuple[Moment, ...]:
    fifth = training.updates // 5
    if fifth < 5 or training.gradient_norm[0] == 0.0:
        return ()
    before, late = (np.median(part) for part in (training.loss[-2 * fifth : -fifth], training.loss[-fifth:]))
    share = float(np.median(training.gradient_norm[-fifth:]) / training.gradient_norm[0])
    if late < STILL * before or share < LARGE:
        return ()
    caption = Sentence(
        "The loss hardly falls any more, yet the gradient is not small: {share} of its first length.",
        {"share": percent(share)},
    )
    detail = Sentence("It is stuck, but not where the gradient vanishes: the steps go to and fro.")
    if study.batch:
        detail = Sentence("Each batch pulls its own way, and the steps are too long for it to even out.")
    update = training.updates - fifth
    return (Moment("stuck", update, None, "loss", caption, detail, Sentence("stuck")),)


def _apart(training: Training) -> tuple[Moment, ...]:
    held_out, losses = training.at_looks("held_out"), training.at_looks("loss")
    lowest = int(held_out.argmin())
    update, last = training.looks[lowest].update, training.looks[-1].update
    is_apart = held_out[-1] > APART * held_out[lowest] and losses[-1] < losses[lowest]
    if not is_apart or update > LATE * last:
        return ()
    values = {"low": float(held_out[lowest]), "high": float(held_out[-1])}
    caption = Sentence(
        "From here on the held-out loss rises, from {low:.3g} to {high:.3g}, while the other falls.", values
    )
    detail = Sentence("What it learns now is about the digits that it trains on.")
    return (Moment("apart", update, None, "loss", caption, detail, Sentence("learns by heart")),)


def _lost(training: Training, longest: int) -> Moment:
    """Say where a run ends that has gone off: that it does may be too soon after the start to be told there."""
    update = training.updates - 1
    caption = Sentence(
        "It has gone off: since update {gone} the loss is more than ten times its first value.",
        {"gone": _gone(training.loss)},
    )
    detail = Sentence("Here it is no number any more, and the run ends.")
    if training.updates < longest:
        detail = Sentence("Here it is no number any more, and this run ends; the others go on.")
    return Moment("diverged", update, None, "loss", caption, detail, Sentence("gone off"))


def _gone(loss: Floats) -> int:
    """Return the update from which on a loss that is lost stays above GONE times its first value."""
    with np.errstate(invalid="ignore"):
        within = np.flatnonzero(loss <= GONE * loss[0])
    return min(int(within[-1]) + 1, len(loss) - 1) if len(within) else 0


def _ended(training: Training) -> Moment:
    look = training.looks[-1]
    values = {"right": percent(look.accuracy), "loss": look.loss, "held_out": look.held_out}
    caption = Sentence("In the end {right} of the held-out digits are read rightly.", values)
    detail = Sentence("The loss is {loss:.3g}, on held-out digits {held_out:.3g}.", values)
    return Moment("moving", look.update, None, "accuracy", caption, detail, Sentence("end"))
