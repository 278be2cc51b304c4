"""Factors taken out: the same values, in fewer operations."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.scenario import Run, Scenario
from ensembles.columns import Several
from ensembles.how import How
from ensembles.job import Job
from ensembles.setup import Setup
from optimizers import OPTIMIZERS
from optimizers.adam import Adam
from surfaces.himmelblau import Himmelblau
from xp.factors import Factoring
from xp.tape import Tape, Undecided

INPUTS = (np.array([1.0, -2.0, 3.5]), np.array([0.5, 4.0, -1.0]), np.array([2.0, 3.0, -0.25]))
POWERS = [4.0**k for k in range(-3, 4)]  # their quotients, products and roots are exact


def factored(formula, units, free=()):
    """Return a formula of three inputs without the factors of its inputs, and what its result is to be divided by."""
    tape = Tape(4)
    output = formula(*tape.inputs[:3])
    factoring = Factoring(tape, (*units, 1.0), free)
    return factoring, factoring.of(output)


def replay(factoring, value, inputs):
    """Return a value of the new tape, computed from the inputs."""
    plan = factoring.tape.plan([value], homes=(3,), kept=frozenset(range(3))).compile()
    table = [*inputs, np.zeros(3), *plan.registers((3,)), *factoring.tape.constants[::-1]]
    plan.run(table)
    return table[3]


constants = st.sampled_from([*POWERS, *(-c for c in POWERS), 0.0])
steps = st.one_of(
    st.tuples(
        st.sampled_from([np.add, np.subtract, np.multiply, np.divide, np.maximum, np.minimum]),
        st.integers(0, 99),
        st.integers(0, 99),
    ),
    st.tuples(
        st.sampled_from([np.add, np.multiply, np.divide, np.maximum, np.subtract]), st.integers(0, 99), constants
    ),
    st.tuples(
        st.sampled_from([np.add, np.multiply, np.divide, np.minimum, np.subtract]), constants, st.integers(0, 99)
    ),
    st.tuples(st.sampled_from([np.square, np.sqrt, np.abs, np.sign, np.negative]), st.integers(0, 99)),
    st.tuples(st.just(np.where), st.integers(0, 99), st.integers(0, 99), constants),
)


@given(st.lists(steps, min_size=1, max_size=12), st.lists(constants.filter(bool), min_size=4, max_size=4))
def test_any_program_keeps_its_values(program, units):
    def formula(*inputs):
        values = list(inputs)
        for ufunc, *operands in program:
            picked = [values[o % len(values)] if isinstance(o, int) else o for o in operands]
            if ufunc is np.where:
                picked[0] = picked[0] > picked[1]
            values.append(ufunc(*picked))
        return values[-1]

    *units, unit = units
    with np.errstate(all="ignore"):
        factoring, output = factored(formula, units, free=(1,))
        value = replay(factoring, factoring.whole(output, unit), [a / u for a, u in zip(INPUTS, units, strict=True)])
        np.testing.assert_array_equal(value * unit, formula(*INPUTS))


@pytest.mark.parametrize(
    ("formula", "most"),
    [
        (lambda a, b, c: 2.0 * (3.0 * (4.0 * a)), 1),
        (lambda a, b, c: np.sqrt(4.0 * abs(a)) / 3.0 + 1.0, 4),
        (lambda a, b, c: 0.5 * a - 0.5 * b, 2),
        (lambda a, b, c: np.maximum(2.0 * a, 2.0 * b) * 3.0, 2),
        (lambda a, b, c: (2.0 * a) / (3.0 * (b * b)), 3),
        (lambda a, b, c: a + (-b), 1),
    ],
    ids=range(6),
)
def test_constants_are_multiplied_once_or_never(formula, most):
    factoring, output = factored(formula, (1.0, 1.0, 1.0))
    value = replay(factoring, factoring.whole(output), INPUTS)
    np.testing.assert_allclose(value, formula(*INPUTS), rtol=1e-15)
    assert len(factoring.tape.operations) <= most


@pytest.mark.parametrize("factor", [0.0, 1e-200, 1e200, np.inf, np.nan])
def test_a_factor_that_could_overflow_or_vanish_is_multiplied_at_once(factor):
    factoring, output = factored(lambda a, b, c: a * factor, (1.0, 1.0, 1.0))
    assert output.factor == 1.0
    np.testing.assert_array_equal(replay(factoring, factoring.whole(output), INPUTS), INPUTS[0] * factor)


def job_of(rule):
    return Job(Setup(Scenario(Himmelblau(), (0.0, 0.0), 500, (Run(rule, 0.1),)), 0), How())


def test_adam_and_himmelblau_take_as_few_operations_as_by_hand():
    job = job_of(Adam())
    assert len(job.update(5)[0].calls) == 10
    assert len(job.slopes[0].calls) == 12


@pytest.mark.parametrize("kind", OPTIMIZERS.values(), ids=list(OPTIMIZERS))
def test_many_updates_are_recorded_as_one_where_the_rule_allows(kind):
    job = job_of(kind())
    assert len({id(job.update(t)[0]) for t in range(500)}) <= 2


def test_a_condition_on_several_numbers_is_true_or_false_only_for_all():
    t = np.arange(3.0).view(Several)
    assert t >= 0.0
    assert not t < 0.0
    with pytest.raises(Undecided, match="do not all do the same"):
        bool(t)
