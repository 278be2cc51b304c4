"""Curves over the learning rate and what is made of them: the published number, its scale-free form, a width."""

import numpy as np
import pytest

from engine.scenario import Run, Scenario
from engine.trial import attempt
from ensembles.axis import Axis
from ensembles.sensitivity import Curve, rates_of, sensitivity
from optimizers.adam import Adam
from optimizers.gradient_descent import GradientDescent
from surfaces.rosenbrock import Rosenbrock
from surfaces.valley import Valley

SCENE = Scenario(Valley(), (5.0, 3.0), 200, (Run(GradientDescent(), 0.01), Run(Adam(), 0.1)))


def test_a_curve_is_made_of_recorded_runs():
    for curve, run in zip(sensitivity(SCENE, rates_of(SCENE, count=9)), SCENE.runs, strict=True):
        alone = [attempt(SCENE, run, rate).loss for rate in curve.rates.tolist()]
        np.testing.assert_allclose(curve.loss, alone, rtol=1e-6, atol=1e-12)
        assert curve.first == pytest.approx(float(SCENE.surface.value(5.0, 3.0)))


def test_all_runs_have_one_axis():
    axis = rates_of(SCENE)
    assert axis.low < 0.01 / 99
    assert axis.high > 0.1 * 99
    assert [curve.run for curve in sensitivity(SCENE, Axis("a.lr", 1e-3, 1.0, 5, log=True))] == ["a", "b"]


def test_the_numbers_by_hand():
    """Of four rates one is lost and one ends higher than it began; both count as the start, 10."""
    curve = Curve("a", np.array([1e-3, 1e-2, 1e-1, 1.0]), np.array([2.0, 2.3, 30.0, np.inf]), first=10.0)
    assert curve.lowest == 2.0
    assert curve.sensitivity == pytest.approx((0.0 + 0.3 + 8.0 + 8.0) / 4)
    assert curve.share == pytest.approx(curve.sensitivity / 8.0)
    assert curve.width == pytest.approx(4 * 2 / 4)


def test_where_no_rate_helps_there_is_nothing_to_be_sensitive_to():
    curve = Curve("a", np.array([1e-3, 1e-2]), np.array([np.nan, 12.0]), first=10.0)
    assert (curve.sensitivity, curve.share, curve.width) == (0.0, 0.0, 0.0)


def test_the_share_does_not_know_the_unit_of_the_loss():
    curve = Curve("a", np.geomspace(1e-3, 1.0, 4), np.array([1.0, 2.0, 3.0, np.inf]), first=10.0)
    scaled = Curve("a", curve.rates, 7.0 * curve.loss, first=70.0)
    assert scaled.share == pytest.approx(curve.share)
    assert scaled.width == curve.width


def test_progress_rises_to_one():
    seen = []
    scene = Scenario(Rosenbrock(), (-1.2, 1.0), 30, (Run(Adam(), 0.1),) * 2)
    sensitivity(scene, rates_of(scene, count=5), progress=seen.append)
    assert seen == sorted(seen)
    assert 0.5 < seen[-1] <= 1.0
