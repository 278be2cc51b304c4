"""The surface in three dimensions is the map's own, with every path on it, for every surface of the catalogue."""

import itertools
from dataclasses import replace

import numpy as np
import pytest
from checked import map_chart, surface_3d_chart
from scenes import SCENES, scene

from charts.ground import levels_around
from charts.relief import LAMP
from charts.theme import DASHES_3D, LIGHT
from engine.landscape import BANDS, landscape
from engine.levels import written
from engine.simulate import simulate
from surfaces import SURFACES
from tests.planes import PLANES


def paths(figure):
    return [trace for trace in figure.data if (trace.meta or {}).get("animate")]


@pytest.mark.parametrize("slug", PLANES)
def test_every_surface_has_a_valid_figure(slug):
    scenario = scene(slug, 20, gd=None)
    figure = surface_3d_chart(scenario, simulate(scenario), LIGHT)
    ticks = figure.layout.scene.zaxis
    assert list(ticks.tickvals) == sorted(ticks.tickvals)
    levels = levels_around(scenario.surface)
    texts = [written(loss) for loss in levels.losses.tolist()]
    places = [texts.index(text) for text in ticks.ticktext]
    assert places == sorted(places)
    assert list(ticks.tickvals) == levels.heights[places].tolist()
    assert len(places) >= 3
    low, high = ticks.range
    assert low < min(ticks.tickvals) < max(ticks.tickvals) < high


@pytest.mark.parametrize("slug", PLANES)
def test_heights_and_losses_answer_each_other(slug):
    land = landscape(SURFACES[slug]())
    finite = land.loss[np.isfinite(land.loss)]
    np.testing.assert_array_equal(land.height_of(land.loss), land.height)
    np.testing.assert_allclose(land.loss_at(land.height_of(finite)), finite, rtol=1e-6, atol=1e-6 * np.ptp(finite))


def test_the_surface_is_the_map(scenario_and_runs):
    scenario, runs = scenario_and_runs
    ground, contours = (chart(scenario, runs, LIGHT).data[0] for chart in (surface_3d_chart, map_chart))
    window = slice(24, -24)  # the map goes on around it
    for name in ("x", "y"):
        np.testing.assert_array_equal(ground[name], contours[name][window])
    losses = landscape(scenario.surface).loss
    np.testing.assert_array_equal(ground.customdata.T, losses.astype(np.float32))
    np.testing.assert_allclose(contours.customdata[window, window], losses, rtol=4e-5)
    order = np.argsort(ground.z, axis=None)
    assert (np.diff(contours.z[window, window].ravel()[order]) >= 0).all()
    assert ground.colorscale == tuple((place, colour) for place, colour in LIGHT.contour_scale)
    assert dict(zip("xyz", LAMP / np.abs(LAMP).max(), strict=True)) == pytest.approx(
        {axis: ground.lightposition[axis] / max(abs(ground.lightposition[a]) for a in "xyz") for axis in "xyz"}
    )


def test_a_word_says_that_the_heights_are_uneven(trajectories):
    [word] = surface_3d_chart(SCENES["six"], trajectories["six"], LIGHT).layout.annotations
    assert word.text == "Height is the loss; low losses are spread out."


def test_marks_are_a_little_above_the_surface(trajectories):
    scenario, runs = SCENES["six"], trajectories["six"]
    figure = surface_3d_chart(scenario, runs, LIGHT)
    land = landscape(scenario.surface)
    spacing = land.levels(BANDS)[2]
    start = next(trace for trace in figure.data if list(trace.x) == [scenario.start[0]])
    assert 0 < start.z[0] - land.height_of(runs[0].loss[:1])[0] < spacing


def test_the_box_has_the_proportions_of_a_window_whose_axes_are_equal():
    for slug, ratio in (("lecture", 1), ("himmelblau", 1), ("valley", 1.5), ("mccormick", 5.5 / 7)):
        scenario = scene(slug, 1, gd=0.001)
        aspect = surface_3d_chart(scenario, simulate(scenario), LIGHT).layout.scene.aspectratio
        assert aspect.x / aspect.y == pytest.approx(ratio)
        assert max(aspect.x, aspect.y) == pytest.approx(1.1)


def test_a_path_is_as_high_as_its_loss(trajectories):
    scenario, runs = SCENES["six"], trajectories["six"]
    land = landscape(scenario.surface)
    for run, path in zip(runs, paths(surface_3d_chart(scenario, runs, LIGHT)), strict=True):
        np.testing.assert_array_equal(path.x, run.theta[:, 0].astype(np.float32))
        np.testing.assert_allclose(path.z, land.height_of(run.loss), rtol=1e-5)


def test_the_dashes_of_webgl_differ_too(trajectories):
    figure = surface_3d_chart(SCENES["six"], trajectories["six"], LIGHT)
    assert [path.line.dash for path in paths(figure)] == list(DASHES_3D)
    assert all(a != b for a, b in itertools.pairwise(sorted(DASHES_3D)))


def test_a_path_that_leaves_the_window_leaves_the_picture(trajectories):
    scenario, runs = SCENES["diverging"], trajectories["diverging"]
    (left, right), (bottom, top) = scenario.surface.window
    path = paths(surface_3d_chart(scenario, runs, LIGHT))[0]
    x, y = runs[0].theta.T
    outside = (x < left) | (x > right) | (y < bottom) | (y > top)
    assert outside.any()
    np.testing.assert_array_equal(np.isnan(path.z), outside)


def test_nan_and_infinity_pass(trajectories):
    scenario, runs = SCENES["six"], trajectories["six"]
    loss = runs[0].loss.copy()
    loss[[3, 4, 5]] = np.nan, np.inf, -np.inf
    path = paths(surface_3d_chart(scenario, (replace(runs[0], loss=loss), *runs[1:]), LIGHT))[0]
    lowest = landscape(scenario.surface).height_of(np.array([-np.inf]))
    np.testing.assert_array_equal(path.z[[3, 4, 5]], np.float32([np.nan, np.inf, lowest[0]]))
    assert np.isfinite(path.z[6])
