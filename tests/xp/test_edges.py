"""The namespace on special numbers, what a tape refuses, and how little memory a plan takes."""

import itertools
import math
from dataclasses import fields

import numpy as np
import pytest

from xp.code import on_arrays, on_floats
from xp.factors import Factored, Factoring, is_moderate
from xp.functions import ARRAYS, FLOATS
from xp.primitives import where_into
from xp.tape import RECORDED, Tape, Undecided

SPECIAL = [0.0, -0.0, 1.0, -1.0, 2.5, -1e-300, 1e300, math.inf, -math.inf, math.nan]
ONE = ["sqrt", "sign", "abs"]
TWO = ["maximum", "minimum"]


@pytest.mark.parametrize("name", ONE)
@pytest.mark.parametrize("value", SPECIAL)
def test_floats_and_arrays_agree_on_every_number(name, value):
    with np.errstate(invalid="ignore"):
        made, expected = getattr(FLOATS, name)(value), float(getattr(ARRAYS, name)(value))
    assert made == expected or (math.isnan(made) and math.isnan(expected))


@pytest.mark.parametrize("name", TWO)
@pytest.mark.parametrize(("a", "b"), list(itertools.product(SPECIAL, SPECIAL)))
def test_floats_and_arrays_agree_on_every_pair(name, a, b):
    made, expected = getattr(FLOATS, name)(a, b), float(getattr(ARRAYS, name)(a, b))
    assert made == expected or (math.isnan(made) and math.isnan(expected))


def test_a_choice_on_floats_is_that_on_arrays():
    for condition in (True, False):
        assert FLOATS.where(condition, 1.0, 2.0) == ARRAYS.where(condition, 1.0, 2.0) == 2.0 - condition


def test_both_have_the_same_functions():
    names = {field.name for field in fields(FLOATS)}
    assert names == {field.name for field in fields(ARRAYS)} == {field.name for field in fields(RECORDED)}
    assert names >= {*ONE, *TWO, "where"}


def recorded(formula, inputs=2):
    tape = Tape(inputs)
    return tape, formula(*tape.inputs)


@pytest.mark.parametrize(
    ("formula", "ufunc", "constants"),
    [
        (lambda a, b: a + b, np.add, []), (lambda a, b: 2.0 + a, np.add, [2.0]),
        (lambda a, b: a - 2.0, np.subtract, [2.0]),
        (lambda a, b: 2.0 - a, np.subtract, [2.0]), (lambda a, b: a * b, np.multiply, []),
        (lambda a, b: 3.0 * a, np.multiply, [3.0]), (lambda a, b: a / b, np.divide, []),
        (lambda a, b: 3.0 / a, np.divide, [3.0]), (lambda a, b: a / 4.0, np.multiply, [0.25]),
        (lambda a, b: a / -4.0, np.multiply, [-0.25]), (lambda a, b: a / 0.0, np.divide, [0.0]),
        (lambda a, b: a / 1e299, np.multiply, [1 / 1e299]), (lambda a, b: a / 1e300, np.divide, [1e300]),
        (lambda a, b: a / -1e301, np.divide, [-1e301]), (lambda a, b: a / 4, np.divide, [4]),
        (lambda a, b: a**2, np.square, []), (lambda a, b: a**3, np.power, [3]), (lambda a, b: 2.0**a, np.power, [2.0]),
        (lambda a, b: -a, np.negative, []), (lambda a, b: abs(a), np.abs, []), (lambda a, b: a > b, np.greater, []),
        (lambda a, b: a >= b, np.greater_equal, []), (lambda a, b: a < b, np.less, []),
        (lambda a, b: a <= b, np.less_equal, []), (lambda a, b: a == b, np.equal, []),
        (lambda a, b: a != b, np.not_equal, []), (lambda a, b: np.sqrt(a), np.sqrt, []),
        (lambda a, b: np.where(a, b, 1.0), where_into, [1.0]), (lambda a, b: np.float64(2.0) * a, np.multiply, [2.0]),
    ],
    ids=itertools.count(),
)  # fmt: skip
def test_every_operation_is_recorded_as_one(formula, ufunc, constants):
    tape, value = recorded(formula)
    assert [operation[0] for operation in tape.operations] == [ufunc]
    assert tape.constants == constants
    assert value.index == 2


@pytest.mark.parametrize(
    "formula",
    [
        lambda a, b: np.add(a, b, out=np.zeros(3)),
        lambda a, b: np.add(a, b, where=True),
        np.add.outer,
        lambda a, b: np.maximum.accumulate(a),
        lambda a, b: np.concatenate([a, b]),
    ],
)
def test_what_is_more_than_an_operation_is_refused(formula):
    with pytest.raises(Undecided, match="cannot be recorded"):
        recorded(formula)


def test_a_value_that_does_not_exist_yet_decides_nothing():
    with pytest.raises(Undecided, match="neither true nor false"):
        recorded(lambda a, b: a if a > b else b)


def draft(formula, homes=(0,), kept=(), inputs=2):
    tape, value = recorded(formula, inputs)
    return tape.plan(value if isinstance(value, tuple) else (value,), homes, frozenset(kept))


def test_formulas_that_differ_in_their_numbers_alone_have_one_draft():
    assert draft(lambda a, b: 2.0 * a + b) == draft(lambda a, b: 3.0 * a + b)
    assert draft(lambda a, b: 2.0 * a + b) != draft(lambda a, b: 2.0 * a - b)
    assert hash(draft(lambda a, b: 2.0 * a)) == hash(draft(lambda a, b: 5.0 * a))


@pytest.mark.parametrize(
    ("formula", "homes", "kept", "calls", "registers"),
    [
        (lambda a, b: ((a + b) * a - 1.0) / b, (0,), (), 4, [False]),
        (lambda a, b: (a + 1.0) * 2.0 - 3.0, (0,), (), 3, []),
        (lambda a, b: a * b + a, (0,), (0, 1), 3, [False]),
        (lambda a, b: np.sqrt(abs(-a)), (0,), (), 3, []),
        (lambda a, b: np.where(a > b, a, b), (0,), (), 3, [True, False]),
        (lambda a, b: np.where(a > 0.0, 1.0, 2.0) + np.where(b > 0.0, 1.0, 2.0), (0,), (), 5, [True]),
        (lambda a, b: (b, a), (0, 1), (), 4, [False, False]),
        (lambda a, b: (a, b), (0, 1), (), 0, []),
        (lambda a, b: (a + b, a - b), (0, 1), (), 3, [False]),
    ],
    ids=itertools.count(),
)
def test_a_plan_takes_few_calls_and_registers(formula, homes, kept, calls, registers):
    plan = draft(formula, homes, kept).compile()
    assert (len(plan.calls), list(plan.boolean)) == (calls, registers)
    made = plan.registers((4,))
    assert [array.dtype == bool for array in made] == registers
    assert all(array.shape == (4,) for array in made)


@pytest.mark.parametrize(
    ("factor", "moderate"),
    [(1.0, True), (-1e99, True), (1e-99, True), (1e100, False), (1e-100, False), (0.0, False), (-1e101, False),
     (math.nan, False), (np.array([1.0, 2.0]), True), (np.array([1.0, 0.0]), False), (np.array([1.0, 1e101]), False)],
)  # fmt: skip
def test_a_moderate_factor_neither_vanishes_nor_overflows(factor, moderate):
    assert is_moderate(factor) is moderate


@pytest.mark.parametrize(
    ("formula", "factor", "operations"),
    [
        (lambda a, b: 2.0 * a, 6.0, []),
        (lambda a, b: a * b, 15.0, [np.multiply]),
        (lambda a, b: a / b, 3.0 / 5.0, [np.divide]),
        (lambda a, b: 6.0 / a, 2.0, [np.divide]),
        (lambda a, b: a**2, 9.0, [np.square]),
        (lambda a, b: -a, -3.0, []),
        (lambda a, b: np.sign(-a), -1.0, [np.sign]),
        (lambda a, b: abs(-2.0 * a), 6.0, [np.abs]),
        (lambda a, b: np.sqrt(a), math.sqrt(3.0), [np.sqrt]),
        (lambda a, b: np.sqrt(-a), 1.0, [np.multiply, np.sqrt]),
        (lambda a, b: a + a, 3.0, [np.add]),
        (lambda a, b: a - (-a), 3.0, [np.add]),
        (lambda a, b: a + (-a), 3.0, [np.subtract]),
        (lambda a, b: a + b, 3.0, [np.multiply, np.add]),
        (lambda a, b: a + 6.0, 3.0, [np.add]),
        (lambda a, b: 6.0 - a, 3.0, [np.subtract]),
        (np.maximum, 3.0, [np.multiply, np.maximum]),
        (lambda a, b: np.maximum(-a, b), 1.0, [np.multiply, np.multiply, np.maximum]),
        (lambda a, b: a > b, 1.0, [np.multiply, np.greater]),
        (lambda a, b: np.where(a > 0.0, a, 0.0), 3.0, [np.greater, where_into]),
    ],
    ids=itertools.count(),
)
def test_what_becomes_of_factors(formula, factor, operations):
    """The inputs are kept as a third and a fifth of what they mean."""
    tape, value = recorded(formula)
    factoring = Factoring(tape, (3.0, 5.0))
    made = factoring.of(value)
    assert made.factor == pytest.approx(factor)
    assert [operation[0] for operation in factoring.tape.operations] == operations
    assert not made.is_number


def test_a_free_input_takes_the_unit_of_the_other_term():
    for formula, free, factor in ((lambda m, g: m + g, (0,), 5.0), (lambda m, g: m + g, (), 3.0)):
        tape, value = recorded(formula)
        assert Factoring(tape, (3.0, 5.0), free).of(value).factor == factor


def test_a_number_is_a_number():
    tape, _ = recorded(lambda a, b: a)
    factoring = Factoring(tape, (3.0, 5.0))
    assert factoring.of(7.0) == Factored(7.0, None)
    assert factoring.of(7.0).is_number
    assert factoring.whole(factoring.of(7.0), 2.0) == 3.5
    assert factoring.whole(factoring.of(tape.inputs[0]), 3.0) is factoring.tape.inputs[0]


@pytest.mark.parametrize("units", [(1e-80, 1e80), (1e80, 1e-80), (-1e90, 1e-90)])
@pytest.mark.parametrize(
    "formula", [lambda a, b: a + b, np.maximum, lambda a, b: np.where(a > b, a, b), lambda a, b: a - b]
)
def test_units_that_are_too_far_apart_are_multiplied_in(formula, units):
    tape, value = recorded(formula)
    factoring = Factoring(tape, units)
    plan = factoring.tape.plan([factoring.whole(factoring.of(value))], (0,)).compile()
    a, b = np.array([1.0, -2.0, 3.0]), np.array([4.0, -5.0, 0.5])
    table = [a / units[0], b / units[1], *plan.registers((3,)), *factoring.tape.constants[::-1]]
    plan.run(table)
    np.testing.assert_allclose(table[0], formula(a, b), rtol=1e-12)


NESTED = [
    lambda a, b: (-a) ** 2.5 * b, lambda a, b: -(b**3), lambda a, b: 2.0 ** (-b), lambda a, b: (2.0**b) ** 3,
    lambda a, b: a - (b - a), lambda a, b: a / (b / a), lambda a, b: (a + b) * (a - b), lambda a, b: -(a + b) * b,
    lambda a, b: a - (-b), lambda a, b: (a * b) ** 3, lambda a, b: (-a) * (-b), lambda a, b: -(-a * b),
    lambda a, b: a * (b / a), lambda a, b: a / (b * a), lambda a, b: (a + b) / b - a * b,
]  # fmt: skip


@pytest.mark.parametrize("formula", NESTED, ids=range(len(NESTED)))
def test_a_formula_written_as_python_is_the_formula(formula):
    tape, value = recorded(formula)
    a, b = np.array([-1.5, -0.25]), np.array([3.0, 0.5])
    np.testing.assert_allclose(eval(on_arrays(tape, ["a", "b"], value), {"a": a, "b": b, "np": np}), formula(a, b))
    scope = {"a_x": -1.5, "b_x": 3.0, "a_y": -0.25, "b_y": 0.5}
    exec("\n".join(on_floats(tape, ["a_", "b_"], ["c_"], [value])), scope)
    assert [scope["c_x"], scope["c_y"]] == pytest.approx(formula(a, b).tolist(), rel=1e-12)
