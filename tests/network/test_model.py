"""The network's loss, gradient and products with the Hessian, each held against differences of the one before."""

import numpy as np
import pytest

from network.digits import digits
from network.model import Network

NETWORKS = [
    Network(hidden, activation, loss)
    for hidden in ((8,), (9, 7))
    for activation in ("tanh", "relu")
    for loss in ("squared", "cross-entropy")
]


@pytest.fixture(params=NETWORKS, ids=lambda network: f"{network.hidden} {network.activation} {network.loss}")
def case(request):
    network, random = request.param, np.random.default_rng(3)
    data = digits(0)[0][:40]
    return network, network.start(1) + 0.1 * random.standard_normal(network.size), data, random


def test_the_lecture_s_network_has_2410_parameters():
    assert Network().size == 2410
    theta = Network().start(0)
    weights, biases = Network().layers(theta)[0]
    assert (weights.shape, biases.shape) == ((64, 32), (32,))
    assert weights.std() == pytest.approx(1 / 8, rel=0.05)
    assert (biases == 0).all()
    weights[0, 0] = 7.0
    assert theta[0] == 7.0


def test_the_gradient_is_the_slope_of_the_loss(case):
    network, theta, data, random = case
    value, slope = network.gradient(theta, data)
    assert value == network.value(theta, data)
    for k in random.integers(0, network.size, 12):
        step = np.zeros_like(theta)
        step[k] = 1e-6
        difference = (network.value(theta + step, data) - network.value(theta - step, data)) / 2e-6
        assert slope[k] == pytest.approx(difference, rel=1e-5, abs=1e-8)


def test_a_product_with_the_hessian_is_the_slope_of_the_gradient(case):
    network, theta, data, random = case
    direction = random.standard_normal(network.size)
    product = network.hessian_product(theta, direction, data)
    step = 1e-6 * direction
    difference = (network.gradient(theta + step, data)[1] - network.gradient(theta - step, data)[1]) / 2e-6
    np.testing.assert_allclose(product, difference, rtol=1e-4, atol=1e-6 * np.abs(product).max())


def test_the_hessian_is_symmetric_and_linear(case):
    network, theta, data, random = case
    u, v = random.standard_normal((2, network.size))
    of_u, of_v = (network.hessian_product(theta, w, data) for w in (u, v))
    assert u @ of_v == pytest.approx(v @ of_u, rel=1e-10)
    np.testing.assert_allclose(network.hessian_product(theta, u - 3 * v, data), of_u - 3 * of_v, rtol=1e-8, atol=1e-10)


def test_products_with_one_hessian_leave_it_as_it_is(case):
    network, theta, data, random = case
    directions, product = random.standard_normal((3, network.size)), network.hessian(theta, data)
    for direction in (*directions, *directions):
        np.testing.assert_array_equal(product(direction), network.hessian_product(theta, direction, data))


def test_the_loss_of_a_batch_is_the_mean_over_its_digits(case):
    network, theta, data, _ = case
    each = [network.value(theta, data[k : k + 1]) for k in range(len(data))]
    assert network.value(theta, data) == pytest.approx(np.mean(each), rel=1e-12)


def test_outputs_that_are_huge_have_a_cross_entropy():
    network = Network((8,), loss="cross-entropy")
    theta = 1e4 * network.start(0)
    value, slope = network.gradient(theta, digits(0)[0][:20])
    assert np.isfinite(value)
    assert np.isfinite(slope).all()


def test_the_digits_are_split_once_and_centred():
    training, held_out = digits(0)
    assert (len(training), len(held_out)) == (1000, 797)
    np.testing.assert_allclose(training.x.mean(axis=0), 0.0, atol=1e-12)
    assert (training.y.sum(axis=1) == 1).all()
    assert not np.array_equal(training.y, digits(1)[0].y)
    assert np.ptp(training.x) <= 2.0
