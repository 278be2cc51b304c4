"""The page of what two dimensions cannot say opens in both languages, and what it claims can be seen."""

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from engine.simulate import simulate
from engine.stability import spectral_norm
from engine.url import decode, encode
from explain.two_axes import ALONG_GRADIENT, ALONG_RANDOM, LAYERS, NOISE, SADDLE
from tests.ui.app_page import LAB, assert_clean


@pytest.mark.parametrize(("lang", "title"), [("en", "What two dimensions cannot say"), ("zh", "两个维度说不出什么")])
def test_it_opens_in_both_languages(lang, title):
    page = AppTest.from_file(LAB, default_timeout=60)
    page.query_params["lang"] = lang
    page.switch_page("pages/two_axes.py").run()
    assert_clean(page)
    assert page.title[0].value == title
    assert len(page.header) == 6
    links = [element.proto for element in page.get("page_link")]
    assert sum("surface=" in link.query_string for link in links) == 5


@pytest.mark.parametrize("scene", [LAYERS, NOISE, SADDLE, ALONG_RANDOM, ALONG_GRADIENT], ids=lambda s: s.surface.slug)
def test_every_scene_is_a_link(scene):
    assert decode(encode(scene)) == (scene, ())


def test_matrices_come_down_a_turned_valley():
    assert all(run.loss[-1] < 1e-3 for run in simulate(LAYERS))


def test_noise_lies_within_45_degrees_of_the_gradient_in_half_of_all_updates():
    draws = NOISE.noise.draws(20_000)
    gradient = np.array([0.3, -0.8])
    share = np.abs(draws @ gradient) / np.linalg.norm(draws, axis=1) / np.linalg.norm(gradient)
    assert (share > np.sqrt(0.5)).mean() == pytest.approx(0.5, abs=0.02)


def test_newton_walks_into_the_saddle_and_the_others_leave():
    newton, others = simulate(SADDLE)[0], simulate(SADDLE)[1:]
    assert np.abs(newton.theta[-1]).max() < 1e-6
    assert all(np.abs(run.theta[-1]).max() > 1.0 for run in others)


def test_a_slice_along_the_gradient_is_many_times_as_curved():
    norms = [spectral_norm(scene.surface, np.zeros(1), np.zeros(1))[0] for scene in (ALONG_RANDOM, ALONG_GRADIENT)]
    assert norms[1] > 5 * norms[0]
