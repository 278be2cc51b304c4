"""Closed forms of symmetric 2 x 2 matrices, by their entries xx, xy, yy; for floats and for arrays."""

from optimizers.base import Pair, Scalar, Symmetric
from xp.functions import Namespace


def outer(g: Pair) -> Symmetric:
    """Return g g'."""
    x, y = g
    return x * x, x * y, y * y


def average(beta: float, before: Symmetric, new: Symmetric) -> Symmetric:
    """Return beta A + (1 - beta) B."""
    (a, b, c), (d, e, f) = before, new
    return beta * a + (1.0 - beta) * d, beta * b + (1.0 - beta) * e, beta * c + (1.0 - beta) * f


def lifted(matrix: Symmetric, eps: float) -> Symmetric:
    """Return A + (eps + 4e-16 tr A) I: nothing is divided by what rounding has left of an empty direction."""
    a, b, c = matrix
    floor = eps + 4e-16 * (a + c)
    return a + floor, b, c + floor


def root(matrix: Symmetric, xp: Namespace) -> Symmetric:
    """Return the positive root of a positive matrix: (A + s I) / sqrt(tr A + 2 s) with s = sqrt(det A).

    Rounding may make a determinant negative; it is 0 then. The root of 0 is 0.
    """
    a, b, c = matrix
    s = xp.sqrt(xp.maximum(a * c - b * b, 0.0))
    size = xp.sqrt(a + c + 2.0 * s)
    size = xp.where(size == 0.0, 1.0, size)
    return (a + s) / size, b / size, (c + s) / size


def size_of(g: Pair, xp: Namespace) -> Scalar:
    """Return the length of a vector, in units of its larger part, so that no square overflows."""
    x, y = xp.abs(g[0]), xp.abs(g[1])
    larger = xp.maximum(x, y)
    share = xp.minimum(x, y) / xp.where(larger == 0.0, 1.0, larger)
    return larger * xp.sqrt(1.0 + share * share)


def without_signs(matrix: Symmetric, xp: Namespace) -> Symmetric:
    """Return abs(A), with the absolute values of its eigenvalues: (A^2 + d I) / sqrt(tr A^2 + 2 d), d = abs(det A)."""
    a, b, c = matrix
    size = xp.maximum(xp.maximum(xp.abs(a), xp.abs(c)), xp.abs(b))
    unit = xp.where(size == 0.0, 1.0, size)
    a, b, c = a / unit, b / unit, c / unit
    d = xp.abs(a * c - b * b)
    both = xp.sqrt(a * a + 2.0 * (b * b) + c * c + 2.0 * d)
    share = size / xp.where(both == 0.0, 1.0, both)
    return (a * a + b * b + d) * share, (a + c) * b * share, (c * c + b * b + d) * share


def inverse_of(matrix: Symmetric, vector: Pair, xp: Namespace) -> Pair:
    """Return A^-1 v; infinite where the determinant is 0."""
    (a, b, c), (x, y) = matrix, vector
    size = xp.maximum(xp.maximum(xp.abs(a), xp.abs(c)), xp.abs(b))
    unit = xp.where(size == 0.0, 1.0, size)
    a, b, c = a / unit, b / unit, c / unit
    share = xp.over(1.0 / unit, a * c - b * b)
    return share * (c * x - b * y), share * (a * y - b * x)
