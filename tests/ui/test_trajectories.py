"""The store of trajectories: whatever changes a run makes another one, and nothing else does."""

from dataclasses import replace

import numpy as np
import pytest

from engine.noise import Noise
from engine.scenario import Run, Scenario
from engine.simulate import simulate_run
from optimizers import OPTIMIZERS
from optimizers.adam import Adam
from optimizers.gradient_descent import GradientDescent
from schedules import SCHEDULES
from schedules.base import WarmUp
from schedules.exponential import Exponential
from spec.knobs import Choice, Flag, Integer, Number, Points, knobs_of
from spec.sentences import SentenceError
from surfaces import SURFACES
from surfaces.lecture_valley import LectureValley
from surfaces.rosenbrock import Rosenbrock
from ui.trajectories import trajectory

RUN = Run(Adam(), 0.05, Exponential(), WarmUp(steps=5))
SCENE = Scenario(LectureValley(), (-120.0, -4.0), 12, (RUN,), Noise(level=0.5, batch=3, seed=1))


def another(knob, value):
    """Return an allowed value of a knob that is not this one."""
    match knob:
        case Integer(low=low):
            return value + 1 if value < knob.high else low
        case Number(low=low, high=high):
            return low + 0.375 * (min(high, 1e3) - low) if value != low + 0.375 * (min(high, 1e3) - low) else low
        case Choice(options=options):
            return next(option for option in options if option != value)
        case Flag():
            return not value
        case Points():
            return ((0, 0.5), (7, 0.25))
    return next(text for text in ("x^2 + 3*y^2", "0123456789abcdef") if is_read(knob, text))


def is_read(knob, text):
    try:
        return knob.check(text) == text
    except SentenceError:
        return False


def changed(owner):
    """Return an entry with each of its knobs changed in turn, by name."""
    knobs = knobs_of(owner).items()
    return {name: replace(owner, **{name: another(knob, getattr(owner, name))}) for name, knob in knobs}


def with_run(**values):
    run = replace(RUN, **values)
    return replace(SCENE, runs=(run,))


def pairs():
    """Yield what differs and two scenes that differ in nothing else."""
    yield "surface", SCENE, replace(SCENE, surface=Rosenbrock())
    yield "x", SCENE, replace(SCENE, start=(-119.0, -4.0))
    yield "y", SCENE, replace(SCENE, start=(-120.0, -3.0))
    yield "steps", SCENE, replace(SCENE, steps=13)
    yield "optimizer", SCENE, with_run(optimizer=GradientDescent())
    yield "rate", SCENE, with_run(lr=0.06)
    yield "schedule", SCENE, with_run(schedule=SCHEDULES["cosine"]())
    for name, noise in changed(SCENE.noise).items():
        yield f"noise.{name}", SCENE, replace(SCENE, noise=noise)
    for name, warmup in changed(RUN.warmup).items():
        yield f"warmup.{name}", SCENE, with_run(warmup=warmup)
    for slug, kind in SURFACES.items():
        for name, surface in changed(kind()).items():
            yield f"{slug}.{name}", replace(SCENE, surface=kind()), replace(SCENE, surface=surface)
    for slug, kind in OPTIMIZERS.items():
        for name, optimizer in changed(kind()).items():
            yield f"{slug}.{name}", with_run(optimizer=kind()), with_run(optimizer=optimizer)
    for slug, kind in SCHEDULES.items():
        for name, schedule in changed(kind()).items():
            yield f"{slug}.{name}", with_run(schedule=kind()), with_run(schedule=schedule)


PAIRS = {name: scenes for name, *scenes in pairs()}


@pytest.mark.parametrize("name", PAIRS)
def test_scenes_that_differ_in_one_thing_share_no_trajectory(name):
    one, other = PAIRS[name]
    assert one != other
    for scene in (one, other):
        kept = trajectory(scene, scene.runs[0])
        assert trajectory(scene, scene.runs[0]) is kept
        np.testing.assert_array_equal(kept.theta, simulate_run(scene, scene.runs[0]).theta)
    assert trajectory(one, one.runs[0]) is not trajectory(other, other.runs[0])


def test_a_name_and_the_runs_beside_it_make_no_difference():
    named = replace(RUN, name="Mine")
    beside = replace(SCENE, runs=(Run(GradientDescent(), 1e-7), named))
    assert trajectory(beside, named) is trajectory(SCENE, RUN)
