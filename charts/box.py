"""The walls of the box that paths are put back into, as they are drawn on the map."""

from collections.abc import Sequence

import numpy as np

from charts.figure import Say, Trace
from charts.theme import Theme
from engine.box import Box


def walls(box: Box, sides: Sequence[Sequence[float]], theme: Theme, say: Say) -> Trace:
    """Return the walls of a box; one that ends at no other wall goes on beyond the sides of the map."""
    spans = [high - low for low, high in sides]
    low = [max(wall, side[0] - span) for wall, side, span in zip(box.low, sides, spans, strict=True)]
    high = [min(wall, side[1] + span) for wall, side, span in zip(box.high, sides, spans, strict=True)]
    lines: list[tuple[list[float], list[float]]] = []
    for wall in (box.low[0], box.high[0]):
        lines += [([wall, wall], [low[1], high[1]])] * bool(np.isfinite(wall))
    for wall in (box.low[1], box.high[1]):
        lines += [([low[0], high[0]], [wall, wall])] * bool(np.isfinite(wall))
    return {
        "type": "scatter",
        "name": say("box"),
        "x": [value for x, _ in lines for value in (*x, None)],
        "y": [value for _, y in lines for value in (*y, None)],
        "mode": "lines",
        "line": {"color": theme.text, "width": 1, "dash": "6px,3px"},
        "showlegend": True,
        "hoverinfo": "skip",
    }
