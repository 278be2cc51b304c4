"""Settings of the newer rules and the four losses that they run on, shared by the golden data and their test."""

from collections.abc import Callable
from typing import Any, NamedTuple

from problems import himmelblau, rosenbrock, valley

UPDATES = 60


class Problem(NamedTuple):
    """Gradient, Hessian's entries xx, xy, yy and loss in plain arithmetic, and where every run begins."""

    gradient: Callable[[Any, Any], tuple[Any, Any]]
    hessian: Callable[[Any, Any], tuple[Any, Any, Any]]
    loss: Callable[[Any, Any], Any]
    start: tuple[float, float]


def tilted(x: Any, y: Any) -> tuple[Any, Any]:
    """The gradient of x^2/2 + y^2 + x y/2 + x^4/4."""
    return x + y / 2.0 + x * x * x, 2.0 * y + x / 2.0


def rosenbrock_hessian(x: Any, y: Any) -> tuple[Any, Any, Any]:
    return 2.0 - 400.0 * (y - 3.0 * x * x), -400.0 * x, 200.0


def himmelblau_hessian(x: Any, y: Any) -> tuple[Any, Any, Any]:
    return 12.0 * x * x + 4.0 * y - 42.0, 4.0 * (x + y), 12.0 * y * y + 4.0 * x - 26.0


def valley_hessian(x: Any, y: Any) -> tuple[Any, Any, Any]:
    root = 3.0**0.5
    return (3.0 + 50.0) / 4.0, (1.0 - 50.0) * root / 4.0, (1.0 + 150.0) / 4.0


PROBLEMS = {
    "rosenbrock": Problem(
        rosenbrock, rosenbrock_hessian, lambda x, y: (1.0 - x) ** 2 + 100.0 * (y - x * x) ** 2, (-1.2, 1.0)
    ),
    "himmelblau": Problem(
        himmelblau, himmelblau_hessian, lambda x, y: (x * x + y - 11.0) ** 2 + (x + y * y - 7.0) ** 2, (3.5, 1.0)
    ),
    "valley": Problem(
        valley,
        valley_hessian,
        lambda x, y: (
            (
                ((x - 1.0) * 3.0**0.5 / 2.0 + (y + 0.5) / 2.0) ** 2
                + 50.0 * ((y + 0.5) * 3.0**0.5 / 2.0 - (x - 1.0) / 2.0) ** 2
            )
            / 2.0
        ),
        (-3.0, 2.0),
    ),
    "tilted": Problem(
        tilted,
        lambda x, y: (1.0 + 3.0 * x * x, 0.5, 2.0),
        lambda x, y: x * x / 2.0 + y * y + x * y / 2.0 + x**4 / 4.0,
        (1.5, -2.0),
    ),
}


class Case(NamedTuple):
    """A rule of the catalogue by its slug, its knobs, a learning rate, and how many updates rounding stays small."""

    slug: str
    knobs: dict[str, Any]
    lr: float
    updates: int = UPDATES


CASES = [
    Case("full-adagrad", {"eps": 1e-4}, 0.05),
    Case("full-adagrad", {"eps": 1e-2}, 0.3),
    Case("shampoo", {"eps": 1e-3}, 0.01),
    Case("shampoo", {"beta1": 0.6, "beta2": 0.95, "eps": 1e-2}, 0.05),
    Case("shampoo", {"memory": "sum", "beta1": 0.5, "eps": 1e-3}, 0.1),
    Case("soap", {"eps": 1e-3}, 0.01),
    Case("soap", {"beta1": 0.8, "beta2": 0.97, "eps": 1e-2}, 0.03),
    Case("newton", {"damping": 50.0}, 0.5),
    Case("newton", {"damping": 1e3}, 1.0),
    Case("saddle-free", {}, 0.3),
    Case("saddle-free", {"damping": 0.5, "radius": 0.05}, 0.9),
    Case("ademamix", {}, 0.003),
    Case("ademamix", {"beta1": 0.7, "beta2": 0.98, "beta3": 0.95, "alpha": 2.0, "eps": 1e-4}, 0.01),
    Case("adopt", {}, 0.01),
    Case("adopt", {"beta1": 0.6, "beta2": 0.9}, 0.003),
    Case("grams", {}, 0.01),
    Case("grams", {"beta1": 0.5, "beta2": 0.95, "eps": 1e-3}, 0.003),
    Case("sophia", {}, 0.01),
    Case("sophia", {"beta1": 0.8, "beta2": 0.9, "gamma": 1.0}, 0.1),
    Case("cautious-adamw", {}, 0.01),
    Case("cautious-adamw", {"beta1": 0.7, "beta2": 0.95, "weight_decay": 0.3}, 0.003),
    Case("mars-adamw", {}, 0.01),
    Case("mars-adamw", {"beta1": 0.8, "beta2": 0.9, "gamma": 0.1, "weight_decay": 0.1}, 0.003),
    Case("prodigy", {"first": 0.01}, 1.0),
    Case("prodigy", {"beta1": 0.8, "beta2": 0.98, "first": 0.05}, 0.5),
    Case("schedule-free-sgd", {}, 0.0005),
    Case("schedule-free-sgd", {"beta": 0.5}, 0.002),
    Case("schedule-free-adamw", {}, 0.01),
    Case("schedule-free-adamw", {"beta1": 0.6, "beta2": 0.95}, 0.05),
    Case("polyak", {}, 0.5, 30),
    Case("polyak", {"lowest": -2.0}, 0.2, 30),
    Case("barzilai-borwein", {}, 0.001, 12),
    Case("barzilai-borwein", {"form": "short"}, 0.001, 12),
    Case("conjugate-gradient", {}, 1.0, 12),
    Case("conjugate-gradient", {}, 0.3, 30),
    Case("lbfgs", {}, 0.3, 30),
    Case("lbfgs", {"pairs": "1"}, 0.2, 30),
]
