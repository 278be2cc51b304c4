"""The preconditioned sharpness of a network: the largest eigenvalues of diag(mu / sigma) H, by products with H."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from network.digits import Floats

MOST_ROUNDS = 60
"""Products with the Hessian that a search makes at most for each vector."""

PRECISE = 1e-2
"""The residual, as a share of the eigenvalue, at which a search ends; the eigenvalue is as precise as its square."""

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
    """Return eigenvalues of diag(rate) H, by orthogonal iteration on the symmetric S H S, S = sqrt(rate).

        V <- orth(S H S V),  and of V' S H S V the eigenvalues (Rayleigh and Ritz)

    product: v -> H v. rate: mu / sigma of each parameter, (size,), not negative. begin: vectors to begin with, one for
    each eigenvalue that is wanted, (k, size); those of the search before make it short. What is not finite gives nan.

    Source: G. H. Golub, C. F. Van Loan, Matrix Computations, 2013, section 8.2.
    """
    root = np.sqrt(rate)
    vectors = _orthonormal(begin)
    for count in range(1, MOST_ROUNDS + 1):
        images = np.array([root * product(root * vector) for vector in vectors])
        made = count * len(vectors)
        if not np.isfinite(images).all():
            return _nothing(np.nan, begin, made)
        values, turn = np.linalg.eigh(_symmetric(vectors @ images.T))
        order = np.argsort(-np.abs(values))
        values, vectors, images = values[order], turn.T[order] @ vectors, turn.T[order] @ images
        size = float(np.abs(values[0]))
        if size == 0.0:
            return _nothing(0.0, begin, made)
        residuals = np.linalg.norm(images - values[:, None] * vectors, axis=1) / size
        if residuals[0] < PRECISE and residuals.max() < np.sqrt(PRECISE):
            break
        vectors = _orthonormal(images)
    return Sharpness(values, vectors, residuals, made)


def _orthonormal(rows: Floats) -> Floats:
    basis: Floats = np.linalg.qr(rows.T)[0].T
    return basis


def _symmetric(matrix: Floats) -> Floats:
    half: Floats = (matrix + matrix.T) / 2
    return half


def _nothing(value: float, begin: Floats, products: int) -> Sharpness:
    k = len(begin)
    return Sharpness(np.full(k, value), begin, np.full(k, np.inf), products)
