"""The charts of a network's training: Plotly takes them, and they say what was recorded."""

from dataclasses import replace

import numpy as np
import pytest

from charts.figure import to_plotly
from charts.network.tiles import MIDDLE, SHOWN
from charts.network.views import NETWORK_CURVES, network_figures
from charts.theme import DARK, LIGHT
from network.studied import CUTTINGS
from player.parts import take_apart
from tests.small_network import BURST, SMALL, small

CHARTS = ("map", *NETWORK_CURVES)
STUDIES = {"all well": SMALL, "one lost": BURST, "three layers": replace(SMALL, layers=2, eigenvalues=3)}


def drawn(study, name, theme=LIGHT, cutting="paths"):
    return network_figures(small(study, cutting), (name,), theme)[name]


def moving(figure, run):
    return [t for t in figure.data if (t.get("meta") or {}).get("run") == run and t["meta"].get("animate")]


@pytest.mark.parametrize("name", CHARTS)
@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("study", STUDIES.values(), ids=STUDIES)
def test_plotly_takes_every_chart_and_so_does_the_player(study, theme, name):
    figure = drawn(study, name, theme)
    to_plotly(figure)
    assert take_apart({name: figure})
    assert {run for run in (0, 1) if moving(figure, run)} == {0, 1}


@pytest.mark.parametrize("cutting", CUTTINGS)
def test_a_path_on_the_slice_has_the_updates_of_its_looks(cutting):
    figure = drawn(SMALL, "map", cutting=cutting)
    shown = small(SMALL, cutting)
    for run, training in enumerate(shown.trainings):
        [path] = moving(figure, run)
        np.testing.assert_array_equal(path["customdata"], training.clock)
        np.testing.assert_allclose(path["x"], shown.cut.places[run][:, 0], rtol=1e-6)
    [start] = [t for t in figure.data if "start" in (t.get("meta") or {})]
    assert (start["x"][0], start["y"][0]) == pytest.approx(tuple(shown.cut.places[0][0]))


def test_without_a_slice_there_is_no_map_and_the_curves_stay():
    shown = replace(small(), cut=None)
    assert list(network_figures(shown, CHARTS, LIGHT)) == list(NETWORK_CURVES)


def test_the_losses_are_those_of_the_training():
    figure, training = drawn(SMALL, "loss"), small().trainings[0]
    loss, held_out, on_slice, norm = moving(figure, 0)
    np.testing.assert_allclose(loss["y"], training.loss, rtol=1e-6)
    np.testing.assert_allclose(held_out["y"], training.at_looks("held_out"), rtol=1e-6)
    np.testing.assert_allclose(on_slice["y"], small().cut.along[0], rtol=1e-6)
    np.testing.assert_allclose(norm["y"], training.gradient_norm, rtol=1e-6)


def test_sharpness_has_its_limit_and_what_is_above_is_shaded():
    figure = drawn(SMALL, "stability")
    levels = [t["y"][0] for t in figure.data if not (t.get("meta") or {}).get("animate")]
    assert levels == pytest.approx([2.0, 38.0] * 2)
    for shade in figure.layout["shapes"]:
        run = LIGHT.runs.index(shade["fillcolor"])
        training = small().trainings[run]
        inside = (training.clock >= shade["x0"]) & (training.clock < shade["x1"])
        assert (training.sharpness[inside] > training.limit).all()
    lost = drawn(BURST, "stability")
    assert lost.layout["shapes"]


def test_three_eigenvalues_are_three_curves():
    figure = drawn(STUDIES["three layers"], "stability")
    first, second, third, _ = moving(figure, 0)
    assert (np.abs(first["y"]) >= np.abs(second["y"]) - 1e-6).all()
    assert [second["name"][-2:], third["name"][-2:]] == ["λ2", "λ3"]


@pytest.mark.parametrize(("name", "field"), [("sigma", "sigma"), ("step_size", "rate")])
def test_bands_hold_what_was_recorded(name, field):
    figure, training = drawn(SMALL, name), small().trainings[1]
    whole, *layers = moving(figure, 1)
    recorded = training.at_looks(field)
    np.testing.assert_allclose(whole["y"], recorded[:, 0, 2], rtol=1e-6)
    (lowest, highest), (low, high) = whole["meta"]["bands"]
    for side, share in zip((lowest, low, high, highest), (0, 1, 3, 4), strict=True):
        np.testing.assert_allclose(side, recorded[:, 0, share], rtol=1e-6)
    assert len(layers) == 2
    np.testing.assert_allclose(layers[1]["y"], recorded[:, 2, 2], rtol=1e-6)


def test_tiles_are_the_first_layer_s_weights_and_what_digits_are_taken_for():
    figure, training, network = drawn(SMALL, "digits"), small().trainings[0], SMALL.network
    [trace] = moving(figure, 0)
    tiles = trace["meta"]["tiles"]
    assert tiles["weights"].shape == (len(trace["x"]), 8 * 64)
    last = network.layers(training.looks[-1].theta)[0][0].T.ravel()
    signs = np.sign(tiles["weights"][-1].astype(int) - MIDDLE)
    assert (
        signs[np.abs(last) > 0.02 * np.abs(last).max()] == np.sign(last)[np.abs(last) > 0.02 * np.abs(last).max()]
    ).all()
    held_out = SMALL.task.data[1][:SHOWN]
    assert tiles["truth"] == held_out.y.argmax(axis=1).tolist()
    right = (tiles["guesses"][-1] == tiles["truth"]).mean()
    assert right == network.accuracy(training.looks[-1].theta, held_out)
    assert tiles["digits"].min() == 0
    assert tiles["digits"].max() == 255
