"""The tape: a recorded formula gives what the formula gives, in place."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from xp.tape import Tape, Undecided


def replay(formula, inputs, homes=(0,), kept=()):
    """Record a formula, run its plan on copies of the inputs, and return the registers."""
    tape = Tape(len(inputs))
    outputs = formula(*tape.inputs)
    plan = tape.plan(outputs, homes, frozenset(kept)).compile()
    table = [np.array(v, float) for v in inputs]
    plan.run(table + plan.registers(table[0].shape) + tape.constants[::-1])
    return table


A, B = np.array([1.0, -2.0, 3.5]), np.array([0.5, 4.0, -1.0])

FORMULAS = {
    "arithmetic": lambda a, b: (2.0 * a + b / 3.0 - (1.0 - a) * (b - 4), b),
    "powers": lambda a, b: (a**2 + 2.0**b + a**3, b),
    "ufuncs": lambda a, b: (np.sqrt(abs(a)) + np.maximum(a, b) + np.sign(-b), b),
    "choices": lambda a, b: (np.where(a > b, a, np.where(b >= 4.0, 0.0, b)), b),
    "division by a value": lambda a, b: (1.0 / a + a / b, b),
    "swap": lambda a, b: (b, a),
    "shift": lambda a, b: (a * b, a),
    "constant": lambda a, b: (3.0, b),
    "one value twice": lambda a, b: (a + b, a + b),
    "comparisons": lambda a, b: (np.where(a <= b, 1.0, 2.0) + np.where(a != b, 3.0, 4.0) * np.where(a < 0.0, b, a), b),
    "equality": lambda a, b: (np.where(a == 1.0, b, -b), b),
}


@pytest.mark.parametrize("formula", FORMULAS.values(), ids=list(FORMULAS))
def test_a_plan_gives_what_the_formula_gives(formula):
    expected = formula(A, B)
    for value, wanted in zip(replay(formula, (A, B), homes=(0, 1)), expected, strict=True):
        np.testing.assert_allclose(value, np.broadcast_to(wanted, A.shape), rtol=4e-16)


def test_kept_inputs_are_left_alone():
    table = replay(lambda a, b, out: (a * 2.0 + b * a,), (A, B, np.zeros(3)), homes=(2,), kept=(0, 1))
    np.testing.assert_array_equal(table[0], A)
    np.testing.assert_array_equal(table[1], B)
    np.testing.assert_allclose(table[2], A * 2 + B * A)


def test_what_cannot_be_recorded_is_refused():
    (value,) = Tape(1).inputs
    with pytest.raises(Undecided):
        np.add.reduce(value)
    with pytest.raises(Undecided):
        np.sort(value)


OPERATIONS = [np.add, np.subtract, np.multiply, np.maximum, np.minimum]


@given(
    st.lists(st.tuples(st.sampled_from(OPERATIONS), st.integers(0, 99), st.integers(0, 99)), min_size=1, max_size=25),
    st.data(),
)
def test_any_program_survives_the_reuse_of_registers(program, data):
    picks = data.draw(st.lists(st.integers(0, 99), min_size=3, max_size=3))

    def formula(*inputs):
        values = list(inputs)
        for ufunc, i, j in program:
            values.append(ufunc(values[i % len(values)], values[j % len(values)]))
        return [values[pick % len(values)] for pick in picks]

    inputs = (A, B, np.array([2.0, 3.0, -0.25]))
    with np.errstate(all="ignore"):
        for value, wanted in zip(replay(formula, inputs, homes=(0, 1, 2)), formula(*inputs), strict=True):
            np.testing.assert_array_equal(value, wanted)
