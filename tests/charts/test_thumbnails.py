"""The catalogue's pictures show the relief of the map in true proportions, and a path with its halo."""

import io
import re
from base64 import b64decode

import numpy as np
import pytest
from PIL import Image
from scenes import SCENES

from charts.theme import DARK, LIGHT
from charts.thumbnails import HEIGHT, WIDTH, picture_of_path, picture_of_surface
from surfaces import SURFACES
from surfaces.own import Own


def picture(svg):
    [data] = re.findall(r'href="data:image/webp;base64,([^"]+)"', svg)
    return np.asarray(Image.open(io.BytesIO(b64decode(data))).convert("RGB")).astype(float)


def test_a_round_bowl_is_round():
    """Where a unit is as long across as up, the heights along both axes are the same; elsewhere the window is whole."""
    shown = picture(picture_of_surface(Own(formula="x**2 + y**2"), LIGHT)).sum(axis=-1)
    assert shown.shape == (HEIGHT, WIDTH)
    middle = shown[HEIGHT // 2 - 50 : HEIGHT // 2 + 50, WIDTH // 2 - 50 : WIDTH // 2 + 50]
    assert np.abs(middle - middle.T).max() < 0.1 * np.ptp(middle)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_a_path_has_a_halo_of_the_page_s_colour_below_it(theme, trajectories):
    svg = picture_of_path(SURFACES["rosenbrock"](), trajectories["diverging"][1], theme)
    (halo, below), (line, above) = re.findall(r'<polyline points="[^"]+" stroke="(\S+)" stroke-width="(\S+)"/>', svg)
    assert (halo, line) == (theme.background, theme.runs[0])
    assert float(below) >= float(above) + 3


def test_a_path_begins_at_the_start(trajectories):
    scenario, runs = SCENES["diverging"], trajectories["diverging"]
    svg = picture_of_path(scenario.surface, runs[1], LIGHT)
    (left, right), (bottom, top) = scenario.surface.window
    unit = max((right - left) / WIDTH, (top - bottom) / HEIGHT)
    x, y = map(float, re.findall(r'points="([\d.]+),([\d.]+)', svg)[0])
    assert x == pytest.approx(WIDTH / 2 + (scenario.start[0] - (left + right) / 2) / unit, abs=0.1)
    assert y == pytest.approx(HEIGHT / 2 - (scenario.start[1] - (bottom + top) / 2) / unit, abs=0.1)
