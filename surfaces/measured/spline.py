"""A smooth surface through the values of an even grid: a bicubic spline, on floats and on arrays.

What is on floats is written so that a script can have it as it stands, see export/measured_code.py.
"""

import math
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float64]

Box: TypeAlias = tuple[float, float, int, float, float, int]
"""x_low, x_high and the number of cells between them, then the same of y."""

FEWEST = 4
"""Points along each side that a spline needs."""


def slopes_of(values: Floats) -> Floats:
    """Return the slopes, in cells, of the cubic splines through the columns of (k, n), with "not a knot" ends.

        d[i-1] + 4 d[i] + d[i+1] = 3 (f[i+1] - f[i-1]),   d[0] - d[2] = 2 (2 f[1] - f[0] - f[2])

    Source: C. de Boor, A Practical Guide to Splines, 1978, chapter IV.
    """
    count = len(values)
    unknown, known = np.zeros((2, count, count))
    for i in range(1, count - 1):
        unknown[i, i - 1 : i + 2] = 1.0, 4.0, 1.0
        known[i, [i - 1, i + 1]] = -3.0, 3.0
    unknown[0, [0, 2]] = 1.0, -1.0
    unknown[-1, [-3, -1]] = 1.0, -1.0
    known[0, :3] = -2.0, 4.0, -2.0
    known[-1, -3:] = -2.0, 4.0, -2.0
    return np.asarray(np.linalg.solve(unknown, known @ values))


def cells_of(values: Floats) -> Floats:
    """Return the sixteen numbers of each cell of (rows + 1, columns + 1) values, (16, rows * columns), for `cubic`.

    In a cell the surface is the sum of c[4 m + k] u^m v^k, u and v from 0 to 1; it has two continuous derivatives.
    """
    turn = np.array([[1.0, 0.0, 0.0, 0.0], [0.0, 0.0, 1.0, 0.0], [-3.0, 3.0, -2.0, -1.0], [2.0, -2.0, 1.0, 1.0]])
    up = slopes_of(values)
    both = np.array([[values, up], [slopes_of(values.T).T, slopes_of(up.T).T]])
    corners = np.array(
        [
            [both[a, b, j : j - 1 or None, i : i - 1 or None] for b in (0, 1) for j in (0, 1)]
            for a in (0, 1)
            for i in (0, 1)
        ]
    )
    along = np.tensordot(turn, corners, 1).reshape(4, 4, -1)
    return np.asarray((turn @ along).reshape(16, -1))


def place(x: Any, y: Any, box: Box) -> Any:
    """Return the number of the cell in which a point lies, and u and v there; nothing beyond the box."""
    x_low, x_high, columns, y_low, y_high, rows = box
    if not (x_low <= x <= x_high and y_low <= y <= y_high):
        return None
    u, v = (x - x_low) / (x_high - x_low) * columns, (y - y_low) / (y_high - y_low) * rows
    i, j = min(int(u), columns - 1), min(int(v), rows - 1)
    return j * columns + i, u - i, v - j


def cubic(c: Any, u: Any, v: Any) -> tuple[Any, Any, Any]:
    """Return the sum of c[4 m + k] u^m v^k, and its slopes by u and by v, on floats or on arrays."""
    c00, c01, c02, c03, c10, c11, c12, c13, c20, c21, c22, c23, c30, c31, c32, c33 = c
    q0 = c00 + v * (c01 + v * (c02 + v * c03))
    q1 = c10 + v * (c11 + v * (c12 + v * c13))
    q2 = c20 + v * (c21 + v * (c22 + v * c23))
    q3 = c30 + v * (c31 + v * (c32 + v * c33))
    r0 = c01 + v * (2.0 * c02 + v * (3.0 * c03))
    r1 = c11 + v * (2.0 * c12 + v * (3.0 * c13))
    r2 = c21 + v * (2.0 * c22 + v * (3.0 * c23))
    r3 = c31 + v * (2.0 * c32 + v * (3.0 * c33))
    value = q0 + u * (q1 + u * (q2 + u * q3))
    return value, q1 + u * (2.0 * q2 + u * (3.0 * q3)), r0 + u * (r1 + u * (r2 + u * r3))


def bend(c: Any, u: Any, v: Any) -> tuple[Any, Any, Any]:
    """Return the second derivatives by u and u, u and v, v and v."""
    _, _, c02, c03, _, c11, c12, c13, c20, c21, c22, c23, c30, c31, c32, c33 = c
    twice, thrice = c20 + v * (c21 + v * (c22 + v * c23)), c30 + v * (c31 + v * (c32 + v * c33))
    s1, s2, s3 = (a + v * (2.0 * b + v * (3.0 * c)) for a, b, c in ((c11, c12, c13), (c21, c22, c23), (c31, c32, c33)))
    vv = 2.0 * (c02 + u * (c12 + u * (c22 + u * c32))) + 6.0 * v * (c03 + u * (c13 + u * (c23 + u * c33)))
    return 2.0 * twice + 6.0 * u * thrice, s1 + u * (2.0 * s2 + u * (3.0 * s3)), vv


def value_at(x: float, y: float, box: Box, cells: Any, is_log: bool) -> float:
    """Return the value at a point, of floats; nan beyond the box. cells: those of `cells_of`, one after the other."""
    found = place(x, y, box)
    if found is None:
        return math.nan
    number, u, v = found
    value = cubic(cells[number], u, v)[0]
    return math.exp(value) if is_log else value


def gradient_at(x: float, y: float, box: Box, cells: Any, is_log: bool) -> tuple[float, float]:
    """Return the slopes at a point, of floats; nan beyond the box."""
    found = place(x, y, box)
    if found is None:
        return math.nan, math.nan
    number, u, v = found
    value, along, up = cubic(cells[number], u, v)
    size = math.exp(value) if is_log else 1.0
    x_low, x_high, columns, y_low, y_high, rows = box
    return size * along * (columns / (x_high - x_low)), size * up * (rows / (y_high - y_low))


def hessian_at(x: float, y: float, box: Box, cells: Any, is_log: bool) -> tuple[float, float, float]:
    """Return the second derivatives at a point, of floats; nan beyond the box."""
    found = place(x, y, box)
    if found is None:
        return math.nan, math.nan, math.nan
    number, u, v = found
    (value, along, up), (xx, xy, yy) = cubic(cells[number], u, v), bend(cells[number], u, v)
    if is_log:
        size = math.exp(value)
        xx, xy, yy = size * (xx + along * along), size * (xy + along * up), size * (yy + up * up)
    x_low, x_high, columns, y_low, y_high, rows = box
    across, upward = columns / (x_high - x_low), rows / (y_high - y_low)
    return xx * across * across, xy * across * upward, yy * upward * upward
