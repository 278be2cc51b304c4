"""Slices: planes through the parameters of a network, and its loss at the points of one."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from network.digits import Digits, Floats
from network.model import Network

FAR = 20.0
"""A point farther than this many times the usual distance is left out, of a plane and of its window."""

MARGIN = 0.15
"""How much wider a window is than what it holds, on each side."""

LONGEST_SIDE = 4.0
"""How many times as long as the other a side of a window may be."""

AT_ONCE = 400_000
"""Values of units that are worked out at once: a few hundredths of a second, a few megabytes."""

SAFE = 350.0
"""Where sums are smaller, e^(2a) and its factors are finite."""

TINY = 1e-9
"""A direction shorter than this, as a share of the longest, is rounding."""


@dataclass(frozen=True, eq=False)
class Plane:
    """The plane theta = origin + x d_1 + y d_2.

    origin: (size,). directions: d_1 and d_2, (2, size), not necessarily orthogonal. share: how much of the squared
    distances of the paths from the origin it holds, None where it was not made from paths.
    """

    origin: Floats
    directions: Floats
    share: float | None

    def place(self, thetas: Floats) -> Floats:
        """Return the coordinates (k, 2) of the points of the plane that are nearest to thetas (k, size)."""
        with np.errstate(all="ignore"):
            places: Floats = (thetas - self.origin) @ np.linalg.pinv(self.directions)
        return places

    def at(self, x: float | Floats, y: float | Floats) -> Floats:
        """Return the parameters at one point, (size,), or at k points, (k, size)."""
        thetas: Floats = (
            self.origin + np.multiply.outer(x, self.directions[0]) + np.multiply.outer(y, self.directions[1])
        )
        return thetas


def principal_plane(paths: Sequence[Floats], end: Floats) -> Plane:
    """Return the plane through `end` that holds most of the paths, (k, size) each, in squared distance.

        d_1, d_2: the first two right singular vectors of the differences theta - end

    They are orthonormal, and point so that the path comes from below: its coordinate of largest size is negative.
    Points that are not finite, or FAR away, are left out.
    Source: H. Li et al., Visualizing the loss landscape of neural nets, 2018, arXiv 1712.09913, section 7.2.
    """
    differences, first = _points(paths, len(end))
    differences = differences - end
    differences = differences[_near(differences, first)]
    _, lengths, found = np.linalg.svd(differences, full_matrices=False)
    longest = lengths.max(initial=0.0)
    directions = _orthonormal(
        len(end), *(v for v, length in zip(found[:2], lengths, strict=False) if length > TINY * longest)
    )
    for number, along in enumerate(directions @ differences.T):
        if len(along) and along[np.abs(along).argmax()] > 0.0:
            directions[number] *= -1.0
    shares = (lengths / (longest or 1.0)) ** 2
    return Plane(end, directions, float(shares[:2].sum() / shares.sum()) if longest else 1.0)


def random_plane(network: Network, end: Floats, seed: int) -> Plane:
    """Return a plane through `end` along two random directions, normalised unit by unit.

        d <- d |w| / |d|, for the incoming weights w of each unit; 0 for biases

    So a step of 1 is as long as the weights themselves, and slices of networks of other scales can be compared.
    Source: H. Li et al., Visualizing the loss landscape of neural nets, 2018, arXiv 1712.09913, section 4.
    """
    random, directions = np.random.default_rng(seed), np.zeros((2, len(end)))
    for direction in directions:
        for (weights, _), (drawn, _) in zip(network.layers(end), network.layers(direction), strict=True):
            normal = random.standard_normal(drawn.shape)
            drawn[:] = normal * np.linalg.norm(weights, axis=0) / np.linalg.norm(normal, axis=0)
    return Plane(end, directions, None)


def gradient_plane(end: Floats, gradient: Floats, vector: Floats) -> Plane:
    """Return the plane through `end` along the gradient and the top eigenvector, made orthogonal to it.

        d_1 = g / |g|,  d_2 = (v - (v d_1) d_1) / |v - (v d_1) d_1|

    Where one of them is not finite, 0, or along the other, a direction of its own stands in for it.
    """
    return Plane(end, _orthonormal(len(end), gradient, vector), None)


def window_of(plane: Plane, paths: Sequence[Floats], least: float) -> tuple[tuple[float, float], tuple[float, float]]:
    """Return ((x_low, x_high), (y_low, y_high)), the sides that hold the paths' places with a margin.

    Each is at least `least` wide, and neither is LONGEST_SIDE times the other. Places FAR away are left out.
    """
    points, first = _points(paths, len(plane.origin))
    places = plane.place(points)
    places = np.vstack([places[_near(places, first)], np.zeros(2)])
    low, high = places.min(axis=0), places.max(axis=0)
    widths = np.maximum((high - low) * (1.0 + 2.0 * MARGIN), least)
    widths = np.maximum(widths, widths.max() / LONGEST_SIDE)
    (x, y), (wide, tall) = ((low + high) / 2.0).tolist(), (widths / 2.0).tolist()
    return (x - wide, x + wide), (y - tall, y + tall)


@np.errstate(all="ignore")
def losses(
    network: Network, theta_plane: Plane, x: Floats, y: Floats, data: Digits, tick: Callable[[int], None]
) -> Floats:
    """Return the loss at each point of a grid of a plane, (len(y), len(x)).

        a_1 = h_0 W_1 + b_1 = A_0 + x A_1 + y A_2, with three products for the whole grid
        tanh(a_1) = 1 - 2 / (1 + e^(2 A_0 + 2 x A_1) e^(2 y A_2)), with exponentials for each x and y, not each point

    tick: called with the number of points done, every few hundredths of a second; may raise, to give up.
    """
    layers = list(zip(*map(network.layers, (theta_plane.origin, *theta_plane.directions)), strict=True))
    still, right, up = (np.ascontiguousarray((data.x @ weights + biases).T) for weights, biases in layers[0])
    widest = max(np.abs(still).max() + np.abs(x).max() * np.abs(right).max(), np.abs(y).max() * np.abs(up).max())
    is_split = network.activation == "tanh" and bool(widest < SAFE)
    found, size, done = np.empty((len(y), len(x))), max(1, AT_ONCE // (len(data) * max(network.hidden))), 0
    for begin in range(0, len(x), size):
        s = x[begin : begin + size, None, None]
        across = np.exp(2.0 * (still + s * right)) if is_split else still + s * right
        for row, t in enumerate(y):
            values = _tanh(across, np.exp(2.0 * t * up)) if is_split else _bent(network, across + t * up)
            for number, ((w, b), (w_x, b_x), (w_y, b_y)) in enumerate(layers[1:]):
                values = _bent(network, values) if number else values
                values = (w + s * w_x + t * w_y).swapaxes(1, 2) @ values
                values += (b + s * b_x + t * b_y)[..., 0, :, None]
            found[row, begin : begin + size] = _loss(network, values, data.y.T)
            done += len(s)
            tick(done)
    return found


def _tanh(one: Floats, other: Floats) -> Floats:
    """Return tanh(a + b) for e^(2a) and e^(2b)."""
    values = one * other
    values += 1.0
    np.divide(-2.0, values, out=values)
    values += 1.0
    return values


def _bent(network: Network, values: Floats) -> Floats:
    """Return phi(a), in place of a."""
    return np.tanh(values, out=values) if network.activation == "tanh" else np.maximum(values, 0.0, out=values)


def _loss(network: Network, output: Floats, y: Floats) -> Floats:
    """Return the losses (points,) for outputs (points, 10, n)."""
    if network.loss == "squared":
        output -= y
        return np.asarray(0.5 * np.einsum("pcn,pcn->p", output, output) / y.shape[1])
    highest = output.max(axis=1)
    right = np.einsum("pcn,cn->pn", output, y)
    output -= highest[:, None]
    logs = np.log(np.exp(output, out=output).sum(axis=1)) + highest
    return np.asarray((logs - right).mean(axis=1))


def _points(paths: Sequence[Floats], size: int) -> tuple[Floats, list[int]]:
    """Return the points of all paths (k, size), and the rows where a path begins."""
    parts = [np.asarray(path, float).reshape(-1, size) for path in paths]
    return np.concatenate(parts), np.cumsum([0, *map(len, parts)])[:-1][[len(part) > 0 for part in parts]].tolist()


def _near(differences: Floats, first: list[int]) -> NDArray[np.bool_]:
    """Return which rows are finite, and at most FAR times as far as usual: as half of them, or half of first points."""
    distances = np.abs(differences).max(axis=1)
    finite = np.isfinite(distances)
    usual = [np.median(part[np.isfinite(part)]) for part in (distances, distances[first]) if np.isfinite(part).any()]
    near: NDArray[np.bool_] = finite & (distances <= FAR * max(usual, default=0.0))
    return near


def _orthonormal(size: int, *wanted: Floats) -> Floats:
    """Return two orthonormal directions (2, size): those wanted, in their order, then axes for those that are none."""
    found: list[Floats] = []
    for direction in (*wanted, *np.eye(3, size)):
        length = np.linalg.norm(direction)
        if len(found) < 2 and np.isfinite(length) and length > 0.0:
            rest = direction / length
            for _ in range(2):
                rest = rest - sum(((rest @ one) * one for one in found), np.zeros(size))
            if np.linalg.norm(rest) > TINY:
                found.append(rest / np.linalg.norm(rest))
    return np.array(found)
