"""How large the derivatives of an expression will be, reckoned in one pass before any of them is made."""

from functools import lru_cache
from itertools import permutations, product
from typing import NamedTuple

import sympy as sp

PARTIAL = 5
"""Nodes that the derivative of a function has besides a copy of the function."""


class Growth(NamedTuple):
    """Numbers of nodes, before like terms are gathered; 0 for a derivative that vanishes.

    size: of the expression. slopes: of its derivative by each variable. curvatures: of the second derivatives,
    [a][b] by variables a and b.
    """

    size: int
    slopes: tuple[int, ...]
    curvatures: tuple[tuple[int, ...], ...]

    @property
    def derivatives(self) -> int:
        """The number of nodes of gradient and Hessian."""
        return sum(self.slopes) + sum(sum(row[a:]) for a, row in enumerate(self.curvatures))


@lru_cache(maxsize=4096)
def growth_of(expression: sp.Expr, variables: tuple[sp.Symbol, ...]) -> Growth:
    """Return the growth of an expression: sums and products by their rules, all else by the chain rule.

    A derivative by the chain rule is, for each part, (a copy of the whole) times (the derivative of the part).
    """
    indices = range(len(variables))
    if not expression.args:
        return Growth(
            1, tuple(int(expression == variable) for variable in variables), ((0,) * len(variables),) * len(variables)
        )
    parts = [growth_of(part, variables) for part in expression.args]
    size = 1 + sum(part.size for part in parts)
    copy, second, pairs = size + PARTIAL, 2 * (size + PARTIAL), list(product(parts, parts))
    if expression.is_Mul:
        copy, second, pairs = size, size, list(permutations(parts, 2))
    if expression.is_Add:
        copy, second, pairs = 0, 0, []

    def slope(a: int) -> int:
        return sum(copy + part.slopes[a] for part in parts if part.slopes[a])

    def curvature(a: int, b: int) -> int:
        bent = sum(copy + part.curvatures[a][b] for part in parts if part.curvatures[a][b])
        return bent + sum(second + p.slopes[a] + q.slopes[b] for p, q in pairs if p.slopes[a] and q.slopes[b])

    return Growth(size, tuple(map(slope, indices)), tuple(tuple(curvature(a, b) for b in indices) for a in indices))
