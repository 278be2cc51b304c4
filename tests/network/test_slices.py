"""Planes through the parameters of a network, held against NumPy's own decompositions and the network's own loss."""

import numpy as np
import pytest

from network.digits import digits
from network.model import Network
from network.slices import FAR, Plane, gradient_plane, losses, principal_plane, random_plane, window_of

NETWORKS = [
    Network(hidden, activation, loss)
    for hidden in ((8,), (9, 7))
    for activation in ("tanh", "relu")
    for loss in ("squared", "cross-entropy")
]


def nobody(done):
    """Do nothing with the number of points done."""


def walk(k=40, size=30, seed=0):
    random = np.random.default_rng(seed)
    return np.cumsum(random.standard_normal((k, size)) * np.geomspace(10, 0.1, size), axis=0)


def test_what_is_placed_on_a_plane_is_found_there_again():
    random = np.random.default_rng(1)
    plane = Plane(random.standard_normal(50), random.standard_normal((2, 50)), None)
    places = random.standard_normal((7, 2))
    thetas = plane.at(places[:, 0], places[:, 1])
    assert thetas.shape == (7, 50)
    np.testing.assert_allclose(plane.place(thetas), places, atol=1e-12)
    np.testing.assert_array_equal(plane.at(*places[2]), thetas[2])


def test_a_place_is_the_nearest_of_the_plane():
    random = np.random.default_rng(2)
    plane, theta = Plane(random.standard_normal(9), random.standard_normal((2, 9)), None), random.standard_normal(9)
    x, y = plane.place(theta[None])[0]
    assert np.abs(plane.directions @ (theta - plane.at(x, y))).max() < 1e-12
    assert np.isnan(plane.place(np.full((1, 9), np.nan))).all()


def test_the_principal_plane_is_that_of_a_decomposition():
    one, other = walk(), walk(25, seed=1)
    plane = principal_plane([one, other], one[-1])
    _, lengths, found = np.linalg.svd(np.vstack([one, other]) - one[-1])
    assert plane.share == pytest.approx((lengths[:2] ** 2).sum() / (lengths**2).sum(), rel=1e-12)
    np.testing.assert_allclose(np.abs(plane.directions @ found[:2].T), np.eye(2), atol=1e-10)
    places = plane.place(np.vstack([one, other]))
    assert (places.min(axis=0) < -places.max(axis=0)).all(), "the path comes from below"
    np.testing.assert_array_equal(plane.place(one[-1:]), 0.0)


def test_a_path_in_a_plane_is_held_by_it():
    random = np.random.default_rng(3)
    path = random.standard_normal((20, 2)) @ random.standard_normal((2, 30))
    assert principal_plane([path], path[-1]).share == pytest.approx(1.0, abs=1e-12)


@pytest.mark.parametrize(
    "path",
    [
        np.ones((5, 12)),
        np.linspace(0, 1, 6)[:, None] * np.arange(12.0),
        np.vstack([np.ones((3, 12)), np.full((2, 12), np.nan)]),
        np.full((4, 12), np.nan),
        np.ones((1, 12)),
        np.eye(12)[:6] * 1e200,
    ],
    ids=["one point", "a line", "lost", "nothing finite", "one row", "huge"],
)
def test_a_poor_path_still_has_a_plane_and_a_window(path):
    end = np.nan_to_num(path[0])
    plane = principal_plane([path], end)
    np.testing.assert_allclose(plane.directions @ plane.directions.T, np.eye(2), atol=1e-12)
    assert 0.0 <= plane.share <= 1.0 + 1e-12
    for low, high in window_of(plane, [path], 0.5):
        assert np.isfinite([low, high]).all()
        assert high - low >= 0.5


def test_a_run_that_is_thrown_out_does_not_choose_the_plane_or_the_window():
    path = walk()
    lost = np.vstack([path, path[-1] + 1e6 * np.eye(30)[-3:]])
    plane, other = principal_plane([path], path[-1]), principal_plane([lost], path[-1])
    np.testing.assert_allclose(plane.directions, other.directions, atol=1e-12)
    assert window_of(plane, [lost], 0.1) == window_of(plane, [path], 0.1)


def test_a_start_is_not_left_out_because_a_path_rests_long():
    resting = np.vstack([[3.0 * FAR, 0.0, 0.0], np.tile([1.0, 0.0, 0.0], (50, 1)), np.zeros((1, 3))])
    plane = principal_plane([resting], resting[-1])
    (low, high), _ = window_of(plane, [resting], 0.1)
    assert low < -3.0 * FAR
    assert high > 0.0


def test_a_window_holds_the_path_with_a_margin_and_is_not_too_long():
    path = np.column_stack([np.linspace(0.0, 10.0, 20), np.zeros((20, 4))])
    plane = Plane(path[-1], np.eye(5)[:2], None)
    (x_low, x_high), (y_low, y_high) = window_of(plane, [path], 0.1)
    assert x_low < -10.0
    assert x_high > 0.0
    assert y_high - y_low == pytest.approx((x_high - x_low) / 4.0)
    assert (y_low + y_high) / 2.0 == 0.0


def test_random_directions_are_as_long_as_the_weights_of_each_unit():
    network = Network((9, 7))
    theta = network.start(0) + 1.0
    plane = random_plane(network, theta, 4)
    assert plane.share is None
    for direction in plane.directions:
        for (weights, _), (drawn, biases) in zip(network.layers(theta), network.layers(direction), strict=True):
            np.testing.assert_allclose(np.linalg.norm(drawn, axis=0), np.linalg.norm(weights, axis=0))
            assert (biases == 0.0).all()
    assert abs(plane.directions[0] @ plane.directions[1]) < 0.2 * np.linalg.norm(theta) ** 2
    np.testing.assert_array_equal(random_plane(network, theta, 4).directions, plane.directions)
    assert (random_plane(network, theta, 5).directions != plane.directions).any()


def test_the_gradient_s_plane_is_orthonormal_and_holds_both():
    random = np.random.default_rng(5)
    gradient, vector = 1e-7 * random.standard_normal(20), random.standard_normal(20)
    plane = gradient_plane(np.ones(20), gradient, vector)
    np.testing.assert_allclose(plane.directions @ plane.directions.T, np.eye(2), atol=1e-12)
    np.testing.assert_allclose(plane.directions[0], gradient / np.linalg.norm(gradient))
    for direction in (gradient, vector):
        np.testing.assert_allclose(direction @ plane.directions.T @ plane.directions, direction, atol=1e-12)


@pytest.mark.parametrize(
    ("gradient", "vector"),
    [
        (np.zeros(6), np.zeros(6)),
        (np.arange(6.0), -2.0 * np.arange(6.0)),
        (np.full(6, np.nan), np.arange(6.0)),
        (np.eye(6)[0], np.eye(6)[0]),
    ],
)
def test_directions_that_are_none_are_stood_in_for(gradient, vector):
    plane = gradient_plane(np.zeros(6), gradient, vector)
    np.testing.assert_allclose(plane.directions @ plane.directions.T, np.eye(2), atol=1e-12)


@pytest.mark.parametrize("network", NETWORKS, ids=lambda n: f"{n.hidden} {n.activation} {n.loss}")
@pytest.mark.parametrize("reach", [1.0, 1e4])
def test_losses_are_the_network_s_own(network, reach):
    data = digits(0)[0][:60]
    plane = random_plane(network, network.start(0) + 0.05, 1)
    x, y = np.linspace(-1.0, 1.5, 7) * reach, np.linspace(-0.5, 1.0, 5) * reach
    done = []
    found = losses(network, plane, x, y, data, done.append)
    assert found.shape == (5, 7)
    own = [[network.value(plane.at(s, t), data) for s in x] for t in y]
    np.testing.assert_allclose(found, own, rtol=1e-10)
    assert done == sorted(done)
    assert done[-1] == 35


def test_work_is_cut_in_parts_and_can_be_given_up(monkeypatch):
    network, data = Network((8,)), digits(0)[0][:60]
    plane = random_plane(network, network.start(0), 1)
    x, y = np.linspace(-1.0, 1.0, 7), np.linspace(-1.0, 1.0, 3)
    whole = losses(network, plane, x, y, data, nobody)
    monkeypatch.setattr("network.slices.AT_ONCE", 2 * 60 * 8)
    done = []
    np.testing.assert_allclose(losses(network, plane, x, y, data, done.append), whole, rtol=1e-12)
    assert done[:3] == [2, 4, 6]
    with pytest.raises(ZeroDivisionError):
        losses(network, plane, x, y, data, lambda done: 1 / (done - 4))


def test_a_random_plane_through_a_saddle_looks_like_a_bowl():
    """The page says so: of 2,000 planes through a saddle with 300 falling directions of 1,000 none curves down."""
    random, curvatures = np.random.default_rng(0), np.where(np.arange(1000) < 300, -1.0, 1.0)
    lowest = []
    for _ in range(2000):
        directions = np.linalg.qr(random.standard_normal((1000, 2)))[0]
        lowest.append(np.linalg.eigvalsh(directions.T @ (curvatures[:, None] * directions))[0])
    assert min(lowest) > 0.0
