"""Which of a file's arrays is the loss, which are its coordinates, which the path: by what their writers call them."""

from collections.abc import Iterable

import numpy as np

from spec.sentences import SentenceError
from surfaces.measured.files.arrays import MOST_SIDE, Arrays
from surfaces.measured.grid import Grid
from surfaces.measured.recording import Recording
from surfaces.measured.spline import FEWEST, Floats

LOSS = [
    "train_loss",
    "loss",
    "losses",
    "z",
    "train_losses",
    "test_loss",
    "val_loss",
    "values",
    "surface",
    "loss_surface",
]
X = ["xcoordinates", "x", "xs", "alphas", "alpha", "x_coordinates", "xcoords", "x_coords", "xx", "a"]
Y = ["ycoordinates", "y", "ys", "betas", "beta", "y_coordinates", "ycoords", "y_coords", "yy", "b"]
WALK_X = ["proj_xcoord", "trajectory_x", "traj_x", "path_x"]
WALK_Y = ["proj_ycoord", "trajectory_y", "traj_y", "path_y"]
WALK_LOSS = ["trajectory_loss", "traj_loss", "path_loss", "proj_loss", "trajectory_losses"]
WALK = ["trajectory", "traj", "path"]
"""What the parts are called; the first one that is there counts."""

HUGE = 1e300
"""A loss beyond this is a mark for nothing: the largest number in either direction."""

UNFILLED = -1.0
"""What loss-landscape has in a cell before its loss is known (tomgoldstein/loss-landscape, plot_surface.py)."""

EVEN = 1e-3
"""By which share of a step the distances of the grid's lines may differ."""

MOST_POINTS = 10_000
"""Of a path."""


def arranged(arrays: Arrays) -> Recording:
    """Return the slice and the path that named arrays hold. Raises SentenceError where they hold neither."""
    parts = {name.rpartition("/")[2].lower(): array for name, array in arrays.items()}
    walk = _walk(parts)
    name, loss = _loss(parts)
    if loss is None:
        if len(walk):
            return Recording(None, walk.tobytes())
        raise _nothing(parts)
    x, y = (_first(parts, names, name) for names in (X, Y))
    x, y, loss = _on_lines(x, y, loss)
    mask = parts.get("mask")
    holes = mask is not None and mask.size == loss.size and mask.reshape(loss.shape) != 0
    with np.errstate(all="ignore"):
        gone = ~np.isfinite(loss) | (np.abs(loss) > HUGE) | holes
        rest = loss[~gone & (loss != UNFILLED)]
        unfilled = (loss == UNFILLED) & ~gone & bool((rest >= 0.0).all())
    loss = np.where(gone | unfilled, np.nan, loss)
    if not np.isfinite(loss).any():
        raise SentenceError("no cell of the slice has a loss")
    return Recording(_grid(x, y, loss), walk.tobytes(), int(unfilled.sum()))


def _first(parts: Arrays, names: Iterable[str], but: str = "") -> Floats | None:
    return next((parts[name] for name in names if name in parts and name != but), None)


def _loss(parts: Arrays) -> tuple[str, Floats | None]:
    """Return the loss with its name: by what it is called, or because there is one table alone."""
    called = next((name for name in LOSS if name in parts), None)
    if called is not None:
        return called, parts[called]
    others = {*X, *Y, *WALK, "mask"}
    tables = [name for name, array in parts.items() if array.ndim == 2 and name not in others]
    return (tables[0], parts[tables[0]]) if len(tables) == 1 else ("", None)


def _nothing(parts: Arrays) -> SentenceError:
    if not parts:
        return SentenceError("the file holds no array of numbers")
    if any(array.ndim == 1 for array in parts.values()) and "" in parts:
        return SentenceError("the slice is one-dimensional: a map needs losses along two directions")
    names = ", ".join(sorted(parts)[:5])[:80]
    return SentenceError("the file holds {names}, but no loss: call it {loss}", names=names, loss="loss")


def _on_lines(x: Floats | None, y: Floats | None, loss: Floats) -> tuple[Floats, Floats, Floats]:
    """Return the grid's lines and the loss with a row a y, from tables, lists of cells or lists of lines."""
    if x is not None and y is not None and x.ndim == y.ndim == 2 and x.shape == y.shape == loss.shape:
        x, y, loss = x.ravel(), y.ravel(), loss.ravel()
    if loss.ndim == 1 and x is not None and y is not None and x.shape == y.shape == loss.shape:
        return _of_cells(x, y, loss)
    if loss.ndim == 1 and x is not None and y is not None and x.size * y.size == loss.size:
        loss = loss.reshape(y.size, x.size)
    if loss.ndim == 1:
        raise SentenceError("the slice is one-dimensional: a map needs losses along two directions")
    if loss.ndim != 2:
        raise SentenceError("the loss has {count} dimensions; a map needs two", count=loss.ndim)
    rows, columns = loss.shape
    x = np.arange(columns, dtype=float) if x is None else x.ravel()
    y = np.arange(rows, dtype=float) if y is None else y.ravel()
    if (rows, columns) == (len(x), len(y)) != (len(y), len(x)):
        return x, y, loss.reshape(len(y), len(x))  # made for lines x, filled row by row of y
    if (rows, columns) != (len(y), len(x)):
        raise SentenceError("{rows} × {columns} losses do not fit {x} x and {y} y",
                            rows=rows, columns=columns, x=len(x), y=len(y))  # fmt: skip
    return x, y, loss


def _of_cells(x: Floats, y: Floats, loss: Floats) -> tuple[Floats, Floats, Floats]:
    (across, i), (up, j) = (np.unique(lines, return_inverse=True) for lines in (x, y))
    _check_sides(len(across), len(up))
    table = np.full((len(up), len(across)), np.nan)
    table[j, i] = loss
    return across, up, table


def _check_sides(columns: int, rows: int) -> None:
    if not FEWEST <= min(columns, rows) <= max(columns, rows) <= MOST_SIDE:
        raise SentenceError("a slice has {least} to {most} cells along each side, this one has {columns} × {rows}",
                            least=FEWEST, most=MOST_SIDE, columns=columns, rows=rows)  # fmt: skip


def _grid(x: Floats, y: Floats, loss: Floats) -> Grid:
    """Return the grid with rising lines. Raises SentenceError where their distances differ."""
    _check_sides(len(x), len(y))
    if x[0] > x[-1]:
        x, loss = x[::-1], loss[:, ::-1]
    if y[0] > y[-1]:
        y, loss = y[::-1], loss[::-1]
    for axis, lines in (("x", x), ("y", y)):
        with np.errstate(all="ignore"):
            steps, step = np.diff(lines), (lines[-1] - lines[0]) / (len(lines) - 1)
            off = ~(np.abs(steps - step) <= EVEN * step)
        if off.any() or not step > 0.0:
            at = int(off.argmax()) + 1
            raise SentenceError("the {axis} of the slice are not at even distances, see number {place} and the next",
                                axis=axis, place=at)  # fmt: skip
    sides = [(float(lines[0]), float(lines[-1]), len(lines)) for lines in (x, y)]
    return Grid(sides[0], sides[1], np.ascontiguousarray(loss).tobytes())


def _walk(parts: Arrays) -> Floats:
    """Return the points of the path, (points, 3), with nan for losses that are not there; none if there is no path."""
    x, y, table = _first(parts, WALK_X), _first(parts, WALK_Y), _first(parts, WALK)
    if table is not None and table.ndim == 2 and 2 in table.shape:
        x, y = table if table.shape[0] == 2 != table.shape[1] else table.T
    if x is None or y is None or x.shape != y.shape or x.ndim != 1:
        return np.empty((0, 3))
    own = _first(parts, WALK_LOSS)
    loss = own if own is not None and own.shape == x.shape else np.full(len(x), np.nan)
    if len(x) > MOST_POINTS:
        raise SentenceError("the path has {count:,} points; at most {most:,} are drawn",
                            count=len(x), most=MOST_POINTS)  # fmt: skip
    found = np.column_stack([x, y, loss])
    return np.ascontiguousarray(found[np.isfinite(found[:, :2]).all(axis=1)])
