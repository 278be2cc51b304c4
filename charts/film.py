"""A figure that plays by itself, with Plotly's own frames: for notebooks and exported pages."""

from typing import Any

import numpy as np
import plotly.graph_objects as go

from charts.figure import Say
from player.contract import is_animated

SECONDS = 10.0


def animated(figure: go.Figure, frames: int = 60, say: Say = str) -> go.Figure:
    """Return the figure with a play button, a slider and frames that show its runs up to rising updates.

    figure: any chart of this package, by `to_plotly`. frames: how many pictures the run is divided into, at least 1.
    """
    moving = [i for i, trace in enumerate(figure.data) if is_animated({"meta": trace.meta})]
    clocks = [_clock(figure.data[i]) for i in moving]
    last = max((int(clock[-1]) for clock in clocks if len(clock)), default=0)
    times = np.unique(np.linspace(0, last, frames + 1).round().astype(int))
    film = [
        go.Frame(
            name=str(t),
            traces=moving,
            data=[_until(figure.data[i], clock, t) for i, clock in zip(moving, clocks, strict=True)],
        )
        for t in times
    ]
    redraw = any(figure.data[i].type == "scatter3d" for i in moving)
    result = go.Figure(figure.data, figure.layout, film)
    return result.update_layout(
        updatemenus=[_buttons(1000 * SECONDS / frames, redraw, say)], sliders=[_slider(times.tolist(), redraw, say)]
    )


def _clock(trace: go.Scatter | go.Scatter3d) -> Any:
    return trace.x if trace.customdata is None else trace.customdata


def _until(trace: go.Scatter | go.Scatter3d, clock: Any, t: int) -> go.Scatter | go.Scatter3d:
    count = int(np.searchsorted(clock, t, side="right"))
    return type(trace)(mode=trace.mode, **{axis: trace[axis][:count] for axis in "xyz" if axis in trace})


def _play(duration: float, redraw: bool) -> dict[str, Any]:
    """Return how Plotly shows frames; what WebGL draws follows them only if all is drawn again."""
    return {"frame": {"duration": duration, "redraw": redraw}, "transition": {"duration": 0}, "mode": "immediate"}


def _buttons(duration: float, redraw: bool, say: Say) -> dict[str, Any]:
    play = {"label": say("Play"), "method": "animate", "args": [None, _play(duration, redraw) | {"fromcurrent": True}]}
    pause = {"label": say("Pause"), "method": "animate", "args": [[None], _play(0, redraw)]}
    return {
        "type": "buttons",
        "direction": "left",
        "showactive": False,
        "x": 0,
        "y": 0,
        "xanchor": "left",
        "yanchor": "top",
        "pad": {"t": 60},
        "buttons": [play, pause],
    }


def _slider(times: list[int], redraw: bool, say: Say) -> dict[str, Any]:
    return {
        "active": len(times) - 1,
        "x": 0.25,
        "len": 0.75,
        "pad": {"t": 45},
        "currentvalue": {"prefix": say("update") + " "},
        "steps": [{"label": str(t), "method": "animate", "args": [[str(t)], _play(0, redraw)]} for t in times],
    }
