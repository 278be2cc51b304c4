"""Studies: what an address means, runs side by side, and slices through what they come to."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from engine.scenario import Run
from network.studied import CUTTINGS, Trainer, slice_of, train_all
from network.study import DEFAULT_STUDY, RULES, STUDIES, Study, rate_for, study_fields
from network.training import train
from optimizers import OPTIMIZERS
from optimizers.adam import Adam
from optimizers.base import Coupled
from optimizers.gradient_descent import GradientDescent
from spec.sentences import SentenceError
from tests.small_network import BURST, SMALL


@pytest.fixture(scope="module")
def trained():
    return train_all(SMALL)


def test_runs_side_by_side_are_what_they_are_alone(trained):
    for run, found in zip(SMALL.runs, trained, strict=True):
        alone = train(SMALL.task, run)
        np.testing.assert_array_equal(found.loss, alone.loss)
        np.testing.assert_array_equal(found.looks[-1].theta, alone.looks[-1].theta)


def test_a_trainer_can_be_left_and_come_back_to(trained):
    trainer = Trainer(SMALL.task, SMALL.runs)
    assert trainer.trainings == ()
    for _ in range(40):
        assert trainer.go_on()
    assert [one.updates for one in trainer.trainings] == [40, 40]
    while trainer.go_on():
        pass
    for one, other in zip(trainer.trainings, trained, strict=True):
        np.testing.assert_array_equal(one.loss, other.loss)


def test_a_run_that_is_lost_ends_alone():
    lost, other = train_all(BURST)
    assert lost.is_lost
    assert lost.updates < 100
    assert not other.is_lost
    assert other.updates == 100


@pytest.mark.parametrize("cutting", CUTTINGS)
@pytest.mark.parametrize("study", [SMALL, BURST], ids=["all well", "one lost"])
def test_a_slice_goes_through_the_end_and_has_the_loss_there(study, cutting):
    trainings = train_all(study)
    cut = slice_of(study, trainings, cutting, points=9)
    first = next(one for one in trainings if not one.is_lost)
    np.testing.assert_allclose(cut.plane.origin, first.looks[-1].theta)
    index = trainings.index(first)
    assert np.isnan(cut.along[index]).all()
    cut = cut.with_losses(study, lambda _: None)
    assert cut.along[index][-1] == pytest.approx(first.looks[-1].loss, rel=1e-9)
    assert cut.loss.shape == (9, 9)
    assert np.isfinite(cut.loss).all()
    assert cut.x[0] < 0 < cut.x[-1]
    assert [len(places) for places in cut.places] == [len(one.looks) for one in trainings]


def test_the_plane_of_the_paths_says_what_share_it_holds(trained):
    cut = slice_of(SMALL, trained, "paths", points=5)
    assert 0.5 < cut.plane.share <= 1.0
    assert slice_of(SMALL, trained, "random", points=5).plane.share is None


def test_where_nothing_was_looked_at_there_is_no_slice():
    nothing = replace(train_all(SMALL)[0], looks=())
    assert slice_of(SMALL, [nothing], "paths") is None


def test_what_couples_parameters_or_looks_elsewhere_trains_no_network():
    left_out = {slug for slug, kind in OPTIMIZERS.items() if issubclass(kind, Coupled) or kind.ghosts}
    assert set(RULES) == set(OPTIMIZERS) - left_out
    study, notes = STUDIES.decode({"v": "1", "a": "soap"})
    assert study.runs[0].optimizer.slug in RULES
    assert len(notes) == 1


@pytest.mark.parametrize("slug", RULES)
def test_every_rule_has_a_rate_that_trains(slug):
    rule = RULES[slug]()
    found = train(replace(SMALL, loss="cross-entropy").task, Run(rule, rate_for(rule)))
    assert not found.is_lost
    assert found.loss[-1] < found.loss[0]


def values(field):
    knob = field.knob
    if hasattr(knob, "low"):
        whole = isinstance(knob.low, int)
        drawn = some.integers(knob.low, knob.high) if whole else some.floats(knob.low, knob.high)
        return drawn.map(knob.nearest)
    return some.sampled_from(list(knob.options)) if hasattr(knob, "options") else some.just(field.read(DEFAULT_STUDY))


@given(some.data())
def test_a_study_is_its_address(data):
    study = Study(runs=tuple(Run(GradientDescent(), 0.5) for _ in range(data.draw(some.integers(1, 4)))))
    for field in study_fields(study).values():
        if not field.decides and not field.name.endswith(".name") and ".warmup." not in field.name:
            study = field.replace(study, data.draw(values(field)))
    assert STUDIES.decode(STUDIES.encode(study)) == (study, ())


NAMES = [*study_fields(Study(runs=(Run(Adam(), 0.1),) * 4)), "e", "surface", "x", "v", "steps "]
SAID = some.one_of(
    some.text(max_size=12), some.floats().map(str), some.integers().map(str), some.sampled_from(["on", "adam"])
)


@given(some.dictionaries(some.sampled_from(NAMES), SAID, max_size=8))
def test_any_query_is_a_study_and_what_it_means_stays(query):
    study, _ = STUDIES.decode(query)
    assert STUDIES.decode(STUDIES.encode(study)) == (study, ())


@pytest.mark.parametrize(
    ("query", "name", "used"),
    [
        ({"batch": "5"}, "batch", 16),
        ({"batch": "9999"}, "batch", 512),
        ({"width": "1e9"}, "width", 64),
        ({"layers": "0"}, "layers", 1),
        ({"steps": "7"}, "steps", 100),
        ({"activation": "sigmoid"}, "activation", "tanh"),
        ({"seed": "nan"}, "seed", 0),
        ({"eigenvalues": "-3"}, "eigenvalues", 1),
    ],
)
def test_what_cannot_be_used_is_said_and_the_rest_kept(query, name, used):
    study, notes = STUDIES.decode({"a": "adam", "a.lr": "0.01", **query})
    assert getattr(study, name) == used
    assert study.runs == (Run(Adam(), 0.01),)
    assert len(notes) == 1


def test_a_fifth_run_is_not_known():
    study, notes = STUDIES.decode({"a": "gd", "e": "gd"})
    assert len(study.runs) == 1
    assert len(notes) == 1
    with pytest.raises(SentenceError):
        Study(runs=(Run(Adam(), 0.1),) * 5)


def test_the_defaults_of_version_1_are_frozen():
    assert STUDIES.explicit(DEFAULT_STUDY) == {"v": "1", "a": "gd", "a.lr": "1", "b": "gd", "b.lr": "0.2"}
    named = {
        name: field.default(DEFAULT_STUDY) for name, field in study_fields(DEFAULT_STUDY).items() if "." not in name
    }
    assert named == {
        "layers": 1, "width": 32, "activation": "tanh", "loss": "squared", "batch": 0, "seed": 0, "steps": 1000,
        "eigenvalues": 1, "a": "gd", "b": "gd",
    }  # fmt: skip
