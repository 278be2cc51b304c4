"""The sides of a map: what may be one, what it shows unless somebody says otherwise, and its cells."""

import numpy as np
import pytest

from engine.fields import numbers
from engine.scenario import Run, Scenario
from ensembles.axis import Axis, axis_of, checked, plane_axes
from optimizers import OPTIMIZERS
from optimizers.adam import Adam
from schedules import SCHEDULES
from spec.sentences import SentenceError
from surfaces import SURFACES
from surfaces.himmelblau import Himmelblau

SCENES = [
    *(Scenario(Himmelblau(), (1.0, 1.0), 300, (Run(kind(), 0.1),)) for kind in OPTIMIZERS.values()),
    *(Scenario(kind(), (1.0, 1.0), 300, (Run(Adam(), 0.1),)) for kind in SURFACES.values()),
    *(Scenario(Himmelblau(), (1.0, 1.0), 300, (Run(Adam(), 0.1, kind()),)) for kind in SCHEDULES.values()),
]


@pytest.mark.parametrize("scene", SCENES)
def test_every_axis_has_values_that_the_scene_allows(scene):
    for name in plane_axes(scene):
        axis = axis_of(scene, name, count=9)
        field = checked(scene, axis)
        assert 1 < axis.size <= 9
        assert (np.diff(axis.values) > 0).all()
        for value in axis.values.tolist():
            assert field.read(field.replace(scene, field.knob.nearest(value))) == value


def test_the_runs_of_others_are_no_axes():
    scene = Scenario(Himmelblau(), (1.0, 1.0), 300, (Run(Adam(), 0.1), Run(Adam(), 0.1)))
    assert "b.lr" in plane_axes(scene, "b")
    assert "a.lr" not in plane_axes(scene, "b")
    assert set(plane_axes(scene)) <= set(numbers(scene))


def test_cells_are_even_in_the_measure_of_the_knob():
    np.testing.assert_allclose(Axis("x", 0.0, 1.0, 4).values, [0.125, 0.375, 0.625, 0.875])
    np.testing.assert_allclose(Axis("a.lr", 1e-2, 1.0, 2, log=True).values, [10**-1.5, 10**-0.5])
    np.testing.assert_allclose(Axis("a.beta1", 0.0, 0.99, 2, memory=True).values, [1 - 10**-0.5, 1 - 10**-1.5])
    assert Axis("a.warmup", 0, 3, 50, whole=True).values.tolist() == [0, 1, 2, 3]
    np.testing.assert_allclose(Axis("a.lr", 1e-2, 1.0, 2, log=True).edges, [1e-2, 1e-1, 1.0])


@pytest.mark.parametrize(
    ("name", "low", "high"), [("a.lr", 1.0, 1.0), ("a.lr", 2.0, 1.0), ("a.beta1", 0.0, 1.0), ("a.lr", 1e-20, 1.0)]
)
def test_edges_that_cannot_be_are_refused_in_one_sentence(name, low, high):
    with pytest.raises(SentenceError, match=name):
        axis_of(SCENES[0], name, low, high) if name == "a.lr" else axis_of(SCENES[-1], name, low, high)


def test_what_is_no_number_is_no_axis():
    with pytest.raises(SentenceError, match="is not a number of this scene"):
        axis_of(SCENES[0], "surface")
