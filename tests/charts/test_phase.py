"""Phase plots show each place with the step made there, and stay readable when a run flies off."""

from dataclasses import replace

import numpy as np
import pytest
from checked import phase_chart
from scenes import SCENES, scene

from charts.theme import LIGHT
from engine.simulate import simulate
from surfaces import SURFACES


def axes(figure):
    return {name: figure.layout[name] for name in ("xaxis", "yaxis", "xaxis2", "yaxis2")}


@pytest.mark.parametrize("slug", SURFACES)
def test_every_surface_has_a_valid_figure(slug):
    scenario = scene(slug, 20, gd=None)
    runs = simulate(scenario)
    figure = phase_chart(scenario, runs, LIGHT)
    titles = [figure.layout[name].title.text for name in ("xaxis", "xaxis2")[: scenario.surface.dimension]]
    assert titles == [f"{a}ₜ" for a in scenario.surface.axes]
    for i, trace in enumerate(figure.data):
        np.testing.assert_array_equal(trace.x, runs[0].theta[:-1, i].astype(np.float32))
        np.testing.assert_array_equal(trace.y, np.diff(runs[0].theta[:, i]).astype(np.float32))


def test_every_axis_is_linear_with_zero_steps_in_sight(scenario_and_runs):
    for name, axis in axes(phase_chart(*scenario_and_runs, LIGHT)).items():
        assert axis.type in (None, "linear")
        assert axis.matches is None
        if name.startswith("y"):
            assert axis.zeroline
            assert axis.range[0] < 0 < axis.range[1]


def test_a_run_that_settles_is_wholly_in_sight(trajectories):
    scenario, runs = SCENES["six"], trajectories["six"]
    figure = phase_chart(scenario, runs, LIGHT)
    for trace in figure.data:
        for values, axis in ((trace.x, trace.xaxis), (trace.y, trace.yaxis)):
            low, high = figure.layout[f"{axis[0]}axis{axis[1:]}"].range
            assert low <= values.min() <= values.max() <= high


def test_a_diverging_run_leaves_the_others_their_room(trajectories):
    scenario, (flown, settled) = SCENES["diverging"], trajectories["diverging"]
    low, high = phase_chart(scenario, (flown, settled), LIGHT).layout.xaxis.range
    span = np.ptp(settled.theta[:, 0])
    assert low <= settled.theta[:, 0].min() < settled.theta[:, 0].max() <= high
    assert high - low < 8 * span < np.ptp(flown.theta[np.isfinite(flown.theta[:, 0]), 0])


def test_infinity_and_nan_reach_the_figure_and_decide_no_range(trajectories):
    scenario, runs = SCENES["diverging"], trajectories["diverging"]
    theta = runs[1].theta.copy()
    theta[[5, 6, 9]] = [[np.inf], [np.inf], [np.nan]]
    figure = phase_chart(scenario, (runs[0], replace(runs[1], theta=theta)), LIGHT)
    trace = figure.data[2]
    assert np.isposinf(trace.y[4])
    assert np.isnan(trace.y[[5, 8, 9]]).all()
    assert np.isneginf(trace.y[6])
    assert all(np.isfinite(axis.range).all() for axis in axes(figure).values())


def test_long_runs_are_thin_and_keep_every_spike(long_scene):
    scenario, runs = long_scene
    theta = runs[1].theta.copy()
    theta[54_321, 1] = 1e9
    trace = phase_chart(scenario, (runs[0], replace(runs[1], theta=theta)), LIGHT).data[3]
    assert len(trace.x) < 2500
    assert trace.x[trace.customdata == 54_321] == [1e9]
