"""The lines of a map are at round losses, spread evenly, and no line wavers."""

import numpy as np
import pytest

from engine.landscape import BANDS, landscape, surroundings
from engine.levels import GIVE, Levels, levels_of, roundest, written
from surfaces import SURFACES
from surfaces.own import Own
from tests.planes import PLANES

WHOLE = [
    *[SURFACES[slug]() for slug in PLANES],
    Own(formula="7 + 0*x"),
    Own(formula="1e7 + x**2/1e6 + y**2/1e6"),
    Own(formula="log(x)"),
    Own(formula="exp(200*x + 200*y)"),
    Own(formula="sqrt(x) + 0*y", x_low=-9.0, x_high=-1.0),
]


def levels(surface):
    return levels_of(landscape(surface), surroundings(surface))


@pytest.mark.parametrize("surface", WHOLE, ids=str)
def test_levels_rise_and_are_nearly_even(surface):
    found = levels(surface)
    first, last, spacing = landscape(surface).levels(BANDS)
    assert 1 <= found.inside <= BANDS - 1
    assert (np.diff(found.heights) > 0).all()
    assert found.heights[0] == pytest.approx(first, abs=1.01 * GIVE * spacing)
    assert found.heights[found.inside - 1] == pytest.approx(last, abs=1.01 * GIVE * spacing)
    steps = np.diff(found.heights) / spacing
    assert ((steps > 1 - 2.02 * GIVE) & (steps < 1 + 2.02 * GIVE)).all()


@pytest.mark.parametrize("slug", PLANES)
def test_levels_are_round(slug):
    for loss in levels(SURFACES[slug]()).losses:
        assert len(f"{abs(loss):.9e}".split("e")[0].replace(".", "").rstrip("0")) <= 3


@pytest.mark.parametrize("surface", WHOLE, ids=str)
def test_a_level_is_where_its_height_is_and_positions_rise(surface):
    found = levels(surface)
    np.testing.assert_allclose(found.position(found.heights), np.arange(len(found.heights)), atol=1e-9)
    reach = 3 * found.spacing
    heights = np.linspace(found.heights[0] - reach, found.heights[-1] + reach, 5001)
    assert (np.diff(found.position(heights)) > 0).all()
    assert found.position(found.heights[-1:] + reach) == pytest.approx(len(found.heights) - 1 + 3)
    assert np.isnan(found.position(np.array([np.nan]))).all()


def test_a_position_has_no_corner_at_a_level():
    uneven = Levels(np.arange(4.0), np.array([0.0, 0.65, 2.3, 2.95]), 1.0, 4)
    for k in (1, 2):
        below, at, above = uneven.position(uneven.heights[k] + np.array([-1e-4, 0, 1e-4]))
        assert (above - at) / (at - below) == pytest.approx(1, abs=1e-2)


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (-1.0, 2.0, 0.0),
        (0.81, 1.4, 1.0),
        (180_000.0, 260_000.0, 200_000.0),
        (23.1, 28.0, 25.0),
        (9.2, 9.9, 9.5),
        (-63.9, -61.0, -62.0),
        (0.0031, 0.0034, 0.0032),
        (101_234.51, 101_234.59, 101_234.55),
        (3.0, 3.0, 3.0),
        (2.0, np.inf, 2.0),
        (1.1e308, 1.7e308, 1.5e308),
        (1e-300, 2e-300, 1e-300),
    ],
)
def test_the_roundest_number_between_two(low, high, expected):
    assert roundest(low, high) == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize(
    ("loss", "text"),
    [
        (0.0, "0"),
        (1.0, "1"),
        (-3.95, "−3.95"),
        (0.0004, "0.0004"),
        (0.00004, "4×10⁻⁵"),
        (250_000.0, "250,000"),
        (1e6, "10⁶"),
        (-1e6, "−10⁶"),
        (1.2e7, "1.2×10⁷"),
        (3e-12, "3×10⁻¹²"),
    ],
)
def test_a_loss_is_written_as_people_write_it(loss, text):
    assert written(loss) == text


def test_with_one_level_alone_heights_lie_around_it():
    lone = Levels(np.array([3.0]), np.array([1.5]), 0.5, 1)
    np.testing.assert_allclose(lone.position(np.array([1.5, 2.0, 1.0, np.nan])), [0.0, 1.0, -1.0, np.nan])
