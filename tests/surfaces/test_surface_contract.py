"""What every entry of the catalogue of surfaces keeps, whichever it is and wherever its knobs stand."""

import copy
import pickle

import numpy as np
import pytest

from spec.knobs import Number, knobs_of
from surfaces import SURFACES

every_surface = pytest.mark.parametrize("kind", SURFACES.values(), ids=list(SURFACES))


def settings_of(kind):
    """Return the default surface and one surface for each end of each number that shapes the loss."""
    names = {symbol.name for symbol in kind().expression.free_symbols} & set(knobs_of(kind))
    ends = [{name: end} for name in sorted(names) for end in (knobs_of(kind)[name].low, knobs_of(kind)[name].high)]
    return [{}, *ends]


every_setting = pytest.mark.parametrize(
    "surface",
    [
        pytest.param(kind(**setting), id=f"{slug}-{'-'.join(f'{k}={v:g}' for k, v in setting.items()) or 'default'}")
        for slug, kind in SURFACES.items()
        for setting in settings_of(kind)
    ],
)


def points_in(surface, count=40):
    """Return x and y of random points of the window, of shape (count,) each."""
    rng = np.random.default_rng(0)
    return [rng.uniform(low, high, count) for low, high in surface.window]


def steps_of(surface):
    """Return the steps of a central difference in x and in y."""
    return [1e-6 * (high - low) for low, high in surface.window]


@every_surface
def test_the_formula_is_the_losses(kind):
    assert kind.latex.startswith("L(")


def test_the_menu_is_in_alphabetical_order():
    titles = [kind.title for kind in SURFACES.values()]
    assert titles == sorted(titles)


@every_surface
def test_start_and_critical_points_lie_in_the_window(kind):
    surface = kind()
    (x_low, x_high), (y_low, y_high) = surface.window
    assert x_low < x_high
    assert y_low < y_high
    for x, y in [surface.start, *((p.x, p.y) for p in surface.critical_points)]:
        assert x_low <= x <= x_high
        assert y_low <= y <= y_high


@every_surface
def test_a_run_can_leave_the_start(kind):
    surface = kind()
    assert np.linalg.norm(surface.gradient(*surface.start)) > 1e-6


@every_setting
def test_floats_and_arrays_agree_to_rounding(surface):
    x, y = points_in(surface)
    floats = [(surface.value(a, b), *surface.gradient(a, b)) for a, b in zip(x.tolist(), y.tolist(), strict=True)]
    arrays = np.array([surface.value_array(x, y), *surface.gradient_array(x, y)])
    np.testing.assert_allclose(arrays.T, floats, rtol=1e-12, atol=1e-13 * np.abs(arrays).max())


@every_setting
def test_the_gradient_is_the_slope_of_the_value(surface):
    x, y = points_in(surface)
    h, k = steps_of(surface)
    value = surface.value_array
    slopes = (value(x + h, y) - value(x - h, y)) / (2 * h), (value(x, y + k) - value(x, y - k)) / (2 * k)
    rounding = 1e-15 * np.abs(value(x, y)).max() / min(h, k)
    gradient = surface.gradient_array(x, y)
    np.testing.assert_allclose(slopes, gradient, rtol=1e-6, atol=1e-8 * np.abs(gradient).max() + rounding)


@every_setting
def test_the_hessian_is_the_slope_of_the_gradient(surface):
    x, y = points_in(surface)
    h, k = steps_of(surface)
    gradient = surface.gradient_array
    in_x = (np.array(gradient(x + h, y)) - gradient(x - h, y)) / (2 * h)
    in_y = (np.array(gradient(x, y + k)) - gradient(x, y - k)) / (2 * k)
    rounding = 1e-15 * np.abs(gradient(x, y)).max() / min(h, k)
    h_xx, h_xy, h_yy = surface.hessian_array(x, y)
    tolerance = {"rtol": 1e-6, "atol": 1e-8 * np.abs([h_xx, h_xy, h_yy]).max() + rounding}
    np.testing.assert_allclose(in_x, (h_xx, h_xy), **tolerance)
    if surface.dimension == 1:
        assert (h_xy == 0.0).all()
        assert (h_yy == 1.0).all()
    else:
        np.testing.assert_allclose(in_y, (h_xy, h_yy), **tolerance)


@every_setting
def test_the_known_points_hold_wherever_the_knobs_stand(surface):
    x, y = points_in(surface)
    scale = np.abs(surface.gradient_array(x, y)).max()
    for point in surface.critical_points:
        np.testing.assert_allclose(surface.gradient(point.x, point.y), 0, atol=1e-14 * scale)
        assert surface.value(point.x, point.y) == pytest.approx(point.loss, rel=1e-10, abs=1e-14 * scale)


@every_surface
def test_arrays_of_any_shape_broadcast(kind):
    surface = kind()
    x, y = np.linspace(0.3, 0.7, 3)[:, None], np.linspace(0.4, 0.6, 4)
    for array in (surface.value_array(x, y), *surface.gradient_array(x, y), *surface.hessian_array(x, y)):
        assert array.shape == (3, 4)
        assert array.dtype == float
    for number in (surface.value_array(0.3, 0.4), *surface.gradient_array(0.3, 0.4)):
        assert number.shape == ()


@every_surface
def test_nan_and_infinity_pass_without_a_warning(kind):
    surface = kind()
    x, y = np.array([np.nan, np.inf, -np.inf, 1e200, 0.5]), np.array([0.5, np.inf, 1e200, -1e200, np.nan])
    value = surface.value_array(x, y)
    assert np.isnan(value[[0, 4][: surface.dimension]]).all()
    for array in (*surface.gradient_array(x, y), *surface.hessian_array(x, y)):
        assert array.shape == (5,)


@every_surface
def test_a_used_surface_can_be_compared_hashed_copied_and_pickled(kind):
    surface = kind()
    surface.gradient_array(0.5, 0.5)
    for twin in (kind(), copy.copy(surface), copy.deepcopy(surface), pickle.loads(pickle.dumps(surface))):
        assert twin == surface
        assert hash(twin) == hash(surface)
        assert twin.value(0.5, 0.25) == surface.value(0.5, 0.25)


@every_surface
def test_a_slider_does_not_compile_again(kind):
    for name, declared in knobs_of(kind).items():
        if isinstance(declared, Number):
            low, high = kind(**{name: declared.low}), kind(**{name: declared.high})
            assert low.gradient.__code__ is high.gradient.__code__


@every_surface
def test_the_formula_holds_nothing_but_the_parameters_and_the_knobs(kind):
    names = {symbol.name for symbol in kind().expression.free_symbols}
    assert names - {"x", "y"} <= set(knobs_of(kind))
