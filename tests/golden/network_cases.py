"""The networks and runs on the digits that the golden data and their test share, and what is kept of an array."""

import numpy as np
from problems import CASES as ON_SURFACES

from network.model import Network

SEED = 5
UPDATES = 50
KEPT = 48
"""So many parameters are kept of all, evenly spread, and four sums of all with weights drawn from N(0, 1)."""

NETWORKS = {
    f"{len(hidden)} {activation} {loss}": Network(hidden, activation, loss)
    for hidden in ((12,), (10, 8))
    for activation in ("tanh", "relu")
    for loss in ("squared", "cross-entropy")
}

RULES = {
    "gd": ON_SURFACES["gd-1"]._replace(lr=0.3),
    "momentum": ON_SURFACES["momentum-1"]._replace(lr=0.05),
    "adam": ON_SURFACES["adam-1"]._replace(lr=0.01),
    "adamw": ON_SURFACES["adamw-2"]._replace(lr=0.01),
    "rmsprop": ON_SURFACES["rmsprop-2"]._replace(lr=0.003),
}

RUNS = [(rule, list(NETWORKS)[k + 4 * ((k + turn) % 2)]) for turn, rule in enumerate(RULES) for k in range(4)]
"""Each rule with each activation and loss, on one hidden layer and on two by turns."""


def point(network: Network) -> tuple[np.ndarray, np.ndarray]:
    """Return parameters where no bias is 0, and a direction."""
    random = np.random.default_rng(SEED)
    away, direction = random.standard_normal((2, network.size))
    return network.start(SEED) + 0.1 * away, direction


def kept(vector: np.ndarray) -> np.ndarray:
    """Return what is kept of an array of parameters."""
    places = np.linspace(0, len(vector) - 1, KEPT).astype(int)
    return np.append(vector[places], np.random.default_rng(SEED).standard_normal((4, len(vector))) @ vector)
