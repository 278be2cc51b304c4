"""Labels of lines are on their lines, apart, inside, and never over the start; numbers are short and exact enough."""

import itertools
from dataclasses import replace

import numpy as np
import pytest
from scenes import scene

from charts.ground import APART, ASIDE, EDGE, UPRIGHT, contour_labels, contours, levels_around
from charts.map import map_chart
from charts.theme import DARK, LIGHT
from engine.landscape import landscape, surroundings
from engine.levels import written
from engine.simulate import simulate
from player.parts import pack, take_apart
from surfaces import SURFACES
from surfaces.own import Own
from tests.planes import PLANES

OWN = [Own(formula="sqrt(x) + y**2"), Own(formula="x**2 + y**2")]
PLAIN = [Own(formula="7 + 0*x"), Own(formula="sqrt(x) + 0*y", x_low=-9.0, x_high=-1.0)]


def labels(surface, start=None):
    return contour_labels(surface, start or surface.start, LIGHT, str)


def shares(surface, x, y):
    """Points as shares of the window, (n, 2)."""
    (left, right), (bottom, top) = surface.window
    return np.stack([(np.array(x) - left) / (right - left), (np.array(y) - bottom) / (top - bottom)], axis=-1)


@pytest.mark.parametrize("surface", [*[SURFACES[slug]() for slug in PLANES], *OWN], ids=str)
def test_a_label_is_on_its_line_and_alone(surface):
    trace, levels = labels(surface, (1e9, 1e9)), levels_around(surface)
    by_text = dict(zip(map(written, levels.losses.tolist()), levels.heights, strict=True))
    assert 2 <= len(trace["text"]) <= 5
    land = landscape(surface)
    for x, y, text in zip(trace["x"], trace["y"], trace["text"], strict=True):
        height = land.height_of(np.array([surface.value_array(np.array(x), np.array(y))]))
        assert height == pytest.approx(by_text[text], abs=0.5 * levels.spacing)
    places = shares(surface, trace["x"], trace["y"])
    assert (np.abs(places - 0.5) < 0.5 - EDGE).all()
    for one, other in itertools.combinations(places, 2):
        assert np.hypot(*(one - other)) > APART
    points = shares(surface, *zip(*[(p.x, p.y) for p in surface.critical_points] or [(1e9, 1e9)], strict=True))
    assert all(np.hypot(*(place - points).T).min() > ASIDE for place in places)


@pytest.mark.parametrize("slug", PLANES)
def test_no_label_is_over_the_start_and_the_others_stay(slug):
    surface = SURFACES[slug]()
    whole = labels(surface, (1e9, 1e9))
    for x, y in zip(whole["x"], whole["y"], strict=True):
        trace = labels(surface, (x, y))
        assert set(trace["text"]) < set(whole["text"])
        places = shares(surface, trace["x"], trace["y"])
        assert (np.hypot(*(places - shares(surface, x, y)).T) > UPRIGHT).all()
    assert set(labels(surface)["text"]) <= set(whole["text"])


@pytest.mark.parametrize("surface", PLAIN, ids=str)
def test_where_there_is_no_line_there_is_no_label(surface):
    assert labels(surface)["text"] == []
    assert contours(surface, DARK, str)["z"].shape == (169, 169)


@pytest.mark.parametrize("slug", PLANES)
def test_losses_are_exact_to_the_digits_that_are_shown(slug):
    land = surroundings(SURFACES[slug]())
    shown = contours(SURFACES[slug](), LIGHT, str)["customdata"]
    np.testing.assert_allclose(shown, land.loss, rtol=4e-5)


def test_nan_and_infinity_stay_what_they_are():
    holed = contours(Own(formula="sqrt(x) + exp(120*y)"), LIGHT, str)
    assert np.isnan(holed["customdata"][:, :20]).all()
    assert np.isinf(holed["customdata"][-1, -1])


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_the_first_visit_s_ground_takes_few_bytes(theme):
    trace = contours(SURFACES["lecture"](), theme, str)
    files = [relief["file"] for relief in trace["meta"]["reliefs"]]
    part = pack([*(trace[name] for name in ("x", "y", "z", "customdata")), *files])
    assert len(part.data) < 70_000


def test_a_change_of_a_run_or_of_the_start_sends_no_ground_again():
    scenario = scene("rosenbrock", 20, gd=0.001)
    other = replace(scenario, start=(0.5, 0.5), runs=(replace(scenario.runs[0], lr=0.002),))
    before, after = (take_apart({"map": map_chart(s, simulate(s), LIGHT)}) for s in (scenario, other))
    assert before["surface"] == after["surface"]
    assert before["run 0"] != after["run 0"]
    assert len(after["data of map"].data) < 10_000
