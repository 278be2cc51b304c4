"""How a comparison of tuned rules is drawn: the best of n tries that is to be expected, and performance profiles."""

from math import comb

import numpy as np
from numpy.typing import NDArray

from engine.trajectory import Floats

MOST = 10.0
"""Ratios up to which a profile is drawn, and its score measured."""


def expected_best(results: Floats, most: int, *, unbiased: bool = True) -> Floats:
    """Return the lowest result that is to be expected of n tries, n = 1, ..., most, (most,).

    results: (b,), those of b >= most tries that were drawn alike; lower is better. With them sorted from the worst,
    v_(1), to the best, v_(b), it is

        sum_i v_(i) C(i - 1, n - 1) / C(b, n)                 of n of those tries (arXiv 2004.13705), without bias
        sum_i v_(i) [(i / b)^n - ((i - 1) / b)^n]             of n drawn from them with return (arXiv 1909.03004)
    """
    worst_first, count = np.sort(results)[::-1], len(results)
    ranks, tries = np.arange(1, count + 1), np.arange(1, most + 1)[:, None]
    if unbiased:
        weights = np.array([[comb(i - 1, n - 1) / comb(count, n) for i in ranks.tolist()] for n in range(1, most + 1)])
    else:
        weights = (ranks / count) ** tries - ((ranks - 1) / count) ** tries
    return np.asarray(weights @ worst_first)


def ratios(costs: Floats) -> Floats:
    """Return each cost over the lowest of its start, (rules, starts); infinite where the cost is (Dolan and More)."""
    with np.errstate(all="ignore"):
        made = costs / costs.min(axis=0)
    return np.where(np.isfinite(costs), np.where(np.isnan(made), 1.0, made), np.inf)


def profile(ratio: Floats, taus: Floats) -> Floats:
    """Return rho(tau), the share of starts with a ratio of at most tau, (rules, taus)."""
    within: NDArray[np.bool_] = ratio[:, :, None] <= taus
    shares: Floats = within.mean(axis=1)
    return shares


def score(ratio: Floats, most: float = MOST) -> Floats:
    """Return the area under each profile over [1, most], divided by most - 1, (rules,): 1 is best everywhere.

    A start with the ratio r adds what is left of [r, most].
    """
    areas: Floats = np.clip((most - ratio) / (most - 1.0), 0.0, 1.0).mean(axis=1)
    return areas
