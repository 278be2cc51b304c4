"""Make network.npz: losses, gradients, products with the Hessian and runs of networks of torch.nn, in float64.

Run it from the project's root with PyTorch and NumPy installed; the file in the repository is from PyTorch 2.13.0:

    python -m tests.golden.make_network
"""

import sys
from pathlib import Path

import numpy as np
import torch
from torch import nn

sys.path.insert(0, str(Path(__file__).parent))

from network_cases import NETWORKS, RULES, RUNS, SEED, UPDATES, kept, point

from network.digits import digits
from network.model import Network

X, Y = (torch.from_numpy(array) for array in (digits(SEED)[0].x, digits(SEED)[0].y))


class Twin:
    """A network of torch.nn whose parameters are those of ours."""

    def __init__(self, network: Network, theta: np.ndarray) -> None:
        steps = []
        for weights, biases in network.layers(theta):
            linear = nn.Linear(*weights.shape)
            linear.weight.data[:] = torch.from_numpy(weights.T)
            linear.bias.data[:] = torch.from_numpy(biases)
            steps += [linear, nn.Tanh() if network.activation == "tanh" else nn.ReLU()]
        self.net = nn.Sequential(*steps[:-1])
        self.is_squared = network.loss == "squared"

    def loss(self) -> torch.Tensor:
        """Return the loss on all digits that are trained on."""
        output = self.net(X)
        if self.is_squared:
            return nn.functional.mse_loss(output, Y, reduction="sum") / 2 / len(Y)
        return nn.functional.cross_entropy(output, Y.argmax(dim=1))

    @property
    def parameters(self) -> list[nn.Parameter]:
        """The weights and biases, layer by layer; weights are (after, before)."""
        return list(self.net.parameters())


def flat(tensors: list[torch.Tensor]) -> np.ndarray:
    """Return tensors of parameters in the order of ours."""
    return np.concatenate([tensor.detach().numpy().T.ravel() for tensor in tensors])


def derivatives(network: Network) -> tuple[float, np.ndarray, np.ndarray]:
    """Return the loss, its gradient and a product with its Hessian."""
    theta, direction = point(network)
    twin, along = Twin(network, theta), Twin(network, direction)
    loss = twin.loss()
    gradient = torch.autograd.grad(loss, twin.parameters, create_graph=True)
    slope = sum((g * v.detach()).sum() for g, v in zip(gradient, along.parameters, strict=True))
    return loss.item(), flat(gradient), flat(torch.autograd.grad(slope, twin.parameters))


def run(rule: str, network: Network) -> tuple[list[float], np.ndarray]:
    """Return the loss before each update and after the last, and the parameters after it."""
    case, twin = RULES[rule], Twin(network, network.start(SEED))
    optimizer = getattr(torch.optim, case.torch)(twin.parameters, lr=case.lr, foreach=False, **case.arguments)
    losses = []
    for _ in range(UPDATES):
        optimizer.zero_grad()
        loss = twin.loss()
        losses.append(loss.item())
        loss.backward()
        optimizer.step()
    return [*losses, twin.loss().item()], flat(twin.parameters)


if __name__ == "__main__":
    torch.set_num_threads(1)
    torch.set_default_dtype(torch.float64)
    losses, gradients, products = zip(*map(derivatives, NETWORKS.values()), strict=True)
    paths, ends = zip(*(run(rule, NETWORKS[network]) for rule, network in RUNS), strict=True)
    np.savez_compressed(
        Path(__file__).with_name("network.npz"),
        loss=losses,
        gradient=[kept(gradient) for gradient in gradients],
        product=[kept(product) for product in products],
        losses=paths,
        theta=[kept(theta) for theta in ends],
    )
