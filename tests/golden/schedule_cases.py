"""The schedules that torch.optim.lr_scheduler has too, shared by the golden data and their test."""

from typing import Any, NamedTuple

UPDATES = 120
"""How many updates are kept of each schedule; the run is as long."""


class Case(NamedTuple):
    """A schedule of the catalogue, with its knobs, and what PyTorch calls it, with its arguments."""

    slug: str
    knobs: dict[str, Any]
    torch: str
    arguments: dict[str, Any]


CASES = {
    "staircase": Case(
        "staircase", {"gamma": 0.3, "every": 25, "per_epoch": 1}, "StepLR", {"gamma": 0.3, "step_size": 25}
    ),
    "multi-step": Case(
        "multi-step",
        {"milestones": ((10, 0.5), (40, 0.5), (90, 0.5))},
        "MultiStepLR",
        {"milestones": [10, 40, 90], "gamma": 0.5},
    ),
    "exponential": Case("exponential", {"base": 0.9, "per_epoch": 1}, "ExponentialLR", {"gamma": 0.9}),
    "linear": Case(
        "linear",
        {"start": 0.25, "end": 0.75, "over": 50},
        "LinearLR",
        {"start_factor": 0.25, "end_factor": 0.75, "total_iters": 50},
    ),
    "polynomial": Case("polynomial", {"power": 2.0, "over": 130}, "PolynomialLR", {"power": 2.0, "total_iters": 130}),
    "polynomial-root": Case("polynomial", {"power": 0.5}, "PolynomialLR", {"power": 0.5, "total_iters": UPDATES}),
    "cosine": Case("cosine", {"floor": 0.05}, "CosineAnnealingLR", {"T_max": UPDATES, "eta_min": 0.05}),
    "sgdr": Case(
        "sgdr",
        {"period": 10, "mult": 2, "floor": 0.1},
        "CosineAnnealingWarmRestarts",
        {"T_0": 10, "T_mult": 2, "eta_min": 0.1},
    ),
    "sgdr-equal": Case("sgdr", {"period": 7, "mult": 1}, "CosineAnnealingWarmRestarts", {"T_0": 7}),
    "one-cycle": Case("one-cycle", {}, "OneCycleLR", {"max_lr": 1.0, "total_steps": UPDATES}),
    "one-cycle-linear": Case(
        "one-cycle",
        {"rise": 0.4, "start": 0.1, "floor": 0.001, "shape": "linear"},
        "OneCycleLR",
        {
            "max_lr": 1.0,
            "total_steps": UPDATES,
            "pct_start": 0.4,
            "div_factor": 10.0,
            "final_div_factor": 100.0,
            "anneal_strategy": "linear",
        },
    ),
    "triangular": Case(
        "triangular",
        {"half": 12, "floor": 0.2},
        "CyclicLR",
        {"base_lr": 0.2, "max_lr": 1.0, "step_size_up": 12, "cycle_momentum": False},
    ),
    "triangular-halved": Case(
        "triangular",
        {"half": 12, "floor": 0.2, "shrink": 0.5},
        "CyclicLR",
        {"base_lr": 0.2, "max_lr": 1.0, "step_size_up": 12, "mode": "triangular2", "cycle_momentum": False},
    ),
}
