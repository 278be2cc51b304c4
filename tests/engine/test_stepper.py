"""The written-out loop moves as the rule does when it is called."""

import math

import numpy as np
import pytest

from engine import stepper
from engine.stepper import ROW
from optimizers import OPTIMIZERS
from xp.functions import FLOATS

BOX = (-math.inf, math.inf, -math.inf, math.inf)


def gradient(x, y):
    return 4.0 * x * (x * x + y - 11.0) + 2.0 * (x + y * y - 7.0), 2.0 * (x * x + y - 11.0) + 4.0 * y * (
        x + y * y - 7.0
    )


def called(optimizer, rates, x, y):
    """The same loop with every rule called instead of written out."""
    state_x = state_y = optimizer.init(0.0)
    rows = []
    for t, lr in enumerate(rates):
        g_x, g_y = gradient(x, y)
        m_x, sigma_x, state_x = optimizer.update(g_x, state_x, t, lr, FLOATS)
        m_y, sigma_y, state_y = optimizer.update(g_y, state_y, t, lr, FLOATS)
        decay = lr * optimizer.weight_decay
        x -= ((lr / sigma_x if sigma_x else math.inf) * m_x if m_x else 0.0) + decay * x
        y -= ((lr / sigma_y if sigma_y else math.inf) * m_y if m_y else 0.0) + decay * y
        rows += [g_x, g_y, m_x, m_y, sigma_x, sigma_y, x, y]
    return rows


def written(optimizer, rates, x, y, cut):
    rows = bytearray(ROW.size * len(rates))
    state_x = state_y = optimizer.init(0.0)
    steps = stepper.stepper(optimizer)
    for first, part in ((0, rates[:cut]), (cut, rates[cut:])):
        done, x, y, state_x, state_y = steps(gradient, None, part, first, x, y, state_x, state_y, rows, *BOX)
        assert done == first + len(part)
    return np.frombuffer(rows)


@pytest.mark.parametrize("kind", OPTIMIZERS.values(), ids=list(OPTIMIZERS))
def test_written_out_and_called_agree(kind):
    rates = [0.01 / (1 + 0.01 * t) for t in range(300)]
    expected = called(kind(), rates, 0.5, -0.5)
    assert written(kind(), rates, 0.5, -0.5, cut=137) == pytest.approx(expected, rel=1e-10)


@pytest.mark.parametrize("kind", OPTIMIZERS.values(), ids=list(OPTIMIZERS))
def test_a_rule_is_written_out_unless_it_decides_by_the_update_number(kind):
    assert ("update(" in stepper._rule(kind())["rule"]) == kind.decides_by_t


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
