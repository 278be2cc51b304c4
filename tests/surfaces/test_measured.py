"""Surfaces that are measured on a grid: the spline through it, its edges and holes, and what is shipped."""

import copy
import math
import pickle

import numpy as np
import pytest

from engine.landscape import landscape, surroundings
from engine.scenario import Run, Scenario
from engine.simulate import simulate_run
from engine.suggest import suggest_learning_rate
from ensembles.ensemble import run_ensemble
from optimizers.adam import Adam
from optimizers.gradient_descent import GradientDescent
from surfaces import SURFACES
from surfaces.measured import Measured, measured_surface
from surfaces.measured.spline import slopes_of

SHIPPED = {slug: kind for slug, kind in SURFACES.items() if issubclass(kind, Measured) and kind.name}
AXES = ("x", "y")


def grid(columns=41, rows=31):
    return np.linspace(-2.0, 3.0, columns), np.linspace(-1.0, 1.5, rows)


def wavy(x, y):
    return np.exp(np.sin(x) * y + 0.3 * x * x) + 0.1


def measured(formula, columns=41, rows=31, **more):
    x, y = grid(columns, rows)
    return measured_surface(x, y, formula(*np.meshgrid(x, y)), AXES, **more)


def points(count=300):
    return np.random.default_rng(0).uniform((-2.0, -1.0), (3.0, 1.5), (count, 2)).T


def test_a_cubic_is_its_own_spline():
    def cubic(x, y):
        return x**3 * y**2 - 4.0 * x * y**3 + 2.0 * y - 1.0

    surface, (x, y) = measured(cubic, 9, 5), points()
    np.testing.assert_allclose(surface.value_array(x, y), cubic(x, y), atol=1e-12)
    slopes = 3.0 * x**2 * y**2 - 4.0 * y**3, 2.0 * x**3 * y - 12.0 * x * y**2 + 2.0
    np.testing.assert_allclose(surface.gradient_array(x, y), slopes, atol=1e-10)
    bends = 6.0 * x * y**2, 6.0 * x**2 * y - 12.0 * y**2, 2.0 * x**3 - 24.0 * x * y
    np.testing.assert_allclose(surface.hessian_array(x, y), bends, atol=1e-9)


def test_slopes_are_those_of_a_cubic():
    x = np.arange(7.0)
    np.testing.assert_allclose(slopes_of((x**3 - 2 * x)[:, None])[:, 0], 3 * x**2 - 2, atol=1e-11)


def test_the_spline_goes_through_what_was_measured():
    surface, (x, y) = measured(wavy), grid()
    np.testing.assert_allclose(surface.value_array(*np.meshgrid(x, y)), wavy(*np.meshgrid(x, y)), rtol=1e-13)


def test_a_finer_grid_is_closer_by_the_fourth_power():
    x, y = points()
    coarse, fine = (np.abs(measured(wavy, n, n).value_array(x, y) - wavy(x, y)).max() for n in (21, 41))
    assert 10.0 < coarse / fine < 40.0


def test_value_gradient_and_curvature_have_no_jump_between_cells():
    surface, inner = measured(wavy), grid()[0][5:-5]
    elsewhere = np.full_like(inner, 0.123)
    for function in (surface.value_array, surface.gradient_array, surface.hessian_array):
        before, after = (np.array(function(inner + d, elsewhere)) for d in (-1e-9, 1e-9))
        np.testing.assert_allclose(before, after, atol=1e-6 * np.abs(before).max())


def test_of_positive_losses_the_logarithm_is_smooth_and_none_is_negative():
    steep = measured(lambda x, y: np.exp(6.0 * x - 8.0 * np.abs(y)), 11, 11)
    assert (steep.value_array(*points()) > 0.0).all()
    through_zero = measured(lambda x, y: x + y)
    assert through_zero.value(0.3, -0.2) == pytest.approx(0.1, abs=1e-12)


@pytest.mark.parametrize("at", [(-2.0 - 1e-9, 0.0), (3.0 + 1e-9, 0.0), (0.0, -1.1), (0.0, 1e300), (math.nan, 0.0)])
def test_beyond_the_grid_nothing_was_measured(at):
    surface = measured(wavy)
    assert math.isnan(surface.value(*at))
    assert all(map(math.isnan, surface.gradient(*at)))
    assert np.isnan([surface.value_array(*at), *surface.gradient_array(*at), *surface.hessian_array(*at)]).all()


@pytest.mark.parametrize("at", [(-2.0, -1.0), (3.0, 1.5), (-2.0, 1.5), (3.0, 0.2)])
def test_the_edge_was_measured(at):
    surface = measured(wavy)
    assert surface.value(*at) == pytest.approx(wavy(*at), rel=1e-3)
    assert np.isfinite(surface.gradient(*at)).all()


def test_what_is_not_finite_is_a_hole_and_the_rest_is_nearly_as_it_was():
    x, y = grid()
    loss = wavy(*np.meshgrid(x, y))
    loss[10, 20], loss[25:, :] = np.nan, np.inf
    surface, whole = measured_surface(x, y, loss, AXES), measured(wavy)
    for a, b in ((0.5, 0.5), (-0.5, -0.5)):
        assert math.isnan(surface.value(x[20] + a * (x[1] - x[0]), y[10] + b * (y[1] - y[0])))
    assert math.isnan(surface.value(0.0, y[24] + 0.01))
    across, along = points()
    seen = surface.value_array(across, along)
    kept = np.isfinite(seen)
    assert 0.7 < kept.mean() < 0.85
    np.testing.assert_allclose(seen[kept], whole.value_array(across, along)[kept], rtol=0.05)
    assert np.isnan(measured_surface(x, y, np.full_like(loss, np.nan), AXES).value_array(across, along)).all()


def test_two_of_the_same_losses_are_one():
    one, other = measured(wavy), measured(wavy)
    assert one == other
    assert hash(one) == hash(other)
    assert landscape(one) is landscape(other)
    for twin in (copy.copy(one), copy.deepcopy(one), pickle.loads(pickle.dumps(one))):
        assert twin == one
        assert twin.gradient(0.3, 0.4) == one.gradient(0.3, 0.4)
    for differs in (measured(np.hypot), measured(wavy, 40), measured(wavy, window=((-1.0, 1.0), (-1.0, 1.0)))):
        assert differs != one


def test_a_slice_says_its_axes_window_and_start():
    surface = measured(wavy)
    assert surface.axes == AXES
    assert surface.window == ((-2.0, 3.0), (-1.0, 1.5))
    assert surface.start == (3.0, 1.5), "the highest point"
    part = measured(wavy, window=((-1.0, 2.0), (0.0, 1.0)), start=(1.0, 0.5))
    assert (part.window, part.start) == (((-1.0, 2.0), (0.0, 1.0)), (1.0, 0.5))
    assert np.isfinite(landscape(part).loss).all()
    assert np.isnan(surroundings(surface).loss).any()


@pytest.mark.parametrize(
    ("x", "y", "shape"),
    [
        ([0, 1, 2, 4], [0, 1, 2, 3], (4, 4)),
        ([0, 1, 2], [0, 1, 2, 3], (4, 3)),
        ([3, 2, 1, 0], [0, 1, 2, 3], (4, 4)),
        ([0, 1, 2, 3], [0, 1, 2, 3], (4, 5)),
    ],
)
def test_what_is_no_even_grid_is_refused(x, y, shape):
    with pytest.raises(ValueError, match=r"along each side|rising"):
        measured_surface(np.array(x, float), np.array(y, float), np.ones(shape), AXES)


def test_a_run_that_leaves_has_left_what_was_measured():
    surface = measured(lambda x, y: 10.0 - x - 0.1 * y)
    run = Run(GradientDescent(), 0.5)
    outcome = simulate_run(Scenario(surface, (0.0, 0.0), 50, (run,)), run).outcome
    assert (outcome.ending, outcome.update) == ("undefined", 7)
    assert "where the loss is undefined" in str(outcome.sentence)
    many = run_ensemble(surface, run, [(0.0, 0.0), (2.9, 0.0)], 50)
    assert many.diverged.all()


@pytest.mark.parametrize("slug", SHIPPED)
def test_what_is_shipped_was_measured_everywhere_and_can_be_gone_down(slug):
    surface = SHIPPED[slug]()
    grid = surface.measurements
    assert isinstance(surface, Measured)
    assert (grid.loss.shape, grid.is_log) == ((61, 61), True)
    assert np.isfinite(grid.loss).all()
    for rule in (GradientDescent(), Adam()):
        run = Run(rule, suggest_learning_rate(surface, surface.start, rule))
        trajectory = simulate_run(Scenario(surface, surface.start, 500, (run,)), run)
        assert trajectory.outcome.ending in ("converged", "moving")
        assert trajectory.loss[-1] < 1.01 * landscape(surface).low


def test_three_slices_are_shipped():
    assert list(SHIPPED) == ["slice-gradient", "slice-path", "slice-random"]
