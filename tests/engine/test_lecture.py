"""The lecture's own numbers: its valley, its blow-outs, and the moments at which steps become unstable."""

from dataclasses import replace

import numpy as np
import pytest

from engine.presets import DEFAULT_SCENE
from engine.scale import Scale
from engine.scenario import Run
from engine.simulate import simulate_run
from engine.stability import crossings, unstable_spans
from optimizers.adagrad_rms import AdagradRMS
from optimizers.gradient_descent import GradientDescent
from optimizers.rmsprop import RMSProp
from optimizers.rmsprop_lee import RMSPropLee
from schedules.inverse_time import InverseTime
from surfaces.lecture_valley import INPUTS, TARGETS, LectureValley

LONG = replace(DEFAULT_SCENE, steps=100_000)
X, Y = np.array(INPUTS, float), np.array(TARGETS, float)


def floor(b):
    """The best w for each b: the floor of the valley."""
    return (X @ Y - b * X.sum()) / (X @ X)


def blow_outs(trajectory):
    """The updates at which w leaves the floor by more than 0.05, after at least 50 updates near it."""
    b, w = trajectory.theta.T
    away = np.flatnonzero(np.abs(w - floor(b)) > 0.05)
    first_of_each = away[np.flatnonzero(np.diff(away, prepend=-1) > 50)]
    return first_of_each.tolist()


def test_the_minimum_and_its_curvature():
    surface = LectureValley()
    (point,) = surface.critical_points
    assert (point.x, point.y) == pytest.approx((-188.4332, 2.669455), abs=5e-5)
    h_bb, h_bw, h_ww = (float(h) for h in surface.hessian_array(point.x, point.y))
    low, high = np.linalg.eigvalsh([[h_bb, h_bw], [h_bw, h_ww]])
    assert low == pytest.approx(5.573, abs=5e-4)
    assert high == pytest.approx(1.74683e6, rel=5e-6)
    assert high / low == pytest.approx(3.13e5, rel=2e-3)
    assert 2 / high == pytest.approx(1.145e-6, rel=5e-4)


def test_plain_gradient_descent_stays_far_away_after_the_lectures_100_000_updates():
    trajectory = simulate_run(LONG, Run(GradientDescent(), lr=1e-7))
    assert trajectory.theta[-1] == pytest.approx((-123.69, 2.4834), abs=5e-3)
    assert trajectory.outcome.ending == "moving"


@pytest.mark.parametrize(("lr", "ending"), [(1.14e-6, "moving"), (1.15e-6, "diverged")])
def test_plain_gradient_descent_is_stable_only_below_the_limit(lr, ending):
    trajectory = simulate_run(replace(LONG, steps=10_000), Run(GradientDescent(), lr=lr))
    assert trajectory.outcome.ending == ending


def test_training_stuck_is_not_small_gradient():
    trajectory = simulate_run(replace(LONG, steps=200), Run(GradientDescent(), lr=1.1449e-6))
    late = slice(100, None)
    assert np.ptp(np.log10(trajectory.loss[late])) < 0.05
    assert trajectory.grad_norm[late].min() > 0.5 * trajectory.grad_norm[0]


def test_root_mean_square_adagrad_blows_out_again_and_again():
    trajectory = simulate_run(replace(LONG, steps=5_500), Run(AdagradRMS(), lr=1.0))
    assert [t for t in blow_outs(trajectory) if t > 100] == [708, 1180, 1728, 2344, 3022, 3757, 4545, 5384]
    b, w = trajectory.theta.T
    assert 3 < np.abs(w - floor(b))[600:].max() < 5


def test_the_blow_out_is_announced_200_updates_before_it_is_seen():
    trajectory = simulate_run(replace(LONG, steps=2_000), Run(AdagradRMS(), lr=1.0))
    up, down = crossings(trajectory)
    assert up.tolist() == [512, 948, 1467]
    assert down[0] == 724
    assert trajectory.sharpness[[0, 100, 300, 500, 700]] == pytest.approx([0.155, 0.888, 1.533, 1.977, 2.339], abs=5e-4)
    assert unstable_spans(trajectory)[0] == (512, 724)


def test_the_loss_rises_when_the_gradient_turns_to_the_unstable_direction():
    """The curvature along the gradient crosses 2 up to 215 updates after sharpness, and there the loss first rises."""
    trajectory = simulate_run(replace(DEFAULT_SCENE, steps=5_500), Run(AdagradRMS(), lr=1.0))
    along = Scale.of(trajectory).curvature_along(LectureValley(), trajectory.theta[:-1], trajectory.grad[:-1])
    above = np.flatnonzero(np.diff((along > 2).astype(int), prepend=0) == 1)
    assert above.tolist() == [699, 1162, 1697, 2295, 2946, 3645, 4383, 5147]
    rising = np.flatnonzero(np.diff(trajectory.loss) > 0)
    first_of_each = rising[np.flatnonzero(np.diff(rising, prepend=-100) > 50)]
    assert first_of_each.tolist() == above.tolist()
    up, down = crossings(trajectory)
    assert (up < above).all()
    assert (above < down).all()


def test_spans_above_the_limit_are_few_and_cover_all_of_them():
    trajectory = simulate_run(replace(LONG, steps=20_000), Run(AdagradRMS(), lr=1.0))
    above = np.flatnonzero(trajectory.sharpness > 2)
    for most in (3, 60):
        spans = unstable_spans(trajectory, most)
        assert len(spans) <= most
        assert all(any(low <= t < high for low, high in spans) for t in above.tolist())
        assert all(start in above and end - 1 in above for start, end in spans)


def test_decay_cures_the_blow_outs():
    trajectory = simulate_run(LONG, Run(AdagradRMS(), lr=1.0, schedule=InverseTime(rate=0.01, per_epoch=1)))
    assert [t for t in blow_outs(trajectory) if t > 100] == []


def test_the_two_rmsprops_differ_in_their_first_steps():
    scene = replace(DEFAULT_SCENE, steps=3)
    lee = simulate_run(scene, Run(RMSPropLee(rho=0.99), lr=0.1))
    ng = simulate_run(scene, Run(RMSProp(rho=0.99, eps=0.0), lr=0.1))
    first = np.abs(np.diff(np.stack([lee.theta, ng.theta]), axis=1))[:, 0]
    assert first[0] == pytest.approx(0.1)
    assert first[1] / first[0] == pytest.approx(1 / np.sqrt(1 - 0.99))
