"""The newer rules move as their public implementations do, or as plain linear algebra has it."""

from pathlib import Path

import numpy as np
import pytest
from rule_cases import CASES, PROBLEMS
from test_golden_optimizers import SURFACES as THREE

from engine.scenario import Run, Scenario
from engine.simulate import simulate_run
from ensembles.ensemble import run_ensemble
from optimizers import OPTIMIZERS
from optimizers.base import Coupled, PerAxis
from surfaces.own import Own

GOLDEN = np.load(Path(__file__).with_name("rules.npz"))
SURFACES = THREE | {"tilted": Own(formula="x^2/2 + y^2 + x*y/2 + x^4/4")}

every_problem = pytest.mark.parametrize("problem", PROBLEMS)
every_case = pytest.mark.parametrize("number", range(len(CASES)), ids=[f"{case.slug}-{case.lr}" for case in CASES])


def run_of(case):
    return Run(OPTIMIZERS[case.slug](**case.knobs), case.lr)


def assert_near(found, expected, size):
    expected = np.broadcast_to(expected, found.shape)
    np.testing.assert_allclose(found, expected, rtol=1e-8, atol=1e-9 * size)


@every_problem
@every_case
def test_floats_move_as_the_reference(number, problem):
    run, updates = run_of(CASES[number]), CASES[number].updates
    trajectory = simulate_run(Scenario(SURFACES[problem], PROBLEMS[problem].start, updates, (run,)), run)
    golden = GOLDEN[f"{number} {problem}"]
    assert_near(trajectory.theta[1:], golden[:updates], np.abs(golden).max())


@every_problem
@every_case
def test_arrays_move_as_the_reference(number, problem):
    starts, golden = [PROBLEMS[problem].start] * 2, GOLDEN[f"{number} {problem}"]
    for updates in (3, CASES[number].updates):
        many = run_ensemble(SURFACES[problem], run_of(CASES[number]), starts, updates, stop=False, threads=1)
        assert_near(many.theta, golden[updates - 1], np.abs(golden).max())


@every_problem
def test_what_the_references_are_told_is_what_the_rules_see(problem):
    points = np.random.default_rng(0).uniform(-2.0, 2.0, (2, 20))
    surface, told = SURFACES[problem], PROBLEMS[problem]
    np.testing.assert_allclose(surface.value_array(*points), told.loss(*points), rtol=1e-12, atol=1e-12)
    for found, expected in (
        (surface.gradient_array(*points), told.gradient(*points)),
        (surface.hessian_array(*points), told.hessian(*points)),
    ):
        for one, other in zip(found, expected, strict=True):
            np.testing.assert_allclose(one, np.broadcast_to(other, one.shape), rtol=1e-11, atol=1e-11)


def test_every_newer_rule_has_a_reference():
    newer = {slug for slug, kind in OPTIMIZERS.items() if issubclass(kind, Coupled) or kind.ghosts or kind.year >= 2024}
    assert newer <= {case.slug for case in CASES}
    assert all(issubclass(OPTIMIZERS[case.slug], (Coupled, PerAxis)) for case in CASES)
    assert set(GOLDEN.files) == {f"{number} {problem}" for number in range(len(CASES)) for problem in PROBLEMS}
