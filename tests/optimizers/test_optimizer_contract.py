"""What every entry of the catalogue of optimizers keeps, whichever it is."""

import math
from typing import get_args

import numpy as np
import pytest

from optimizers import OPTIMIZERS
from optimizers.base import Convention, Coupled, PerAxis, StepUnit
from spec.knobs import knobs_of
from tests.optimizers.knob_cases import ends_of, every_knob_of
from xp.functions import ARRAYS, FLOATS

PER_AXIS = {slug: kind for slug, kind in OPTIMIZERS.items() if issubclass(kind, PerAxis)}
every_rule = pytest.mark.parametrize("kind", OPTIMIZERS.values(), ids=list(OPTIMIZERS))
every_optimizer = pytest.mark.parametrize("kind", PER_AXIS.values(), ids=list(PER_AXIS))
every_knob = every_knob_of(PER_AXIS)

EVEN_STRANGE = [1.0, -0.0, 1e300, -1e300, 5e-324, math.inf, -math.inf, math.nan, 1.0, 0.0, -1.0]


def gradients(steps):
    """Return gradients of both signs and of many sizes, of shape (steps, 4)."""
    rng = np.random.default_rng(0)
    return rng.normal(0.3, 1.0, (steps, 4)) * np.exp(rng.normal(0.0, 2.0, (steps, 4)))


def feed(optimizer, grads, xp, zero=0.0, lr=0.1):
    """Return [(m, sigma), ...] of the rule fed with `grads`."""
    state, answers = optimizer.init(zero), []
    for t, g in enumerate(grads):
        m, sigma, state = optimizer.update(g, state, t, lr, xp)
        answers.append((m, sigma))
    return answers


def feed_arrays(optimizer, grads):
    with np.errstate(all="ignore"):
        answers = feed(optimizer, grads, ARRAYS, np.zeros(np.shape(grads)[1:]))
    return np.array([np.broadcast_arrays(m, sigma, np.empty(np.shape(grads)[1:]))[:2] for m, sigma in answers])


@every_rule
def test_the_step_unit_is_declared(kind):
    assert issubclass(kind, PerAxis) != issubclass(kind, Coupled)
    assert kind.step_unit in get_args(StepUnit)
    assert (kind.unit_changes_at > 0) == (kind.step_unit == "both")


@every_knob
def test_the_whole_range_is_allowed(kind, name):
    for value in ends_of(knobs_of(kind)[name]):
        optimizer = kind(**{name: value})
        assert getattr(optimizer, name) == value
        answers = np.array(feed(optimizer, gradients(20)[:, 0].tolist(), FLOATS))
        assert not np.isnan(answers).any()


@every_optimizer
@pytest.mark.parametrize("zero", [0.0, np.zeros((2, 3))], ids=["float", "array"])
def test_the_state_is_a_named_tuple_of_scalars(kind, zero):
    optimizer, xp = kind(), FLOATS if isinstance(zero, float) else ARRAYS
    before = optimizer.init(zero)
    _, _, after = optimizer.update(zero + 1.0, before, 0, 0.1, xp)
    for state in (before, after):
        assert isinstance(state, tuple)
        assert type(state).__annotations__.keys() == set(state._fields)
        assert all(np.shape(value) == np.shape(zero) for value in state)
        assert all(isinstance(value, type(zero)) for value in state)


@every_optimizer
def test_an_update_changes_nothing_it_is_given(kind):
    optimizer = kind()
    g = np.array([1.0, -2.0])
    _, _, state = optimizer.update(g, optimizer.init(np.zeros(2)), 0, 0.1, ARRAYS)
    copies = [value.copy() for value in state]
    first = optimizer.update(g, state, 1, 0.1, ARRAYS)
    second = optimizer.update(g, state, 1, 0.1, ARRAYS)
    np.testing.assert_array_equal(g, [1.0, -2.0])
    for value, copy in zip(state, copies, strict=True):
        np.testing.assert_array_equal(value, copy)
    np.testing.assert_array_equal(first[0], second[0])
    np.testing.assert_array_equal(first[1], second[1])


@every_optimizer
def test_floats_and_arrays_give_the_same(kind):
    grads = gradients(200)
    on_arrays = feed_arrays(kind(), grads)
    for column in range(4):
        on_floats = np.array(feed(kind(), grads[:, column].tolist(), FLOATS))
        np.testing.assert_allclose(on_arrays[:, :, column], on_floats, rtol=1e-12)


@every_optimizer
@pytest.mark.parametrize("strange", EVEN_STRANGE, ids=str)
def test_any_gradient_passes_through_without_an_exception(kind, strange):
    grads = [0.5, strange, *EVEN_STRANGE]
    answers = np.array(feed(kind(), grads, FLOATS))
    np.testing.assert_allclose(feed_arrays(kind(), np.array(grads)), answers, rtol=1e-12)


@every_optimizer
def test_nan_is_never_hidden(kind):
    m, sigma = feed(kind(), [0.5, math.nan], FLOATS)[-1]
    assert math.isnan(m / sigma)


@every_optimizer
def test_an_axis_without_gradient_rests(kind):
    answers = np.array(feed(kind(), [0.0] * 50, FLOATS))
    assert (answers[:, 0] == 0.0).all()
    assert (answers[:, 1] >= 0.0).all()


@pytest.mark.parametrize("slug", [slug for slug, kind in PER_AXIS.items() if kind.step_unit not in ("either", "free")])
def test_the_step_unit_is_what_the_learning_rate_measures(slug):
    """Gradients a million times as large make steps as much larger, or leave them as they are."""
    kind, grads = OPTIMIZERS[slug], 1e5 * gradients(100)[:, 0]
    m, sigma = np.array(feed(kind(), grads.tolist(), FLOATS)).T
    larger_m, larger_sigma = np.array(feed(kind(), (1e6 * grads).tolist(), FLOATS)).T
    by_update = np.where(np.arange(100) < kind.unit_changes_at, 1e6, 1.0)
    expected = {"gradient": 1e6, "distance": 1.0, "both": by_update}
    np.testing.assert_allclose(larger_m / larger_sigma, expected[kind.step_unit] * m / sigma, rtol=1e-5)


def grows(optimizer, sharpness):
    """Return whether theta grows on a quadratic of this preconditioned sharpness, when all averages have settled."""
    theta, state, late = 1.0, optimizer.init(0.0), 10**7
    state = optimizer.update(0.0, state, 0, 1.0, FLOATS)[2]
    sizes = []
    for t in range(late, late + 4000):
        ahead = sum(optimizer.offsets(state)[:1])
        m, _, state = optimizer.update(sharpness * (theta + ahead), state, t, 1.0, FLOATS)
        theta -= m
        sizes.append(abs(theta))
        if not 1e-100 < abs(theta) < 1e100:
            break
    return max(sizes[-20:]) > max(sizes[:20])


def is_linear(kind):
    """Whether its direction holds no scale, which would have to stay as it is while theta grows."""
    return kind().stability_limit is not None and (not kind.ghosts or kind.step_unit == "gradient")


@pytest.mark.parametrize("slug", [slug for slug, kind in PER_AXIS.items() if is_linear(kind)])
def test_the_stability_limit_parts_growth_from_decay(slug):
    limit = OPTIMIZERS[slug]().stability_limit
    assert not grows(OPTIMIZERS[slug](), 0.99 * limit)
    assert grows(OPTIMIZERS[slug](), 1.01 * limit)


@pytest.mark.parametrize("beta", [0.0, 0.5, 0.9, 0.99])
@pytest.mark.parametrize(
    ("slug", "names"),
    [
        ("momentum", {"beta"}),
        ("nesterov", {"beta"}),
        ("qhm", {"beta"}),
        ("rmsprop", {"momentum"}),
        ("adam", {"beta1"}),
        ("nadam", {"beta1"}),
        ("adan", {"beta1"}),
        ("adan", {"beta2"}),
    ],
)
def test_the_stability_limit_follows_the_memory(slug, names, beta):
    optimizer = OPTIMIZERS[slug](**dict.fromkeys(names, beta))
    assert not grows(optimizer, 0.98 * optimizer.stability_limit)
    assert grows(optimizer, 1.02 * optimizer.stability_limit)


@pytest.mark.parametrize("slug", [slug for slug, kind in PER_AXIS.items() if kind().stability_limit is None])
def test_a_rule_without_a_limit_is_not_linear_in_the_gradients(slug):
    one, other = gradients(50)[:, :2].T
    answers = [feed(OPTIMIZERS[slug](), grads.tolist(), FLOATS) for grads in (one, other, one + other)]
    m_one, m_other, m_sum = (np.array(answer)[:, 0] for answer in answers)
    assert not np.allclose(m_one + m_other, m_sum, rtol=1e-6)


@pytest.mark.parametrize("slug", [slug for slug, kind in OPTIMIZERS.items() if kind.conventions])
def test_conventions_set_the_same_knobs(slug):
    kind = OPTIMIZERS[slug]
    assert set(kind.conventions) <= set(get_args(Convention))
    assert len({frozenset(knobs) for knobs in kind.conventions.values()}) == 1
    for knobs in kind.conventions.values():
        kind(**knobs)


@every_optimizer
def test_weight_decay_is_left_to_the_engine(kind):
    if "weight_decay" not in knobs_of(kind):
        assert kind().weight_decay == 0.0
        return
    grads = gradients(50)[:, 0].tolist()
    assert feed(kind(weight_decay=0.5), grads, FLOATS) == feed(kind(weight_decay=0.0), grads, FLOATS)
