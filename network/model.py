"""A small network with one or two hidden layers: loss, gradient and products with the Hessian, on one flat array."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

import numpy as np

from network.digits import CLASSES, Digits, Floats

Activation = Literal["tanh", "relu"]
Loss = Literal["squared", "cross-entropy"]

PIXELS = 64


@dataclass(frozen=True)
class Network:
    """A network 64 - hidden - 10 whose parameters are one array theta (size,).

        h_0 = x,  a_l = h_(l-1) W_l + b_l,  h_l = phi(a_l);  the last a is the output o

    hidden: the widths of one or two hidden layers. activation: phi. loss: the mean over digits of |o - y|^2 / 2, or of
    the cross entropy of softmax(o).
    """

    hidden: tuple[int, ...] = (32,)
    activation: Activation = "tanh"
    loss: Loss = "squared"

    @property
    def shapes(self) -> tuple[tuple[int, int], ...]:
        """The shapes of the weights, layer by layer."""
        return tuple(pairwise((PIXELS, *self.hidden, CLASSES)))

    @property
    def size(self) -> int:
        """How many parameters it has."""
        return sum(before * after + after for before, after in self.shapes)

    def start(self, seed: int) -> Floats:
        """Return weights drawn from N(0, 1 / fan-in), and biases of 0."""
        random = np.random.default_rng(seed)
        theta = np.zeros(self.size)
        for (weights, _), (before, _) in zip(self.layers(theta), self.shapes, strict=True):
            weights[:] = random.standard_normal(weights.shape) / np.sqrt(before)
        return theta

    def layers(self, theta: Floats) -> list[tuple[Floats, Floats]]:
        """Return the weights (before, after) and the biases (after,) of each layer, as views into theta."""
        views, at = [], 0
        for before, after in self.shapes:
            weights = theta[at : at + before * after].reshape(before, after)
            at += before * after
            views.append((weights, theta[at : at + after]))
            at += after
        return views

    def output(self, theta: Floats, x: Floats) -> Floats:
        """Return the outputs (n, 10) for pictures x (n, 64)."""
        return self._forward(theta, x)[-1]

    def value(self, theta: Floats, data: Digits) -> float:
        """Return the loss on some digits."""
        return self._loss(self.output(theta, data.x), data.y)[0]

    def accuracy(self, theta: Floats, data: Digits) -> float:
        """Return the share of digits whose largest output is the right one."""
        return float((self.output(theta, data.x).argmax(axis=1) == data.y.argmax(axis=1)).mean())

    def gradient(self, theta: Floats, data: Digits) -> tuple[float, Floats]:
        """Return the loss and its gradient (size,)."""
        values = self._forward(theta, data.x)
        loss, delta = self._loss(values[-1], data.y)
        slope = np.empty_like(theta)
        layers, slopes = self.layers(theta), self.layers(slope)
        for number in range(len(layers) - 1, -1, -1):
            np.matmul(values[number].T, delta, out=slopes[number][0])
            delta.sum(axis=0, out=slopes[number][1])
            if number:
                delta = delta @ layers[number][0].T
                delta *= self._slope(values[number])
        return loss, slope

    def hessian(self, theta: Floats, data: Digits) -> Callable[[Floats], Floats]:
        """Return v -> H v for directions v (size,), without approximation: the gradient's derivative along v.

        What is the same for all directions is computed once.
        Source: B. A. Pearlmutter, Fast exact multiplication by the Hessian, 1994, doi 10.1162/neco.1994.6.1.147.
        """
        values, layers = self._forward(theta, data.x), self.layers(theta)
        slopes = [self._slope(value) for value in values[1:-1]]
        deltas, bends = [self._loss(values[-1], data.y)[1]], list[Floats]()
        for number in range(len(slopes), 0, -1):
            back = deltas[0] @ layers[number][0].T
            deltas.insert(0, back * slopes[number - 1])
            bends.insert(0, back * self._bend(values[number]))
        share = None if self.loss == "squared" else _softmax(values[-1])

        def product(direction: Floats) -> Floats:
            along = self.layers(direction)
            moves: list[Floats] = []
            for number, (turn, shift) in enumerate(along):
                move = values[number] @ turn
                move += shift
                if number:
                    move += moves[-1] @ layers[number][0]
                if number < len(slopes):
                    move *= slopes[number]
                moves.append(move)
            change = _error_along(share, moves[-1])
            found = np.empty_like(theta)
            products = self.layers(found)
            for number in range(len(layers) - 1, -1, -1):
                np.matmul(values[number].T, change, out=products[number][0])
                change.sum(axis=0, out=products[number][1])
                if number:
                    move = moves[number - 1]
                    products[number][0][:] += move.T @ deltas[number]
                    change = change @ layers[number][0].T
                    change += deltas[number] @ along[number][0].T
                    change *= slopes[number - 1]
                    change += bends[number - 1] * move
            return found

        return product

    def hessian_product(self, theta: Floats, direction: Floats, data: Digits) -> Floats:
        """Return H v for one direction v (size,)."""
        return self.hessian(theta, data)(direction)

    def _forward(self, theta: Floats, x: Floats) -> list[Floats]:
        """Return x, the values of the hidden layers, and the output."""
        values = [x]
        for number, (weights, biases) in enumerate(self.layers(theta)):
            value = values[-1] @ weights
            value += biases
            if number < len(self.hidden):
                value = np.tanh(value, out=value) if self.activation == "tanh" else np.maximum(value, 0.0, out=value)
            values.append(value)
        return values

    def _slope(self, value: Floats) -> Floats:
        """Return phi' where phi has a value."""
        slope: Floats = 1.0 - value * value if self.activation == "tanh" else (value > 0.0).astype(float)
        return slope

    def _bend(self, value: Floats) -> Floats:
        """Return how phi' changes with phi's value."""
        return -2.0 * value if self.activation == "tanh" else np.zeros_like(value)

    def _loss(self, output: Floats, y: Floats) -> tuple[float, Floats]:
        """Return the loss and its derivative by the outputs."""
        count = len(y)
        if self.loss == "squared":
            error = output - y
            return float(0.5 * (error * error).sum() / count), error / count
        logs = output - output.max(axis=1, keepdims=True)
        share = np.exp(logs)
        total = share.sum(axis=1, keepdims=True)
        loss = float((np.log(total).sum() - (logs * y).sum()) / count)
        share /= total
        return loss, (share - y) / count


def _error_along(share: Floats | None, move: Floats) -> Floats:
    """Return how the loss's derivative by the outputs changes where they change by `move`.

    share: softmax of the outputs, None where the loss is squared.
    """
    turned: Floats = move if share is None else share * (move - (share * move).sum(axis=1, keepdims=True))
    return turned / len(move)


def _softmax(output: Floats) -> Floats:
    shares: Floats = np.exp(output - output.max(axis=1, keepdims=True))
    shares /= shares.sum(axis=1, keepdims=True)
    return shares
