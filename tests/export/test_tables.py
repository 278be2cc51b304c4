"""Numbers to take away: every digit, every ending, nothing that a spreadsheet or a loader would run."""

import csv
import io
import json
from dataclasses import replace

import numpy as np
import pytest

from engine.presets import DEFAULT_SCENE, PRESETS
from engine.scenario import Run, Scenario
from engine.simulate import simulate
from engine.url import decode
from export import tables
from export.tables import csv_text, npz_bytes, scene_json, stride_of
from optimizers.gradient_descent import GradientDescent
from surfaces.own import Own
from surfaces.rosenbrock import Rosenbrock

LOST = Scenario(Rosenbrock(), (-1.5, 2.0), 50, (Run(GradientDescent(), 1.0),))
EDGE = Scenario(Own(formula="log(x) + y^2"), (0.5, 1.0), 30, (Run(GradientDescent(), 0.4),))
SCENES = {name: scene for name, (_, scene) in PRESETS.items()} | {"lost": LOST, "edge": EDGE}
every_scene = pytest.mark.parametrize("scene", SCENES.values(), ids=list(SCENES))


def read(text):
    """Return the comments of a CSV, its heads and its rows."""
    lines = text.splitlines(keepends=True)
    rows = list(csv.reader(io.StringIO("".join(line for line in lines if not line.startswith("#")))))
    return [line for line in lines if line.startswith("#")], rows[0], rows[1:]


def numbers_of(trajectory):
    """Return what the rows of a run should have, NaN where there is nothing."""
    n = trajectory.updates
    whole = [np.arange(n + 1), *trajectory.theta.T, trajectory.loss, *trajectory.grad.T]
    of_updates = [*trajectory.m.T, *trajectory.sigma.T, *trajectory.rate.T, trajectory.lr, trajectory.sharpness]
    return np.column_stack([*whole, *(np.append(column, np.nan) for column in of_updates)])


@every_scene
def test_a_csv_has_every_number_with_every_digit(scene):
    trajectories = simulate(scene)
    _, heads, rows = read(csv_text(scene, trajectories))
    numbers = np.array([[float(cell or "nan") for cell in row[1:]] for row in rows])
    np.testing.assert_array_equal(numbers, np.vstack([numbers_of(trajectory) for trajectory in trajectories]))
    assert len(heads) == 15
    assert heads[2:4] == list(scene.surface.axes)


@every_scene
def test_an_npz_needs_no_pickle_and_has_the_same_numbers(scene):
    trajectories = simulate(scene)
    with np.load(io.BytesIO(npz_bytes(scene, trajectories)), allow_pickle=False) as found:
        about = json.loads(str(found["about"]))
        for key, trajectory in zip(about["runs"], trajectories, strict=True):
            np.testing.assert_array_equal(found[f"{key}.t"], np.arange(trajectory.updates + 1))
            for name in ("theta", "loss", "grad", "m", "sigma", "rate", "lr", "sharpness"):
                np.testing.assert_array_equal(found[f"{key}.{name}"], getattr(trajectory, name))
        assert decode(about["address"])[0] == scene


def test_a_long_scene_is_thinned_keeps_its_end_and_says_so(monkeypatch):
    monkeypatch.setattr(tables, "MOST_ROWS", 500)
    trajectories = simulate(DEFAULT_SCENE)
    assert stride_of(trajectories) == 5
    comments, _, rows = read(csv_text(DEFAULT_SCENE, trajectories))
    assert comments[-1].startswith("# Every 5th update")
    assert [row[1] for row in rows[:3]] == ["0", "5", "10"]
    assert [row[1] for row in rows].count("1000") == 2
    with np.load(io.BytesIO(npz_bytes(DEFAULT_SCENE, trajectories))) as found:
        np.testing.assert_array_equal(found["b.theta"][-1], trajectories[1].theta[-1])
        np.testing.assert_array_equal(found["b.sigma"], trajectories[1].sigma[found["b.updates"]])


@pytest.mark.parametrize("name", ["=1+1", "+cmd", "-2", "@sum", 'a "quoted", name', "学习率", "اسم"])
def test_a_name_is_text_in_a_spreadsheet(name):
    scene = replace(LOST, runs=(replace(LOST.runs[0], name=name),))
    _, _, rows = read(csv_text(scene, simulate(scene)))
    assert rows[0][0] == (f"'{name}" if name[0] in "=+-@" else name)


@every_scene
def test_a_scene_as_json_is_read_again(scene):
    said = json.loads(scene_json(scene, "https://example.org/?v=1"))
    assert decode(said["fields"])[0] == scene
    assert said["address"] == "https://example.org/?v=1"
