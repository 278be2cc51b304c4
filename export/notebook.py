"""A scene as a Jupyter notebook that stands alone: each rule written out in NumPy, and figures by Plotly."""

import json
from collections.abc import Callable, Sequence
from typing import Any

from engine.labels import labels
from engine.noise import has_batches
from engine.scenario import Scenario
from engine.trajectory import Trajectory
from explain.events import accounts
from explain.timeline import timeline
from export.formula_code import gradient_code, numpy_loss_code
from export.snippets import notebook_code
from spec.markdown import literal, quiet
from spec.sentences import Sentence

Cell = dict[str, Any]

LONGEST = 20_000
"""Updates of a run that a notebook makes at most, in plain Python: some seconds."""

HEAD = """import math
from collections import namedtuple

import numpy as np
import plotly.graph_objects as go
from plotly.subplots import make_subplots

runs = {}"""

MAP = """(left, right), (bottom, top) = WINDOW
x, y = np.linspace(left, right, 161), np.linspace(bottom, top, 161)
with np.errstate(all="ignore"):
    z = loss(*np.meshgrid(x, y)) + np.zeros((161, 161))
    lowest = np.nanmin(np.where(np.isfinite(z), z, np.nan))
    height = np.log10(z - lowest + 1e-3 * np.nanmedian(np.abs(z - lowest)) + 1e-300)
figure = go.Figure(go.Contour(x=x, y=y, z=height, colorscale="Blues_r", showscale=False, ncontours=30))
for name, run in runs.items():
    figure.add_scatter(x=run["theta"][:, 0], y=run["theta"][:, 1], name=name, mode="lines")
figure.update_layout(xaxis_title=AXES[0], yaxis_title=AXES[1], height=560)
figure.update_xaxes(range=[left, right])
figure.update_yaxes(range=[bottom, top])
figure.show()"""

CURVE = """(left, right), _ = WINDOW
x = np.linspace(left, right, 801)
with np.errstate(all="ignore"):
    figure = go.Figure(go.Scatter(x=x, y=loss(x, 0.0 * x) + 0.0 * x, line_color="gray", showlegend=False))
    for name, run in runs.items():
        figure.add_scatter(x=run["theta"][:, 0], y=loss(*run["theta"].T), name=name, mode="lines+markers")
figure.update_layout(xaxis_title=AXES[0], yaxis_title="L", height=560)
figure.update_xaxes(range=[left, right])
figure.show()"""

CURVES = """titles = [f"{what}, {axis}" for what in ("sigma", "mu / sigma") for axis in AXES]
figure = make_subplots(2, len(AXES), subplot_titles=titles)
for number, (name, run) in enumerate(runs.items()):
    colour = ["#3b4cc0", "#b85c00", "#2a7f62", "#8e44ad", "#a33b3b", "#5b6770"][number % 6]
    for i in range(len(AXES)):
        with np.errstate(all="ignore"):
            step = run["lr"] / run["sigma"][:, i]
        for row, values in ((1, run["sigma"][:, i]), (2, step)):
            figure.add_scatter(y=values, name=name, mode="lines", line_color=colour, row=row, col=i + 1,
                               showlegend=row == 1 and i == 0)
figure.update_yaxes(type="log")
figure.update_layout(height=560)
figure.show()"""


def notebook(
    scenario: Scenario,
    trajectories: Sequence[Trajectory],
    address: str,
    say: Callable[[str], str],
    speak: Callable[[Sentence], str],
) -> str:
    """Return the notebook (nbformat 4.5) of a scene, as JSON. Raises ValueError for runs of more than LONGEST updates.

    address: a link to the scene. say: translates a text of the catalogues; speak: says a sentence.
    """
    if scenario.steps > LONGEST:
        raise ValueError(f"a notebook makes at most {LONGEST} updates")
    surface, names = scenario.surface, labels(scenario, say)
    gradient = gradient_code(surface, has_batches(surface, scenario.noise))
    facts = f"WINDOW = {tuple(map(tuple, surface.window))!r}\nAXES = {tuple(surface.axes)!r}"
    start, *events = timeline(scenario, trajectories, say)
    cells = [
        text_cell(f"# {literal(say(surface.title))}", f"$${surface.latex}$$", f"[Sigmascope](<{address}>)"),
        code_cell("\n\n\n".join([HEAD, facts, numpy_loss_code(surface), gradient])),
    ]
    for index, (name, run, trajectory) in enumerate(zip(names, scenario.runs, trajectories, strict=True)):
        told = [f"- {speak(quiet(account))}" for account in accounts(e for e in events if e.run == index)]
        cells.append(text_cell(f"## {literal(name)}", f"$${run.optimizer.latex}$$", "\n".join(told)))
        cells.append(code_cell(notebook_code(scenario, run, name, trajectory.updates)))
    ground = MAP if surface.dimension == 2 else CURVE
    cells += [text_cell(speak(quiet(start.account))), code_cell(ground), code_cell(CURVES)]
    return bound(cells)


def bound(cells: Sequence[Cell]) -> str:
    """Return cells as a notebook."""
    metadata = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}
    numbered = [cell | {"id": f"cell-{number}"} for number, cell in enumerate(cells)]
    return json.dumps(
        {"nbformat": 4, "nbformat_minor": 5, "metadata": metadata, "cells": numbered}, indent=1, ensure_ascii=False
    )


def text_cell(*paragraphs: str) -> Cell:
    """Return paragraphs of Markdown as a cell."""
    return {"cell_type": "markdown", "metadata": {}, "source": "\n\n".join(filter(None, paragraphs))}


def code_cell(source: str) -> Cell:
    """Return Python as a cell."""
    return {"cell_type": "code", "metadata": {}, "source": source, "outputs": [], "execution_count": None}
