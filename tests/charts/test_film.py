"""The figure that plays by itself ends as the chart it came from, and never shows the future."""

import json

import numpy as np
from checked import map_chart, surface_3d_chart
from scenes import EVERY_CHART, SCENES

from charts.film import animated
from charts.theme import LIGHT


def path(trace):
    return [trace[axis] for axis in "xyz" if axis in trace]


@EVERY_CHART
def test_frames_grow_to_the_whole_run(chart, trajectories):
    figure = chart(SCENES["lecture"], trajectories["lecture"], LIGHT)
    film = animated(figure, frames=10)
    assert len(film.frames) == 11
    assert [frame.name for frame in film.frames][:2] == ["0", "100"]
    last = film.frames[-1]
    for index, trace in zip(last.traces, last.data, strict=True):
        assert trace.type == figure.data[index].type
        np.testing.assert_array_equal(path(trace), path(figure.data[index]))


@EVERY_CHART
def test_a_frame_shows_what_was_until_its_update(chart, trajectories):
    figure = chart(SCENES["lecture"], trajectories["lecture"], LIGHT)
    for frame in animated(figure, frames=7).frames:
        for index, trace in zip(frame.traces, frame.data, strict=True):
            whole = figure.data[index]
            until = (whole.x if whole.customdata is None else whole.customdata) <= int(frame.name)
            np.testing.assert_array_equal(path(trace), [values[until] for values in path(whole)])


@EVERY_CHART
def test_only_webgl_is_drawn_again_for_every_frame(chart, trajectories):
    film = animated(chart(SCENES["lecture"], trajectories["lecture"], LIGHT), frames=3)
    play, pause = film.layout.updatemenus[0].buttons
    told = [play.args[1], pause.args[1], *(step.args[1] for step in film.layout.sliders[0].steps)]
    assert {how["frame"]["redraw"] for how in told} == {chart is surface_3d_chart}


def test_a_run_that_stopped_early_stands_still(trajectories):
    film = animated(map_chart(SCENES["diverging"], trajectories["diverging"], LIGHT), frames=4)
    assert [len(frame.data[0].x) for frame in film.frames][-2:] == [len(trajectories["diverging"][0].theta)] * 2


def test_the_film_is_valid_json_and_translated(trajectories):
    film = animated(map_chart(SCENES["six"], trajectories["six"], LIGHT), say=str.upper)
    spec = json.loads(film.to_json())
    assert [button["label"] for button in spec["layout"]["updatemenus"][0]["buttons"]] == ["PLAY", "PAUSE"]
    assert len(spec["frames"]) == len(spec["layout"]["sliders"][0]["steps"]) == 61
