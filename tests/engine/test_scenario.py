"""A scenario refuses what is no scene, and keeps its numbers in their canonical form."""

import math
from dataclasses import replace

import pytest

from engine.presets import DEFAULT_SCENE
from engine.scenario import Run, Scenario
from engine.simulate import simulate_run
from optimizers.adam import Adam
from schedules.constant import Constant
from spec.sentences import SentenceError
from surfaces.rosenbrock import Rosenbrock

RUN = Run(Adam(), 0.05)


def test_numbers_take_their_canonical_type():
    scene = Scenario(Rosenbrock(), [1, 2], 30.0, (Run(Adam(), 1),))
    assert repr((scene.start, scene.steps, scene.runs[0].lr)) == "((1.0, 2.0), 30, 1.0)"
    assert (RUN.schedule, RUN.warmup.steps, RUN.name) == (Constant(), 0, "")
    assert Scenario.DEFAULT_STEPS == 500


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"steps": 0}, "Scenario.steps must lie in [1, 10⁶], got 0"),
        ({"steps": 1_000_001}, "Scenario.steps must lie in [1, 10⁶], got 1000001"),
        ({"start": (1e9, -1.1e9)}, "must lie in [-10⁹, 10⁹], got -1100000000"),
        ({"start": (math.nan, 0.0)}, "must lie in [-10⁹, 10⁹], got nan"),
        ({"runs": ()}, "a scene has 1 to 6 runs, got 0"),
        ({"runs": (RUN,) * 7}, "a scene has 1 to 6 runs, got 7"),
    ],
)
def test_what_is_no_scene_is_refused(values, said):
    with pytest.raises(SentenceError) as error:
        replace(DEFAULT_SCENE, **values)
    assert str(error.value) == said


def test_six_runs_and_a_million_updates_are_a_scene():
    assert len(replace(DEFAULT_SCENE, runs=(RUN,) * 6, steps=1_000_000, start=(1e9, -1e9)).runs) == 6


@pytest.mark.parametrize("lr", [1e-12, 1e6])
def test_the_ends_of_the_learning_rate(lr):
    assert Run(Adam(), lr).lr == lr
    with pytest.raises(SentenceError, match=r"^Run.lr must lie in \[10⁻¹², 10⁶\]"):
        Run(Adam(), lr * 10 if lr > 1 else lr / 10)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("  Fast \t one\n", "Fast one"), ("a\u200bb", "a b"), ("", ""), ("θ − μ g", "θ − μ g"),
        ("x" * 40, "x" * 40), ("x" * 41, "x" * 40), ("y" * 39 + " z", "y" * 39),
    ],
)  # fmt: skip
def test_a_name_is_one_short_line(typed, name):
    assert Run(Adam(), 1.0, name=typed).name == name


def test_a_trajectory_counts_updates_and_measures_gradients():
    trajectory = simulate_run(replace(DEFAULT_SCENE, steps=5), DEFAULT_SCENE.runs[0])
    assert trajectory.updates == 5
    expected = [math.hypot(*gradient) for gradient in trajectory.grad.tolist()]
    assert trajectory.grad_norm.tolist() == pytest.approx(expected)


def test_a_run_without_a_name_is_called_as_its_optimizer():
    assert RUN.label() == Adam.title
    assert RUN.label(str.upper) == Adam.title.upper()
    assert replace(RUN, name="Mine").label(str.upper) == "Mine"
