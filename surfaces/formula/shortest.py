"""One formula in several equal forms, and the form that takes the fewest operations."""

import sympy as sp


def shortest(expressions: tuple[sp.Expr, ...]) -> tuple[sp.Expr, ...]:
    """Return the expressions as they are or with common factors taken out of every sum, whichever is shorter.

    2 x a + 2 b becomes 2 (x a + b): SymPy spreads a number over a sum when it differentiates a square, and the
    gradient's two components then no longer share that sum.
    """
    factored = tuple(sp.factor_terms(expression, sign=False) for expression in expressions)
    return min(expressions, factored, key=_operations)


def _operations(expressions: tuple[sp.Expr, ...]) -> int:
    shared, remaining = sp.cse(expressions)
    return int(sum(sp.count_ops(part) for part in (*(part for _, part in shared), *remaining)))
