"""The basin map written out by hand, for Adam and Himmelblau only: the least that NumPy's calls can take.

32 passes over n numbers an update, 2 of them roots and 2 divisions: with G = g / 2, M = m / (2 (1 - beta1)) and
V = v / (4 (1 - beta2)), every number that does not change is folded into one that is multiplied anyway.
"""

from concurrent.futures import ThreadPoolExecutor

import numpy as np

from ensembles.ensemble import BLOCK
from optimizers.adam import Adam

THREADS = 2
CONSTANTS = np.array([[11.0], [7.0]])


def map_by_hand(starts: np.ndarray, steps: int, lr: float, rule: Adam) -> np.ndarray:
    """Return the last points, (n, 2), of Adam on Himmelblau from `starts`, (n, 2)."""
    points = np.ascontiguousarray(starts.T)
    blocks = [points[:, i : i + BLOCK] for i in range(0, points.shape[1], BLOCK)]
    with ThreadPoolExecutor(THREADS) as pool:
        ends = list(pool.map(lambda block: _move(block.copy(), steps, lr, rule), blocks))
    return np.concatenate(ends, axis=1).T


def _move(theta: np.ndarray, steps: int, lr: float, rule: Adam) -> np.ndarray:
    m, v, g, s = (np.zeros_like(theta) for _ in range(4))
    for t in range(steps):
        root = 2.0 * ((1.0 - rule.beta2) / (1.0 - rule.beta2 ** (t + 1))) ** 0.5
        rate = 2.0 * lr * (1.0 - rule.beta1) / (1.0 - rule.beta1 ** (t + 1)) / root
        np.multiply(theta, theta, out=s)
        np.add(s, theta[::-1], out=s)
        np.subtract(s, CONSTANTS, out=s)
        np.multiply(theta, s, out=g)
        np.multiply(g, 2.0, out=g)
        np.add(g, s[::-1], out=g)
        np.multiply(m, rule.beta1, out=m)
        np.add(m, g, out=m)
        np.multiply(g, g, out=g)
        np.multiply(v, rule.beta2, out=v)
        np.add(v, g, out=v)
        np.sqrt(v, out=s)
        np.add(s, rule.eps / root, out=s)
        np.divide(m, s, out=s)
        np.multiply(s, rate, out=s)
        np.subtract(theta, s, out=theta)
    return theta
