"""The relief of every surface: lit from the upper left, dark below and light above, and every path stands out on it."""

import io

import numpy as np
import pytest
from PIL import Image
from test_theme import VISION

from charts.relief import PLAIN, SIDE, pixels, reliefs
from charts.theme import DARK, LIGHT
from engine.landscape import landscape, surroundings
from surfaces import SURFACES
from surfaces.own import Own
from tests.planes import PLANES

THEMES = pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
HOLED = Own(formula="sqrt(x) + y**2")
NOWHERE = Own(formula="sqrt(-1 - x**2) + 0*y")
GROUNDS = {slug: SURFACES[slug]() for slug in PLANES} | {
    "turned": SURFACES["valley"](kappa=100.0, angle=45.0),
    "bowl": Own(formula="x**2 + y**2"),
    "plain": Own(formula="7 + 0*x"),
    "holed": HOLED,
    "nowhere": NOWHERE,
}


def picture(surface, theme):
    return np.asarray(Image.open(io.BytesIO(reliefs(surface, theme)[-1].file.tobytes())).convert("RGB"))


def kinds_of(shown):
    """The different colours of a picture, (n, 3)."""
    packed = np.unique(shown.astype(np.int32) @ [1 << 16, 1 << 8, 1])
    return np.stack([packed >> 16, packed >> 8 & 255, packed & 255], axis=-1)


def rgb(colour):
    return np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)])


def luminance(colours, vision="normal"):
    """WCAG's relative luminance of (n, 3) colours of 8 bits, as seen."""
    share = np.asarray(colours) / 255
    linear = np.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4)
    return np.clip(linear @ np.array(VISION[vision]).T, 0, 1) @ [0.2126, 0.7152, 0.0722]


def contrast(a, b):
    return (np.maximum(a, b) + 0.05) / (np.minimum(a, b) + 0.05)


@THEMES
@pytest.mark.parametrize("vision", VISION)
def test_every_path_stands_out_from_its_halo(theme, vision):
    """The halo lies on every pixel beside a path, whatever is below it."""
    for colour in theme.runs:
        assert contrast(luminance(rgb(colour), vision), luminance(rgb(theme.background), vision)) >= 3


@THEMES
@pytest.mark.parametrize("ground", GROUNDS)
def test_every_path_with_its_halo_is_seen_on_every_pixel(theme, ground):
    """One of the two is far from what lies below, for the other one is far from it."""
    colours = kinds_of(picture(GROUNDS[ground], theme))
    for vision in VISION:
        below, halo = luminance(colours, vision), luminance(rgb(theme.background), vision)
        for run in theme.runs:
            line = luminance(rgb(run), vision)
            assert np.maximum(contrast(below, line), contrast(below, halo)).min() >= 1.9, (vision, run)


@THEMES
@pytest.mark.parametrize("ground", GROUNDS)
def test_it_covers_the_surroundings_in_few_bytes(theme, ground):
    surface = GROUNDS[ground]
    found, land = reliefs(surface, theme), surroundings(surface)
    assert (found[0].x, found[0].y) == ((land.x[0], land.x[-1]), (land.y[0], land.y[-1]))
    assert sum(relief.file.nbytes for relief in found) < 26_000
    assert picture(surface, theme).shape == (SIDE, SIDE, 3)


@pytest.mark.parametrize("ground", GROUNDS)
def test_a_window_has_enough_pixels_of_its_own(ground):
    surface = GROUNDS[ground]
    for side, *spans in zip(surface.window, *[(r.x, r.y) for r in reliefs(surface, LIGHT)], strict=True):
        low, high = spans[-1]
        assert SIDE * (side[1] - side[0]) / (high - low) > 120, "the grid has as many lines"


def test_it_is_made_once():
    assert reliefs(SURFACES["rosenbrock"](), LIGHT) is reliefs(SURFACES["rosenbrock"](), LIGHT)


def brightness(theme, surface, x, y):
    """Luminance at columns x and rows y, which rise, the first row the lowest."""
    shown = pixels(surface, theme, np.asarray(x, float), np.asarray(y, float))
    return luminance(shown[::-1])


@THEMES
def test_the_light_comes_from_the_upper_left(theme):
    """On a hill's and on a bowl's own circle all has one height, and so one tint."""
    for formula, sign in (("x**2 + y**2", -1), ("-x**2 - y**2", 1)):
        surface = Own(formula=formula)
        lit, shaded = (float(brightness(theme, surface, [at], [-at])[0, 0]) for at in (-sign * 1.2, sign * 1.2))
        assert lit > 1.2 * shaded


@THEMES
def test_heights_are_lighter_than_the_floor(theme):
    surface = Own(formula="x**2 + 0*y")
    floor, wall = brightness(theme, surface, [0.0, -2.5], [0.0])[0]
    assert wall > 2 * floor


@THEMES
@pytest.mark.parametrize("kappa", [1.0, 100.0, 1000.0])
def test_a_valley_is_a_relief_however_elongated_it_is(theme, kappa):
    surface = SURFACES["valley"](kappa=kappa)
    (left, right), (bottom, top) = surface.window
    values = brightness(theme, surface, np.linspace(left, right, 60), np.linspace(bottom, top, 60))
    assert np.ptp(np.quantile(values, (0.05, 0.95))) > 0.1


@THEMES
def test_what_has_no_height_has_the_page_s_colour(theme):
    shown = picture(NOWHERE, theme).reshape(-1, 3)
    assert np.abs(shown - rgb(theme.background)).max() <= 1
    half = picture(HOLED, theme)
    assert np.abs(half[:, : SIDE // 2 - 12].astype(int) - rgb(theme.background)).max() <= 12
    assert np.abs(half[:, SIDE // 2 + 12 :].astype(int) - rgb(theme.background)).max() > 12


def test_a_plain_is_plain_and_shows_no_loss():
    [found] = reliefs(GROUNDS["plain"], LIGHT)
    assert found.file.nbytes < PLAIN
    assert len(kinds_of(picture(GROUNDS["plain"], LIGHT))) == 1


def test_pixels_lie_where_their_axes_say():
    """Far to the right is high, and the first row of the picture is the top."""
    surface = Own(formula="exp(x) + exp(y)")
    land = landscape(surface)
    shown = luminance(pixels(surface, LIGHT, land.x[[0, -1]], land.y[[0, -1]]))
    assert shown[1, 0] < min(shown[0, 0], shown[1, 1])
