"""The digits that networks are trained on: 1,797 pictures of 8 x 8 pixels, and what each shows."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

FILE = Path(__file__).with_name("digits.npz")
"""Made by network.make_digits; optical recognition of handwritten digits, UCI, doi 10.24432/C50P49, CC BY 4.0."""

TRAINING = 1000
"""Digits that are trained on; the others are held out."""

BRIGHTEST = 16.0
CLASSES = 10

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Digits:
    """Digits as a network sees them.

    x: (n, 64), pixels from 0 to 1 less their mean. y: (n, 10), 1 for what each shows, else 0. mean: (64,), that mean.
    """

    x: Floats
    y: Floats
    mean: Floats

    def __len__(self) -> int:
        return len(self.x)

    def __getitem__(self, rows: slice | NDArray[np.int64]) -> "Digits":
        return Digits(self.x[rows], self.y[rows], self.mean)


@lru_cache(maxsize=8)
def digits(seed: int) -> tuple[Digits, Digits]:
    """Return the digits that are trained on and those that are held out, drawn by `seed`.

    All are centred by the mean picture of those that are trained on.
    """
    with np.load(FILE) as file:
        images, labels = file["images"], file["labels"]
    order = np.random.default_rng(seed).permutation(len(labels))
    x = images[order].reshape(len(order), -1) / BRIGHTEST
    mean = x[:TRAINING].mean(axis=0)
    both = Digits(x - mean, np.eye(CLASSES)[labels[order]], mean)
    return both[:TRAINING], both[TRAINING:]
