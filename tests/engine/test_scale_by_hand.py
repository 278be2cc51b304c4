"""What a scale makes of directions, worked out by hand, also where sigma is 0."""

import math

import numpy as np
import pytest

from engine.scale import Scale, move
from xp.functions import ARRAYS, FLOATS

SCALE = Scale(np.array([[4.0, 1.0], [0.0, 2.0], [8.0, 0.5]]), np.array([0.2, 0.1, 0.4]))
M = np.array([[3.0, -4.0], [0.0, 2.0], [-6.0, 8.0]])


def test_the_rate_is_the_learning_rate_over_sigma():
    np.testing.assert_allclose(SCALE.rate, [[0.05, 0.2], [math.inf, 0.05], [0.05, 0.8]])


def test_a_step_is_the_rate_times_the_direction_and_an_axis_without_direction_stays():
    np.testing.assert_allclose(SCALE.step(M), [[0.15, -0.8], [0.0, 0.1], [-0.3, 6.4]])


def test_every_direction_of_a_length_reaches_the_ellipse():
    np.testing.assert_allclose(SCALE.reach(M), [[0.25, 1.0], [math.inf, 0.1], [0.5, 8.0]])


def test_one_size_for_both_axes_is_their_geometric_mean():
    np.testing.assert_allclose(SCALE.shared, [0.1, math.inf, 0.2])


@pytest.mark.parametrize(
    ("theta", "m", "sigma", "decay", "guarded", "expected"),
    [
        (10.0, 3.0, 4.0, 0.0, False, 10.0 - 0.15),
        (10.0, 3.0, 4.0, 0.5, False, 10.0 - 0.15 - 1.0),
        (-10.0, -3.0, 4.0, 0.5, True, -10.0 + 0.15 + 1.0),
        (10.0, 0.0, 0.0, 0.0, True, 10.0),
        (10.0, 0.0, 0.0, 0.5, True, 9.0),
        (10.0, 2.0, 0.0, 0.0, True, -math.inf),
    ],
)
def test_a_move_by_hand_on_floats_and_on_arrays(theta, m, sigma, decay, guarded, expected):
    assert move(theta, m, sigma, 0.2, decay, guarded, FLOATS) == pytest.approx(expected)
    arrays = [np.full(3, value) for value in (theta, m, sigma, 0.2)]
    with np.errstate(all="ignore"):
        np.testing.assert_allclose(move(*arrays, decay, guarded, ARRAYS), np.full(3, expected))
