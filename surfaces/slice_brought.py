from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from spec.catalogue import Source
from spec.knobs import Choice, Flag, Text, knob
from spec.sentences import Sentence
from surfaces.base import Point
from surfaces.measured import Measured
from surfaces.measured.grid import Grid
from surfaces.measured.recording import MARK, Recording
from surfaces.measured.shelf import mark, recording_of
from surfaces.measured.spline import Floats
from surfaces.slice_path import SlicePath

NOWHERE = Grid((-1.0, 1.0, 4), (-1.0, 1.0, 4), np.full((4, 4), np.nan).tobytes())
"""What stands for a slice that is not there."""

EXAMPLE = SlicePath()
"""What is shown until something is brought."""


@dataclass(frozen=True)
class SliceBrought(Measured):
    """A slice of a loss that you have measured elsewhere, from a file: runs move on the slice, not on the network.

        L(x, y) = loss(theta_0 + x d_1 + y d_2)

    Between the cells it is a spline, where all losses are positive through their logarithms. The file stays with you:
    an address names its content and does not hold it. Without one, an example is shown.

    found: what is named `content`; where an address names it, it is looked for among what was brought.
    """

    slug = "slice"
    title = "Measured slice: your own"
    latex = r"L(x, y) = \mathcal{L}(\theta_0 + x\,d_1 + y\,d_2)"
    year = 2026
    source = Source(Sentence("Measured by you."))
    content: str = knob(
        "", Text(symbol=r"\text{content}", help="The mark of what was brought.", longest=2 * MARK, read=mark)
    )
    turned: bool = knob(False, Flag(symbol=r"\text{turned}", help="Whether a row of the file is an x, not a y."))
    heights: str = knob(
        "log",
        Choice(
            symbol=r"\text{heights}",
            help="How the map draws the loss: a slice spans decades.",
            options={"log": "Logarithmic", "linear": "Linear"},
        ),
    )
    found: Recording | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.content != (self.found.content if self.found else ""):
            object.__setattr__(self, "found", recording_of(self.content))

    @classmethod
    def of(cls, found: Recording) -> "SliceBrought":
        """Return the surface of what was brought."""
        return cls(found.content, found=found)

    @property
    def missing(self) -> Sentence | None:
        if not self.content or self.found:
            return None
        return Sentence("The slice {content} is not in its link: bring its file again.", {"content": self.content})

    @property
    def is_in_address(self) -> bool:
        return not self.content

    @cached_property
    def measurements(self) -> Grid:
        if self.found is None:
            return NOWHERE if self.content else EXAMPLE.measurements
        return (self.found.turned if self.turned else self.found).grid or NOWHERE

    @property
    def walk(self) -> Floats:
        return self.found.path if self.found else np.empty((0, 3))

    @property
    def has_log_heights(self) -> bool:  # type: ignore[override]
        return self.heights == "log"

    @cached_property
    def start(self) -> Point:
        return _start(self.measurements, self.walk) if self.content else EXAMPLE.start


def _start(grid: Grid, walk: Floats) -> Point:
    """Return where the path begins, if that is on the slice; else its highest cell that has all its neighbours."""
    x, y = (np.linspace(*side) for side in (grid.x, grid.y))
    if len(walk) and x[0] <= walk[0, 0] <= x[-1] and y[0] <= walk[0, 1] <= y[-1]:
        return float(walk[0, 0]), float(walk[0, 1])
    known = np.isfinite(grid.loss)
    framed = np.pad(known, 1, constant_values=True)
    whole = known & framed[:-2, 1:-1] & framed[2:, 1:-1] & framed[1:-1, :-2] & framed[1:-1, 2:]
    heights = np.where(whole if whole.any() else known, grid.loss, -np.inf)
    row, column = np.unravel_index(int(heights.argmax()), heights.shape)
    return float(x[column]), float(y[row])
