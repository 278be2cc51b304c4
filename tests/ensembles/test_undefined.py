"""A run that steps out of the domain of its loss is lost, however many numbers are varied at once."""

import numpy as np
import pytest

from engine.scenario import Run, Scenario
from engine.simulate import simulate_run
from ensembles.ensemble import run_ensemble
from ensembles.sweep import sweep
from optimizers.gradient_descent import GradientDescent
from surfaces.own import Own

ROOT = Own(formula="sqrt(x) + y^2")
SCENE = Scenario(ROOT, (1.0, 0.0), 40, (Run(GradientDescent(), 0.5),))
STAYS, LEAVES = 0.001, 0.5


def test_the_scene_steps_out_of_the_domain():
    outcome = simulate_run(SCENE, SCENE.runs[0]).outcome
    assert outcome.ending == "undefined"
    assert "where the loss is undefined" in str(outcome.sentence)


@pytest.mark.parametrize(("name", "values"), [("x", [900.0, 1.0]), ("y", [1.0]), ("a.lr", [STAYS, LEAVES])])
def test_a_sweep_counts_it_as_lost(name, values):
    found = sweep(SCENE, name, values)
    expected = [True] if name == "y" else [False, True]
    assert found.diverged[0].tolist() == expected
    assert np.isnan(found.loss[0]).tolist() == expected
    assert not found.converged.any()
    assert (found.updates == -1).all()


def test_an_ensemble_counts_it_as_lost():
    many = run_ensemble(ROOT, SCENE.runs[0], [(900.0, 0.0), (1.0, 0.0)], 40)
    assert many.diverged.tolist() == [False, True]
    assert np.isnan(many.loss).tolist() == [False, True]
