"""What is to be said of a slice that somebody has brought: what it is, what it lacks, how far its path is from it."""

from collections.abc import Iterator

import numpy as np

from spec.sentences import Sentence
from surfaces.slice_brought import SliceBrought

ON_THE_SLICE = Sentence("Runs move on the slice, not on the network.")


def told_of_slice(surface: SliceBrought) -> Iterator[Sentence]:
    """Yield the sentences on a slice."""
    yield ON_THE_SLICE
    if surface.found is None:
        yield surface.missing or Sentence("It is an example until you bring a file.")
        return
    grid = surface.measurements
    finite = np.isfinite(grid.loss)
    values = {
        "columns": grid.x[2],
        "rows": grid.y[2],
        "low": float(np.nanmin(grid.loss, initial=np.inf)),
        "high": float(np.nanmax(grid.loss, initial=-np.inf)),
        "holes": int((~finite).sum()),
        "filled": surface.found.filled,
    }
    if finite.any():
        yield Sentence("{columns} × {rows} losses, from {low:.3g} to {high:.3g}.", values)
    if values["holes"]:
        yield Sentence("Not measured, and left as holes: {holes:,} of them.", values)
    if surface.found.filled:
        yield Sentence("That includes {filled:,} of −1, which stand for a loss that is yet to come.", values)
    yield from _of_path(surface)
    yield Sentence("It stays in this session: the link names it and does not hold it.")


def _of_path(surface: SliceBrought) -> Iterator[Sentence]:
    """Yield what a path in the file is, and where its own losses are farthest from the slice, in factors."""
    x, y, own = surface.walk.T
    if not len(x):
        return
    yield Sentence("The dotted path in the file has {count:,} points.", {"count": len(x)})
    with np.errstate(all="ignore"):
        seen = np.asarray(surface.value_array(x, y))
        gaps = np.abs(np.log(seen / own))
    gaps = np.where(np.isfinite(gaps), gaps, -1.0)
    at = int(gaps.argmax())
    if gaps[at] > 0.0:
        values = {"point": at, "own": float(own[at]), "seen": float(seen[at])}
        yield Sentence("Its point {point} has a loss of {own:.3g}, the slice has {seen:.3g} there.", values)
