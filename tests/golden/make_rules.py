"""Make rules.npz: where the newer rules are on four losses, by their public implementations or by plain linear algebra.

Run it from the project's root with PyTorch 2.13, optax 0.2.8, schedulefree 1.4 and timm 1.0 installed:

    PYTHONPATH=tests/golden python tests/golden/make_rules.py
"""

import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import Any

import jax
import numpy as np
import optax
import schedulefree
import torch
from rule_cases import CASES, PROBLEMS, UPDATES, Case, Problem

for name in ("timm", "timm.optim"):  # its optimizers alone: the package asks for more than they need
    package = ModuleType(name)
    package.__path__ = list(find_spec(name).submodule_search_locations)
    sys.modules[name] = package
ADOPT, AdamW, Mars = (
    getattr(import_module(f"timm.optim.{name}"), kind)
    for name, kind in (("adopt", "Adopt"), ("adamw", "AdamWLegacy"), ("mars", "Mars"))
)

Move = Callable[[np.ndarray], np.ndarray]
"""A point in, the next one out."""


def by_torch(problem: Problem, make: Callable[[list[torch.Tensor]], Any], schedule_free: bool = False) -> Iterator[Any]:
    """Yield the points of an optimizer of PyTorch's kind."""
    theta = torch.tensor(problem.start, dtype=torch.float64, requires_grad=True)
    optimizer = make([theta])

    def closure() -> Any:
        theta.grad = torch.stack([torch.as_tensor(v) for v in problem.gradient(*theta.detach())])
        return problem.loss(*theta.detach())

    for _ in range(UPDATES):
        if schedule_free:
            optimizer.train()
        closure()
        optimizer.step(closure) if isinstance(optimizer, torch.optim.LBFGS) else optimizer.step()
        if schedule_free:
            optimizer.eval()
        yield theta.detach().numpy().copy()


def by_optax(problem: Problem, transform: Any) -> Iterator[Any]:
    """Yield the points of an optimizer of optax."""
    theta = jax.numpy.array(problem.start)
    state = transform.init(theta)
    for _ in range(UPDATES):
        updates, state = transform.update(jax.numpy.stack(problem.gradient(*theta)), state, theta)
        theta = optax.apply_updates(theta, updates)
        yield np.asarray(theta)


def by_hand(problem: Problem, move: Move) -> Iterator[Any]:
    """Yield the points of a move."""
    theta = np.array(problem.start)
    for _ in range(UPDATES):
        theta = move(theta)
        yield theta


def power(matrix: np.ndarray, exponent: float) -> np.ndarray:
    """Return a power of a symmetric matrix by NumPy's eigenvalues."""
    values, vectors = np.linalg.eigh(matrix)
    return vectors @ np.diag(values**exponent) @ vectors.T


class Rules:
    """The moves of each rule; `g`, `h` and `f` are those of the problem at a point."""

    def __init__(self, case: Case, problem: Problem) -> None:
        self.k, self.lr, self.problem = case.knobs, case.lr, problem
        self.t = 0
        self.kept: dict[str, Any] = {}

    def g(self, theta: np.ndarray) -> np.ndarray:
        return np.array(self.problem.gradient(*theta))

    def h(self, theta: np.ndarray) -> np.ndarray:
        xx, xy, yy = self.problem.hessian(*theta)
        return np.array([[xx, xy], [xy, yy]])

    def average(self, name: str, beta: float, value: np.ndarray) -> np.ndarray:
        """Return a moving average that is kept under a name."""
        self.kept[name] = beta * self.kept.get(name, 0.0) + (1.0 - beta) * value
        return self.kept[name]

    def full_adagrad(self, theta: np.ndarray) -> np.ndarray:
        g = self.g(theta)
        self.kept["G"] = self.kept.get("G", 0.0) + np.outer(g, g)
        return theta - self.lr * power(self.kept["G"] + self.k["eps"] * np.eye(2), -0.5) @ g

    def shampoo(self, theta: np.ndarray) -> np.ndarray:
        g, beta1, beta2 = self.g(theta), self.k.get("beta1", 0.9), self.k.get("beta2", 0.999)
        self.t += 1
        m = self.average("m", beta1, g) / (1.0 - beta1**self.t)
        if self.k.get("memory") == "sum":
            self.kept["L"] = self.kept.get("L", 0.0) + np.outer(g, g)
            left = self.kept["L"]
        else:
            left = self.average("L", beta2, np.outer(g, g)) / (1.0 - beta2**self.t)
        return theta - self.lr * power(left + self.k["eps"] * np.eye(2), -0.5) @ m

    def soap(self, theta: np.ndarray) -> np.ndarray:
        """Its authors' steps on a vector: the eigenvectors first, then one QR of G Q after each update."""
        g, beta1, beta2 = self.g(theta), self.k.get("beta1", 0.95), self.k.get("beta2", 0.95)
        if "Q" not in self.kept:
            self.kept["Q"] = np.linalg.eigh(self.average("G", beta2, np.outer(g, g)))[1][:, ::-1]
            self.kept["v"] = np.zeros(2)
            return theta
        self.t += 1
        basis = self.kept["Q"]
        m = self.average("m", beta1, g)
        v = self.average("v", beta2, (basis.T @ g) ** 2)
        size = self.lr * (1.0 - beta2**self.t) ** 0.5 / (1.0 - beta1**self.t)
        moved = theta - size * basis @ (basis.T @ m / (np.sqrt(v) + self.k["eps"]))
        outer = self.average("G", beta2, np.outer(g, g))
        order = np.argsort(-np.diag(basis.T @ outer @ basis))
        self.kept["v"] = v[order]
        self.kept["Q"] = np.linalg.qr(outer @ basis[:, order])[0]
        return moved

    def newton(self, theta: np.ndarray) -> np.ndarray:
        return theta - self.lr * np.linalg.solve(self.h(theta) + self.k["damping"] * np.eye(2), self.g(theta))

    def saddle_free(self, theta: np.ndarray) -> np.ndarray:
        values, vectors = np.linalg.eigh(self.h(theta))
        sizes = np.abs(values) + self.k.get("damping", 1e-4)
        step = self.lr * vectors @ (vectors.T @ self.g(theta) / sizes)
        return theta - step / max(1.0, np.linalg.norm(step) / self.k.get("radius", 1.0))

    def grams(self, theta: np.ndarray) -> np.ndarray:
        g, beta1, beta2 = self.g(theta), self.k.get("beta1", 0.9), self.k.get("beta2", 0.999)
        self.t += 1
        m = self.average("m", beta1, g) / (1.0 - beta1**self.t)
        v = self.average("v", beta2, g * g) / (1.0 - beta2**self.t)
        return theta - self.lr * np.sign(g) * np.abs(m) / (np.sqrt(v) + self.k.get("eps", 1e-8))

    def sophia(self, theta: np.ndarray) -> np.ndarray:
        m = self.average("m", self.k.get("beta1", 0.96), self.g(theta))
        h = self.average("h", self.k.get("beta2", 0.99), np.diag(self.h(theta)))
        return theta - self.lr * np.clip(m / np.maximum(self.k.get("gamma", 0.05) * h, 1e-12), -1.0, 1.0)

    def polyak(self, theta: np.ndarray) -> np.ndarray:
        g, above = self.g(theta), self.problem.loss(*theta) - self.k.get("lowest", 0.0)
        return theta - self.lr * above / (g @ g) * g

    def barzilai_borwein(self, theta: np.ndarray) -> np.ndarray:
        g, before = self.g(theta), self.kept.get("before")
        size = self.kept.get("size", self.lr)
        if before is not None:
            s, y = theta - before[0], g - before[1]
            if s @ y > 0.0:
                size = min(s @ s / (s @ y) if self.k.get("form") != "short" else s @ y / (y @ y), 10.0 * size)
        self.kept |= {"before": (theta, g), "size": size}
        return theta - size * g

    def conjugate_gradient(self, theta: np.ndarray) -> np.ndarray:
        g, hessian = self.g(theta), self.h(theta)
        if not g.any():
            return theta
        d = g
        if "g" in self.kept:
            last = self.kept["g"]
            d = g + max(0.0, g @ (g - last) / (last @ last)) * self.kept["d"]
        d = d if g @ d > 0.0 else g
        self.kept |= {"g": g, "d": d}
        return theta - self.lr * (g @ d) / abs(d @ hessian @ d) * d


def points(case: Case, problem: Problem) -> list[Any]:
    """Return where a rule is after each update."""
    k, lr = case.knobs, case.lr
    betas = {name: k.get(name, default) for name, default in (("beta1", 0.9), ("beta2", 0.999))}
    both = tuple(betas.values())
    transforms: dict[str, Callable[[], Any]] = {
        "ademamix": lambda: optax.contrib.ademamix(
            lr, *both, k.get("beta3", 0.99), k.get("alpha", 5.0), eps=k.get("eps", 1e-8)
        ),
        "prodigy": lambda: optax.contrib.prodigy(lr, both, estim_lr0=k.get("first", 1e-6)),
    }
    classes: dict[str, Callable[[Any], Any]] = {
        "adopt": lambda p: ADOPT(p, lr, betas=(k.get("beta1", 0.9), k.get("beta2", 0.9999)), foreach=False),
        "cautious-adamw": lambda p: AdamW(
            p, lr, both, weight_decay=k.get("weight_decay", 0.01), caution=True, foreach=False
        ),
        "mars-adamw": lambda p: Mars(
            p,
            lr,
            (k.get("beta1", 0.95), k.get("beta2", 0.99)),
            gamma=k.get("gamma", 0.025),
            weight_decay=k.get("weight_decay", 0.0),
            optimize_1d=True,
        ),
        "schedule-free-sgd": lambda p: schedulefree.SGDScheduleFreeReference(p, lr, k.get("beta", 0.9)),
        "schedule-free-adamw": lambda p: schedulefree.AdamWScheduleFreeReference(p, lr, both),
        "lbfgs": lambda p: torch.optim.LBFGS(
            p, lr, max_iter=1, history_size=int(k.get("pairs", 2)), tolerance_grad=0.0, tolerance_change=0.0
        ),
    }
    if case.slug in transforms:
        return list(by_optax(problem, transforms[case.slug]()))
    if case.slug in classes:
        return list(by_torch(problem, classes[case.slug], case.slug.startswith("schedule-free")))
    return list(by_hand(problem, getattr(Rules(case, problem), case.slug.replace("-", "_"))))


if __name__ == "__main__":
    torch.set_default_dtype(torch.float64)
    jax.config.update("jax_enable_x64", True)
    paths = {
        f"{number} {where}": np.array(points(case, problem))
        for number, case in enumerate(CASES)
        for where, problem in PROBLEMS.items()
    }
    np.savez_compressed(Path(__file__).with_name("rules.npz"), **paths)
