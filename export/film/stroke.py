"""Lines with dashes that grow: each new stretch goes on where the last dash was."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from PIL.ImageDraw import ImageDraw

from charts.pixels import followed
from engine.trajectory import Floats


class Stroke:
    """A line that is drawn as far as the clock has come.

    places: (n, 2) pixels; times: (n,) when it is there, rising, in updates. It ends where a place is not finite or too
    far from the picture. dash: lengths of strokes and gaps in pixels, none for a solid line.
    """

    def __init__(
        self,
        places: Floats,
        times: NDArray[np.int64],
        size: tuple[int, int],
        colour: str,
        width: float,
        dash: tuple[float, ...],
    ) -> None:
        end = followed(places, size)
        self.places, self._times = places[:end], times[:end]
        self.colour, self._width, self._dash = colour, width, dash
        steps = np.hypot(*np.diff(self.places, axis=0).T) if end > 1 else np.zeros(0)
        self._lengths = np.concatenate([[0.0], np.cumsum(steps)])
        self._drawn = 0.0

    def place(self, time: float) -> tuple[float, float] | None:
        """Return where it is at a time in updates, its end when that is over; None if it is nowhere."""
        last = self._last(time)
        if last < 0:
            return None
        x, y = self.places[last]
        return float(x), float(y)

    def _last(self, time: float) -> int:
        return int(np.searchsorted(self._times, time, side="right")) - 1

    def draw(self, pen: ImageDraw, time: float, halo: str | None = None, rim: float = 0.0) -> None:
        """Draw what is new since it was drawn last."""
        last = self._last(time)
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
        first = int(np.searchsorted(self._lengths, begin, side="right"))
        last = int(np.searchsorted(self._lengths, end, side="left"))
        return [self._at(begin), *map(tuple, self.places[first:last].tolist()), self._at(end)]

    def _at(self, length: float) -> tuple[float, float]:
        after = min(max(int(np.searchsorted(self._lengths, length)), 1), len(self.places) - 1)
        (x, y), (x_after, y_after) = self.places[after - 1 : after + 1].tolist()
        before, span = self._lengths[after - 1], self._lengths[after] - self._lengths[after - 1]
        share = float((length - before) / span) if span else 0.0
        return x + share * (x_after - x), y + share * (y_after - y)
