"""Three gradients written by hand and the runs on them, shared by the golden data and their test."""

import math
from collections.abc import Callable
from typing import Any, NamedTuple

STEPS = 1000
KEPT = [*range(1, 11), *range(25, STEPS + 1, 25)]
"""The numbers of updates after which theta is kept."""


class Problem(NamedTuple):
    """A gradient (x, y) -> (dL/dx, dL/dy) in plain arithmetic and the point where every run begins."""

    gradient: Callable[[Any, Any], tuple[Any, Any]]
    start: tuple[float, float]


class Case(NamedTuple):
    """A rule of the catalogue, with its knobs, and what PyTorch calls it, with its arguments."""

    slug: str
    knobs: dict[str, Any]
    torch: str
    arguments: dict[str, Any]
    lr: float


def rosenbrock(x: Any, y: Any) -> tuple[Any, Any]:
    """The gradient of (1 - x)^2 + 100 (y - x^2)^2."""
    return -2.0 * (1.0 - x) - 400.0 * x * (y - x * x), 200.0 * (y - x * x)


def himmelblau(x: Any, y: Any) -> tuple[Any, Any]:
    """The gradient of (x^2 + y - 11)^2 + (x + y^2 - 7)^2."""
    a, b = x * x + y - 11.0, x + y * y - 7.0
    return 4.0 * x * a + 2.0 * b, 2.0 * a + 4.0 * y * b


def valley(x: Any, y: Any) -> tuple[Any, Any]:
    """The gradient of (u^2 + 50 v^2) / 2, where (u, v) is (x - 1, y + 0.5) turned by 30 degrees."""
    c, s = math.cos(math.pi / 6.0), math.sin(math.pi / 6.0)
    u, v = (x - 1.0) * c + (y + 0.5) * s, (y + 0.5) * c - (x - 1.0) * s
    return c * u - 50.0 * s * v, s * u + 50.0 * c * v


PROBLEMS = {
    "rosenbrock": Problem(rosenbrock, (-1.2, 1.0)),
    "himmelblau": Problem(himmelblau, (1.0, 1.0)),
    "valley": Problem(valley, (-3.0, 2.0)),
}

CASES = {
    "gd-1": Case("gd", {}, "SGD", {}, 1e-4),
    "gd-2": Case("gd", {}, "SGD", {}, 5e-4),
    "gd-3": Case("gd", {}, "SGD", {}, 1e-3),
    "momentum-1": Case("momentum", {}, "SGD", {"momentum": 0.9}, 5e-5),
    "momentum-2": Case("momentum", {"beta": 0.5}, "SGD", {"momentum": 0.5}, 5e-4),
    "momentum-3": Case("momentum", {"beta": 0.95}, "SGD", {"momentum": 0.95}, 2e-4),
    "nesterov-1": Case("nesterov", {}, "SGD", {"momentum": 0.9, "nesterov": True}, 1e-4),
    "nesterov-2": Case("nesterov", {"beta": 0.5}, "SGD", {"momentum": 0.5, "nesterov": True}, 5e-4),
    "nesterov-3": Case("nesterov", {"beta": 0.95}, "SGD", {"momentum": 0.95, "nesterov": True}, 2e-4),
    "adagrad-1": Case("adagrad", {}, "Adagrad", {}, 0.05),
    "adagrad-2": Case("adagrad", {"eps": 1e-3}, "Adagrad", {"eps": 1e-3}, 0.2),
    "adagrad-3": Case("adagrad", {"initial": 0.1}, "Adagrad", {"initial_accumulator_value": 0.1}, 0.5),
    "rmsprop-1": Case("rmsprop", {}, "RMSprop", {}, 1e-3),
    "rmsprop-2": Case("rmsprop", {"rho": 0.9}, "RMSprop", {"alpha": 0.9}, 1e-3),
    "rmsprop-3": Case("rmsprop", {"rho": 0.999, "eps": 1e-3}, "RMSprop", {"alpha": 0.999, "eps": 1e-3}, 2e-3),
    "rmsprop-centered-1": Case("rmsprop", {"centered": True}, "RMSprop", {"centered": True}, 1e-3),
    "rmsprop-centered-2": Case(
        "rmsprop",
        {"centered": True, "rho": 0.999, "eps": 1e-3},
        "RMSprop",
        {"centered": True, "alpha": 0.999, "eps": 1e-3},
        1e-3,
    ),
    "rmsprop-centered-3": Case(
        "rmsprop", {"centered": True, "momentum": 0.5}, "RMSprop", {"centered": True, "momentum": 0.5}, 5e-4
    ),
    "rmsprop-momentum-1": Case("rmsprop", {"momentum": 0.9}, "RMSprop", {"momentum": 0.9}, 1e-4),
    "rmsprop-momentum-2": Case("rmsprop", {"momentum": 0.5}, "RMSprop", {"momentum": 0.5}, 5e-4),
    "rmsprop-momentum-3": Case(
        "rmsprop", {"momentum": 0.9, "rho": 0.999}, "RMSprop", {"momentum": 0.9, "alpha": 0.999}, 1e-4
    ),
    "adam-1": Case("adam", {}, "Adam", {}, 1e-3),
    "adam-2": Case("adam", {"beta1": 0.5, "beta2": 0.99}, "Adam", {"betas": (0.5, 0.99)}, 5e-3),
    "adam-3": Case("adam", {"beta1": 0.95, "eps": 1e-3}, "Adam", {"betas": (0.95, 0.999), "eps": 1e-3}, 1e-2),
    "adamw-1": Case("adamw", {}, "AdamW", {}, 1e-3),
    "adamw-2": Case("adamw", {"weight_decay": 0.1}, "AdamW", {"weight_decay": 0.1}, 5e-3),
    "adamw-3": Case(
        "adamw", {"weight_decay": 1.0, "beta2": 0.99}, "AdamW", {"weight_decay": 1.0, "betas": (0.9, 0.99)}, 1e-2
    ),
    "amsgrad-1": Case("amsgrad", {}, "Adam", {"amsgrad": True}, 1e-3),
    "amsgrad-2": Case("amsgrad", {"beta2": 0.9}, "Adam", {"amsgrad": True, "betas": (0.9, 0.9)}, 1e-2),
    "amsgrad-3": Case(
        "amsgrad", {"beta1": 0.5, "eps": 1e-3}, "Adam", {"amsgrad": True, "betas": (0.5, 0.999), "eps": 1e-3}, 5e-3
    ),
    "adadelta-1": Case("adadelta", {}, "Adadelta", {}, 0.01),
    "adadelta-2": Case("adadelta", {"rho": 0.95}, "Adadelta", {"rho": 0.95}, 0.1),
    "adadelta-3": Case("adadelta", {"rho": 0.99, "eps": 1e-8}, "Adadelta", {"rho": 0.99, "eps": 1e-8}, 1.0),
    "adamax-1": Case("adamax", {}, "Adamax", {}, 2e-3),
    "adamax-2": Case("adamax", {"beta1": 0.5, "beta2": 0.99}, "Adamax", {"betas": (0.5, 0.99)}, 2e-3),
    "adamax-3": Case("adamax", {"eps": 1e-2}, "Adamax", {"eps": 1e-2}, 1e-2),
    "nadam-1": Case("nadam", {}, "NAdam", {}, 1e-3),
    "nadam-2": Case("nadam", {"beta1": 0.5, "beta2": 0.99}, "NAdam", {"betas": (0.5, 0.99)}, 2e-3),
    "nadam-3": Case("nadam", {"psi": 0.1, "eps": 1e-3}, "NAdam", {"momentum_decay": 0.1, "eps": 1e-3}, 2e-3),
    "radam-1": Case("radam", {}, "RAdam", {}, 1e-3),
    "radam-2": Case("radam", {"beta1": 0.5, "beta2": 0.99}, "RAdam", {"betas": (0.5, 0.99)}, 5e-4),
    "radam-3": Case("radam", {"eps": 1e-2}, "RAdam", {"eps": 1e-2}, 2e-3),
    "rprop-1": Case("rprop", {}, "Rprop", {}, 1e-2),
    "rprop-2": Case("rprop", {"shrink": 0.7, "grow": 1.1}, "Rprop", {"etas": (0.7, 1.1)}, 1e-3),
    "rprop-3": Case("rprop", {"least": 1e-3, "most": 0.1}, "Rprop", {"step_sizes": (1e-3, 0.1)}, 5e-2),
}
"""Settings whose dynamics do not amplify rounding: three for every rule that torch.optim has."""
