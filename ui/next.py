"""What to try next: a button for each scene that answers what just happened, with its reason below it."""

import streamlit as st

from engine.labels import short_labels
from engine.scenario import Scenario
from explain.next import MOST, Proposal, next_scenes
from spec.sentences import Sentence
from spec.shared import shared
from ui.limits import PROPOSALS_KEPT
from ui.markdown import quiet
from ui.scene import change, remembered
from ui.text import say, say_sentence
from ui.trajectories import trajectory
from ui.workers import work

STYLE = """
<style>
.st-key-next { padding: 0 2px; }
.st-key-next h2 { font-size: 1.15rem; padding: 0.6rem 0 0.2rem; }
.st-key-next button { min-height: 44px; }
.st-key-next [data-testid="stColumn"] [data-testid="stVerticalBlock"] { gap: 0.25rem; }
</style>
"""


def next_steps(scenario: Scenario) -> None:
    """Draw what is proposed after a scene; nothing where nothing is."""
    proposals = _proposals(scenario)
    if not proposals:
        return
    st.html(STYLE)
    with st.container(key="next"):
        st.header(say("What next"), anchor=False)
        for column, proposal in zip(st.columns(MOST), proposals, strict=False):
            with column:
                _draw(scenario, proposal)


def ways(scenario: Scenario) -> list[tuple[str, str, str]]:
    """Return what is proposed after a scene as the player offers it: name, title and reason."""
    return [(_name(p), say_sentence(p.label), say_sentence(_reason(scenario, p))) for p in _proposals(scenario)]


def take(name: str) -> None:
    """Open the proposal of a name, if there still is one."""
    for proposal in _proposals(remembered()):
        if _name(proposal) == name:
            _open(proposal.scene)


def _name(proposal: Proposal) -> str:
    return f"{proposal.slug}:{proposal.run}"


def _draw(scenario: Scenario, proposal: Proposal) -> None:
    key = f"next:{_name(proposal)}"
    st.button(say_sentence(proposal.label), key=key, width="stretch", on_click=_open, args=(proposal.scene,))
    st.caption(say_sentence(quiet(_reason(scenario, proposal))))


def _reason(scenario: Scenario, proposal: Proposal) -> Sentence:
    if len(scenario.runs) == 1:
        return proposal.reason
    values = {"run": short_labels(scenario, say)[proposal.run], "reason": proposal.reason}
    return Sentence("{run}: {reason}", values)


def _open(scene: Scenario) -> None:
    change(lambda _: scene)


def _proposals(scenario: Scenario) -> tuple[Proposal, ...]:
    return work(lambda _: _found(scenario))


@shared(PROPOSALS_KEPT)
def _found(scenario: Scenario) -> tuple[Proposal, ...]:
    return next_scenes(scenario, tuple(trajectory(scenario, run) for run in scenario.runs))
