"""What to try next: at most three scenes that answer what just happened, each tried before it is proposed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from engine.scenario import Scenario
from engine.simulate import Progress, simulate_run
from engine.trajectory import Trajectory
from explain.happenings import SEVERITY, happening
from explain.remedies import Remedy, remedies
from spec.sentences import Sentence

MOST = 3
"""Proposals of a scene."""

TRIALS, UPDATES = 12, 24_000
"""Runs that are tried for a scene at most, and their updates together: some 50 ms; a longer scene gets fewer trials."""


@dataclass(frozen=True)
class Proposal:
    """A scene to open next.

    slug: what is changed. label: two to four words, for a button. reason: one line, true of the scene as it is. run:
    the place of the run that it is about.
    """

    slug: str
    label: Sentence
    reason: Sentence
    scene: Scenario
    run: int


@np.errstate(all="ignore")
def next_scenes(
    scenario: Scenario, trajectories: Sequence[Trajectory], tick: Progress = lambda _: None
) -> tuple[Proposal, ...]:
    """Return at most MOST scenes that answer what happened, those for the worst run first.

    Each changes one thing, was tried, and keeps what its reason says. Of a scene with more than UPDATES updates none
    is tried, and none proposed. tick: is called before each trial.
    """
    found: list[Proposal] = []
    families: set[tuple[int, str]] = set()
    trials = min(TRIALS, UPDATES // scenario.steps)
    for index, remedy in _candidates(scenario, trajectories):
        if len(found) == MOST or not trials:
            break
        if (index, remedy.family) in families:
            continue
        trials -= 1
        tick(0)
        reason = _reason(remedy, index, trajectories[index])
        if reason is not None:
            families.add((index, remedy.family))
            found.append(Proposal(remedy.slug, remedy.label, reason, remedy.scene, index))
    return tuple(found)


def _candidates(scenario: Scenario, trajectories: Sequence[Trajectory]) -> Iterator[tuple[int, Remedy]]:
    """Yield what may be tried, with the place of the run that it is for, the run in most need of it first."""
    happened = [(happening(scenario.surface, trajectory), index) for index, trajectory in enumerate(trajectories)]
    for what in SEVERITY:
        for index in (index for other, index in happened if other == what):
            yield from ((index, remedy) for remedy in remedies(what, scenario, index, trajectories[index]))


def _reason(remedy: Remedy, index: int, before: Trajectory) -> Sentence | None:
    """Return what a remedy does for a run, None if it does not do what it promises."""
    after = simulate_run(remedy.scene, remedy.scene.runs[index])
    return remedy.promise(remedy.scene.surface, before, after)
