"""Tuning: the same budget for every run, and never a worse rate than the best of a plain search."""

from dataclasses import replace

import numpy as np
import pytest

from engine.presets import DEFAULT_SCENE, PRESETS
from engine.scenario import Run, Scenario
from engine.simulate import simulate_run
from engine.suggest import suggest_learning_rate
from ensembles.tuning import BUDGET, tune
from optimizers.gradient_descent import GradientDescent
from surfaces.own import Own

ROSENBROCK = PRESETS["rosenbrock"][1]
CASES = [(scene, run) for scene in (ROSENBROCK, DEFAULT_SCENE) for run in scene.runs]


@pytest.mark.parametrize(("scene", "run"), CASES, ids=lambda c: c.label() if isinstance(c, Run) else c.surface.slug)
def test_the_tuned_rate_beats_a_plain_search(scene, run):
    found = tune(scene, run)
    assert found.trials == BUDGET
    assert found.lr == float(f"{found.lr:.3g}")
    assert simulate_run(scene, replace(run, lr=found.lr)).loss[-1] == pytest.approx(found.loss, rel=1e-2)
    middle = suggest_learning_rate(scene.surface, scene.start, run.optimizer)
    plain = [simulate_run(scene, replace(run, lr=middle * 10.0**e)).loss[-1] for e in np.arange(-2.0, 2.1, 0.5)]
    rounding = 1e-15 * scene.surface.value(*scene.start)
    assert found.loss <= min(np.nan_to_num(plain, nan=np.inf)) + rounding


def test_on_the_lecture_valley_gradient_descent_stays_below_its_limit():
    found = tune(DEFAULT_SCENE, DEFAULT_SCENE.runs[0])
    assert 5e-7 < found.lr < 1.145e-6


def test_the_budget_is_kept():
    assert tune(ROSENBROCK, ROSENBROCK.runs[0], budget=20).trials == 20


def test_where_every_trial_diverges_the_rate_stays():
    run = Run(GradientDescent(), 0.5)
    scene = Scenario(Own(formula="-exp(x^2 + y^2)"), (3.0, 3.0), 300, (run,))
    found = tune(scene, run)
    assert (found.lr, found.loss) == (0.5, np.inf)


class AbandonedError(Exception):
    """Somebody has lost interest."""


def test_progress_rises_to_the_whole_budget_and_may_abandon_the_work():
    seen = []
    scene = replace(ROSENBROCK, steps=50)
    tune(scene, scene.runs[0], progress=seen.append)
    assert seen == sorted(seen)
    assert 0.5 < seen[-1] / (BUDGET * scene.steps) <= 1

    def abandon(_):
        raise AbandonedError

    with pytest.raises(AbandonedError):
        tune(ROSENBROCK, ROSENBROCK.runs[0], progress=abandon)
