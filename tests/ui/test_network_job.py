"""Trainings that are waited for, left, gone on with, and never made twice."""

from dataclasses import replace

import numpy as np
import pytest

from engine.scenario import Run
from network.studied import train_all
from network.study import Study
from optimizers.adam import Adam
from optimizers.gradient_descent import GradientDescent
from tests.small_network import SMALL
from ui.limits import TRAININGS_KEPT, UNDER_WAY
from ui.network.job import JOBS, KEPT, Job, cut_of


class LeftError(Exception):
    """Somebody has left."""


def leaving_at(update):
    def tick(done):
        if done >= update:
            raise LeftError

    return tick


def nothing(*_):
    pass


def fresh(seed):
    return replace(SMALL, seed=seed)


def test_what_is_left_goes_on_where_it_was():
    study = fresh(101)
    job = Job(study)
    with pytest.raises(LeftError):
        job.go_on(leaving_at(30), nothing)
    assert job.updates == 30
    assert not job.is_done
    job.go_on(nothing, nothing)
    assert job.is_done
    for found, alone in zip(job.trainings, train_all(study), strict=True):
        np.testing.assert_array_equal(found.loss, alone.loss)


def test_a_run_that_is_known_is_not_trained_again():
    study = fresh(102)
    Job(study).go_on(nothing, nothing)
    again = Job(study)
    assert again.is_done
    assert again.trainings[0] is KEPT.get(study.task, study.runs[0])
    other = Job(replace(study, runs=(study.runs[0], Run(GradientDescent(), 0.1))))
    assert not other.is_done
    other.go_on(nothing, nothing)
    assert other.trainings[0] is again.trainings[0]


def test_a_name_trains_nothing_anew():
    study = fresh(103)
    Job(study).go_on(nothing, nothing)
    named = replace(study, runs=tuple(replace(run, name="x") for run in study.runs))
    assert JOBS.of("me", named).is_done


def test_two_runs_that_are_alike_are_one():
    study = replace(fresh(104), runs=(Run(Adam(), 0.01), Run(Adam(), 0.01, name="again")))
    job = Job(study)
    job.go_on(nothing, nothing)
    assert job.trainings[0] is job.trainings[1]


def test_it_is_looked_at_while_it_goes_on():
    job, seen = Job(fresh(105)), []
    job.go_on(nothing, lambda: seen.append(len(job.trainings[0].looks)))
    assert seen[0] == 1
    assert seen[-1] == len(job.trainings[0].looks)
    assert seen == sorted(seen)


def test_everybody_has_their_own_and_only_so_many_are_kept():
    study = fresh(106)
    mine = JOBS.of("a", study)
    assert JOBS.of("a", study) is mine
    assert JOBS.of("b", study) is not mine
    for number in range(UNDER_WAY + 1):
        JOBS.of(f"other {number}", study)
    assert JOBS.of("a", study) is not mine


def test_the_largest_training_is_within_what_a_run_may_have():
    study = Study(layers=2, width=64, steps=100, eigenvalues=3, runs=(Run(Adam(), 0.003),))
    [largest] = train_all(study)
    assert largest.nbytes < 8 * 2**20 < TRAININGS_KEPT / 4


def test_a_slice_is_made_once():
    study = fresh(107)
    trainings = train_all(study)
    assert cut_of(study, trainings, "paths", nothing) is cut_of(study, trainings, "paths", nothing)
    assert cut_of(study, trainings, "random", nothing) is not cut_of(study, trainings, "paths", nothing)
