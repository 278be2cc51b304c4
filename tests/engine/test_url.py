"""The address: reads back what it writes, survives anything, and never changes an old link's meaning."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.fields import RUN_KEYS, fields
from engine.presets import DEFAULT_SCENE
from engine.scenario import Run, Scenario
from engine.url import TRACKERS, decode, encode, explicit
from optimizers.adam import Adam
from optimizers.gradient_descent import GradientDescent
from schedules import SCHEDULES
from schedules.base import WarmUp
from surfaces import SURFACES
from surfaces.rosenbrock import Rosenbrock
from tests.engine.freeze_defaults import FROZEN, current_defaults, frozen_with
from tests.engine.scenarios import scenarios


def without_idle_warmup(scenario):
    """A warm-up of no updates is written as none, whatever its other knobs say."""
    runs = [r if r.warmup.steps else replace(r, warmup=WarmUp()) for r in scenario.runs]
    return replace(scenario, runs=tuple(runs))


@given(scenarios)
def test_an_address_reads_back_to_its_scenario(scenario):
    scene, notes = decode(encode(scenario))
    assert scene == without_idle_warmup(scenario)
    assert notes == ()
    assert encode(scene) == encode(without_idle_warmup(scenario))


KEYS = st.sampled_from(
    [*explicit(DEFAULT_SCENE), "a.beta1", "a.sched", "f", "f.lr", "surface.kappa", "g", "x", "a.warmup"]
)


@given(st.dictionaries(st.one_of(KEYS, st.text(max_size=12)), st.text(max_size=60), max_size=12))
def test_any_query_gives_a_scenario_and_sentences(query):
    scenario, notes = decode(query)
    assert isinstance(scenario, Scenario)
    assert all(str(note) for note in notes)
    assert decode(encode(scenario)) == (scenario, ())


NUMBERS = st.sampled_from(["nan", "inf", "-inf", "1e999", "-1", "0", "1e9", "١", "1_0", "0x10", " 5 ", ""])


@given(st.dictionaries(st.sampled_from(["x", "y", "steps", "a.lr", "a.beta1", "a.warmup", "a.sched.rate"]), NUMBERS))
def test_numbers_out_of_range_are_clamped_and_noted(query):
    scenario, notes = decode({"a": "adam", "a.sched": "inverse-time"} | query)
    assert len(notes) <= len(query)
    assert 0 < scenario.runs[0].lr < float("inf")


def test_the_default_scene_is_the_bare_address():
    assert encode(DEFAULT_SCENE) == {}
    assert decode({}) == (DEFAULT_SCENE, ())
    assert decode(explicit(DEFAULT_SCENE)) == (DEFAULT_SCENE, ())


def test_the_learning_rate_is_always_written():
    scenario = Scenario(Rosenbrock(), Rosenbrock.start, 500, (Run(Adam(), lr=0.05),))
    assert encode(scenario) == {"v": "1", "surface": "rosenbrock", "a": "adam", "a.lr": "0.05"}


def test_a_missing_learning_rate_is_one_that_makes_sense():
    scenario, notes = decode({"surface": "rosenbrock", "a": "gd"})
    assert 1e-5 < scenario.runs[0].lr < 1e-2
    assert notes == ()


def test_four_tuned_runs_stay_under_500_characters():
    run = Run(Adam(beta1=0.95, beta2=0.99, eps=1e-6), 0.0123, SCHEDULES["exponential"](), WarmUp(steps=50), "Fast one")
    scenario = Scenario(SURFACES["valley"](kappa=123.0, angle=30.0), (5.5, 2.5), 2000, (run,) * 4)
    query = "&".join(f"{key}={value.replace(' ', '+')}" for key, value in encode(scenario).items())
    assert len(query) < 500


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({"surface": "moon"}, ["surface=moon is not known", "lecture is used"]),
        ({"a": "adam", "a.beta1": "7"}, ["a.beta1 must lie in [0, 0.9999], got 7; 0.9999 is used"]),
        ({"a": "adam", "a.lr": "fast"}, ["a.lr must be a number, got fast"]),
        ({"steps": "1e9"}, ["steps must lie in [1, 10⁶], got 1000000000; 1000000 is used"]),
        ({"steps": "2.5"}, ["steps must be a whole number, got 2.5"]),
        ({"b.lr": "1"}, ["b.lr is not known and is left out"]),
        ({"a": "gd", "a.beta1": "0.9"}, ["a.beta1 is not known and is left out"]),
        ({"v": "99"}, ["v=99 is not a version this app knows"]),
        ({"a": "gd", "a.name": "two\nlines"}, ["a.name is one line of at most 40 characters; two lines is used"]),
        ({"x" * 99: "1"}, ["xxx…"]),
    ],
)
def test_what_is_dropped_or_clamped_is_said(query, words):
    _, notes = decode(query)
    assert len(notes) == 1
    for word in words:
        assert word.rstrip("…") in str(notes[0])
    assert len(str(notes[0])) < 200


def test_other_peoples_parameters_are_passed_over():
    assert decode({"lang": "zh"}, others=("lang",)) == (DEFAULT_SCENE, ())


FOREIGN = st.text(max_size=12).filter(lambda name: name not in {*fields(DEFAULT_SCENE), *RUN_KEYS})


@given(st.dictionaries(st.one_of(st.sampled_from(["v", "utm_source", "t", *TRACKERS.split()]), FOREIGN), st.text()))
def test_a_query_that_says_nothing_of_a_scene_is_the_default_scene(query):
    scene, notes = decode(query)
    assert scene == DEFAULT_SCENE
    strange = [name for name in query if name not in {"v", *TRACKERS.split()} and not name.startswith("utm_")]
    assert len(notes) == bool(strange) + (query.get("v", "1") != "1")


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (["moon"], "moon is not known and is left out."),
        (["moon", "sun"], "moon, sun are not known and are left out."),
        (["moon", "sun", "sea", "sky"], "moon, sun, sea and 1 other name are not known and are left out."),
        ([f"n{i}" * 30 for i in range(434)], "and 431 other names are not known and are left out."),
    ],
)
def test_all_unknown_names_are_one_short_note(names, said):
    _, notes = decode(dict.fromkeys(names, "1"))
    assert len(notes) == 1
    assert said in str(notes[0])
    assert len(str(notes[0])) < 200


def test_what_is_said_of_a_warm_up_of_no_updates_means_nothing():
    scene, _ = decode({"surface": "rosenbrock", "a": "adam", "a.warmup.start": "0.5"})
    assert scene == decode({"surface": "rosenbrock", "a": "adam"})[0]
    warm, _ = decode({"surface": "rosenbrock", "a": "adam", "a.warmup": "10", "a.warmup.start": "0.5"})
    assert decode(encode(warm)) == (warm, ())
    assert warm != scene


def test_a_query_that_says_one_thing_of_a_scene_means_what_it_always_did():
    """Only the bare address has the updates of the default scene."""
    assert decode({"x": "-100"})[0] == replace(DEFAULT_SCENE, start=(-100.0, -4.0), steps=500)
    assert decode({"steps": "300", "fbclid": "x"}) == (replace(DEFAULT_SCENE, steps=300), ())
    assert decode({"surface": "lecture"})[0].steps == 500


def test_the_rest_of_a_damaged_scene_is_kept():
    scenario, _ = decode({"surface": "rosenbrock", "x": "oops", "y": "2", "a": "gd", "a.lr": "0.001", "b": "nope"})
    assert scenario.surface == Rosenbrock()
    assert scenario.start == (-1.2, 2.0)
    assert scenario.runs[0] == Run(GradientDescent(), lr=0.001)


def test_the_defaults_of_version_1_are_frozen(listed):
    """What stands in the file never changes, or old links would change their meaning; what does not is listed."""
    frozen, current = json.loads(FROZEN.read_text()), current_defaults()
    for name, values in frozen.items():
        assert {key: current[name].get(key) for key in values} == values, name
    missing = {name for name, values in current.items() if name not in frozen or set(values) - set(frozen[name])}
    listed("Defaults to freeze with `python -m tests.engine.freeze_defaults`", sorted(missing))


def test_freezing_adds_and_never_changes():
    current = {"optimizer adam": {"beta1": "0.5", "new": "1"}, "optimizer toy": {}}
    assert frozen_with({"optimizer adam": {"beta1": "0.9"}}, current) == {
        "optimizer adam": {"beta1": "0.9", "new": "1"},
        "optimizer toy": {},
    }
