"""Every chart over every kind of scene: valid, exact, in 32 bits, and never squashed."""

import json
import re
from dataclasses import replace

import numpy as np
import pytest
from checked import loss_chart, map_chart, phase_chart, sigma_chart, stability_chart, step_size_chart, surface_3d_chart
from scenes import EVERY_CHART, SCENES, scene

from charts.ground import FINE, levels_around
from charts.loss import lowest_known
from charts.map import BESIDE, STEPS
from charts.theme import DARK, DASHES, LIGHT
from charts.time import BESIDE_DASH
from engine.labels import labels
from engine.landscape import BANDS, surroundings
from engine.simulate import simulate
from engine.trajectory import clock_end
from surfaces import SURFACES
from surfaces.own import Own
from tests.planes import PLANES

KINDS = {map_chart: "map", phase_chart: "phase", surface_3d_chart: "space"}  # all others are over time


def moving(figure, run=None):
    traces = [trace for trace in figure.data if (trace.meta or {}).get("animate")]
    return [trace for trace in traces if run in (None, trace.meta["run"]) and trace.line.dash != BESIDE_DASH]


def axes_of(layout):
    return [value for name, value in (layout | layout.get("scene", {})).items() if name[1:].startswith("axis")]


def clock(trace):
    return trace.x if trace.customdata is None else trace.customdata


@EVERY_CHART
def test_the_figure_is_valid_json(chart, scenario_and_runs):
    figure = chart(*scenario_and_runs, LIGHT)
    spec = json.loads(figure.to_json())
    assert len(spec["data"]) == len(figure.data)
    assert "http" not in figure.to_json()


@EVERY_CHART
def test_run_k_is_always_colour_k_and_dash_k(chart, scenario_and_runs):
    scenario, runs = scenario_and_runs
    figure = chart(scenario, runs, DARK)
    for k, label in enumerate(labels(scenario)):
        own = moving(figure, k)
        assert own
        for trace in own:
            line = trace.meta.get("line", trace.line)
            assert (line["color"], line["dash"]) == (DARK.runs[k], DASHES[k])
            assert trace.name == label
        assert sum(trace.showlegend is not False for trace in own) == 1


def test_the_curvature_along_the_gradient_is_told_apart_and_is_no_larger_than_sharpness(scenario_and_runs):
    scenario, runs = scenario_and_runs
    for theme in (LIGHT, DARK):
        figure = stability_chart(scenario, runs, theme, "⟦{}⟧".format)
        seconds = {trace.meta["run"]: trace for trace in figure.data if trace.line.dash == BESIDE_DASH}
        assert set(seconds) == {k for k, run in enumerate(runs) if run.limit is not None}
        for k, trace in seconds.items():
            assert (trace.line.color, trace.line.dash) == (theme.runs[k], BESIDE_DASH)
            assert BESIDE_DASH not in DASHES
            assert (trace.name, trace.showlegend) == ("⟦along the gradient⟧", k == 0)
            with np.errstate(invalid="ignore"):
                assert not (trace.y > 1e-5 * np.abs(trace.y) + moving(figure, k)[1].y).any()


def test_on_the_lectures_valley_it_crosses_the_limit_when_the_loss_rises(trajectories):
    scenario, runs = SCENES["lecture"], trajectories["lecture"]
    seconds = {t.meta["run"]: t for t in stability_chart(scenario, runs, LIGHT).data if t.line.dash == BESIDE_DASH}
    assert seconds[1].x[np.argmax(seconds[1].y > 2)] == 699


@EVERY_CHART
def test_the_figure_names_its_kind_and_the_page_it_is_made_for(chart, trajectories):
    for theme in (LIGHT, DARK):
        figure = chart(SCENES["lecture"], trajectories["lecture"], theme)
        assert figure.layout.meta["kind"] == KINDS.get(chart, "time")
        assert figure.layout.meta["background"] == theme.background


@EVERY_CHART
def test_arrays_are_of_32_bits_and_the_clock_rises(chart, scenario_and_runs):
    scenario, runs = scenario_and_runs
    for trace in moving(chart(scenario, runs, LIGHT)):
        assert trace.y.dtype == np.float32
        assert clock(trace).dtype == np.int32
        assert (np.diff(clock(trace)) > 0).all()
        assert clock(trace)[0] == 0
        assert clock(trace)[-1] >= runs[trace.meta["run"]].updates - 1


@EVERY_CHART
def test_ranges_are_finite_and_rise(chart, scenario_and_runs):
    layout = chart(*scenario_and_runs, LIGHT).layout.to_plotly_json()
    ranges = [value["range"] for value in axes_of(layout)]
    assert ranges
    for low, high in ranges:
        assert np.isfinite([low, high]).all()
        assert low < high


@EVERY_CHART
def test_every_text_can_be_translated(chart, scenario_and_runs):
    figure = chart(*scenario_and_runs, LIGHT, "⟦{}⟧".format)
    layout = figure.layout.to_plotly_json()
    axes = axes_of(layout)
    texts = [a["text"] for a in layout.get("annotations", ())] + [a["title"]["text"] for a in axes if "title" in a]
    for trace in figure.data:
        texts += [trace.name or "", trace.hovertemplate]
        texts += [text for text in (() if trace.text is None else trace.text) if isinstance(text, str)]
    for text in texts:
        left = re.sub(r"⟦.*?⟧|%{.*?}|<.*?>|max|diag", "", text)
        assert not re.search(r"[A-Za-z]{3}", left), text


def test_time_axes_span_all_updates_also_when_a_run_stops_early(trajectories):
    figure = loss_chart(SCENES["diverging"], trajectories["diverging"], LIGHT)
    assert trajectories["diverging"][0].updates < 200
    assert figure.layout.xaxis.range == (0, 200)
    assert figure.layout.xaxis2.range == (0, 200)


def test_time_ends_soon_after_the_last_run_has(trajectories):
    scenario, (run,) = SCENES["alone and diverging"], trajectories["alone and diverging"]
    assert run.updates < 20
    (start, end) = loss_chart(scenario, (run,), LIGHT).layout.xaxis.range
    assert (start, end) == (0, clock_end(200, (run,)))
    assert run.updates < end <= 1.25 * run.updates + 1


def test_axes_are_named_as_the_surface_names_them(trajectories):
    scenario, runs = SCENES["lecture"], trajectories["lecture"]
    assert map_chart(scenario, runs, LIGHT).layout.xaxis.title.text == "b"
    assert [a.text for a in sigma_chart(scenario, runs, LIGHT).layout.annotations] == [
        "Memory of past gradients, σ<sub>b</sub>",
        "Memory of past gradients, σ<sub>w</sub>",
    ]
    assert "μₜ/σ<sub>w</sub>" in step_size_chart(scenario, runs, LIGHT).layout.annotations[1].text


def test_curves_are_the_trajectory(trajectories):
    scenario, runs = SCENES["lecture"], trajectories["lecture"]
    for chart, values in (
        (sigma_chart, [runs[1].sigma[:, 0], runs[1].sigma[:, 1]]),
        (step_size_chart, [runs[1].rate[:, 0], runs[1].rate[:, 1]]),
        (loss_chart, [runs[1].loss - lowest_known(scenario.surface, runs), runs[1].grad_norm]),
        (stability_chart, [runs[1].lr, runs[1].sharpness]),
    ):
        for trace, expected in zip(moving(chart(scenario, runs, LIGHT), 1), values, strict=True):
            np.testing.assert_array_equal(trace.y, expected.astype(np.float32))
            np.testing.assert_array_equal(trace.x, np.arange(len(expected)))


def test_a_diverging_run_leaves_the_others_their_room(trajectories):
    scenario, (flown, settled) = SCENES["diverging"], trajectories["diverging"]
    figure = loss_chart(scenario, (flown, settled), LIGHT)
    low, high = figure.layout.yaxis.range
    assert low <= np.log10(settled.loss.min()) < np.log10(settled.loss.max()) <= high
    assert high < np.log10(settled.loss.max()) + 4 < np.log10(flown.loss.max())
    np.testing.assert_array_equal(moving(figure, 0)[0].y[:3], flown.loss[:3].astype(np.float32))


def test_where_every_run_diverges_the_start_is_in_sight(trajectories):
    scenario, (run,) = SCENES["alone and diverging"], trajectories["alone and diverging"]
    low, high = loss_chart(scenario, (run,), LIGHT).layout.yaxis.range
    assert np.log10(run.loss.max()) > 22 + np.log10(run.loss[0])
    assert low <= np.log10(run.loss[0]) < high < 22 + np.log10(run.loss[0])


def test_infinity_and_nan_reach_the_figure_and_decide_no_range(trajectories):
    scenario, runs = SCENES["diverging"], trajectories["diverging"]
    loss = runs[1].loss.copy()
    loss[[5, 6, 7]] = np.nan, np.inf, 1e60
    figure = loss_chart(scenario, (runs[0], replace(runs[1], loss=loss)), LIGHT)
    np.testing.assert_array_equal(moving(figure, 1)[0].y[[5, 6, 7]], [np.nan, np.inf, np.inf])
    assert np.isfinite(figure.layout.yaxis.range).all()


def test_a_negative_loss_makes_its_axis_linear_and_nothing_is_shifted(trajectories):
    scenario, runs = SCENES["negative"], trajectories["negative"]
    figure = loss_chart(scenario, runs, LIGHT)
    assert min(run.loss.min() for run in runs) < 0
    assert (figure.layout.yaxis.type, figure.layout.yaxis2.type) == ("linear", "log")
    assert moving(figure, 0)[0].y.min() == np.float32(runs[0].loss.min())


def test_a_loss_of_zero_leaves_the_axis_logarithmic(trajectories):
    scenario, runs = SCENES["lecture"], trajectories["lecture"]
    ended = replace(runs[0], loss=np.where(np.arange(1001) > 900, 0.0, runs[0].loss))
    assert loss_chart(scenario, (ended, runs[1]), LIGHT).layout.yaxis.type == "log"


def test_a_curve_of_nothing_but_nan_has_an_axis(trajectories):
    scenario, (run,) = SCENES["one update"], trajectories["one update"]
    empty = replace(run, loss=np.full(2, np.nan))
    assert loss_chart(scenario, (empty,), LIGHT).layout.yaxis.range == (0, 1)


def test_long_runs_are_thin_and_keep_every_spike_and_gap(long_scene):
    scenario, runs = long_scene
    loss = moving(loss_chart(scenario, runs, LIGHT), 1)[0]
    assert len(loss.x) < 2500
    assert loss.y[loss.x == 54_321] == pytest.approx(1e9, rel=1e-3)
    assert np.isnan(loss.y[loss.x == 77_777]).all()
    sigma = moving(sigma_chart(scenario, runs, LIGHT), 1)[1]
    assert sigma.y.max() == 1e9
    path = moving(map_chart(scenario, runs, LIGHT), 1)[0]
    assert len(path.x) < 2500
    assert (path.y.min(), path.y.max()) == tuple(np.float32([runs[1].theta[:, 1].min(), runs[1].theta[:, 1].max()]))


def test_the_map_holds_the_window_and_what_of_the_paths_is_near_it(scenario_and_runs):
    scenario, runs = scenario_and_runs
    figure = map_chart(scenario, runs, LIGHT)
    points = np.concatenate([run.theta for run in runs])
    shown = np.array([figure.layout.xaxis.range, figure.layout.yaxis.range])
    low, high = np.array(scenario.surface.window).T
    farthest = np.stack([low - BESIDE * (high - low), high + BESIDE * (high - low)])
    near = points[((farthest[0] <= points) & (points <= farthest[1])).all(axis=1)]
    for i in (0, 1):
        for side, least, direction in ((shown[i, 0], near[:, i].min(), -1), (shown[i, 1], near[:, i].max(), 1)):
            edge = (low, high)[(direction + 1) // 2][i]
            assert direction * (side - least) >= 0
            assert side == edge or direction * (side - least) <= BESIDE / STEPS * (high - low)[i]
    ground = figure.data[0]
    assert ground.z.shape == ground.customdata.shape == (len(ground.y), len(ground.x)) == (169, 169)
    window = ground.x[[24, -25]], ground.y[[24, -25]]
    np.testing.assert_allclose(window, scenario.surface.window, rtol=1e-6)
    i, j = 61, 125
    value = scenario.surface.value_array(ground.x[j].astype(float), ground.y[i].astype(float))
    assert ground.customdata[i, j] == pytest.approx(float(value), rel=1e-3)


@pytest.mark.parametrize("slug", PLANES)
def test_the_map_goes_on_around_the_window_as_far_as_equal_axes_show_it_in_any_place(slug):
    scenario = scene(slug, 1, gd=0.001)
    figure = map_chart(scenario, simulate(scenario), LIGHT)
    ground, contours = figure.data[0], figure.data[0].contours
    assert (np.diff(ground.x) > 0).all()
    assert (np.diff(ground.y) > 0).all()
    (left, right), (low, high) = scenario.surface.window
    for shape in (0.56, 1, 1.59):  # width over height
        width, height = max(right - left, shape * (high - low)), max(high - low, (right - left) / shape)
        assert ground.x[0] <= (left + right - width) / 2 < (left + right + width) / 2 <= ground.x[-1]
        assert ground.y[0] <= (low + high - height) / 2 < (low + high + height) / 2 <= ground.y[-1]
    levels = levels_around(scenario.surface)
    around = surroundings(scenario.surface).height
    np.testing.assert_allclose(ground.z, levels.position(around), atol=FINE)
    assert (contours.start, contours.end, contours.size) == (0, len(levels.losses) - 1, 1)
    assert levels.inside <= BANDS - 1 <= len(levels.losses)


def test_axes_are_equal_where_their_units_are():
    def is_equal(surface):
        scenario = replace(SCENES["one update"], surface=surface)
        figure = map_chart(scenario, simulate(scenario), LIGHT)
        assert figure.layout.meta["equal"] == (figure.layout.yaxis.scaleanchor == "x")
        return figure.layout.meta["equal"]

    assert [slug for slug in PLANES if not is_equal(SURFACES[slug]())] == ["lecture"]
    assert is_equal(Own(x_low=-1, x_high=1, y_low=0, y_high=8))
    assert not is_equal(Own(x_low=-1, x_high=1, y_low=0, y_high=8.1)), "a strip of a window"


def test_the_map_marks_start_and_critical_points(trajectories):
    scenario, runs = SCENES["six"], trajectories["six"]
    points, start = (map_chart(scenario, runs, LIGHT).data[i] for i in (1, 3))
    assert (start.x, start.y) == ((scenario.start[0],), (scenario.start[1],))
    assert points.marker.symbol == tuple(
        {"minimum": "star", "maximum": "triangle-up", "saddle": "x"}[p.kind] for p in scenario.surface.critical_points
    )
    assert points.text[0].startswith("minimum (3, 2)")


def test_the_limit_of_stability_is_marked_and_inside(trajectories):
    figure = stability_chart(SCENES["lecture"], trajectories["lecture"], LIGHT)
    levels = [trace for trace in figure.data if trace.name == "limit"]
    assert [set(level.y) for level in levels] == [{2.0}, {2.0}]
    assert figure.layout.yaxis.range[1] > np.log10(2)
