"""The written-out loop moves as the rule does when it is called."""

import math

import numpy as np
import pytest

from engine import stepper
from engine.stepper import ROW
from optimizers import OPTIMIZERS
from optimizers.base import Coupled, Seen
from xp.functions import FLOATS

BOX = (-math.inf, math.inf, -math.inf, math.inf)


def gradient(x, y):
    return 4.0 * x * (x * x + y - 11.0) + 2.0 * (x + y * y - 7.0), 2.0 * (x * x + y - 11.0) + 4.0 * y * (
        x + y * y - 7.0
    )


def value(x, y):
    return (x * x + y - 11.0) ** 2 + (x + y * y - 7.0) ** 2


def hessian(x, y):
    return 12.0 * x * x + 4.0 * y - 42.0, 4.0 * (x + y), 12.0 * y * y + 4.0 * x - 26.0


def called(optimizer, rates, x, y):
    """The same loop with every rule called instead of written out."""
    if isinstance(optimizer, Coupled):
        return called_with_both(optimizer, rates, x, y)
    state_x = state_y = optimizer.init(0.0)
    rows = []
    for t, lr in enumerate(rates):
        ghosts = list(zip(optimizer.offsets(state_x), optimizer.offsets(state_y), strict=True))
        ghosts = [(x + offset_x, y + offset_y) for offset_x, offset_y in ghosts]
        g_x, g_y = gradient(*ghosts[0]) if ghosts else gradient(x, y)
        m_x, sigma_x, state_x = optimizer.update(g_x, state_x, t, lr, FLOATS)
        m_y, sigma_y, state_y = optimizer.update(g_y, state_y, t, lr, FLOATS)
        decay = lr * optimizer.weight_decay
        x -= ((lr / sigma_x if sigma_x else math.inf) * m_x if m_x else 0.0) + decay * x
        y -= ((lr / sigma_y if sigma_y else math.inf) * m_y if m_y else 0.0) + decay * y
        rows += [g_x, g_y, m_x, m_y, sigma_x, sigma_y, x, y, *sum(ghosts, ())]
    return rows


def called_with_both(optimizer, rates, x, y):
    state, rows = optimizer.init(0.0), []
    for t, lr in enumerate(rates):
        g, seen = gradient(x, y), {"loss": value(x, y), "hessian": hessian(x, y)}
        (m_x, m_y), (s_xx, s_xy, s_yy), state = optimizer.update(Seen(g, **seen), state, t, lr, FLOATS)
        step_x, step_y = lr * np.linalg.solve([[s_xx, s_xy], [s_xy, s_yy]], [m_x, m_y])
        decay = lr * optimizer.weight_decay
        x, y = x - step_x - decay * x, y - step_y - decay * y
        rows += [*g, m_x, m_y, s_xx, s_yy, x, y, s_xy]
    return rows


def written(optimizer, rates, x, y, cut):
    rows = bytearray(stepper.row_of(optimizer).size * len(rates))
    states = stepper.first_states(optimizer)
    looks = [{"loss": value, "hessian": hessian}[name] for name in getattr(optimizer, "sees", ())]
    steps = stepper.stepper(optimizer)
    for first, part in ((0, rates[:cut]), (cut, rates[cut:])):
        done, x, y, *states = steps(gradient, None, part, first, x, y, *states, rows, *BOX, *looks)
        assert done == first + len(part)
    return np.frombuffer(rows)


@pytest.mark.parametrize("kind", OPTIMIZERS.values(), ids=list(OPTIMIZERS))
def test_written_out_and_called_agree(kind):
    rates = [0.01 / (1 + 0.01 * t) for t in range(300)]
    expected = called(kind(), rates, 0.5, -0.5)
    assert written(kind(), rates, 0.5, -0.5, cut=137) == pytest.approx(expected, rel=1e-6, abs=1e-9)


@pytest.mark.parametrize("kind", OPTIMIZERS.values(), ids=list(OPTIMIZERS))
def test_a_rule_is_written_out_unless_it_decides_by_the_update_number(kind):
    rule = stepper._coupled_rule(kind()) if issubclass(kind, Coupled) else stepper._rule(kind())
    assert ("update(" in rule["rule"]) == kind.decides_by_t


def test_a_gradient_that_raises_is_asked_of_the_arrays():
    def undefined(x, y):
        return math.nan, 1.0

    def broken(x, y):
        raise ZeroDivisionError

    rows = bytearray(ROW.size * 5)
    state = OPTIMIZERS["gd"]().init(0.0)
    steps = stepper.stepper(OPTIMIZERS["gd"]())
    done, x, *_ = steps(broken, undefined, [0.1] * 5, 0, 1.0, 1.0, state, state, rows, *BOX)
    assert done == 1
    assert math.isnan(x)
    assert np.isnan(np.frombuffer(rows)[0])
