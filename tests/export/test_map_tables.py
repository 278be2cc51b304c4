"""The numbers of a map come back as they were, without a pickle."""

import io
import json

import numpy as np

from engine.trajectory import ENDINGS
from engine.url import decode
from ensembles.axis import axis_of
from ensembles.basins import basins
from ensembles.plane import plane
from export.map_tables import map_npz

SCENE, _ = decode({"v": "1", "surface": "himmelblau", "steps": "60", "a": "gd", "a.lr": "0.01"})


def opened(data):
    return np.load(io.BytesIO(data), allow_pickle=False)


def test_a_plane_comes_back_with_its_sides():
    x, y = axis_of(SCENE, "a.lr", count=5), axis_of(SCENE, "x", count=4)
    made = plane(SCENE, x, y, goal=1.0)
    with opened(map_npz(SCENE, {"a": made}, (x, y), "http://here/maps")) as numbers:
        np.testing.assert_array_equal(numbers["x"], x.values)
        np.testing.assert_array_equal(numbers["a.loss"], made.loss)
        np.testing.assert_array_equal(numbers["a.to_goal"], made.to_goal)
        about = json.loads(str(numbers["about"]))
    assert (about["x"], about["y"], about["link"]) == ("a.lr", "x", "http://here/maps")
    assert [about["endings"][str(k)] for k in range(len(ENDINGS))] == list(ENDINGS)
    assert decode(about["address"])[0] == SCENE


def test_basins_come_back_with_their_places():
    x, y = axis_of(SCENE, "x", count=6), axis_of(SCENE, "y", count=7)
    made = basins(SCENE, "a", (x.low, x.high, y.low, y.high), 6, 7)
    with opened(map_npz(SCENE, {"b": made}, (x, y), "")) as numbers:
        np.testing.assert_array_equal(numbers["b.where"], made.where)
        np.testing.assert_array_equal(numbers["b.places"], made.places)
        assert numbers["b.ends"].shape == (7, 6, 2)
