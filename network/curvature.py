"""The preconditioned sharpness of a network: the largest eigenvalue of diag(mu / sigma) H, by products with H."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from network.digits import Floats

MOST_PRODUCTS = 60
"""Products with the Hessian that a search makes at most."""

PRECISE = 1e-2
"""The residual, as a share of the eigenvalue, at which a search ends; the eigenvalue is as precise as its square."""

Product = Callable[[Floats], Floats]


@dataclass(frozen=True, eq=False)
class Sharpness:
    """An eigenvalue of diag(rate) H. vector: where the next search begins. residual: its share of the eigenvalue."""

    value: float
    vector: Floats
    residual: float
    products: int


def sharpness(product: Product, rate: Floats, begin: Floats) -> Sharpness:
    """Return the eigenvalue of largest size of diag(rate) H, by power iteration on the symmetric S H S, S = sqrt(rate).

    product: v -> H v. rate: mu / sigma of each parameter, (size,), not negative. begin: a vector to begin with, that of
    the search before makes it short. What is not finite gives nan.
    """
    root = np.sqrt(rate)
    vector = begin / np.linalg.norm(begin)
    value, residual = np.nan, np.inf
    for count in range(1, MOST_PRODUCTS + 1):
        image = root * product(root * vector)
        value, length = float(vector @ image), float(np.linalg.norm(image))
        if not np.isfinite(length) or length == 0.0:
            return Sharpness(value if length == 0.0 else np.nan, begin, np.inf, count)
        residual = float(np.linalg.norm(image - value * vector)) / length
        vector = image / length
        if residual < PRECISE:
            break
    return Sharpness(value, vector, residual, count)
