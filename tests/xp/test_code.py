"""A recorded formula as Python gives what the formula gives."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.xp.test_tape import FORMULAS
from xp.code import on_arrays, on_floats
from xp.functions import ENVIRONMENT
from xp.primitives import PRIMITIVES
from xp.tape import Tape

EVEN_STRANGE = st.one_of(st.floats(), st.sampled_from([0.0, -0.0, 1.0, math.inf, -math.inf, math.nan]))


def run(lines, **names):
    scope = ENVIRONMENT | names
    exec("\n".join(lines), scope)
    return scope


@pytest.mark.parametrize("formula", FORMULAS.values(), ids=list(FORMULAS))
def test_written_on_floats_it_gives_what_it_gives(formula):
    tape = Tape(2)
    lines = on_floats(tape, ["a_", "b_"], ["a_", "b_"], formula(*tape.inputs))
    scope = run(lines, a_x=1.0, b_x=0.5, a_y=-2.0, b_y=4.0)
    expected = formula(np.array([1.0, -2.0]), np.array([0.5, 4.0]))
    for name, value in zip("ab", expected, strict=True):
        written = [scope[f"{name}_x"], scope[f"{name}_y"]]
        np.testing.assert_allclose(written, np.broadcast_to(value, 2), rtol=4e-16)


def test_what_is_used_once_is_written_in_place_and_what_is_used_twice_has_a_name():
    tape = Tape(2)
    a, t = tape.inputs
    root = a * a + 1.0
    lines = on_floats(tape, ["a_", "t"], ["m_"], [root / (1.0 - t) + root])
    assert lines == [
        "v3_x = a_x * a_x + 1.0",
        "v3_y = a_y * a_y + 1.0",
        "v4 = 1.0 - t",
        "m_x = v3_x / v4 + v3_x",
        "m_y = v3_y / v4 + v3_y",
    ]


def test_brackets_stand_where_they_are_needed():
    tape = Tape(4)
    a, b, c, d = tape.inputs
    assert on_arrays(tape, "abcd", a - (b / c) * d) == "a - (b / c) * d"
    tape = Tape(4)
    a, b, c, d = tape.inputs
    assert on_arrays(tape, "abcd", a - (b - c) - d) == "(a - (b - c)) - d"
    tape = Tape(4)
    a, b, c, d = tape.inputs
    assert on_arrays(tape, "abcd", (-a) ** 3 * np.where(b > c, c, d)) == "(-a) ** 3 * np.where(b > c, c, d)"


OPERATORS = [
    lambda a, b: a + b,
    lambda a, b: a - b,
    lambda a, b: a * b,
    lambda a, b: -a,
    lambda a, b: abs(b),
    np.maximum,
    lambda a, b: np.where(a > b, b, a),
]


@given(st.lists(st.tuples(st.sampled_from(OPERATORS), st.integers(0, 99), st.integers(0, 99)), min_size=1, max_size=15))
def test_any_program_is_written_as_it_is(program):
    def last(*inputs):
        values = list(inputs)
        for operator, i, j in program:
            values.append(operator(values[i % len(values)], values[j % len(values)]))
        return values[-1]

    tape = Tape(3)
    scope = run(
        on_floats(tape, ["a_", "b_", "t"], ["out_"], [last(*tape.inputs)]), a_x=1.5, b_x=-2.0, t=3.0, a_y=-0.5, b_y=4.0
    )
    for axis in "xy":
        assert scope[f"out_{axis}"] == float(last(*map(np.float64, (scope[f"a_{axis}"], scope[f"b_{axis}"], 3.0))))


WITHOUT_RAISING = [p for p in PRIMITIVES if p.name not in ("divide", "power", "over")]


@pytest.mark.parametrize("primitive", WITHOUT_RAISING, ids=lambda p: p.name)
@given(st.tuples(EVEN_STRANGE, EVEN_STRANGE, EVEN_STRANGE))
def test_the_text_of_a_primitive_is_its_ufunc(primitive, operands):
    used = [v for place, v in enumerate(operands) if f"{{{place}}}" in primitive.text]
    if primitive.name == "where":
        used[0] = used[0] > 0.0
    names = dict(zip("abc", used, strict=False))
    out = np.empty((), bool if primitive.is_condition else float)
    with np.errstate(all="ignore"):
        primitive.ufunc(*map(np.asarray, used), out=out)
    np.testing.assert_array_equal(eval(primitive.text.format(*names), ENVIRONMENT | names), out[()])


def test_over_is_infinite_where_plain_division_is_refused():
    (over,) = (p for p in PRIMITIVES if p.name == "over")
    assert eval(over.text.format("a", "b"), ENVIRONMENT | {"a": 3.0, "b": 0.0}) == math.inf
    assert eval(over.text.format("a", "b"), ENVIRONMENT | {"a": 3.0, "b": -2.0}) == -1.5
    out = np.empty(2)
    with np.errstate(divide="ignore"):
        over.ufunc(np.array([3.0, 3.0]), np.array([0.0, -2.0]), out=out)
    assert out.tolist() == [math.inf, -1.5]
