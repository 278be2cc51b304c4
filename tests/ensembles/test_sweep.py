"""A sweep ends where single runs end, and refuses what makes no sense."""

from dataclasses import replace

import numpy as np
import pytest

from engine.fields import numbers
from engine.scenario import Run, Scenario
from engine.simulate import simulate_run
from engine.url import explicit
from ensembles.resting import CHECK
from ensembles.sweep import sweep
from optimizers.adam import Adam
from optimizers.gradient_descent import GradientDescent
from schedules.base import WarmUp
from schedules.exponential import Exponential
from spec.sentences import SentenceError
from surfaces.valley import Valley

SCENE = Scenario(
    Valley(kappa=10.0),
    (4.0, 1.0),
    400,
    (Run(Adam(), 0.05, Exponential(base=0.99), WarmUp(5)), Run(GradientDescent(), 0.1)),
)


def alone(scene, index):
    trajectory = simulate_run(scene, scene.runs[index])
    ending = trajectory.outcome.ending
    at_rest = ending in ("converged", "saddle")
    return trajectory.loss[-1], trajectory.outcome.update if at_rest else -1, at_rest, ending == "diverged"


def assert_same(found, row, expected):
    loss, updates, at_rest, diverged = zip(*expected, strict=True)
    np.testing.assert_array_equal(found.loss[row], loss)
    np.testing.assert_array_equal(found.updates[row], updates)
    np.testing.assert_array_equal(found.converged[row], at_rest)
    np.testing.assert_array_equal(found.diverged[row], diverged)


def test_a_knob_of_a_run_changes_that_run():
    values = [0.0, 0.5, 0.99]
    found = sweep(SCENE, "a.beta1", values)
    assert found.runs == ("a",)
    run = SCENE.runs[0]
    scenes = [replace(SCENE, runs=(replace(run, optimizer=Adam(beta1=b)),)) for b in values]
    assert_same(found, 0, [alone(scene, 0) for scene in scenes])


def test_a_knob_of_the_surface_changes_every_run():
    values = [2.0, 15.0, 30.0]
    found = sweep(SCENE, "surface.kappa", values)
    assert found.runs == ("a", "b")
    scenes = [replace(SCENE, surface=Valley(kappa=k)) for k in values]
    for row in (0, 1):
        assert_same(found, row, [alone(scene, row) for scene in scenes])
    assert found.diverged.tolist() == [[False] * 3, [False, False, True]]
    assert found.converged[1].tolist() == [True, True, False]


@pytest.mark.parametrize(
    ("name", "values"),
    [("x", [-3.0, 2.0]), ("steps", [1, 50]), ("noise", [0.0, 0.1]), ("a.sched.base", [0.9, 1.0]), ("a.warmup", [0, 9])],
)
def test_any_number_of_the_address_can_be_varied(name, values):
    found = sweep(SCENE, name, values)
    assert found.loss.shape == (1 if name.startswith("a.") else 2, 2)
    assert np.ptp(found.loss[0]) > 0


def test_learning_rates_end_where_single_runs_end():
    rates = [0.001, 0.05, 0.15, 0.5]
    found = sweep(SCENE, "b.lr", rates)
    expected = [alone(replace(SCENE, runs=(Run(GradientDescent(), rate),)), 0) for rate in rates]
    loss, updates, at_rest, diverged = zip(*expected, strict=True)
    assert found.runs == ("b",)
    assert found.converged[0].tolist() == list(at_rest) == [False, True, True, False]
    assert found.diverged[0].tolist() == list(diverged) == [False, False, False, True]
    np.testing.assert_allclose(found.loss[0, :3], loss[:3], rtol=1e-9)
    for n, expected_update in zip(found.updates[0, 1:3], updates[1:3], strict=True):
        assert expected_update <= n < expected_update + CHECK
    assert found.updates[0, [0, 3]].tolist() == [-1, -1]


def test_every_name_is_one_of_the_address():
    scene = replace(SCENE, start=(1.0, 2.0), steps=7)
    for name in explicit(scene):
        if name not in ("v", "surface", "a", "b", "a.sched"):
            assert name in numbers(scene)
    assert "a.place" not in numbers(scene)


@pytest.mark.parametrize("name", ["zz", "a.place", "c.lr", "a", "surface", "b.beta1", ""])
def test_an_unknown_name_is_refused(name):
    with pytest.raises(SentenceError, match="is not a number of this scene"):
        sweep(SCENE, name, [1.0])


@pytest.mark.parametrize(
    ("name", "value"), [("a.beta1", 1.5), ("a.lr", -1.0), ("steps", 0), ("steps", 1.5), ("x", np.nan)]
)
def test_a_value_out_of_range_is_refused_before_anything_runs(name, value):
    with pytest.raises(SentenceError, match=f"^{name} must "):
        sweep(SCENE, name, [0.5, value] if name != "steps" else [value], progress=pytest.fail)


class AbandonedError(Exception):
    """Somebody has lost interest."""


@pytest.mark.parametrize(
    ("name", "values"), [("b.lr", [0.01, 0.02]), ("a.beta1", [0.5, 0.6]), ("surface.kappa", [2, 3])]
)
def test_progress_rises_to_one_and_may_abandon_the_work(name, values):
    seen = []
    sweep(SCENE, name, values, seen.append)
    assert seen == sorted(seen)
    assert seen[-1] == 1.0

    def abandon(_):
        raise AbandonedError

    with pytest.raises(AbandonedError):
        sweep(SCENE, name, values, abandon)
