"""Networks have PyTorch's losses, gradients and products with the Hessian, and its runs by five of its rules."""

from pathlib import Path

import numpy as np
import pytest
from network_cases import NETWORKS, RULES, RUNS, SEED, UPDATES, kept, point

from engine.scenario import Run
from network.digits import digits
from network.training import Task, train
from optimizers import OPTIMIZERS

GOLDEN = np.load(Path(__file__).with_name("network.npz"))


def relative_error(found, expected):
    return np.linalg.norm(found - expected) / np.linalg.norm(expected)


@pytest.mark.parametrize("name", NETWORKS)
def test_loss_gradient_and_product_are_pytorch_s(name):
    network, number = NETWORKS[name], list(NETWORKS).index(name)
    data, (theta, direction) = digits(SEED)[0], point(network)
    loss, gradient = network.gradient(theta, data)
    product = network.hessian_product(theta, direction, data)
    assert loss == pytest.approx(GOLDEN["loss"][number], rel=1e-12)
    assert relative_error(kept(gradient), GOLDEN["gradient"][number]) < 1e-12
    assert relative_error(kept(product), GOLDEN["product"][number]) < 1e-12


@pytest.mark.parametrize(("rule", "name"), RUNS)
def test_a_run_is_pytorch_s(rule, name):
    case, number = RULES[rule], RUNS.index((rule, name))
    run = Run(OPTIMIZERS[case.slug](**case.knobs), case.lr)
    found = train(Task(NETWORKS[name], UPDATES + 1, seed=SEED, looks=2), run)
    np.testing.assert_allclose(found.loss, GOLDEN["losses"][number], rtol=1e-9)
    assert found.looks[-1].update == UPDATES
    assert relative_error(kept(found.looks[-1].theta), GOLDEN["theta"][number]) < 1e-9
