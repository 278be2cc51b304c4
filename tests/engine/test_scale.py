"""The scale: the move, its reach, and its stability against NumPy's own linear algebra."""

import numpy as np
import pytest

from engine.presets import PRESETS
from engine.scale import Scale, move, takes_part
from engine.scenario import Run, Scenario
from engine.simulate import simulate, simulate_run
from optimizers.adagrad import Adagrad
from optimizers.adagrad_rms import AdagradRMS
from optimizers.adam import Adam
from optimizers.adamw import AdamW
from optimizers.gradient_descent import GradientDescent
from surfaces.own import Own
from surfaces.rosenbrock import Rosenbrock
from surfaces.saddle import Saddle
from surfaces.valley import Valley
from xp.functions import ARRAYS, FLOATS

every_scene = pytest.mark.parametrize(
    ("surface", "run"),
    [
        (surface, Run(rule, 0.05))
        for surface in (Valley(kappa=100.0, angle=20.0), Rosenbrock())
        for rule in (AdagradRMS(), Adam(), GradientDescent())
    ],
    ids=str,
)


def recorded(surface, run, start=None, steps=50):
    return simulate_run(Scenario(surface, start or surface.start, steps, (run,)), run)


def matrices(surface, trajectory):
    """Yield diag(rate) H, as it is defined, of every update."""
    for (x, y), rate in zip(trajectory.theta[:-1], trajectory.rate, strict=True):
        h_xx, h_xy, h_yy = (float(h) for h in surface.hessian_array(x, y))
        yield np.diag(rate) @ np.array([[h_xx, h_xy], [h_xy, h_yy]])


@every_scene
def test_sharpness_is_the_largest_eigenvalue(surface, run):
    trajectory = recorded(surface, run)
    known = [np.linalg.eigvals(matrix).real.max() for matrix in matrices(surface, trajectory)]
    sharpness = Scale.of(trajectory).sharpness(surface, trajectory.theta[:-1])
    np.testing.assert_allclose(sharpness, known, rtol=1e-9)
    np.testing.assert_array_equal(trajectory.sharpness, sharpness)


@every_scene
def test_the_axis_is_that_of_the_larger_share_of_the_eigenvector(surface, run):
    trajectory = recorded(surface, run)
    axes = Scale.of(trajectory).eigen_axis(surface, trajectory.theta[:-1])
    for axis, matrix, rate in zip(axes, matrices(surface, trajectory), trajectory.rate, strict=True):
        values, vectors = np.linalg.eig(matrix)
        leading = vectors[:, values.real.argmax()].real / np.sqrt(rate)  # of the symmetric matrix it is similar to
        assert abs(leading[axis]) >= abs(leading[1 - axis]) * (1 - 1e-9)


@every_scene
def test_a_step_is_what_the_run_moved(surface, run):
    trajectory = recorded(surface, run)
    np.testing.assert_allclose(
        Scale.of(trajectory).step(trajectory.m), -np.diff(trajectory.theta, axis=0), rtol=1e-6, atol=1e-12
    )


def test_reach_and_shared_step_size_by_hand():
    scale = Scale(np.array([[2.0, 0.5]]), np.array([0.1]))
    np.testing.assert_allclose(scale.rate, [[0.05, 0.2]])
    np.testing.assert_allclose(scale.reach(np.array([[3.0, 4.0]])), [[0.25, 1.0]])
    np.testing.assert_allclose(scale.shared, [0.1])


def test_an_axis_with_m_zero_does_not_move_whatever_its_scale():
    for sigma in (0.0, 1e-320, np.inf, np.nan):
        scale = Scale(np.array([[sigma, 1.0]]), np.array([0.1]))
        assert scale.step(np.zeros((1, 2))).tolist() == [[0.0, 0.0]]
        assert move(3.0, 0.0, sigma, 0.1, 0.0, True, FLOATS) == 3.0
    trajectory = recorded(Saddle(), Run(AdagradRMS(), 0.1), start=(1.0, 0.0), steps=5)
    assert np.isinf(Scale.of(trajectory).rate[:, 1]).all()


@pytest.mark.parametrize("guarded", [True, False])
@pytest.mark.parametrize("decay", [0.0, 0.25])
def test_the_move_is_the_same_on_floats_and_on_arrays(decay, guarded):
    theta, m, sigma = np.array([3.0, -2.0]), np.array([0.5, -4.0]), np.array([2.0, 0.125])
    expected = theta - 0.1 / sigma * m - 0.1 * decay * theta
    np.testing.assert_allclose(move(theta, m, sigma, 0.1, decay, guarded, ARRAYS), expected, rtol=1e-15)
    one_by_one = [move(*of_axis, 0.1, decay, guarded, FLOATS) for of_axis in zip(theta, m, sigma, strict=True)]
    np.testing.assert_allclose(one_by_one, expected, rtol=1e-15)


def test_decoupled_decay_is_part_of_the_move_and_not_of_the_step():
    trajectory = recorded(Rosenbrock(), Run(AdamW(weight_decay=0.5), 0.05), steps=20)
    moved = -np.diff(trajectory.theta, axis=0)
    decayed = 0.05 * 0.5 * trajectory.theta[:-1]
    np.testing.assert_allclose(Scale.of(trajectory).step(trajectory.m) + decayed, moved, rtol=1e-9)


def test_the_scale_of_some_updates():
    trajectory = recorded(Rosenbrock(), Run(Adam(), 0.05))
    some = Scale.of(trajectory, np.array([3, 7]))
    np.testing.assert_array_equal(some.rate, trajectory.rate[[3, 7]])


def one_run(formula, start, rule, lr=0.1, steps=20):
    surface = Own(formula=formula)
    return surface, recorded(surface, Run(rule, lr), start=start, steps=steps)


@pytest.mark.parametrize(
    "rule", [Adam(), AdagradRMS(), GradientDescent(), AdamW(weight_decay=0.1)], ids=lambda r: r.slug
)
@pytest.mark.parametrize("axis", [0, 1])
def test_an_axis_that_never_moves_has_no_part_in_sharpness(rule, axis):
    start = ((1.0, 0.0), (0.0, 1.0))[axis]
    surface, trajectory = one_run("2*x^2 + 3*y^2", start, rule)
    np.testing.assert_array_equal(trajectory.sharpness, trajectory.rate[:, axis] * (4.0, 6.0)[axis])
    assert set(Scale.of(trajectory).eigen_axis(surface, trajectory.theta[:-1])) == {axis}


def test_a_run_that_never_moves_has_no_sharpness():
    _, trajectory = one_run("2*x^2 + 3*y^2", (0.0, 0.0), Adam())
    assert np.isnan(trajectory.sharpness).all()


def test_an_axis_has_a_part_from_its_first_move_or_while_its_scale_is_the_same():
    m = np.array([[1.0, 0.0], [1.0, 0.0], [1.0, 5.0], [1.0, 0.0]])
    by_epsilon, constant = np.array([1e-8, 1e-8, 5.0, 4.0]), np.ones(4)
    assert takes_part(m, np.stack([constant, by_epsilon], axis=1))[:, 1].tolist() == [False, False, True, True]
    assert takes_part(m, np.stack([constant, constant], axis=1)).all()
    assert not takes_part(0.0 * m, np.stack([constant, constant], axis=1)).any()
    assert takes_part(m + np.nan, np.stack([constant, by_epsilon], axis=1)).all()


@pytest.mark.parametrize("slug", PRESETS)
def test_where_both_axes_move_sharpness_is_the_closed_form_to_the_bit(slug):
    scene = PRESETS[slug][1]
    for trajectory in simulate(scene):
        h_xx, h_xy, h_yy = scene.surface.hessian_array(*trajectory.theta[:-1].T)
        with np.errstate(all="ignore"):
            a, b = trajectory.rate[:, 0] * h_xx, np.sqrt(trajectory.rate[:, 0] * trajectory.rate[:, 1]) * h_xy
            c = trajectory.rate[:, 1] * h_yy
            known = (a + c) / 2 + np.hypot((a - c) / 2, b)
        np.testing.assert_array_equal(trajectory.sharpness, known)


def test_a_small_eigenvalue_beside_a_huge_negative_one_is_not_lost():
    scale = Scale(np.array([[1.0, 1e-30]]), np.array([0.1]))
    assert scale.sharpness(Own(formula="x^2 - y^2"), np.ones((1, 2))) == pytest.approx(0.2)


@pytest.mark.parametrize("angle", [0.0, 30.0])
@pytest.mark.parametrize("lr", [0.01, 0.3, 3.0])
@pytest.mark.parametrize("rule", [GradientDescent(), AdagradRMS(), Adam(beta1=0.0), Adagrad()], ids=lambda r: r.slug)
def test_the_curvature_along_the_gradient_gives_the_change_of_a_quadratic_loss(rule, lr, angle):
    surface = Valley(kappa=50.0, angle=angle)
    trajectory = recorded(surface, Run(rule, lr), steps=15)
    g, scale = trajectory.grad[:-1], Scale.of(trajectory)
    along = scale.curvature_along(surface, trajectory.theta[:-1], g)
    a = np.sqrt(trajectory.rate) * g
    for matrix, rate, one, c in zip(matrices(surface, trajectory), trajectory.rate, a, along, strict=True):
        root = np.diag(np.sqrt(rate))
        assert c == pytest.approx(one @ np.linalg.inv(root) @ matrix @ root @ one / (one @ one), rel=1e-9)
    change = (a * a).sum(axis=1) * (along / 2 - 1)
    np.testing.assert_allclose(np.diff(trajectory.loss), change, rtol=1e-6, atol=1e-12 * trajectory.loss.max())
    assert (along <= trajectory.sharpness * (1 + 1e-12)).all()
