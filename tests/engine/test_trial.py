"""A trial of a learning rate is the recorded run with that rate, and says whether it blew out."""

from dataclasses import replace

import numpy as np
import pytest

from engine.noise import Noise
from engine.presets import DEFAULT_SCENE
from engine.scenario import Run, Scenario
from engine.simulate import simulate_run
from engine.trial import FAR, RISE, attempt, blew_out
from optimizers import OPTIMIZERS
from optimizers.adagrad_rms import AdagradRMS
from optimizers.gradient_descent import GradientDescent
from schedules.base import WarmUp
from schedules.inverse_time import InverseTime
from surfaces import SURFACES
from surfaces.own import Own

BOWL = Own(formula="x^2 + y^2")


@pytest.mark.parametrize("kind", OPTIMIZERS.values(), ids=list(OPTIMIZERS))
@pytest.mark.parametrize("slug", ["lecture", "rastrigin"])
def test_a_trial_ends_where_the_recorded_run_ends(kind, slug):
    surface = SURFACES[slug]()
    run = Run(kind(), 1e-3, InverseTime(rate=0.01), WarmUp(steps=5))
    noise = Noise(level=0.1, batch=3 if surface.data_size else 0)
    scene = Scenario(surface, surface.start, 60, (run,), noise)
    for lr in (1e-7, 1e-2, 3.0):
        recorded = simulate_run(scene, replace(run, lr=lr))
        trial = attempt(scene, run, lr)
        lost = recorded.updates < 60 or not np.isfinite(recorded.loss[-1])
        assert trial.loss == (np.inf if lost else recorded.loss[-1])
        assert trial.blew_out == blew_out(surface, recorded.theta, recorded.loss)


def run_with(losses, far=0.0):
    theta = np.zeros((len(losses), 2))
    theta[1, 0] = far
    return blew_out(BOWL, theta, np.array(losses, float))


@pytest.mark.parametrize("low", [-1e3, 0.0, 7.0])
@pytest.mark.parametrize("scale", [1e-6, 1.0, 1e6])
def test_a_run_that_rises_far_above_its_start_has_blown_out(low, scale):
    below, above = RISE - 0.01, RISE + 0.01
    assert not run_with([low + scale, low + below * scale, low])
    assert run_with([low + scale, low + above * scale, low])


def test_a_run_whose_loss_is_no_number_or_that_goes_far_has_blown_out():
    (left, right), _ = BOWL.window
    assert run_with([1.0, np.nan, 0.0])
    assert run_with([1.0, np.inf, 0.0])
    assert not run_with([1.0, 0.5, 0.0], far=0.99 * FAR * (right - left))
    assert run_with([1.0, 0.5, 0.0], far=1.01 * FAR * (right - left))


def test_a_run_that_does_not_move_has_not_blown_out():
    assert not run_with([1.0, 1.0, 1.0])


def test_what_blew_out_ranks_last_and_keeps_its_loss():
    lucky = attempt(DEFAULT_SCENE, Run(AdagradRMS(), 1.0), 20.0)
    assert lucky.blew_out
    assert lucky.rank == np.inf > lucky.loss
    assert attempt(DEFAULT_SCENE, Run(GradientDescent(), 1.0), 1e-7).rank < DEFAULT_SCENE.surface.value(-120.0, -4.0)
