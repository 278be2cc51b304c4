"""What is told of a network's training: true of what was recorded, and no more."""

from dataclasses import replace

import numpy as np
import pytest

from engine.scenario import Run
from explain.captions import captions
from explain.network.moments import NEAR, hovers_from, moments
from explain.network.story import network_timeline
from network.curvature import Sharpness
from network.study import Study
from network.training import Look, Training
from optimizers.adam import Adam
from optimizers.gradient_descent import GradientDescent
from tests.small_network import BURST, SMALL, small

LOOKS = 20


def made(sharpness, loss=None, held_out=None, norm=None, limit=2.0, rate=None, lost=False):
    """A training with these numbers at its looks, which are before each tenth update."""
    count = len(sharpness)
    loss = np.ones(count) if loss is None else np.asarray(loss, float)
    held_out = loss if held_out is None else held_out
    rate = np.ones(count) if rate is None else rate
    looks = tuple(
        Look(
            10 * k, np.zeros(1), float(loss[k]), float(held_out[k]), 0.5, np.ones((2, 5)), np.full((2, 5), rate[k]),
            Sharpness(np.array([sharpness[k]]), np.zeros((1, 1)), np.array([0.001]), 3), 1.0,
        )
        for k in range(count)
    )  # fmt: skip
    every = np.repeat(loss, 10)
    norms = np.repeat(np.ones(count) if norm is None else norm, 10)
    if lost:
        every = np.append(every, np.inf)
        norms = np.append(norms, np.inf)
    return Training(every, norms, np.ones(len(every)), looks, lost, limit)


def kinds(training, study=None):
    return [moment.kind for moment in moments(study or Study(), training)]


def test_what_stays_near_its_limit_hovers():
    grown = [0.5, 1.0, 1.4, *[1.9, 2.1] * 8]
    training = made(grown)
    assert hovers_from(training) == 3
    [hovers] = [moment for moment in moments(Study(), training) if moment.kind == "hovers"]
    assert hovers.update == 30
    assert (hovers.caption.values["low"], hovers.caption.values["high"]) == (1.9, 2.1)


@pytest.mark.parametrize(
    "sharpness",
    [
        [1.9] * LOOKS,  # near, but never above
        [*[1.9, 2.1] * 8, 0.5, 0.5, 0.5, 0.5],  # it leaves again
        [*[0.5] * 17, 1.9, 2.1, 1.9],  # too short to tell
        [*[1.9, 2.1] * 9, np.nan, 1.9],
    ],
)
def test_what_does_not_stay_does_not_hover(sharpness):
    assert hovers_from(made(sharpness)) is None


def test_a_rule_without_a_limit_hovers_nowhere():
    for limit in (None, np.inf):
        assert hovers_from(made([1.9, 2.1] * 10, limit=limit)) is None
        assert "crosses" not in kinds(made([1.9, 5.1] * 10, limit=limit))


def test_growing_and_sinking_are_said_with_their_cause():
    grows, shorter = np.linspace(0.5, 1.0, LOOKS), np.linspace(1.0, 0.1, LOOKS)
    assert "sharpens" in kinds(made(grows))
    told = {moment.kind: str(moment.detail) for moment in moments(Study(), made(grows, rate=grows))}
    assert "steps grow longer" in told["sharpens"]
    told = {moment.kind: str(moment.detail) for moment in moments(Study(), made(shorter, rate=shorter))}
    assert "grow shorter" in told["softens"]
    told = {moment.kind: str(moment.detail) for moment in moments(Study(loss="cross-entropy"), made(shorter))}
    assert "Cross entropy" in told["softens"]
    assert "Cross entropy" not in str([str(m.detail) for m in moments(Study(), made(shorter))])
    assert {"sharpens", "softens"}.isdisjoint(kinds(made(np.full(LOOKS, 0.7))))


def test_stuck_is_a_loss_that_rests_where_the_gradient_does_not():
    falling, flat = np.linspace(2.0, 0.1, LOOKS), np.ones(LOOKS)
    calm = np.full(LOOKS, 0.7)
    assert "stuck" in kinds(made(calm, loss=flat))
    assert "stuck" not in kinds(made(calm, loss=falling))
    assert "stuck" not in kinds(made(calm, loss=flat, norm=np.linspace(1.0, 0.01, LOOKS)))


def test_losses_that_part_are_said():
    falling = np.linspace(2.0, 0.1, LOOKS)
    held_out = np.where(np.arange(LOOKS) < 8, falling, np.linspace(1.0, 2.0, LOOKS))
    [apart] = [
        moment for moment in moments(Study(), made(np.full(LOOKS, 0.7), falling, held_out)) if moment.kind == "apart"
    ]
    assert apart.update == 10 * int(held_out.argmin())
    assert "apart" not in kinds(made(np.full(LOOKS, 0.7), falling))


def test_a_run_that_is_lost_is_told_as_such_and_nothing_of_an_end():
    told = kinds(made([1.0, 3.0, 40.0], loss=[1.0, 5.0, 1e9], lost=True))
    assert told[-1] == "diverged"
    assert {"moving", "stuck", "hovers", "sharpens", "softens"}.isdisjoint(told)
    nothing = replace(made([1.0]), looks=(), is_lost=True)
    assert kinds(nothing) == ["diverged"]


@pytest.mark.parametrize("study", [SMALL, BURST], ids=["all well", "one lost"])
def test_the_timeline_begins_with_the_start_and_names_the_runs(study):
    events = network_timeline(study, small(study).trainings)
    assert events[0].kind == "start"
    assert [event.update for event in events] == sorted(event.update for event in events)
    assert {str(event.caption).partition(":")[0] for event in events[1:]} == {"Gradient descent", "Adam"}
    assert {event.run for event in events} <= {0, 1}
    assert all("{" not in str(event.caption) + str(event.detail) + str(event.account) for event in events)
    assert captions(events)
    assert ("diverged" in {event.kind for event in events}) == (study is BURST)


def test_the_others_go_on_only_where_one_does():
    study = Study(runs=(Run(GradientDescent(), 2.0), Run(GradientDescent(), 3.0)))
    early, late = (made([1.0, 3.0] * n, loss=[1.0, 1e9] * n, lost=True) for n in (3, 5))
    ended = {e.run: str(e.detail) for e in network_timeline(study, [early, late]) if e.kind == "diverged"}
    assert "the others go on" in ended[0]
    assert "the others go on" not in ended[1]
    both = [str(e.detail) for e in network_timeline(study, [early, early]) if e.kind == "diverged"]
    assert not any("others" in detail for detail in both)


def test_one_run_is_not_named():
    study = replace(SMALL, runs=SMALL.runs[1:])
    events = network_timeline(study, small(study).trainings)
    assert not any(str(event.caption).startswith("Adam:") for event in events)


def test_the_story_is_about_the_run_that_comes_to_its_limit_first():
    study = Study(runs=(Run(Adam(), 0.1), Run(GradientDescent(), 0.1)))
    calm, hovering = made(np.full(LOOKS, 0.7)), made([1.9, 2.1] * 10)
    assert network_timeline(study, [calm, hovering])[0].run == 1
    assert network_timeline(study, [calm, calm])[0].run == 0
    assert NEAR[0] < 1 < NEAR[1]
