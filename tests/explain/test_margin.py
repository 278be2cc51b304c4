"""How near a run came to its limit of stability, as a number and in words."""

from dataclasses import replace

import numpy as np
import pytest

from engine.presets import DEFAULT_SCENE
from engine.scenario import Run, Scenario
from engine.simulate import simulate_run
from engine.stability import margin
from explain.margin import margin_sentence, share_text
from optimizers import OPTIMIZERS
from optimizers.adam import Adam
from optimizers.gradient_descent import GradientDescent
from optimizers.signsgd import SignSGD
from schedules.inverse_time import InverseTime
from surfaces.own import Own
from surfaces.rosenbrock import Rosenbrock
from surfaces.valley import Valley

LINEAR = [
    kind for kind in OPTIMIZERS.values() if kind.step_unit == "gradient" and not getattr(kind, "ghosts", kind.may_climb)
]


def made(surface, optimizer, lr, steps=100, **more):
    run = Run(optimizer, lr, **more)
    return run, simulate_run(Scenario(surface, surface.start, steps, (run,)), run)


@pytest.mark.parametrize("kind", LINEAR)
def test_on_a_quadratic_a_run_is_bounded_just_below_the_largest_stable_rate_and_grows_just_above(kind):
    valley = Valley(kappa=50.0)
    run, trajectory = made(valley, kind(), 1e-3)
    largest = margin(trajectory, run.lr).largest
    assert largest == pytest.approx(kind().stability_limit / 50.0)
    _, below = made(valley, kind(), 0.98 * largest, 2000)
    _, above = made(valley, kind(), 1.02 * largest, 2000)
    assert below.loss[-1] < below.loss[0] < above.loss[-1]


def test_the_margin_is_where_the_sharpness_is_highest():
    run, trajectory = made(Rosenbrock(), GradientDescent(), 1e-3)
    found = margin(trajectory, run.lr)
    assert found.update == np.argmax(trajectory.sharpness)
    assert found.share == trajectory.sharpness.max() / 2
    assert found.largest * found.share == pytest.approx(run.lr)


def test_a_schedule_takes_part():
    run, trajectory = made(Valley(kappa=50.0), GradientDescent(), 1e-2, schedule=InverseTime(rate=1.0))
    assert margin(trajectory, run.lr).update == 0
    assert margin(trajectory, run.lr).largest == pytest.approx(0.04)


def test_of_a_lost_run_the_first_update_counts():
    run, trajectory = made(Rosenbrock(), GradientDescent(), 0.1)
    assert trajectory.outcome.ending == "diverged"
    assert margin(trajectory, run.lr).update == 0


@pytest.mark.parametrize(
    ("surface", "optimizer"),
    [(Rosenbrock(), SignSGD()), (Own(formula="x + y"), GradientDescent())],
    ids=["no limit in theory", "no curvature"],
)
def test_where_nothing_is_known_nothing_is_said(surface, optimizer):
    run, trajectory = made(surface, optimizer, 1e-3, 20)
    assert margin(trajectory, run.lr) is None
    assert margin_sentence(run, trajectory) is None


@pytest.mark.parametrize(
    ("optimizer", "lr", "text"),
    [
        (GradientDescent(), 1e-3, "5.0 % of the largest stable rate at the start, 0.02."),
        (GradientDescent(), 0.5, "2500 % of the largest stable rate at the start, 0.02."),
        (Adam(), 0.1, "At its sharpest, at update"),
    ],
)
def test_the_margin_in_words(optimizer, lr, text):
    assert text.replace("5.0 %", "5 %") in str(margin_sentence(*made(Valley(kappa=100.0), optimizer, lr)))


def test_the_lecture_says_where_it_is_sharpest():
    said = [margin_sentence(run, simulate_run(DEFAULT_SCENE, run)) for run in DEFAULT_SCENE.runs]
    assert str(said[0]) == "8.7 % of the largest stable rate at the start, 1.14×10⁻⁶."
    assert str(said[1]) == "At its sharpest, at update 714, the run is at 118 % of its limit of stability."


def test_a_point_on_the_way_is_called_so():
    run, trajectory = made(Own(formula="x^4 + y^2"), GradientDescent(), 1e-4)
    assert "at the start" in str(margin_sentence(run, trajectory))
    uphill = replace(trajectory, sharpness=np.linspace(0.1, 0.5, trajectory.updates))
    assert "at the run's sharpest point" in str(margin_sentence(run, uphill))


@pytest.mark.parametrize(
    ("share", "text"),
    [(0.0414, "4.1 %"), (0.3, "30 %"), (0.99, "99 %"), (1.181, "118 %"), (2.5e-7, "2.5e-05 %"), (1e3, "1e+05 %")],
)
def test_a_share_has_sensible_digits(share, text):
    assert share_text(share) == text
