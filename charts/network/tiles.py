"""The chart of what a network looks for and what it takes some digits for, so that it is a network and no formula."""

from collections.abc import Sequence

import numpy as np

from charts.figure import Say, make_figure, run_line
from charts.theme import DARK, LIGHT, Theme
from engine.trajectory import Flags, Floats
from network.study import Study
from network.training import Training
from player.contract import Figure, MovingMeta, Pixels, Tiles

SHOWN = 12
"""Held-out digits that are shown."""

TIMES = 50
"""Looks of which the pictures are shown at most."""

MIDDLE = 128

NEGATIVE, POSITIVE = ({theme.background: theme.runs[k] for theme in (LIGHT, DARK)} for k in (1, 0))
"""The colours of weights below and above 0 on each page, whatever the runs wear."""


def tiles_chart(study: Study, trainings: Sequence[Training], theme: Theme, say: Say = str) -> Figure:
    """Return the first layer's weights, a picture a unit, and some held-out digits with what each is taken for."""
    hidden = {"visible": False, "range": [0, 1], "fixedrange": True}
    layout = {"margin": {"l": 8, "r": 8, "t": 8, "b": 8}, "xaxis": hidden, "yaxis": hidden, "hovermode": False}
    traces = [_trace(k, study, training, theme, say) for k, training in enumerate(trainings)]
    return make_figure("mosaic", traces, layout, theme)


def _trace(k: int, study: Study, training: Training, theme: Theme, say: Say) -> dict[str, object]:
    every = training.looks
    looks = [every[i] for i in np.unique(np.linspace(0, len(every) - 1, min(TIMES, len(every))).round().astype(int))]
    clock = np.array([look.update for look in looks], np.int32)
    sane = clock <= max((look.update for look in training.sane), default=0)
    meta = MovingMeta(run=k, animate=True, tiles=_tiles(study, [look.theta for look in looks], sane, theme, say))
    return {
        "type": "scatter",
        "mode": "lines",
        "x": clock,
        "y": np.full(len(clock), -1.0, np.float32),
        "line": run_line(k, theme),
        "meta": meta,
        "showlegend": False,
        "hoverinfo": "skip",
    }


def _tiles(study: Study, thetas: Sequence[Floats], sane: Flags, theme: Theme, say: Say) -> Tiles:
    network, held_out = study.network, study.task.data[1][:SHOWN]
    first = np.array([network.layers(theta)[0][0].T.ravel() for theta in thetas])
    largest = float(np.abs(first[sane]).max(initial=0.0)) or 1.0
    with np.errstate(invalid="ignore"):
        weights = np.nan_to_num(MIDDLE + (MIDDLE - 1) * first / largest, nan=MIDDLE)
    return Tiles(
        weights=_bytes(weights),
        digits=_bytes(255 * (held_out.x + held_out.mean)),
        guesses=_bytes(np.array([network.output(theta, held_out.x).argmax(axis=1) for theta in thetas])),
        truth=held_out.y.argmax(axis=1).tolist(),
        words=[say("What each unit of the first layer looks for"), say("Held-out digits, and what each is taken for")],
        colours=[NEGATIVE[theme.background], theme.background, POSITIVE[theme.background]],
        greys=[theme.background, theme.text],
    )


def _bytes(values: Floats) -> Pixels:
    pixels: Pixels = np.clip(np.round(values), 0, 255).astype(np.uint8)
    return pixels
