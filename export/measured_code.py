"""A measured surface as Python text: its losses, packed, and the source of the spline through them."""

import zlib
from base64 import b85encode
from collections.abc import Container

from export.excerpt import definition
from spec.sentences import SentenceError
from surfaces.base import Surface
from surfaces.measured import Measured
from surfaces.measured.spline import bend, cells_of, cubic, gradient_at, hessian_at, place, slopes_of, value_at

MOST_LOSSES = 128 * 128
"""That a script holds: more would be many pages of numbers."""


def measured_gradient(surface: Measured) -> str:
    """Return `def gradient(x, y)` on floats, and all it needs beside `math` and `np`.

    It is the spline that the engine has, operation by operation. Raises SentenceError for more losses than it may hold.
    """
    check_size(surface)
    grid = surface.measurements
    packed = b85encode(zlib.compress(grid.packed, 9)).decode()
    data = [
        "import zlib",
        "from base64 import b85decode",
        "",
        f'measured = "{packed}"',
        f"losses = np.frombuffer(zlib.decompress(b85decode(measured))).reshape{grid.loss.shape}",
        f"box, is_log = {grid.box!r}, {grid.is_log}",
    ]
    cells = "cells = cells_of(np.log(losses) if is_log else losses).T.tolist()"
    gradient = "def gradient(x, y):\n    return gradient_at(x, y, box, cells, is_log)"
    source = [
        definition(slopes_of),
        definition(cells_of),
        definition(place),
        definition(cubic),
        definition(gradient_at),
    ]
    return "\n\n\n".join(["\n".join(data), *source, cells, gradient])


def measured_sights(sees: Container[str]) -> str:
    """Return `def value(x, y)` and `def hessian(x, y)` on floats, those that are asked for, likewise."""
    made = []
    if "loss" in sees:
        made += [definition(value_at), "def value(x, y):\n    return value_at(x, y, box, cells, is_log)"]
    if "hessian" in sees:
        made += [definition(bend), definition(hessian_at)]
        made.append("def hessian(x, y):\n    return hessian_at(x, y, box, cells, is_log)")
    return "\n\n\n".join(made)


def check_size(surface: Surface) -> None:
    """Raise SentenceError for a measured surface with more losses than a script may hold."""
    count = len(surface.measurements.packed) // 8 if isinstance(surface, Measured) else 0
    if count > MOST_LOSSES:
        raise SentenceError("A script holds slices of at most {most:,} losses; this one has {count:,}.",
                            most=MOST_LOSSES, count=count)  # fmt: skip


def measured_loss() -> str:
    """Return `def loss(x, y)` on arrays, which needs what `measured_gradient` has."""
    each = "    return np.vectorize(value_at, otypes=[float], excluded=(2, 3, 4))(x, y, box, cells, is_log)"
    return f"{definition(value_at)}\n\n\ndef loss(x, y):\n{each}"
