"""A scale that is a matrix: indifferent to rotation, and on its own axes what any scale is, against NumPy."""

import math

import numpy as np
import pytest

from engine.scale import Scale, coupled_move, takes_part, turned
from engine.scenario import Run, Scenario
from engine.simulate import simulate_run
from optimizers.full_adagrad import FullAdagrad
from optimizers.newton import Newton
from optimizers.saddle_free import SaddleFreeNewton
from optimizers.shampoo import Shampoo
from optimizers.soap import SOAP
from surfaces.himmelblau import Himmelblau
from surfaces.saddle import Saddle
from surfaces.valley import Valley
from xp.functions import ARRAYS

EVEN = [
    (FullAdagrad(), 0.5),
    (Shampoo(), 0.1),
    (Shampoo(memory="sum"), 0.5),
    (SOAP(eps=1e-4), 0.1),
    (Newton(), 0.3),
    (Newton(damping=5.0), 1.0),
    (SaddleFreeNewton(radius=0.05), 0.5),
]
# SOAP's second gradient is its first once more, so that across it is rounding alone, which its epsilon has to outweigh.
every_even_rule = pytest.mark.parametrize(("rule", "lr"), EVEN, ids=str)


def in_a_valley_turned_by(angle, rule, lr):
    cos, sin = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    start = (cos * 2.0 - sin * 1.5, sin * 2.0 + cos * 1.5)
    run = Run(rule, lr)
    return simulate_run(Scenario(Valley(kappa=100.0, angle=angle), start, 100, (run,)), run)


@every_even_rule
def test_they_do_not_notice_how_a_valley_is_turned(rule, lr):
    straight, *rest = (in_a_valley_turned_by(angle, rule, lr).loss[-1] for angle in (0.0, 30.0, 45.0))
    np.testing.assert_allclose(rest, straight, rtol=1e-9)


def recorded():
    run = Run(FullAdagrad(), 0.5)
    scene = Scenario(Himmelblau(), (1.0, 0.5), 60, (run,))
    return scene.surface, simulate_run(scene, run)


def matrices(trajectory):
    """Yield S of each update, from eigenvalues and angle."""
    for (one, two), angle in zip(trajectory.sigma, trajectory.angle, strict=True):
        turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
        yield turn @ np.diag([one, two]) @ turn.T


def test_a_trajectory_keeps_the_matrix_by_eigenvalues_and_angle():
    _, trajectory = recorded()
    total = 1e-8 * np.eye(2)
    for g, found in zip(trajectory.grad[:-1], matrices(trajectory), strict=True):
        total = total + np.outer(g, g)
        np.testing.assert_allclose(found @ found, total, rtol=1e-6, atol=1e-5)
    assert np.abs(np.diff(trajectory.angle)).max() < np.pi / 4 + 1e-9
    assert abs(trajectory.angle[0]) <= np.pi / 4


def test_step_reach_and_sharpness_are_those_of_the_matrix():
    surface, trajectory = recorded()
    scale = Scale.of(trajectory)
    np.testing.assert_allclose(scale.step(trajectory.m), -np.diff(trajectory.theta, axis=0), rtol=1e-6, atol=1e-9)
    sharpness = scale.sharpness(surface, trajectory.theta[:-1])
    np.testing.assert_array_equal(sharpness, trajectory.sharpness)
    for t, matrix in enumerate(matrices(trajectory)):
        if t == 0:
            continue  # its second axis has seen no gradient yet
        xx, xy, yy = (float(h) for h in surface.hessian_array(*trajectory.theta[t]))
        values = np.linalg.eigvals(trajectory.lr[t] * np.linalg.solve(matrix, [[xx, xy], [xy, yy]]))
        assert sharpness[t] == pytest.approx(values.real.max(), rel=1e-6)
        image = trajectory.lr[t] * np.linalg.norm(trajectory.m[t]) * np.linalg.inv(matrix)
        np.testing.assert_allclose(sorted(scale.reach(trajectory.m)[t]), sorted(np.linalg.svd(image)[1]), rtol=1e-6)
        g, step = trajectory.grad[t], trajectory.lr[t] * np.linalg.solve(matrix, trajectory.grad[t])
        along = scale.curvature_along(surface, trajectory.theta[:-1], trajectory.grad[:-1])[t]
        assert along == pytest.approx(step @ np.array([[xx, xy], [xy, yy]]) @ step / (g @ step), rel=1e-6)


def test_an_axis_that_has_seen_no_gradient_has_no_part_in_stability():
    _, trajectory = recorded()
    part = takes_part(trajectory.m, trajectory.sigma, trajectory.angle)
    assert part[0].sum() == 1
    assert part[1:].all()


def test_at_a_saddle_newton_s_matrix_is_not_positive_and_its_sharpness_is_the_rate():
    run = Run(Newton(), 0.25)
    trajectory = simulate_run(Scenario(Saddle(), (0.6, 0.4), 20, (run,)), run)
    np.testing.assert_allclose(trajectory.sharpness, 0.25, rtol=1e-9)
    assert (trajectory.sigma < 0.0).any(axis=1).all()
    assert trajectory.outcome.ending in ("saddle", "moving")


@pytest.mark.parametrize("size", [1e-250, 1.0, 1e250])
def test_the_move_is_what_linear_algebra_has(size):
    matrix, m = size * np.array([[3.0, 1.0], [1.0, 2.0]]), size * np.array([1.0, -2.0])
    entries = (matrix[0, 0], matrix[0, 1], matrix[1, 1])
    found = coupled_move((1.0, 2.0), tuple(m), entries, 0.1, 0.5, ARRAYS)
    expected = np.array([1.0, 2.0]) - 0.1 * np.linalg.solve(matrix / size, m / size) - 0.05 * np.array([1.0, 2.0])
    np.testing.assert_allclose(found, expected, rtol=1e-14)
    with np.errstate(all="ignore"):
        rests = coupled_move((1.0, 2.0), (0.0, 0.0), (0.0, 0.0, 0.0), 0.1, 0.0, ARRAYS)
    np.testing.assert_array_equal(rests, [1.0, 2.0])


def test_angles_go_on_through_every_quarter_and_past_what_is_no_number():
    angles = np.radians(np.arange(0.0, 720.0, 10.0))
    cos, sin = np.cos(angles), np.sin(angles)
    entries = np.stack([5 * cos**2 + sin**2, 4 * cos * sin, 5 * sin**2 + cos**2], axis=1)
    values, found = turned(entries)
    np.testing.assert_allclose(found, angles, atol=1e-9)
    np.testing.assert_allclose(values, np.tile([5.0, 1.0], (72, 1)))
    entries[7] = np.nan
    np.testing.assert_allclose(np.delete(turned(entries)[1], 7), np.delete(angles, 7), atol=1e-9)


def test_a_matrix_without_an_entry_off_its_diagonal_has_no_angle():
    entries = np.array([[2.0, 0.0, 1.0], [1.0, 0.0, 3.0]])
    values, angle = turned(entries)
    assert angle is None
    np.testing.assert_array_equal(values, entries[:, [0, 2]])
