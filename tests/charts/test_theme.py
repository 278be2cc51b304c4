"""Runs are told apart on every colour that lies under them, in every common kind of colour vision."""

import itertools
import re
from dataclasses import asdict

import numpy as np
import pytest
from scenes import EVERY_CHART, SCENES

from charts.theme import DARK, DASHES, LIGHT, SPACE, TYPE
from engine.scenario import MOST_RUNS
from player.scripts import FOLDER

# Linear RGB as seen without the long, middle or short cones: Machado, Oliveira and Fernandes,
# IEEE TVCG 15 (2009) 1291, severity 1.
VISION = {
    "normal": np.eye(3),
    "protanopia": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deuteranopia": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    "tritanopia": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
}
THEMES = pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])


def linear(colour):
    channels = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    return np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)


def luminance(colour):
    return linear(colour) @ [0.2126, 0.7152, 0.0722]


def contrast(a, b):
    """WCAG's contrast of two colours."""
    dark, light = sorted([luminance(a), luminance(b)])
    return (light + 0.05) / (dark + 0.05)


def oklab(rgb):
    """Ottosson's OKLab of linear RGB, in hundredths."""
    to_cones = [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ]
    to_lab = [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ]
    return 100 * np.array(to_lab) @ np.cbrt(np.array(to_cones) @ rgb)


def test_oklab_of_white_and_black():
    np.testing.assert_allclose(oklab(linear("#ffffff")), [100, 0, 0], atol=0.1)
    np.testing.assert_allclose(oklab(linear("#000000")), 0, atol=1e-9)
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@THEMES
@pytest.mark.parametrize("vision", VISION)
def test_no_two_runs_look_alike(theme, vision):
    seen = [oklab(np.clip(np.array(VISION[vision]) @ linear(colour), 0, 1)) for colour in theme.runs]
    for (a, one), (b, other) in itertools.combinations(zip(theme.runs, seen, strict=True), 2):
        assert np.linalg.norm(one - other) >= 9, (a, b)


@THEMES
def test_contours_are_ordered_by_lightness(theme):
    lightness = [oklab(linear(colour))[0] for colour in theme.contours]
    assert lightness == sorted(lightness)
    assert theme.contour_scale[0] == [0, theme.contours[0]]
    assert theme.contour_scale[-1] == [1, theme.contours[-1]]


@THEMES
def test_texts_are_readable(theme):
    assert contrast(theme.text, theme.background) >= 7
    assert contrast(theme.muted, theme.background) >= 4.5


def test_there_is_one_scale_of_type_and_one_of_space():
    css = (FOLDER / "player.css").read_text()
    sizes = dict(re.findall(r"--sigmascope-type-(\w+): ([\d.]+)rem;", css))
    assert {name: 16 * float(size) for name, size in sizes.items()} == asdict(TYPE)
    spaces = re.findall(r"--sigmascope-space(?:-(\d))?: ([\d.]+)rem;", css)
    assert spaces
    assert all(16 * float(space) == SPACE * int(times or 1) for times, space in spaces)


@EVERY_CHART
def test_every_font_of_a_figure_has_a_size_of_the_scale(chart, trajectories):
    figure = chart(SCENES["one update"], trajectories["one update"], LIGHT)
    sizes = set(map(int, re.findall(r'font":\{[^{}]*"size":(\d+)', figure.to_json())))
    assert sizes
    assert sizes <= set(asdict(TYPE).values())


def test_every_run_has_its_own_colour_and_dash():
    for marks in (LIGHT.runs, DARK.runs, DASHES):
        assert len(set(marks)) == len(marks) == MOST_RUNS
