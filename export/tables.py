"""The numbers of a scene to take away: as CSV, as NumPy's .npz, and the scene itself as JSON."""

import csv
import io
import json
import math
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from engine.fields import RUN_KEYS
from engine.labels import labels
from engine.scenario import Scenario
from engine.trajectory import Trajectory
from engine.url import explicit

MOST_ROWS = 200_000
"""Rows of all runs together; of a longer scene every n-th update is written, and the last one."""

LIVE = ("=", "+", "-", "@", "\t", "\r")
"""What a text begins with that a spreadsheet would run."""

UNITS = (
    "Row t: the point after t updates, its loss, and the gradient that update t sees, with its noise.",
    "m, sigma, step size, learning rate and sharpness belong to update t, which leads to the next point;"
    " the last row of a run has none.",
    "Points are in the units of the axes; step size = learning rate / sigma; sharpness is the largest eigenvalue of"
    " diag(step size) times the Hessian.",
    "Where a rule scales by a matrix S, sigma and step size are along the axes of S, which are turned by `angle`, in"
    " radians.",
)
"""What the columns are, in lines that begin with # in a CSV."""


def stride_of(trajectories: Sequence[Trajectory]) -> int:
    """Return of how many updates one is written."""
    return max(1, math.ceil(sum(t.updates + 1 for t in trajectories) / MOST_ROWS))


def csv_text(scenario: Scenario, trajectories: Sequence[Trajectory]) -> str:
    """Return every run as CSV (RFC 4180), a row a point, numbers with every digit; what is not there is empty."""
    text, stride = io.StringIO(), stride_of(trajectories)
    written = [*UNITS, *([f"Every {stride}th update and the last one of each run."] if stride > 1 else [])]
    text.writelines(f"# {line}\r\n" for line in written)
    writer = csv.writer(text)
    turns = any(trajectory.angle is not None for trajectory in trajectories)
    writer.writerow([*_heads(scenario), *["angle"] * turns])
    for label, trajectory in zip(labels(scenario), trajectories, strict=True):
        rows = _rows(trajectory, stride, scenario.surface.dimension)
        writer.writerows([inert(label), *row, *[_angle(trajectory, row[0])] * turns] for row in rows)
    return text.getvalue()


def npz_bytes(scenario: Scenario, trajectories: Sequence[Trajectory]) -> bytes:
    """Return every run as a compressed .npz that needs no pickle.

    Arrays are called as the run in an address and what they are: `a.theta`, (n + 1, 2); `a.sigma`, (n, 2) and so on.
    `a.t` and `a.updates` have the updates that are there; `about` says in JSON what each run is.
    """
    stride = stride_of(trajectories)
    named = dict(zip(RUN_KEYS, labels(scenario), strict=False))
    about = {"runs": named, "address": explicit(scenario), "columns": UNITS}
    arrays: dict[str, Any] = {"about": np.array(json.dumps(about, ensure_ascii=False))}
    for key, trajectory in zip(RUN_KEYS, trajectories, strict=False):
        points = _points(trajectory, stride)
        updates = points[points < trajectory.updates]
        arrays |= {f"{key}.t": points, f"{key}.updates": updates}
        arrays |= {f"{key}.{name}": getattr(trajectory, name)[points] for name in ("theta", "loss", "grad")}
        arrays |= {f"{key}.{name}": getattr(trajectory, name)[updates] for name in OF_UPDATES}
        if trajectory.angle is not None:
            arrays[f"{key}.angle"] = trajectory.angle[updates]
    file = io.BytesIO()
    np.savez_compressed(file, **arrays)
    return file.getvalue()


def scene_json(scenario: Scenario, address: str) -> str:
    """Return a scene as JSON: its address, and every field that the address would name."""
    scene = {"sigmascope": "scene", "address": address, "fields": explicit(scenario)}
    return json.dumps(scene, indent=2, ensure_ascii=False) + "\n"


OF_UPDATES = ("m", "sigma", "rate", "lr", "sharpness")
"""What a trajectory has of each update, one row fewer than points."""


def _heads(scenario: Scenario) -> list[str]:
    axes = scenario.surface.axes
    of_axes = [f"{what}_{axis}" for what in ("gradient", "m", "sigma", "step_size") for axis in axes]
    return ["run", "t", *axes, "loss", *of_axes, "learning_rate", "sharpness"]


def _angle(trajectory: Trajectory, update: int) -> float | str:
    return float(trajectory.angle[update]) if trajectory.angle is not None and update < trajectory.updates else ""


def _points(trajectory: Trajectory, stride: int) -> np.ndarray[Any, np.dtype[np.int_]]:
    """Return the updates that are written: every `stride`-th and the last one."""
    every = np.arange(0, trajectory.updates + 1, stride)
    return every if every[-1] == trajectory.updates else np.append(every, trajectory.updates)


def _rows(trajectory: Trajectory, stride: int, dimension: int) -> Iterator[list[Any]]:
    for t in _points(trajectory, stride).tolist():
        theta, grad = (of_axes[t, :dimension].tolist() for of_axes in (trajectory.theta, trajectory.grad))
        row = [t, *theta, float(trajectory.loss[t]), *grad]
        if t < trajectory.updates:
            of_axes = (trajectory.m[t], trajectory.sigma[t], trajectory.rate[t])
            row += [value for axes in of_axes for value in axes[:dimension].tolist()]
            row += [float(trajectory.lr[t]), float(trajectory.sharpness[t])]
        else:
            row += [""] * (2 + 3 * dimension)
        yield row


def inert(text: str) -> str:
    return f"'{text}" if text.startswith(LIVE) else text
