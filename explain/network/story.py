"""What happens while networks train, as the events of one timeline."""

from collections.abc import Sequence

from engine.labels import Say, short_labels
from explain.events import Event, Moment, event_of
from explain.network.moments import moments, opening
from network.study import Study
from network.training import Training


def network_timeline(study: Study, trainings: Sequence[Training], say: Say = str) -> tuple[Event, ...]:
    """Return all that happens in the runs of a study, in time order; the first event is the start.

    say: puts the names of the runs into the language of the page; sentences are translated where they are shown.
    """
    names = short_labels(study, say)
    longest = max((training.updates for training in trainings), default=0)
    told = [moments(study, training, longest) for training in trainings]
    focus = _focus(told)
    events = [event_of(opening(study, trainings), focus, "", None)]
    for index, own in enumerate(told):
        name = names[index] if len(names) > 1 else ""
        events += [event_of(moment, index, name, None) for moment in own]
    return tuple(sorted(events, key=lambda event: event.update))


def _focus(told: Sequence[Sequence[Moment]]) -> int:
    """Return the run that the story is about: the first that comes to its limit, else the first one."""
    at = [min((m.update for m in own if m.kind in ("hovers", "crosses")), default=None) for own in told]
    come = [(update, index) for index, update in enumerate(at) if update is not None]
    return min(come)[1] if come else 0
