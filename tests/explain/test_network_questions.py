"""The network page's questions: each number is measured anew, each claim held by other seeds too."""

from dataclasses import replace
from string import Formatter

import numpy as np
import pytest

from explain.network.questions import NETWORK_QUESTIONS, question_of_study
from explain.questions.questions import QUESTIONS
from network.study import STUDIES
from network.training import train

OTHERS = (1, 2)


def trained(study, **changed):
    study = replace(study, **changed)
    return [train(study.task, run) for run in study.runs]


def from_the_middle(training):
    return training.sharpness[len(training.looks) // 2 :]


def late(training):
    return float(np.mean(training.at_looks("loss")[-10:]))


def gone(training):
    return int(np.flatnonzero(training.loss <= 10 * training.loss[0])[-1]) + 1


def hover(study, **changed):
    one, other = trained(study, **changed)
    second = from_the_middle(one)
    lowest = float(other.sharpness.min())
    return {
        "low": float(second.min()), "high": float(second.max()), "early": lowest, "late": float(other.sharpness[-1])
    }  # fmt: skip


def adam(study, **changed):
    [run] = trained(study, **changed)
    second = from_the_middle(run)
    return {"limit": run.limit, "low": float(second.min()), "high": float(second.max())}


def stuck(study, **changed):
    [run] = trained(study, **changed)
    return {"share": float(np.median(run.gradient_norm[-100:]) / run.gradient_norm[0])}


def warm_up(study, **changed):
    plain, warm = trained(study, **changed)
    assert plain.is_lost
    assert warm.is_lost
    return {"plain": gone(plain), "warm": gone(warm)}


def first_leap(study, **changed):
    plain, warm = trained(study, **changed)
    assert warm.loss.max() == warm.loss[0]
    return {"leap": float(plain.loss.max()), "plain": plain.looks[-1].accuracy, "warm": warm.looks[-1].accuracy}


def two_rmsprops(study, **changed):
    ng, lee = trained(study, **changed)
    ratio = lee.looks[0].sigma[0, 4] / ng.looks[0].sigma[0, 4]
    return {"ratio": float(ratio), "ng": float(ng.loss[5]), "lee": float(lee.loss[5])}


def noise(study, **changed):
    plain, falling = trained(study, **changed)
    small, slow = trained(replace(study, runs=tuple(replace(run, lr=0.3) for run in study.runs)), **changed)
    return {"plain": late(plain), "falling": late(falling), "small": late(small), "slow": late(slow)}


def small_batches(study, **changed):
    [run], [full] = trained(study, **changed), trained(study, **changed | {"batch": 0})
    return {"median": float(np.median(from_the_middle(run))), "full": float(np.median(from_the_middle(full)))}


def cross_entropy(study, **changed):
    [run] = trained(study, **changed)
    return {"early": float(run.sharpness.max()), "late": float(run.sharpness[-1])}


MEASURES = {
    "hover": (hover, lambda n: 1.8 < n["low"] < n["high"] < 2.4 and n["early"] < n["late"] < 2),
    "adam": (adam, lambda n: 25 < n["low"] < 38 < n["high"] < 50),
    "stuck": (stuck, lambda n: n["share"] > 0.3),
    "warm-up": (warm_up, lambda n: n["plain"] < 20 and 60 < n["warm"] < 120),
    "first-leap": (first_leap, lambda n: n["leap"] > 15 and n["plain"] < n["warm"]),
    "two-rmsprops": (two_rmsprops, lambda n: 31 < n["ratio"] < 33 and n["ng"] < 0.5 and n["lee"] > 1),
    "noise": (noise, lambda n: n["plain"] > 1.3 * n["falling"] and n["slow"] > n["small"]),
    "small-batches": (small_batches, lambda n: 1.3 < n["median"] < 1.8 < n["full"]),
    "cross-entropy": (cross_entropy, lambda n: n["late"] < 0.4 * n["early"] < 0.4),
}
"""How the numbers of each question are measured, and what its words claim of them."""


def test_every_question_is_measured():
    assert list(MEASURES) == [question.slug for question in NETWORK_QUESTIONS]


@pytest.mark.long
@pytest.mark.parametrize("question", NETWORK_QUESTIONS, ids=lambda question: question.slug)
def test_the_numbers_of_a_question_are_measured(question):
    measure, claim = MEASURES[question.slug]
    found = measure(question.study)
    assert found == pytest.approx(question.numbers, rel=0.05)
    assert claim(found)


@pytest.mark.long
@pytest.mark.parametrize("seed", OTHERS)
@pytest.mark.parametrize("question", NETWORK_QUESTIONS, ids=lambda question: question.slug)
def test_what_a_question_claims_holds_for_other_seeds(question, seed):
    measure, claim = MEASURES[question.slug]
    assert claim(measure(question.study, seed=seed))


@pytest.mark.parametrize("question", NETWORK_QUESTIONS, ids=lambda question: question.slug)
def test_a_question_is_short_and_names_its_numbers(question):
    assert len(question.ask.split()) <= 12
    named = {name for text in question.texts() for _, name, _, _ in Formatter().parse(text) if name}
    assert named == set(question.numbers)


def test_each_question_has_a_study_and_an_address_of_its_own():
    addresses = [STUDIES.encode(question.study) for question in NETWORK_QUESTIONS]
    assert len({tuple(address.items()) for address in addresses}) == len(addresses)
    for question, address in zip(NETWORK_QUESTIONS, addresses, strict=True):
        assert STUDIES.decode(address) == (question.study, ())
        assert question_of_study(question.study) is question
    assert {question.ask for question in NETWORK_QUESTIONS}.isdisjoint(question.ask for question in QUESTIONS)
