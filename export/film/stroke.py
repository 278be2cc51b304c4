"""Lines with dashes that grow: each new stretch goes on where the last dash was."""

from collections.abc import Iterator

import numpy as np
from PIL.ImageDraw import ImageDraw

from engine.trajectory import Floats

FARTHEST = 4.0
"""How many pictures away a line is followed."""


class Stroke:
    """A line that is drawn as far as the clock has come.

    places: (n, 2) pixels; it ends where one of them is not finite or too far from the picture. dash: lengths of strokes
    and gaps in pixels, none for a solid line.
    """

    def __init__(
        self, places: Floats, size: tuple[int, int], colour: str, width: float, dash: tuple[float, ...]
    ) -> None:
        limits = np.array(size, float)
        with np.errstate(all="ignore"):
            near = (np.isfinite(places) & (np.abs(places - limits / 2) < FARTHEST * limits)).all(axis=1)
        self.places = places[: len(places) if near.all() else int(np.argmin(near))]
        self.colour, self._width, self._dash = colour, width, dash
        steps = np.hypot(*np.diff(self.places, axis=0).T) if len(self.places) > 1 else np.zeros(0)
        self._lengths = np.concatenate([[0.0], np.cumsum(steps)])
        self._drawn = 0.0

    def place(self, time: float) -> tuple[float, float] | None:
        """Return where it is at a time in updates, its end when that is over; None if it is nowhere."""
        if not len(self.places):
            return None
        x, y = self.places[min(int(time), len(self.places) - 1)]
        return float(x), float(y)

    def draw(self, pen: ImageDraw, time: float, halo: str | None = None, rim: float = 0.0) -> None:
        """Draw what is new since it was drawn last."""
        last = min(int(time), len(self.places) - 1)
        if last < 1 or self._lengths[last] <= self._drawn:
            return
        pieces = list(self._pieces(self._drawn, float(self._lengths[last])))
        for ink, width in ((halo, self._width + 2 * rim), (self.colour, self._width)):
            for piece in pieces if ink else ():
                pen.line(piece, fill=ink, width=round(width), joint="curve")
        self._drawn = float(self._lengths[last])

    def _pieces(self, begin: float, end: float) -> Iterator[list[tuple[float, float]]]:
        """Yield the strokes of a stretch of the line, each as points."""
        if not self._dash:
            yield self._between(begin, end)
            return
        period, edges = sum(self._dash), np.cumsum((0.0, *self._dash))
        for turn in range(int(begin // period), int(end // period) + 1):
            for k in range(0, len(self._dash), 2):
                first, last = turn * period + edges[k], turn * period + edges[k + 1]
                if first < end and last > begin:
                    yield self._between(max(first, begin), min(last, end))

    def _between(self, begin: float, end: float) -> list[tuple[float, float]]:
        inner = (self._lengths > begin) & (self._lengths < end)
        ends = [(self._at(length)) for length in (begin, end)]
        return [ends[0], *map(tuple, self.places[inner].tolist()), ends[1]]

    def _at(self, length: float) -> tuple[float, float]:
        x, y = (float(np.interp(length, self._lengths, column)) for column in self.places.T)
        return x, y
