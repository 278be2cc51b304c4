"""A small network with one or two hidden layers: loss, gradient and products with the Hessian, on one flat array."""

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
        return self._loss(self.output(theta, data.x), data.y)

    def accuracy(self, theta: Floats, data: Digits) -> float:
        """Return the share of digits whose largest output is the right one."""
        return float((self.output(theta, data.x).argmax(axis=1) == data.y.argmax(axis=1)).mean())

    def gradient(self, theta: Floats, data: Digits) -> tuple[float, Floats]:
        """Return the loss and its gradient (size,)."""
        values = self._forward(theta, data.x)
        slope = np.empty_like(theta)
        delta = self._error(values[-1], data.y)
        layers, slopes = self.layers(theta), self.layers(slope)
        for number in range(len(layers) - 1, -1, -1):
            before = values[number]
            np.matmul(before.T, delta, out=slopes[number][0])
            delta.sum(axis=0, out=slopes[number][1])
            if number:
                delta = (delta @ layers[number][0].T) * self._slope(before)
        return self._loss(values[-1], data.y), slope

    def hessian_product(self, theta: Floats, direction: Floats, data: Digits) -> Floats:
        """Return H v for a direction v (size,), without approximation: the gradient's derivative along v.

        Source: B. A. Pearlmutter, Fast exact multiplication by the Hessian, 1994, doi 10.1162/neco.1994.6.1.147.
        """
        layers, along = self.layers(theta), self.layers(direction)
        values, moves = self._forward(theta, data.x), [np.zeros_like(data.x)]
        for number, ((weights, _), (turn, shift)) in enumerate(zip(layers, along, strict=True)):
            moved = moves[number] @ weights + values[number] @ turn + shift
            is_last = number == len(layers) - 1
            moves.append(moved if is_last else moved * self._slope(values[number + 1]))
        delta, change = self._error(values[-1], data.y), self._error_along(values[-1], moves[-1])
        product = np.empty_like(theta)
        products = self.layers(product)
        for number in range(len(layers) - 1, -1, -1):
            before, move = values[number], moves[number]
            products[number][0][:] = move.T @ delta + before.T @ change
            products[number][1][:] = change.sum(axis=0)
            if number:
                (weights, _), (turn, _) = layers[number], along[number]
                back, slope = delta @ weights.T, self._slope(before)
                change = (change @ weights.T + delta @ turn.T) * slope + back * self._bend(before, move)
                delta = back * slope
        return product

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

    def _bend(self, value: Floats, move: Floats) -> Floats:
        """Return how phi' changes where phi's value changes by `move`."""
        return -2.0 * value * move if self.activation == "tanh" else np.zeros_like(value)

    def _loss(self, output: Floats, y: Floats) -> float:
        if self.loss == "squared":
            return float(0.5 * ((output - y) ** 2).sum() / len(y))
        highest = output.max(axis=1, keepdims=True)
        logs = np.log(np.exp(output - highest).sum(axis=1)) + highest[:, 0]
        return float((logs - (output * y).sum(axis=1)).mean())

    def _error(self, output: Floats, y: Floats) -> Floats:
        """Return the derivative of the loss by the outputs."""
        guess = output if self.loss == "squared" else _softmax(output)
        error: Floats = (guess - y) / len(y)
        return error

    def _error_along(self, output: Floats, move: Floats) -> Floats:
        """Return how that derivative changes where the outputs change by `move`."""
        if self.loss == "squared":
            return move / len(move)
        share = _softmax(output)
        change: Floats = share * (move - (share * move).sum(axis=1, keepdims=True)) / len(move)
        return change


def _softmax(output: Floats) -> Floats:
    shares: Floats = np.exp(output - output.max(axis=1, keepdims=True))
    shares /= shares.sum(axis=1, keepdims=True)
    return shares
