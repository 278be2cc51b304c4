"""Training the network 64 - 32 - 10: an update of Adam against NumPy by hand and JAX, and a run with its sharpness.

Everything has one processor, and BLAS one thread. A training looks closely at least twice, at its first update and at
its last; so long a run hides that.
"""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator

import jax
import jax.numpy as jnp
import numpy as np
from threadpoolctl import threadpool_limits

from benchmarks.timing import medians, report
from engine.scenario import Run
from network.digits import Digits, digits
from network.model import Network
from network.training import Task, train
from optimizers.adam import Adam

LR = 0.003
STEPS = {0: 1000, 64: 5000}
"""The updates of a run on all digits, and in batches of 64."""

SAME = 100
"""The first losses of a run that all must agree in."""

BETA1, BETA2, EPS = 0.9, 0.999, 1e-8


def main() -> None:
    """Measure in a process of its own, which keeps to one processor."""
    subprocess.run([sys.executable, "-m", "benchmarks.network"], check=True)


def _compare() -> None:
    """Print the comparisons for both losses, then the seconds of a run with its sharpness."""
    run = Run(Adam(BETA1, BETA2, EPS), LR)
    for loss in ("squared", "cross-entropy"):
        for batch, steps in STEPS.items():
            task = Task(Network(loss=loss), steps, batch, looks=2)
            candidates: dict[str, Callable[[], object]] = {
                "sigmascope": lambda task=task: train(task, run).loss,
                "numpy, by hand": lambda task=task: _by_hand(task),
                "jax, jit, warm": _by_jax(task),
            }
            ours, *others = (np.array(losses())[:SAME] for losses in candidates.values())
            for theirs in others:
                np.testing.assert_allclose(ours, theirs, rtol=1e-9)
            words = f"batches of {batch}" if batch else "all 1,000 digits"
            seconds = medians(candidates, warm=False)
            report(f"An update of Adam on 64 - 32 - 10, {loss}, {words}", seconds, per=steps, unit="us", scale=1e6)
    for loss in ("squared", "cross-entropy"):
        task = Task(Network(loss=loss), steps=1000, looks=100)
        report(
            f"1,000 updates on all digits, {loss}, with the sharpness at 100 places",
            medians({"sigmascope": lambda task=task: train(task, run)}),
        )


def _by_hand(task: Task) -> list[float]:
    """Return the losses of a run as one writes it for this network alone."""
    (w1, b1), (w2, b2) = (map(np.copy, layer) for layer in task.network.layers(task.network.start(task.seed)))
    parameters = [w1, b1, w2, b2]
    moments = [(np.zeros_like(p), np.zeros_like(p)) for p in parameters]
    losses = []
    for t, data in enumerate(_batches(task)):
        x, y, n = data.x, data.y, len(data)
        h = np.tanh(x @ w1 + b1)
        o = h @ w2 + b2
        if task.network.loss == "squared":
            error = o - y
            losses.append(0.5 * np.sum(error * error) / n)
        else:
            o -= o.max(axis=1, keepdims=True)
            share = np.exp(o)
            total = share.sum(axis=1, keepdims=True)
            losses.append((np.log(total).sum() - np.sum(o * y)) / n)
            error = share / total - y
        error /= n
        back = (error @ w2.T) * (1.0 - h * h)
        slopes = [x.T @ back, back.sum(axis=0), h.T @ error, error.sum(axis=0)]
        for p, g, (m, v) in zip(parameters, slopes, moments, strict=True):
            _adam(p, g, m, v, t)
    return losses


def _adam(p: np.ndarray, g: np.ndarray, m: np.ndarray, v: np.ndarray, t: int) -> None:
    m *= BETA1
    m += (1.0 - BETA1) * g
    v *= BETA2
    v += (1.0 - BETA2) * g * g
    m_hat, v_hat = m / (1.0 - BETA1 ** (t + 1)), v / (1.0 - BETA2 ** (t + 1))
    p -= LR * m_hat / (np.sqrt(v_hat) + EPS)


def _by_jax(task: Task) -> Callable[[], list[float]]:
    """Return a run in JAX, one compiled call an update."""

    def value(parameters, x, y):
        w1, b1, w2, b2 = parameters
        o = jnp.tanh(x @ w1 + b1) @ w2 + b2
        if task.network.loss == "squared":
            return 0.5 * ((o - y) ** 2).sum() / len(y)
        return -(y * jax.nn.log_softmax(o)).sum() / len(y)

    @jax.jit
    def update(parameters, m, v, t, x, y):
        loss, g = jax.value_and_grad(value)(parameters, x, y)
        m = jax.tree.map(lambda m, g: BETA1 * m + (1.0 - BETA1) * g, m, g)
        v = jax.tree.map(lambda v, g: BETA2 * v + (1.0 - BETA2) * g * g, v, g)
        scale = [1.0 - beta ** (t + 1.0) for beta in (BETA1, BETA2)]
        moved = jax.tree.map(lambda p, m, v: p - LR * (m / scale[0]) / (jnp.sqrt(v / scale[1]) + EPS), parameters, m, v)
        return loss, moved, m, v

    def run() -> list[float]:
        layers = task.network.layers(task.network.start(task.seed))
        parameters = [jnp.asarray(array) for layer in layers for array in layer]
        m = v = [jnp.zeros_like(array) for array in parameters]
        losses = []
        for t, data in enumerate(_batches(task)):
            loss, parameters, m, v = update(parameters, m, v, float(t), data.x, data.y)
            losses.append(loss)
        return [float(loss) for loss in losses]

    return run


def _batches(task: Task) -> Iterator[Digits]:
    """Yield the digits of each update, those of `train`."""
    data, random = digits(task.seed)[0], np.random.default_rng([task.seed, 1])
    order: list[int] = []
    for _ in range(task.steps):
        if task.batch and len(order) < task.batch:
            order = random.permutation(len(data))
        yield data[order[: task.batch]] if task.batch else data
        order = order[task.batch :]


if __name__ == "__main__":
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    jax.config.update("jax_enable_x64", True)
    with threadpool_limits(limits=1):
        _compare()
