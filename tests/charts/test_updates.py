"""What a path on the map carries, so that its updates can be drawn."""

import numpy as np
import pytest
from checked import map_chart
from scenes import SCENES, scene

from charts.theme import LIGHT
from engine.simulate import simulate

DECAYING = scene("rosenbrock", 30, adamw=0.05)


def path(figure, k):
    return next(trace for trace in figure.data if (trace.meta or {}).get("run") == k)


def updates(scenario, trajectories, k):
    return path(map_chart(scenario, trajectories, LIGHT), k).meta["update"]


def carried(scenario, trajectories, k):
    return {
        name: np.column_stack([*columns]) if isinstance(columns, list) else columns[:, None]
        for name, columns in updates(scenario, trajectories, k).items()
    }


def test_a_path_carries_every_update_in_32_bits(scenario_and_runs):
    scenario, runs = scenario_and_runs
    for k, run in enumerate(runs):
        found, rate = carried(scenario, runs, k), run.rate
        with np.errstate(all="ignore"):
            expected = {
                "radii": np.linalg.norm(run.m, axis=1)[:, None] * rate,
                "step": np.diff(run.theta, axis=0),
                "m": run.m,
                "g": run.grad[:-1],
                "sigma": run.sigma,
                "lr": run.lr[:, None],
                "shared": (np.sqrt(rate[:, 0]) * np.sqrt(rate[:, 1]))[:, None],
            }
        assert list(found) == list(expected)
        for name, values in expected.items():
            assert found[name].dtype == np.float32
            with np.errstate(over="ignore", invalid="ignore"):
                np.testing.assert_allclose(found[name], values.astype(np.float32), rtol=1e-6)


def test_every_step_of_a_run_without_decay_ends_on_its_ellipse(trajectories):
    runs = trajectories["six"]
    for k, run in enumerate(runs):
        found = carried(SCENES["six"], runs, k)
        moved = np.diff(run.theta, axis=0)[:60] / found["radii"][:60]
        np.testing.assert_allclose(np.linalg.norm(moved, axis=1), 1, rtol=1e-5)


def test_decay_is_part_of_the_step():
    (run,) = runs = simulate(DECAYING)
    assert np.abs(np.diff(run.theta, axis=0) + run.rate * run.m).max() > 1e-5
    step = carried(DECAYING, runs, 0)["step"]
    np.testing.assert_array_equal(step, np.diff(run.theta, axis=0).astype(np.float32))


def test_a_thinned_path_carries_the_updates_of_its_points(long_scene):
    scenario, runs = long_scene
    figure = map_chart(scenario, runs, LIGHT)
    trace = path(figure, 1)
    kept = trace.customdata[:-1]
    assert len(kept) < 2500
    assert trace.customdata[-1] == runs[1].updates
    step = np.diff(runs[1].theta, axis=0)[kept, 0]
    np.testing.assert_array_equal(trace.meta["update"]["step"][0], step.astype(np.float32))


def test_what_turns_and_what_is_kept_beside_the_path_is_carried():
    scenario = scene("rosenbrock", 30, full_adagrad=0.05, schedule_free_sgd=0.0005, adam=0.01)
    turned, *_ = runs = simulate(scenario)
    found = [updates(scenario, runs, k) for k in range(3)]
    np.testing.assert_array_equal(found[0]["angle"], turned.angle.astype(np.float32))
    np.testing.assert_allclose(np.column_stack(found[0]["p"]), -np.diff(turned.theta, axis=0) / 0.05, rtol=1e-4)
    y, z = (np.column_stack(columns) for columns in found[1]["ghosts"])
    np.testing.assert_allclose(y, 0.1 * z, rtol=1e-5, atol=1e-9)
    assert np.abs(z).max() > 1e-3
    assert not {"angle", "p", "ghosts"} & set(found[2])


@pytest.mark.parametrize("name", SCENES)
def test_a_figure_with_updates_is_json(name, trajectories):
    assert '"update"' in map_chart(SCENES[name], trajectories[name], LIGHT).to_json()
