"""The preconditioned sharpness of a network: the largest eigenvalues of diag(mu / sigma) H, by products with H."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from network.digits import Floats

MOST_PRODUCTS = 60
"""Products with the Hessian that a search makes at most."""

PRECISE = 1e-2
"""The residual, as a share of the eigenvalue, at which a search ends; the eigenvalue is as precise as its square."""

ROUNDING = 1e-12
"""The share of an eigenvalue below which what is left of a vector is rounding: the space is exhausted."""

Product = Callable[[Floats], Floats]


@dataclass(frozen=True, eq=False)
class Sharpness:
    """The k eigenvalues of largest size of diag(rate) H, the largest first.

    values: (k,). vectors: (k, size), where the next search begins. residuals: (k,), each as a share of the largest
    eigenvalue. products: with the Hessian, that it took.
    """

    values: Floats
    vectors: Floats
    residuals: Floats
    products: int

    @property
    def value(self) -> float:
        """The largest one."""
        return float(self.values[0])


def sharpness(product: Product, rate: Floats, begin: Floats) -> Sharpness:
    """Return eigenvalues of diag(rate) H, by the iteration of Lanczos on the symmetric A = S H S, S = sqrt(rate).

        w = A q_j,  alpha_j = q_j' w,  w <- w - Q Q' w,  beta_j = |w|,  q_(j+1) = w / beta_j

    The eigenvalues of the tridiagonal matrix of the alphas and betas near those of A; each is as good as its residual.

    product: v -> H v. rate: mu / sigma of each parameter, (size,), not negative. begin: vectors to begin with, one for
    each eigenvalue that is wanted, (k, size); those of the search before make it short. What is not finite gives nan.

    Source: G. H. Golub, C. F. Van Loan, Matrix Computations, 2013, section 10.1.
    """
    root, wanted = np.sqrt(rate), len(begin)
    basis = _unit(begin.sum(axis=0))[None]
    alphas: list[float] = []
    betas: list[float] = []
    while True:
        image = root * product(root * basis[-1])
        if not np.isfinite(image).all():
            return _nothing(np.nan, begin, len(basis))
        alphas.append(float(basis[-1] @ image))
        for _ in range(2):  # once leaves what rounding makes of it
            image = image - basis.T @ (basis @ image)
        betas.append(float(np.linalg.norm(image)))
        values, turn = np.linalg.eigh(np.diag(alphas) + np.diag(betas[:-1], 1) + np.diag(betas[:-1], -1))
        best = np.argsort(-np.abs(values))[:wanted]
        size = float(np.abs(values[best[0]]))
        if size == 0.0:
            return _nothing(0.0, begin, len(basis))
        residuals = betas[-1] * np.abs(turn[-1, best]) / size
        is_enough = len(best) == wanted and residuals[0] < PRECISE and residuals.max() < np.sqrt(PRECISE)
        if is_enough or betas[-1] <= ROUNDING * size or len(basis) == MOST_PRODUCTS:
            return _found(values[best], turn[:, best].T @ basis, residuals, begin, len(basis))
        basis = np.vstack([basis, image / betas[-1]])


def _unit(vector: Floats) -> Floats:
    unit: Floats = vector / np.linalg.norm(vector)
    return unit


def _found(values: Floats, vectors: Floats, residuals: Floats, begin: Floats, products: int) -> Sharpness:
    """Return what was found; where the space was exhausted before, the other eigenvalues are 0."""
    missing = len(begin) - len(values)
    zeros = np.zeros(missing)
    every = np.concatenate([vectors, begin[len(values) :]])
    return Sharpness(np.concatenate([values, zeros]), every, np.concatenate([residuals, zeros]), products)


def _nothing(value: float, begin: Floats, products: int) -> Sharpness:
    return Sharpness(np.full(len(begin), value), begin, np.full(len(begin), np.inf), products)
