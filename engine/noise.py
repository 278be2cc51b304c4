"""Gradient noise: a mini-batch where the loss is a sum over data, Gaussian noise anywhere."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.trajectory import Floats
from engine.window import median_gradient
from spec.knobs import Integer, Real, check_knobs, knob
from surfaces.base import Surface

Gradient = Callable[[float, float], tuple[float, float]]


@dataclass(frozen=True)
class Noise:
    """How the gradient of each update is disturbed; the same seed gives every run the same disturbance.

        g = N / batch * sum over a random batch of the N data's gradients  +  level * s * z,   z ~ N(0, 1)

    s is the median gradient norm over the surface's window, so that a level means the same on every surface.
    batch: data an update sees, drawn without replacement; 0, or N and more, for all of them.
    """

    level: float = knob(
        0.0, Real(symbol=r"\nu", help="Gaussian noise, in median gradients of the window.", low=0.0, high=10.0)
    )
    batch: int = knob(0, Integer(symbol="B", help="Data an update sees; 0 for all of them.", low=0, high=1000))
    seed: int = knob(0, Integer(symbol="s", help="Which noise is drawn.", low=0, high=2**31 - 1))

    def __post_init__(self) -> None:
        check_knobs(self)

    def draws(self, steps: int) -> Floats:
        """Return the z of each update, (steps, 2)."""
        return np.random.default_rng([self.seed, 1]).standard_normal((steps, 2))

    def batches(self, steps: int, size: int) -> NDArray[np.int_]:
        """Return which of `size` data each update sees, (steps, batch)."""
        return np.random.default_rng([self.seed, 0]).random((steps, size)).argpartition(self.batch)[:, : self.batch]


def noisy_gradient(surface: Surface, noise: Noise, steps: int) -> Gradient:
    """Return the gradient on floats; with noise, its k-th call is disturbed by the k-th draw."""
    gradient = _batch_gradient(surface, noise, steps) if has_batches(surface, noise) else surface.gradient
    draws = gaussian_draws(surface, noise, steps)
    return gradient if draws is None else _disturbed(gradient, draws)


def batch_gradient_array(surface: Surface, noise: Noise, steps: int) -> Callable[[int, Floats, Floats], Floats] | None:
    """Return the mini-batch gradient (2, n) at update t as a function of (t, x, y); None without mini-batches."""
    if not has_batches(surface, noise):
        return None
    batches = noise.batches(steps, surface.data_size)
    scale = surface.data_size / noise.batch

    def gradient(t: int, x: Floats, y: Floats) -> Floats:
        slopes = surface.term_gradient_array(x[:, None], y[:, None], batches[t])
        total: Floats = scale * np.sum(slopes, axis=-1)
        return total

    return gradient


def gaussian_draws(surface: Surface, noise: Noise, steps: int) -> Floats | None:
    """Return what each update adds to the gradient, (steps, 2); None without Gaussian noise."""
    if noise.level == 0.0:
        return None
    draws = noise.level * median_gradient(surface) * noise.draws(steps)
    draws[:, surface.dimension :] = 0.0
    return draws


def has_batches(surface: Surface, noise: Noise) -> bool:
    """Return whether an update sees a part of the data only."""
    return 0 < noise.batch < surface.data_size


def _batch_gradient(surface: Surface, noise: Noise, steps: int) -> Gradient:
    batches = iter(noise.batches(steps, surface.data_size).tolist())
    scale, term = surface.data_size / noise.batch, surface.term_gradient

    def gradient(x: float, y: float) -> tuple[float, float]:
        slopes = [term(x, y, n) for n in next(batches)]
        return scale * sum(g for g, _ in slopes), scale * sum(g for _, g in slopes)

    return gradient


def _disturbed(gradient: Gradient, disturbance: Floats) -> Gradient:
    draws = iter(disturbance.tolist())

    def disturbed(x: float, y: float) -> tuple[float, float]:
        z_x, z_y = next(draws)
        g_x, g_y = gradient(x, y)
        return g_x + z_x, g_y + z_y

    return disturbed
