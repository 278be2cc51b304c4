"""Tuning: the same budget for every run, and never a worse rate than the best of a plain search."""

from dataclasses import replace

import numpy as np
import pytest

from engine.presets import DEFAULT_SCENE, PRESETS
from engine.scenario import Run, Scenario
from engine.simulate import simulate_run
from engine.suggest import suggest_learning_rate
from engine.trial import Trial, attempt, blew_out
from ensembles.tuning import BUDGET, tune
from optimizers.adagrad import Adagrad
from optimizers.adam import Adam
from optimizers.gradient_descent import GradientDescent
from optimizers.momentum import Momentum
from optimizers.rmsprop import RMSProp
from surfaces import SURFACES
from surfaces.own import Own

ROSENBROCK = PRESETS["rosenbrock"][1]
CASES = [(scene, run) for scene in (ROSENBROCK, DEFAULT_SCENE) for run in scene.runs]


@pytest.mark.parametrize(("scene", "run"), CASES, ids=lambda c: c.label() if isinstance(c, Run) else c.surface.slug)
def test_the_tuned_rate_beats_a_plain_search(scene, run):
    found = tune(scene, run)
    assert len(found.trials) == BUDGET
    assert not found.blew_out
    assert found.lr == float(f"{found.lr:.3g}")
    middle = suggest_learning_rate(scene.surface, scene.start, run.optimizer)
    plain = [attempt(scene, run, middle * 10.0**e).rank for e in np.arange(-2.0, 2.1, 0.5)]
    assert found.loss <= min(plain) + 1e-15 * scene.surface.value(*scene.start)


@pytest.mark.parametrize("slug", ["rastrigin", "ackley", "beale", "branin"])
@pytest.mark.parametrize("kind", [Adam, RMSProp, Momentum, Adagrad])
def test_what_is_found_is_what_the_recorded_run_then_shows(slug, kind):
    surface = SURFACES[slug]()
    run = Run(kind(), 0.1)
    scene = Scenario(surface, surface.start, 200, (run,))
    found = tune(scene, run)
    shown = simulate_run(scene, replace(run, lr=found.lr))
    assert shown.loss[-1] == found.loss < shown.loss[0]
    assert blew_out(surface, shown.theta, shown.loss) == found.blew_out
    assert len(found.trials) == BUDGET
    rates = [trial.lr for trial in found.trials]
    assert rates == sorted(set(rates))


def tuned_on(monkeypatch, loss, blew_out=lambda lr: False, middle=1.0, budget=BUDGET):
    """Return what tuning finds where a rate's loss is a function of it."""
    monkeypatch.setattr("ensembles.tuning.suggest_learning_rate", lambda *_: middle)
    monkeypatch.setattr("ensembles.tuning.attempt", lambda _, run, lr, report: Trial(lr, loss(lr), blew_out(lr)))
    return tune(ROSENBROCK, ROSENBROCK.runs[0], budget)


@pytest.mark.parametrize("best", [1.3e-5, 2e-3, 1.0, 77.0, 4e4])
@pytest.mark.parametrize("budget", [BUDGET, 30])
def test_the_best_is_found_also_beyond_the_ends(monkeypatch, best, budget):
    found = tuned_on(monkeypatch, lambda lr: abs(np.log(lr / best)), budget=budget)
    assert len(found.trials) == budget
    if budget == BUDGET:
        assert found.lr == pytest.approx(best, rel=0.03)


def test_a_lucky_rate_is_not_preferred(monkeypatch):
    found = tuned_on(monkeypatch, lambda lr: -9.0 if lr == 10.0 else abs(np.log(lr / 0.1)))
    assert found.lr == pytest.approx(0.1, rel=0.05)


def test_a_rate_beside_the_edge_may_be_chosen(monkeypatch):
    found = tuned_on(monkeypatch, lambda lr: np.inf if lr > 0.5 else -lr)
    assert found.lr == pytest.approx(0.5, rel=0.03)


def test_what_blew_out_is_chosen_only_if_nothing_else_is_there(monkeypatch):
    found = tuned_on(monkeypatch, lambda lr: -lr, blew_out=lambda lr: lr > 0.3)
    assert (found.lr == pytest.approx(0.3, rel=0.03), found.blew_out) == (True, False)
    found = tuned_on(monkeypatch, lambda lr: abs(np.log(lr / 2.0)), blew_out=lambda lr: True)
    assert (found.lr == pytest.approx(2.0, rel=0.03), found.blew_out) == (True, True)


def test_where_all_rates_do_the_same_the_suggested_one_is_taken(monkeypatch):
    assert tuned_on(monkeypatch, lambda lr: 1.0, middle=0.02).lr == 0.02


@pytest.mark.parametrize("middle", [1e-12, 1e6])
def test_the_budget_is_kept_at_the_ends_of_the_range(monkeypatch, middle):
    found = tuned_on(monkeypatch, lambda lr: lr if middle < 1 else -lr, middle=middle)
    assert len(found.trials) == BUDGET
    assert found.lr == middle


def test_on_the_lecture_valley_gradient_descent_stays_below_its_limit():
    found = tune(DEFAULT_SCENE, DEFAULT_SCENE.runs[0])
    assert 5e-7 < found.lr < 1.145e-6


def test_the_budget_is_kept():
    assert len(tune(ROSENBROCK, ROSENBROCK.runs[0], budget=20).trials) == 20


def test_where_every_trial_diverges_the_rate_stays():
    run = Run(GradientDescent(), 0.5)
    scene = Scenario(Own(formula="-exp(x^2 + y^2)"), (3.0, 3.0), 300, (run,))
    found = tune(scene, run)
    assert (found.lr, found.loss, found.blew_out) == (0.5, np.inf, True)


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
