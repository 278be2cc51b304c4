"""Small pictures of scenes: every run is on them, where it went, and a run that goes off does not cover the rest."""

import re
from xml.etree import ElementTree

import numpy as np
import pytest

from charts.miniature import NEAR, picture_of_scene
from charts.theme import DARK, LIGHT
from charts.thumbnails import HEIGHT, WIDTH
from engine.scenario import Run, Scenario
from engine.simulate import simulate
from explain.questions.questions import QUESTIONS
from optimizers.gradient_descent import GradientDescent
from surfaces.own import Own
from surfaces.valley import Valley

SVG = "{http://www.w3.org/2000/svg}"


def drawn(scene, theme=LIGHT):
    return ElementTree.fromstring(picture_of_scene(scene, simulate(scene), theme))


def paths(picture, colour):
    lines = [line for line in picture.findall(f"{SVG}polyline") if line.get("stroke") == colour]
    return [np.array(re.findall(r"[-\d.]+", line.get("points")), float).reshape(-1, 2) for line in lines]


def valley(start, *rates, steps=200):
    return Scenario(Valley(kappa=10.0), start, steps, tuple(Run(GradientDescent(), lr) for lr in rates))


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("question", QUESTIONS, ids=[question.slug for question in QUESTIONS])
def test_every_question_has_a_picture_with_all_its_runs(question, theme):
    picture = drawn(question.scene, theme)
    for colour in theme.runs[: len(question.scene.runs)]:
        (path,) = paths(picture, colour)
        assert len(path) > 1
    assert len(paths(picture, theme.background)) == len(question.scene.runs)
    assert len(ElementTree.tostring(picture)) < 60_000


def test_a_path_goes_from_the_start_to_where_the_run_ended():
    (path,) = paths(drawn(valley((3.0, 2.0), 0.1)), LIGHT.runs[0])
    assert path[0] == pytest.approx((0.75 * WIDTH, 0.25 * HEIGHT), abs=0.06)
    assert path[-1] == pytest.approx((0.5 * WIDTH, 0.5 * HEIGHT), abs=NEAR + 0.1)
    assert (np.hypot(*np.diff(path, axis=0).T) >= NEAR - 0.15).all()


def test_a_run_that_goes_off_is_drawn_until_it_is_far_away():
    calm, wild = (paths(drawn(valley((3.0, 2.0), 0.1, 0.21)), colour)[0] for colour in LIGHT.runs[:2])
    assert len(wild) < len(calm)
    outside = (wild[:, 1] < -HEIGHT) | (wild[:, 1] > 2 * HEIGHT)
    assert outside[-1]
    assert not outside[:-1].any()


def test_a_run_that_comes_back_is_drawn_to_its_end():
    decay = next(question for question in QUESTIONS if question.slug == "decay")
    wild, _ = (paths(drawn(decay.scene), colour)[0] for colour in LIGHT.runs[:2])
    (left, right), (low, high) = decay.scene.surface.window
    last = simulate(decay.scene)[0].theta[-1]
    place = (last - (left, low)) / (right - left, high - low) * (WIDTH, -HEIGHT) + (0, HEIGHT)
    assert wild[-1] == pytest.approx(place, abs=1.0)


def test_start_and_minima_are_whole_even_at_the_edge():
    picture = drawn(valley((6.0, 4.0), 0.1))
    (ring,) = picture.findall(f"{SVG}circle")
    x, y, radius = (float(ring.get(name)) for name in ("cx", "cy", "r"))
    assert radius < x < WIDTH - radius
    assert radius < y < HEIGHT - radius
    assert len(picture.findall(f"{SVG}path")) == 2


@pytest.mark.parametrize("formula", ["log(x) + y^2", "1/x + y^2"])
def test_a_run_that_goes_nowhere_has_a_picture_too(formula):
    scene = Scenario(Own(formula=formula), (-1.0, 1.0), 20, (Run(GradientDescent(), 0.5),))
    assert len(paths(drawn(scene), LIGHT.runs[0])) == 1
