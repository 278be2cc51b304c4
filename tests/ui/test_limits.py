"""Bounds of memory and of what a page makes the server do."""

import gc
from dataclasses import replace

import numpy as np
import pytest

from engine.presets import DEFAULT_SCENE
from engine.simulate import simulate_run
from engine.url import decode
from optimizers import OPTIMIZERS
from spec.shared import trying
from tests.ui.app_page import lab
from ui import stage, trajectories
from ui.limits import PICTURES_KEPT, RUNS_KEPT
from ui.trajectories import trajectory

FAR = {"surface": "own", "surface.formula": "x^4 + y^4", "x": "3", "y": "2", "steps": "1000000"}


@pytest.mark.parametrize("slug", OPTIMIZERS)
@pytest.mark.parametrize("noise", ["0", "0.1"])
def test_a_run_owns_its_memory_and_no_more(slug, noise):
    scenario, notes = decode(FAR | {"steps": "40", "a": slug, "a.lr": "0.001", "noise": noise, "a.warmup": "5"})
    assert not notes
    run = simulate_run(scenario, scenario.runs[0])
    arrays = [value for value in vars(run).values() if isinstance(value, np.ndarray)]
    assert all(array.base is None for array in arrays)
    assert run.nbytes == sum(array.nbytes for array in arrays)


def test_runs_that_end_soon_keep_little_however_long_they_were_to_be():
    trajectories._alone.known.clear()
    for number in range(60):
        scenario, _ = decode(FAR | {"a": "gd", "a.lr": "1", "b": "momentum", "b.lr": "1", "x": str(3 + number / 100)})
        for run in scenario.runs:
            trajectory(scenario, run)
    gc.collect()
    assert len(trajectories._alone.known) == 120
    kept = sum(run.nbytes for run in trajectories._alone.known.values())
    assert trajectories._alone.known.currsize == kept < 200_000


def test_the_bounds_are_those_of_the_caches():
    assert trajectories._alone.known.maxsize == RUNS_KEPT
    assert stage._drawn.known.maxsize == PICTURES_KEPT


def test_a_preview_is_in_nobody_s_cache(monkeypatch):
    asked = []
    monkeypatch.setattr(stage, "show", lambda picture, answer, *_: asked.append(answer))
    lab()
    before = [dict(kept.known) for kept in (trajectories._alone, stage._drawn, stage._told)]
    picture = asked[-1]({"x": -101.5}, lambda: None)
    assert picture.preview
    assert [dict(kept.known) for kept in (trajectories._alone, stage._drawn, stage._told)] == before


def test_a_run_s_name_does_not_matter_to_what_is_kept():
    run = DEFAULT_SCENE.runs[0]
    with trying():
        assert trajectory(DEFAULT_SCENE, run) is trajectory(DEFAULT_SCENE, replace(run, name="Mine"))
