"""The figure that plays by itself ends as the chart it came from, and never shows the future."""

import json

import numpy as np
import pytest
from scenes import SCENES

from charts.film import animated
from charts.loss import loss_chart
from charts.map import map_chart
from charts.theme import LIGHT


@pytest.mark.parametrize("chart", [map_chart, loss_chart])
def test_frames_grow_to_the_whole_run(chart, trajectories):
    figure = chart(SCENES["lecture"], trajectories["lecture"], LIGHT)
    film = animated(figure, frames=10)
    assert len(film.frames) == 11
    assert [frame.name for frame in film.frames][:2] == ["0", "100"]
    last = film.frames[-1]
    for index, trace in zip(last.traces, last.data, strict=True):
        np.testing.assert_array_equal(trace.y, figure.data[index].y)


def test_a_frame_shows_no_later_update(trajectories):
    figure = loss_chart(SCENES["lecture"], trajectories["lecture"], LIGHT)
    for frame in animated(figure, frames=7).frames:
        assert all(trace.x[-1] == int(frame.name) for trace in frame.data)


def test_a_run_that_stopped_early_stands_still(trajectories):
    film = animated(map_chart(SCENES["diverging"], trajectories["diverging"], LIGHT), frames=4)
    assert [len(frame.data[0].x) for frame in film.frames][-2:] == [len(trajectories["diverging"][0].theta)] * 2


def test_the_film_is_valid_json_and_translated(trajectories):
    film = animated(map_chart(SCENES["six"], trajectories["six"], LIGHT), say=str.upper)
    spec = json.loads(film.to_json())
    assert [button["label"] for button in spec["layout"]["updatemenus"][0]["buttons"]] == ["PLAY", "PAUSE"]
    assert len(spec["frames"]) == len(spec["layout"]["sliders"][0]["steps"]) == 61
