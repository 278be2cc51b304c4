"""Training a network by a rule of the catalogue: the same `update`, the same move, on an array of all parameters."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.scale import move
from engine.scenario import Run
from network.curvature import Sharpness, sharpness
from network.digits import Digits, Floats, digits
from network.model import Network
from schedules.base import learning_rates
from xp.functions import ARRAYS

SHARES = (0.0, 0.1, 0.5, 0.9, 1.0)
"""Which quantiles over all parameters are recorded, the lowest and the highest too."""


@dataclass(frozen=True)
class Task:
    """What is trained, how long, and how often it is looked at closely.

    batch: digits of a mini-batch, 0 for all. seed: of weights, of the split and of the batches. looks: how many times
    the sharpness, the held-out digits and the quantiles are recorded.
    """

    network: Network = Network()
    steps: int = 1000
    batch: int = 0
    seed: int = 0
    looks: int = 100


@dataclass(frozen=True, eq=False)
class Look:
    """A close look before update `update`, or at the end.

    theta: (size,). held_out, accuracy: loss and share on the held-out digits. sigma, rate: SHARES of sigma and of
    mu / sigma over all parameters, (5,). sharpness: the largest eigenvalue of diag(mu / sigma) H, on all digits that
    are trained on.
    """

    update: int
    theta: Floats
    held_out: float
    accuracy: float
    sigma: Floats
    rate: Floats
    sharpness: Sharpness


@dataclass(frozen=True, eq=False)
class Training:
    """What has been recorded of a run so far.

    loss, gradient_norm: of each update's batch, (n,). looks: in time order. is_lost: whether it ended early, because a
    loss was no finite number.
    """

    loss: Floats
    gradient_norm: Floats
    looks: tuple[Look, ...]
    is_lost: bool


Report = Callable[[Training], None]
"""Called after each look with what is recorded so far; may raise, to give the training up."""


def train(task: Task, run: Run, report: Report | None = None) -> Training:
    """Train a network by a run's rule, rate, schedule and warm-up; return what was recorded.

        theta <- theta - (mu_t / sigma_t) m_t - mu_t * weight_decay * theta

    A loss that is no finite number ends it.
    """
    network, rule = task.network, run.optimizer
    data, held_out = digits(task.seed)
    rates = learning_rates(run.lr, run.schedule, run.warmup, task.steps)
    theta = network.start(task.seed)
    state = rule.init(np.zeros_like(theta))
    vector = np.random.default_rng(task.seed).standard_normal(network.size)
    closely = set(np.unique(np.linspace(0, task.steps - 1, task.looks).round().astype(int)).tolist())
    losses, norms = np.full(task.steps, np.nan), np.full(task.steps, np.nan)
    looks: list[Look] = []

    def recorded(count: int, is_lost: bool) -> Training:
        return Training(losses[:count], norms[:count], tuple(looks), is_lost)

    for t, batch in enumerate(_batches(task, data)):
        lr = float(rates[t])
        with np.errstate(all="ignore"):
            losses[t], g = network.gradient(theta, batch)
            norms[t] = np.linalg.norm(g)
            if not np.isfinite(losses[t]):
                return recorded(t + 1, True)
            m, sigma, state = rule.update(g, state, t, lr, ARRAYS)
            if t in closely:
                looks.append(_look(network, t, theta, sigma, lr, data, held_out, vector))
                vector = looks[-1].sharpness.vector
                if report:
                    report(recorded(t + 1, False))
            theta = move(theta, m, sigma, lr, rule.weight_decay, rule.scale_may_vanish, ARRAYS)
    return recorded(task.steps, False)


def _look(
    network: Network, t: int, theta: Floats, sigma: Floats, lr: float, data: Digits, held_out: Digits, vector: Floats
) -> Look:
    sigma = np.broadcast_to(np.asarray(sigma, float), theta.shape)
    rate = np.where(sigma > 0.0, lr / np.where(sigma > 0.0, sigma, 1.0), 0.0)
    return Look(
        t,
        theta,
        network.value(theta, held_out),
        network.accuracy(theta, held_out),
        np.quantile(sigma, SHARES),
        np.quantile(rate, SHARES),
        sharpness(lambda v: network.hessian_product(theta, v, data), rate, vector),
    )


def _batches(task: Task, data: Digits) -> Iterator[Digits]:
    """Yield the digits of each update: all of them, or batches of one permutation after the other."""
    random = np.random.default_rng([task.seed, 1])
    order: NDArray[np.int64] = np.empty(0, np.int64)
    for _ in range(task.steps):
        if not task.batch:
            yield data
            continue
        if len(order) < task.batch:
            order = random.permutation(len(data))
        yield data[order[: task.batch]]
        order = order[task.batch :]
