"""Training a network by a rule of the catalogue: the same `update`, the same move, on an array of all parameters."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.scale import move
from engine.scenario import Run
from network.curvature import Product, Sharpness, sharpness
from network.digits import Digits, Floats, digits
from network.model import Network
from optimizers.base import PerAxis
from schedules.base import learning_rates
from xp.functions import ARRAYS

SHARES = (0.0, 0.1, 0.5, 0.9, 1.0)
"""Which quantiles over parameters are recorded, the lowest and the highest too."""

GONE = 10.0
"""How many times its first value a loss has that goes off."""

Pause = Callable[[], None]
"""Called at each product with the Hessian: lets others go first."""


@dataclass(frozen=True)
class Task:
    """What is trained, how long, and how often it is looked at closely.

    batch: digits of a mini-batch, 0 for all. seed: of weights, of the split and of the batches. looks: how many times
    the sharpness, the held-out digits and the quantiles are recorded. eigenvalues: how many, 1 to 3.
    """

    network: Network = Network()
    steps: int = 1000
    batch: int = 0
    seed: int = 0
    looks: int = 100
    eigenvalues: int = 1

    @cached_property
    def data(self) -> tuple[Digits, Digits]:
        """The digits that are trained on, and those that are held out."""
        return digits(self.seed)

    @cached_property
    def closely(self) -> NDArray[np.int64]:
        """The updates before which it is looked at closely, the first and the last among them."""
        last = self.steps - 1
        return np.unique(np.append(np.linspace(0, last, self.looks).round().astype(np.int64), last))


@dataclass(frozen=True, eq=False)
class Look:
    """A close look before update `update`.

    theta: (size,). loss: on all digits that are trained on. held_out, accuracy: loss and share on the held-out digits.
    sigma, rate: SHARES of sigma and of mu / sigma, (1 + layers, 5): over all parameters, then over each layer's.
    sharpness: the largest eigenvalues of diag(mu / sigma) H on all digits that are trained on. along: the curvature of
    the same matrix along the gradient, s' H s / g' s with s = diag(mu / sigma) g (arXiv 2506.04805).
    """

    update: int
    theta: Floats
    loss: float
    held_out: float
    accuracy: float
    sigma: Floats
    rate: Floats
    sharpness: Sharpness
    along: float

    def without_vectors(self) -> "Look":
        """Return the same without the eigenvectors, of which the last ones are enough."""
        return replace(self, sharpness=replace(self.sharpness, vectors=np.empty((0, len(self.theta)))))


@dataclass(frozen=True, eq=False)
class Training:
    """What has been recorded of a run so far.

    loss, gradient_norm: of each update's batch, (n,). lr: mu_t, (n,). looks: in time order. is_lost: whether it ended
    early, because a loss was no finite number. limit: the rule's preconditioned sharpness above which a step on a
    quadratic diverges, None where unknown.
    """

    loss: Floats
    gradient_norm: Floats
    lr: Floats
    looks: tuple[Look, ...]
    is_lost: bool
    limit: float | None

    @property
    def updates(self) -> int:
        """How many updates were made; of one that is lost the last led nowhere."""
        return len(self.loss)

    @property
    def clock(self) -> NDArray[np.int64]:
        """The updates of the looks."""
        return np.array([look.update for look in self.looks], np.int64)

    def at_looks(self, name: str) -> Floats:
        """Return a quantity of all looks, in time order."""
        return np.array([getattr(look, name) for look in self.looks])

    @property
    def sharpness(self) -> Floats:
        """The largest eigenvalue at each look."""
        return np.array([look.sharpness.value for look in self.looks])

    @property
    def sane(self) -> tuple[Look, ...]:
        """The looks before the loss is GONE times its first value for good; the first one at least."""
        with np.errstate(invalid="ignore"):
            within = np.flatnonzero(self.at_looks("loss") <= GONE * self.loss[0])
        return self.looks[: int(within[-1]) + 1 if len(within) else 1]

    @property
    def nbytes(self) -> int:
        """The bytes of its arrays."""
        return 3 * self.loss.nbytes + sum(look.theta.nbytes + look.sharpness.vectors.nbytes for look in self.looks)


Report = Callable[[Training], None]
"""Called after each look with what is recorded so far; may raise, to give the training up."""


def train(task: Task, run: Run, report: Report | None = None) -> Training:
    """Train a network by a run's rule, rate, schedule and warm-up; return what was recorded, as `training` has it."""
    latest = None
    for recorded in training(task, run):
        if recorded and report:
            report(recorded)
        latest = recorded or latest
    assert latest is not None
    return latest


def training(task: Task, run: Run, pause: Pause = lambda: None) -> Iterator[Training | None]:
    """Train a network by a run's rule, rate, schedule and warm-up, an update at a time.

        theta <- theta - (mu_t / sigma_t) m_t - mu_t * weight_decay * theta

    Yield what is recorded so far after each look, which the first update begins with, and at the end; None after any
    other update. A loss that is no finite number ends it.
    """
    network, rule = task.network, run.rule(task.steps)
    assert isinstance(rule, PerAxis), "a matrix of all parameters is none that this trains with"
    rates = learning_rates(run.lr, run.schedule, run.warmup, task.steps)
    theta = network.start(task.seed)
    state = rule.init(np.zeros_like(theta))
    observer = _Observer(task, pause)
    closely = set(task.closely.tolist())
    may_vanish = rule.scale_may_vanish
    losses, norms = np.full(task.steps, np.nan), np.full(task.steps, np.nan)

    def recorded(count: int, is_lost: bool = False) -> Training:
        seen = tuple(observer.looks)
        return Training(losses[:count].copy(), norms[:count].copy(), rates[:count], seen, is_lost, rule.stability_limit)

    for t, batch in enumerate(_batches(task)):
        lr = float(rates[t])
        with np.errstate(all="ignore"):
            losses[t], g = network.gradient(theta, batch)
            norms[t] = np.linalg.norm(g)
            if not np.isfinite(losses[t]):
                yield recorded(t + 1, True)
                return
            m, sigma, state = rule.update(g, state, t, lr, ARRAYS)
            if t in closely:
                observer.look(t, theta, sigma, lr)
        yield recorded(t + 1) if t in closely else None
        with np.errstate(all="ignore"):
            theta = move(theta, m, sigma, lr, rule.weight_decay, may_vanish, ARRAYS)


class _Observer:
    """Looks closely at a network now and then; the vectors of one look are where the next one begins."""

    def __init__(self, task: Task, pause: Pause) -> None:
        self._network, self._pause = task.network, pause
        self._data, self._held_out = task.data
        self._vectors = np.random.default_rng(task.seed).standard_normal((task.eigenvalues, task.network.size))
        self.looks: list[Look] = []

    def look(self, t: int, theta: Floats, sigma: Any, lr: float) -> None:
        network = self._network
        sigma = np.broadcast_to(np.asarray(sigma, float), theta.shape)
        rate = np.where(sigma > 0.0, lr / np.where(sigma > 0.0, sigma, 1.0), 0.0)
        loss, gradient = network.gradient(theta, self._data)
        exact = network.hessian(theta, self._data)

        def product(vector: Floats) -> Floats:
            self._pause()
            return exact(vector)

        found = sharpness(product, rate, self._vectors)
        self._vectors = found.vectors
        if self.looks:
            self.looks[-1] = self.looks[-1].without_vectors()
        look = Look(
            update=t,
            theta=theta,
            loss=loss,
            held_out=network.value(theta, self._held_out),
            accuracy=network.accuracy(theta, self._held_out),
            sigma=self._quantiles(sigma),
            rate=self._quantiles(rate),
            sharpness=found,
            along=_along(product, gradient, rate),
        )
        self.looks.append(look)

    def _quantiles(self, values: Floats) -> Floats:
        layers = self._network.layers(values)
        parts = [values, *(np.concatenate([weights.ravel(), biases]) for weights, biases in layers)]
        return np.array([np.quantile(part, SHARES) for part in parts])


def _along(product: Product, gradient: Floats, rate: Floats) -> float:
    step = rate * gradient
    size = float(gradient @ step)
    return float(step @ product(step)) / size if size > 0.0 else float("nan")


def _batches(task: Task) -> Iterator[Digits]:
    """Yield the digits of each update: all of them, or batches of one permutation after the other."""
    random = np.random.default_rng([task.seed, 1])
    data = task.data[0]
    order: NDArray[np.int64] = np.empty(0, np.int64)
    for _ in range(task.steps):
        if not task.batch:
            yield data
            continue
        if len(order) < task.batch:
            order = random.permutation(len(data))
        yield data[order[: task.batch]]
        order = order[task.batch :]
