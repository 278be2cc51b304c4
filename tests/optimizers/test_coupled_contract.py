"""What every rule keeps that sees both axes at once, whichever it is."""

import math
from typing import get_args

import numpy as np
import pytest

from engine.scale import coupled_move
from optimizers import OPTIMIZERS
from optimizers.base import Coupled, Seen, Sight
from spec.knobs import knobs_of
from tests.optimizers.knob_cases import ends_of, every_knob_of
from xp.functions import ARRAYS, FLOATS

COUPLED = {slug: kind for slug, kind in OPTIMIZERS.items() if issubclass(kind, Coupled)}
every_rule = pytest.mark.parametrize("kind", COUPLED.values(), ids=list(COUPLED))
every_knob = every_knob_of(COUPLED)

STRANGE = [0.0, -0.0, 5e-324, 1e-200, 1e150, 1e300, math.inf, -math.inf, math.nan]


def seen_at(steps, size=1.0, shape=()):
    """Return what a rule sees at some points of a bowl: gradients, losses and Hessians, times `size`."""
    rng = np.random.default_rng(0)
    for _ in range(steps):
        g = size * rng.normal(0.3, 1.0, (2, *shape)) * np.exp(rng.normal(0.0, 1.5, (2, *shape)))
        h = size * np.array([3.0, 1.0, 2.0])
        looks = [float(v) for v in (size, *h)] if not shape else [np.full(shape, v) for v in (size, *h)]
        pair = tuple(map(float, g)) if not shape else tuple(g)
        yield Seen(pair, looks[0], tuple(looks[1:]))


def feed(rule, seen, xp, zero=0.0, lr=0.1):
    """Return what the rule fed with all that is seen moves at each update, (n, 2, ...)."""
    state, moves = rule.init(zero), []
    for t, here in enumerate(seen):
        m, matrix, state = rule.update(here, state, t, lr, xp)
        with np.errstate(all="ignore"):
            moves.append(np.broadcast_arrays(*coupled_move((zero, zero), m, matrix, lr, 0.0, xp), zero)[:2])
    return np.array(moves)


@every_rule
def test_it_says_what_it_sees(kind):
    assert set(kind.sees) <= set(get_args(Sight))
    (here,) = seen_at(1)
    for sight in kind.sees:
        with pytest.raises(TypeError):
            kind().update(here._replace(**{sight: None}), kind().init(0.0), 0, 0.1, FLOATS)


@every_rule
@pytest.mark.parametrize("zero", [0.0, np.zeros(3)], ids=["float", "array"])
def test_the_state_is_a_named_tuple_of_scalars(kind, zero):
    rule, xp, (here,) = kind(), FLOATS if isinstance(zero, float) else ARRAYS, seen_at(1, shape=np.shape(zero))
    before = rule.init(zero)
    _, _, after = rule.update(here, before, 0, 0.1, xp)
    for state in (before, after):
        assert type(state).__annotations__.keys() == set(state._fields)
        assert all(np.shape(value) == np.shape(zero) for value in state)
        assert all(isinstance(value, type(zero)) for value in state)


@every_rule
def test_floats_and_arrays_move_the_same(kind):
    together = feed(kind(), seen_at(100, shape=(1,)), ARRAYS, np.zeros(1))[..., 0]
    np.testing.assert_allclose(together, feed(kind(), seen_at(100), FLOATS), rtol=1e-9, atol=1e-12)


@every_knob
def test_the_whole_range_is_allowed(kind, name):
    for value in ends_of(knobs_of(kind)[name]):
        rule = kind(**{name: value})
        assert getattr(rule, name) == value
        assert not np.isnan(feed(rule, seen_at(20), FLOATS)).any()


@every_rule
@pytest.mark.parametrize("strange", STRANGE, ids=str)
def test_any_gradient_passes_through_without_an_exception(kind, strange):
    (here,) = seen_at(1)
    seen = [here, here._replace(g=(strange, 1.0)), here._replace(g=(1.0, strange)), here._replace(g=(strange, strange))]
    feed(kind(), [*seen, here, here], FLOATS)
    arrays = [
        Seen(tuple(np.array([v]) for v in s.g), np.array([s.loss]), tuple(np.array([v]) for v in s.hessian))
        for s in seen
    ]
    with np.errstate(all="ignore"):
        feed(kind(), arrays, ARRAYS, np.zeros(1))


@every_rule
def test_nan_is_never_hidden(kind):
    one, two = seen_at(2)
    moves = feed(kind(), [one, two._replace(g=(math.nan, math.nan))], FLOATS)
    assert np.isnan(moves[-1]).all()


@every_rule
def test_without_a_gradient_nothing_moves(kind):
    (here,) = seen_at(1)
    assert (feed(kind(), [here._replace(g=(0.0, 0.0))] * 50, FLOATS) == 0.0).all()


@pytest.mark.parametrize("slug", [slug for slug, kind in COUPLED.items() if kind.step_unit in ("gradient", "distance")])
def test_the_step_unit_is_what_the_learning_rate_measures(slug):
    """A loss a million times as large makes steps as much larger, or leaves them as they are."""
    kind = COUPLED[slug]
    steps, larger = (feed(kind(), seen_at(60, size), FLOATS) for size in (1e4, 1e10))
    factor = {"gradient": 1e6, "distance": 1.0}[kind.step_unit]
    np.testing.assert_allclose(larger, factor * steps, rtol=1e-4, atol=1e-6 * factor)


@every_rule
def test_weight_decay_is_left_to_the_engine(kind):
    if "weight_decay" not in knobs_of(kind):
        assert kind().weight_decay == 0.0
        return
    with_and_without = [feed(kind(weight_decay=share), seen_at(30), FLOATS) for share in (0.5, 0.0)]
    np.testing.assert_array_equal(*with_and_without)
