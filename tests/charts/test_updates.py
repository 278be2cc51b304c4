"""What a path on the map carries, so that its updates can be drawn."""

import numpy as np
import pytest
from scenes import SCENES, scene

from charts.map import map_chart
from charts.step_size import step_size_chart
from charts.theme import LIGHT
from engine.simulate import simulate

DECAYING = scene("rosenbrock", 30, adamw=0.05)


def path(figure, k):
    return next(trace for trace in figure.data if (trace.meta or {}).get("run") == k)


def updates(scenario, trajectories, k):
    return path(map_chart(scenario, trajectories, LIGHT), k).meta["update"]


def test_a_path_carries_every_update_in_32_bits(scenario_and_runs):
    scenario, runs = scenario_and_runs
    for k, run in enumerate(runs):
        for name, values in (("rate", run.rate), ("m", run.m), ("g", run.grad)):
            columns = updates(scenario, runs, k)[name]
            with np.errstate(over="ignore"):
                expected = values[: run.updates].astype(np.float32)
            np.testing.assert_array_equal(np.column_stack(columns), expected)
            assert {column.dtype for column in columns} == {np.dtype(np.float32)}


def test_every_step_of_a_run_without_decay_ends_on_its_ellipse(trajectories):
    runs = trajectories["six"]
    for k, run in enumerate(runs):
        rate, m = (np.column_stack(updates(SCENES["six"], runs, k)[name]).astype(float) for name in ("rate", "m"))
        length = np.linalg.norm(m, axis=1)
        moved = np.diff(run.theta, axis=0) / (length[:, None] * rate)
        np.testing.assert_allclose(np.linalg.norm(moved[:100], axis=1), 1, rtol=1e-6)


def test_decay_is_part_of_the_step():
    (run,) = runs = simulate(DECAYING)
    carried = updates(DECAYING, runs, 0)
    assert np.abs(np.diff(run.theta, axis=0) + run.rate * run.m).max() > 1e-5
    np.testing.assert_array_equal(np.column_stack(carried["step"]), np.diff(run.theta, axis=0).astype(np.float32))


def test_without_decay_the_step_is_not_sent(trajectories):
    assert set(updates(SCENES["lecture"], trajectories["lecture"], 1)) == {"rate", "m", "g"}


def test_what_other_charts_carry_is_the_same_and_so_travels_once(trajectories):
    scenario, runs = SCENES["lecture"], trajectories["lecture"]
    curves = [
        trace for trace in step_size_chart(scenario, runs, LIGHT).data if trace.meta == {"run": 1, "animate": True}
    ]
    for curve, column in zip(curves, updates(scenario, runs, 1)["rate"], strict=True):
        assert curve.y.tobytes() == column.tobytes()


def test_a_thinned_path_carries_the_updates_of_its_points(long_scene):
    scenario, runs = long_scene
    figure = map_chart(scenario, runs, LIGHT)
    trace = path(figure, 1)
    kept = trace.customdata[:-1]
    assert len(kept) < 2500
    assert trace.customdata[-1] == runs[1].updates
    np.testing.assert_array_equal(trace.meta["update"]["g"][0], runs[1].grad[kept, 0].astype(np.float32))


@pytest.mark.parametrize("name", SCENES)
def test_a_figure_with_updates_is_json(name, trajectories):
    assert '"update"' in map_chart(SCENES[name], trajectories[name], LIGHT).to_json()
