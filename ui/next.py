"""What to try next: the scenes that answer what just happened, each with its reason, as the player offers them."""

from functools import partial

from engine.labels import short_labels
from engine.scenario import Scenario
from engine.simulate import Progress
from explain.next import Proposal, next_scenes
from player.line import Way
from spec.sentences import Sentence
from spec.shared import shared
from ui.limits import PROPOSALS_KEPT
from ui.scene import change, remembered
from ui.text import say_sentence_in, translate
from ui.trajectories import trajectory
from ui.workers import work


def ways(scenario: Scenario, code: str, tick: Progress) -> list[Way]:
    """Return what is proposed after a scene as the player offers it, in the language called `code`."""
    found = _found(scenario, tick=tick)
    return [
        (_name(p), say_sentence_in(code, p.label), say_sentence_in(code, _reason(scenario, p, code))) for p in found
    ]


def take(name: str) -> None:
    """Open the proposal of a name, if there still is one."""
    scenario = remembered()
    found = {_name(p): p.scene for p in work(lambda tick: _found(scenario, tick=tick))}
    if name in found:
        change(lambda _: found[name])


def _name(proposal: Proposal) -> str:
    return f"{proposal.slug}:{proposal.run}"


def _reason(scenario: Scenario, proposal: Proposal, code: str) -> Sentence:
    if len(scenario.runs) == 1:
        return proposal.reason
    values = {"run": short_labels(scenario, partial(translate, code))[proposal.run], "reason": proposal.reason}
    return Sentence("{run}: {reason}", values)


@shared(PROPOSALS_KEPT)
def _found(scenario: Scenario, *, tick: Progress) -> tuple[Proposal, ...]:
    return next_scenes(scenario, tuple(trajectory(scenario, run) for run in scenario.runs), tick)
