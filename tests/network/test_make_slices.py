"""The slices that are shipped are those of the networks that they say."""

import numpy as np
import pytest

from network.make_slices import AT_THE_EDGE, DEEPER, POINTS, SLICES, measured
from surfaces import SURFACES
from surfaces.measured.grid import grid_of


@pytest.mark.parametrize("name", SLICES)
def test_a_slice_is_made_again(name):
    plane, made = measured(name)
    shipped = grid_of(name)
    assert shipped.loss.shape == (POINTS, POINTS)
    for key, side in (("x", shipped.x), ("y", shipped.y)):
        assert (made[key][0], made[key][-1], len(made[key])) == side
    np.testing.assert_allclose(made["loss"], shipped.loss, rtol=0.02)
    if name == "path":
        assert plane.share == pytest.approx(0.98, abs=0.005), "98%, as the surface says"
        start = plane.place(AT_THE_EDGE.network.start(0)[None])[0]
        assert SURFACES["slice-path"]().start == pytest.approx(start, abs=0.02)


def test_the_slices_say_how_large_their_networks_are():
    assert "2,410 parameters" in SURFACES["slice-path"].__doc__
    assert "3,466 parameters" in SURFACES["slice-random"].__doc__
    assert (AT_THE_EDGE.network.size, DEEPER.network.size) == (2410, 3466)
