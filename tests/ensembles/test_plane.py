"""A plane of two numbers: each cell is the recorded run of its scene."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.fields import numbers
from engine.scenario import Run, Scenario
from ensembles import ensemble
from ensembles.axis import Axis, axis_of, field_of, plane_axes
from ensembles.columns import Column
from ensembles.how import How
from ensembles.pieces import pieces_of
from ensembles.plane import equalised, plane, scene_at
from optimizers import OPTIMIZERS
from optimizers.adam import Adam
from optimizers.gradient_descent import GradientDescent
from schedules import SCHEDULES
from schedules.base import WarmUp
from spec.sentences import SentenceError
from surfaces import SURFACES
from surfaces.himmelblau import Himmelblau
from surfaces.rosenbrock import Rosenbrock
from tests.ensembles.agreement import disagreements

SCENE = Scenario(Himmelblau(), (2.0, 2.0), 100, (Run(Adam(), 0.1),))
RATES, BETAS = Axis("a.lr", 1e-3, 10.0, 4, log=True), Axis("a.beta1", 0.0, 0.99, 3, memory=True)


def test_a_cell_is_the_recorded_run_of_its_scene():
    assert not list(disagreements(plane(SCENE, RATES, BETAS, goal=1.0), SCENE))


KNOBS = [
    (slug, name)
    for slug, kind in OPTIMIZERS.items()
    for name in plane_axes(Scenario(Himmelblau(), (2.0, 2.0), 100, (Run(kind(), 0.1),)))
    if name != "a.lr" and (slug == "adam" or name not in ("x", "y", "steps", "noise", "a.warmup", "a.warmup.start"))
]


@pytest.mark.parametrize(("slug", "name"), KNOBS)
def test_every_knob_of_every_rule_may_be_an_axis(slug, name):
    scene = Scenario(Himmelblau(), (2.0, 2.0), 100, (Run(OPTIMIZERS[slug](), 0.1),))
    found = plane(scene, axis_of(scene, name, count=5), Axis("a.lr", 1e-3, 3.0, 4, log=True), goal=1.0)
    assert not list(disagreements(found, scene))


SURFACE_KNOBS = [
    (slug, name)
    for slug, kind in SURFACES.items()
    for name in plane_axes(Scenario(kind(), kind().start, 60, (Run(Adam(), 0.1),)))
    if name.startswith("surface.")
]


@pytest.mark.parametrize(("slug", "name"), SURFACE_KNOBS)
def test_every_knob_of_every_surface_may_be_an_axis(slug, name):
    surface = SURFACES[slug]()
    scene = Scenario(surface, surface.start, 60, (Run(GradientDescent(), 0.01),))
    found = plane(scene, axis_of(scene, name, count=4), Axis("a.lr", 1e-4, 0.3, 3, log=True), goal=1.0)
    assert not list(disagreements(found, scene))


@pytest.mark.parametrize("slug", SCHEDULES)
def test_every_knob_of_every_schedule_may_be_an_axis(slug):
    scene = Scenario(Himmelblau(), (2.0, 2.0), 60, (Run(Adam(), 0.1, SCHEDULES[slug](), WarmUp(steps=5)),))
    names = [name for name in plane_axes(scene) if ".sched." in name or ".warmup" in name]
    for name, other in zip(names, ["a.eps", *names], strict=False):
        found = plane(scene, axis_of(scene, name, count=4), axis_of(scene, other, count=3), goal=1.0)
        assert not list(disagreements(found, scene))


@st.composite
def planes(draw):
    surface = SURFACES[draw(st.sampled_from([slug for slug in SURFACES if slug != "own"]))]()
    run = Run(OPTIMIZERS[draw(st.sampled_from(list(OPTIMIZERS)))](), 10 ** draw(st.floats(-4, 0)))
    scene = Scenario(surface, surface.start, draw(st.integers(1, 80)), (run,))
    x, y = draw(st.lists(st.sampled_from(plane_axes(scene)), min_size=2, max_size=2, unique=True))
    return scene, axis_of(scene, x, count=3), axis_of(scene, y, count=2)


@settings(max_examples=80, deadline=None)
@given(planes())
def test_any_plane_is_made_of_recorded_runs(made):
    scene, x, y = made
    assert not list(disagreements(plane(scene, x, y, goal=1.0), scene))


def test_a_rule_that_decides_by_a_knob_goes_in_as_few_pieces_as_it_has_ways():
    scene = Scenario(Himmelblau(), (2.0, 2.0), 30, (Run(OPTIMIZERS["radam"](), 0.01),))
    x, y = axis_of(scene, "a.beta2", count=40), axis_of(scene, "a.lr", count=5)
    column = Column.of(field_of(scene, "a.beta2"), np.tile(x.values, y.size))
    (whole,) = pieces_of(scene, 0, np.tile((2.0, 2.0), (len(column.places), 1)), [column])
    assert 1 < len(list(whole.blocks(How(), lambda _: None))) < 10


def test_the_size_of_blocks_changes_no_more_than_rounding(monkeypatch):
    whole = plane(SCENE, RATES, BETAS, goal=1.0)
    monkeypatch.setattr(ensemble, "BLOCK", 5)
    cut = plane(SCENE, RATES, BETAS, goal=1.0)
    np.testing.assert_allclose(cut.loss, whole.loss, rtol=1e-9)
    np.testing.assert_array_equal(cut.ending, whole.ending)


def test_progress_rises_and_may_abandon_the_work():
    seen = []
    plane(SCENE, RATES, BETAS, progress=seen.append)
    assert seen == sorted(seen)
    assert 0.0 < seen[-1] <= 1.0

    def abandon(_):
        raise InterruptedError

    with pytest.raises(InterruptedError):
        plane(SCENE, RATES, BETAS, progress=abandon)


def test_the_scene_of_a_cell_has_its_two_values():
    scene = scene_at(SCENE, RATES, BETAS, 2, 1)
    table = numbers(scene)
    assert table["a.lr"].read(scene) == RATES.values[1]
    assert table["a.beta1"].read(scene) == BETAS.values[2]


def test_without_watching_only_the_end_is_known():
    found = plane(SCENE, RATES, BETAS, watch=False)
    assert found.best is None
    assert found.to_goal is None
    assert found.trainability is None


def test_a_lost_run_has_no_loss():
    scene = Scenario(Rosenbrock(), (-1.2, 1.0), 50, (Run(GradientDescent(), 1.0),))
    found = plane(scene, Axis("a.lr", 1.0, 2.0, 2), Axis("y", 0.0, 2.0, 2))
    assert np.isposinf(found.loss).all()
    assert (found.trainability > 0).all()


@pytest.mark.parametrize(
    ("x", "y", "run"), [("a.lr", "a.lr", "a"), ("a.lr", "x", "b"), ("b.lr", "x", "a"), ("surface", "x", "a")]
)
def test_what_makes_no_plane_is_said_before_anything_runs(x, y, run):
    with pytest.raises(SentenceError):
        plane(SCENE, Axis(x, 0.1, 1.0, 2), Axis(y, 0.1, 1.0, 2), run=run)


def test_ranks_fill_each_sign():
    ranks = equalised(np.array([[-5.0, -1.0, np.nan], [2.0, 2.0, 8.0]]))
    np.testing.assert_allclose(ranks, [[-1.0, -0.5, np.nan], [2 / 3, 2 / 3, 1.0]])


def test_ranges_of_one_value_are_refused():
    with pytest.raises(SentenceError):
        axis_of(SCENE, "a.lr", 1.0, 1.0)
