"""The table of fields: whatever a scene holds can be read, replaced and written by its name, and nothing else moves."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.fields import RUN_KEYS, fields, numbers, run_of
from engine.noise import Noise
from engine.presets import DEFAULT_SCENE, PRESETS
from engine.scenario import MOST_RUNS
from engine.url import explicit
from optimizers import OPTIMIZERS
from schedules import SCHEDULES
from schedules.base import WarmUp
from spec.knobs import Number, knobs_of
from spec.sentences import SentenceError
from surfaces import SURFACES
from tests.engine.scenarios import scenarios, values


def others(table, scene, name):
    return {key: field.read(scene) for key, field in table.items() if key != name}


@given(scenarios, st.data())
@settings(max_examples=60)
def test_a_field_is_replaced_and_everything_else_stays(scene, data):
    table = fields(scene)
    field = table[data.draw(st.sampled_from([name for name, field in table.items() if not field.decides]))]
    value = data.draw(values(field.name, field.knob, field.read(scene)))
    changed = field.replace(scene, value)
    assert field.read(changed) == field.knob.check(value)
    assert others(table, changed, field.name) == others(table, scene, field.name)
    assert field.replace(scene, field.read(scene)) == scene


@given(scenarios, st.data())
@settings(max_examples=60)
def test_a_replaced_field_is_what_the_address_says(scene, data):
    table = fields(scene)
    names = [name for name, field in table.items() if not field.decides and ".warmup" not in name]
    field = table[data.draw(st.sampled_from(names))]
    value = data.draw(values(field.name, field.knob, field.read(scene)))
    said = explicit(field.replace(scene, value)).get(field.name)
    assert said == field.knob.format(value) if said is not None else value == field.default(scene)


def test_a_new_surface_rule_or_schedule_comes_with_its_defaults():
    scene = PRESETS["rotation-45"][1]
    table = fields(scene)
    assert table["surface"].replace(scene, "ackley").surface == SURFACES["ackley"]()
    assert table["a"].replace(scene, "lion").runs[0].optimizer == OPTIMIZERS["lion"]()
    assert table["b.sched"].replace(scene, "cosine").runs[1].schedule == SCHEDULES["cosine"]()
    assert {name for name, field in table.items() if field.decides} == {"surface", "a", "a.sched", "b", "b.sched"}


@pytest.mark.parametrize("name", list(fields(PRESETS["rotation-45"][1])))
def test_what_a_knob_forbids_is_refused(name):
    scene = PRESETS["rotation-45"][1]
    field = fields(scene)[name]
    forbidden = float("nan") if isinstance(field.knob, Number) else "x" * 99
    with pytest.raises((SentenceError, KeyError)):
        field.replace(scene, field.knob.check(forbidden))


@pytest.mark.parametrize(
    ("catalogue", "prefix"),
    [(SURFACES, "surface"), (OPTIMIZERS, "a"), (SCHEDULES, "a.sched")],
    ids=["surfaces", "optimizers", "schedules"],
)
def test_every_knob_of_every_entry_has_a_field(catalogue, prefix):
    for slug, entry in catalogue.items():
        table = fields(fields(DEFAULT_SCENE)[prefix].replace(DEFAULT_SCENE, slug))
        for name, knob in knobs_of(entry).items():
            assert table[f"{prefix}.{name}"].knob is knob


def test_noise_and_warm_up_have_fields():
    found = [field.knob for field in fields(DEFAULT_SCENE).values()]
    for owner in (Noise, WarmUp):
        assert all(knob in found for knob in knobs_of(owner).values())


def test_no_knob_of_a_rule_takes_a_name_of_the_run():
    for entry in OPTIMIZERS.values():
        assert not {"lr", "sched", "warmup", "name"} & set(knobs_of(entry)), entry


def test_numbers_are_the_fields_that_can_be_varied():
    found = numbers(DEFAULT_SCENE)
    assert {"x", "y", "steps", "noise", "batch", "seed", "a.lr", "a.warmup"} <= set(found)
    assert not {"surface", "a", "a.sched", "a.name", "a.warmup.shape"} & set(found)


def test_a_field_says_whose_it_is():
    assert [run_of(name) for name in ("a", "b.lr", "f.sched.floor")] == ["a", "b", "f"]
    assert {run_of(name) for name in ("x", "surface", "surface.kappa", "steps", "noise", "batch")} == {""}
    assert len(RUN_KEYS) == MOST_RUNS
