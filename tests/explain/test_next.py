"""What is proposed next was tried, and does what its reason says: on every surface, for several rules and rates."""

from dataclasses import replace
from functools import cache
from math import inf, nan

import numpy as np
import pytest
from hypothesis import given, settings

import explain.next
from engine.box import Box
from engine.presets import DEFAULT_SCENE, PRESETS
from engine.scenario import Run, Scenario
from engine.simulate import simulate, simulate_run
from engine.stability import crossings
from engine.suggest import guess
from engine.trial import blew_out
from engine.url import decode, explicit
from explain.episodes import episodes
from explain.happenings import SEVERITY, happening
from explain.next import MOST, TRIALS, UPDATES, next_scenes
from explain.promises import loss_text
from optimizers import OPTIMIZERS
from optimizers.adam import Adam
from optimizers.adamw import AdamW
from optimizers.gradient_descent import GradientDescent
from optimizers.rmsprop import RMSProp
from schedules.manual import Manual
from surfaces import SURFACES
from surfaces.own import Own
from surfaces.saddle import Saddle
from surfaces.three_hump_camel import ThreeHumpCamel
from surfaces.valley import Valley
from tests.engine.scenarios import scenarios

RULES = ("gd", "momentum", "rmsprop", "adagrad-rms", "adam")
FACTORS = (0.1, 1.0, 10.0, 100.0)


def proposals(scene):
    return next_scenes(scene, simulate(scene))


def scene_of(surface, rule, factor=1.0, steps=400, **changes):
    run = Run(rule, float(f"{guess(surface, surface.start, rule) * factor:.3g}"), **changes)
    return Scenario(surface, surface.start, steps, (run,))


def last(trajectory):
    return float(trajectory.loss[-1])


def is_calm(surface, run):
    seen = [episode for episode in episodes(surface, run) if episode.seen is not None]
    return (
        not seen and not blew_out(surface, run.theta, run.loss) and run.outcome.ending not in ("diverged", "undefined")
    )


def no_blow_out(surface, before, after, values):
    assert is_calm(surface, after)
    assert last(after) < after.loss[0]
    assert values["count"] == after.updates
    if after.limit is not None and np.isfinite(after.sharpness).all():
        assert after.sharpness.max() <= after.limit


def the_same(surface, before, after, values):
    no_blow_out(surface, before, after, values)
    assert last(after) == pytest.approx(last(before), rel=1e-3, abs=1e-9 * abs(after.loss[0] - last(after)))


def lower(surface, before, after, values):
    no_blow_out(surface, before, after, values)
    assert last(after) < last(before)


def not_as_low(surface, before, after, values):
    no_blow_out(surface, before, after, values)
    assert last(after) > last(before)


def no_longer_lost(surface, before, after, values):
    no_blow_out(surface, before, after, values)
    assert before.outcome.ending in ("diverged", "undefined")


def ends_lower(surface, before, after, values):
    assert is_calm(surface, after)
    assert last(after) < last(before)


def converges_lower(surface, before, after, values):
    ends_lower(surface, before, after, values)
    assert (after.outcome.ending, after.outcome.update) == ("converged", values["update"])


def goes_on(surface, before, after, values):
    assert last(after) < last(before)
    assert values["count"] == after.updates


def converges(surface, before, after, values):
    assert is_calm(surface, after)
    assert (after.outcome.ending, after.outcome.update) == ("converged", values["update"])
    assert before.outcome.ending != "converged" or values["before"] == before.outcome.update > values["update"]


def diverges(surface, before, after, values):
    assert (after.outcome.ending, after.outcome.update) == ("diverged", values["update"])


def is_thrown_out(surface, before, after, values):
    assert next(e.seen for e in episodes(surface, after) if e.seen is not None) == values["update"]


KEPT = {
    "It no longer flies off: loss {loss} after {count:,} {count:update|updates}.": no_longer_lost,
    "No blow-out in {count:,} {count:update|updates}, at the same loss in the end.": the_same,
    "No blow-out in {count:,} {count:update|updates}, but not as low: loss {loss}, not {before}.": not_as_low,
    "No blow-out in {count:,} {count:update|updates}, and lower: loss {loss}, not {before}.": lower,
    "It converges at update {update}, at loss {loss} instead of {before}.": converges_lower,
    "It ends at loss {loss} instead of {before}.": ends_lower,
    "It leaves that place: loss {loss} instead of {before} after {count:,} {count:update|updates}.": goes_on,
    "It converges at update {update}.": converges,
    "It converges at update {update} instead of {before}.": converges,
    "Just above the limit: it diverges at update {update}.": diverges,
    "Just above the limit: a blow-out is seen at update {update}.": is_thrown_out,
}
"""What each reason means, asked of a run of the scene that is proposed."""


def check(scene):
    """Hold all that is proposed for a scene to its word; return the reasons."""
    before, told = simulate(scene), []
    for proposal in next_scenes(scene, before):
        after = simulate_run(proposal.scene, proposal.scene.runs[proposal.run])
        values, reason = proposal.reason.values, proposal.reason.template
        for name, run in (("loss", after), ("before", before[proposal.run])):
            if f"loss {{{name}}}" in reason or f"of {{{name}}} after" in reason:
                assert values[name] == loss_text(last(run))
        KEPT[reason](proposal.scene.surface, before[proposal.run], after, values)
        told.append(reason)
    return told


@cache
def reasons_of(surface, rule):
    """Hold what is proposed for a rule on a surface at several rates to its word; return the reasons."""
    scenes = [scene_of(SURFACES[surface](), OPTIMIZERS[rule](), factor) for factor in FACTORS]
    return set().union(*(check(scene) for scene in scenes))


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("surface", SURFACES)
def test_every_proposal_keeps_its_promise(surface, rule):
    reasons_of(surface, rule)


@pytest.mark.parametrize("slug", PRESETS)
def test_those_for_the_scenes_made_in_advance_do_too(slug):
    assert check(PRESETS[slug][1])


def test_every_reason_occurs():
    """Else what a reason means would be asked of nothing."""
    there = (reasons_of(surface, rule) for surface in ("valley", "booth", "branin", "ackley") for rule in RULES)
    assert set().union(*there, check(NAMED["held"])) == set(KEPT)


def test_the_opening_scene_offers_half_the_rate_a_decay_and_adam():
    made = proposals(DEFAULT_SCENE)
    assert [(str(p.label), p.run) for p in made] == [("Half the rate", 1), ("Let it decay", 1), ("Adam instead", 1)]
    assert [str(p.reason) for p in made] == [
        "No blow-out in 1,000 updates, but not as low: loss 105,300, not 102,300.",
        "No blow-out in 1,000 updates, but not as low: loss 109,400, not 102,300.",
        "No blow-out in 1,000 updates, and lower: loss 102,100, not 102,300.",
    ]
    half, decay, adam = (p.scene.runs[1] for p in made)
    assert half.lr == 0.5
    assert decay.schedule == PRESETS["decay"][1].runs[1].schedule
    assert (adam.optimizer, adam.lr) == (Adam(), 1.0)
    assert all(p.scene.runs[0] == DEFAULT_SCENE.runs[0] for p in made)


@pytest.mark.parametrize(
    ("loss", "text"),
    [
        (105_334.06, "105,300"),
        (-2e6, "-2,000,000"),
        (9999.96, "10,000"),
        (9999.4, "9999"),
        (0.12344, "0.1234"),
        (0.0, "0"),
        (3e-12, "3e-12"),
        (1e9, "1e+09"),
        (inf, "inf"),
        (nan, "nan"),
    ],
)
def test_a_loss_is_shown_with_four_digits(loss, text):
    assert loss_text(loss) == text


SADDLE = replace(scene_of(Saddle(), GradientDescent(), 1.0), start=(-1.5, 0.0))
NAMED = {
    "lost": scene_of(Valley(), GradientDescent(), 10.0),
    "blown": DEFAULT_SCENE,
    "stuck": PRESETS["stuck"][1],
    "held": SADDLE,
    "idle": scene_of(Valley(), GradientDescent(), 0.1, schedule=Manual(points=((50, 0.0),))),
    "balanced": Scenario(
        Own(formula="(x-2)^4 + (y-1)^4"), (0.0, 0.0), 1500, (Run(AdamW(beta2=0.9, weight_decay=1.0), 0.05),)
    ),
    "walled": replace(scene_of(Valley(kappa=2.0), GradientDescent()), box=Box(left=0.5)),
    "crawls": scene_of(Valley(), GradientDescent(), 0.1),
    "trapped": replace(scene_of(ThreeHumpCamel(), GradientDescent()), start=(1.9, -0.9)),
    "arrived": scene_of(Valley(kappa=2.0), GradientDescent()),
}


@pytest.mark.parametrize("what", NAMED)
def test_what_happened_has_a_name(what):
    scene = NAMED[what]
    assert what in [happening(scene.surface, trajectory) for trajectory in simulate(scene)]


def test_every_name_is_tested():
    assert set(NAMED) == set(SEVERITY)


@pytest.mark.parametrize(
    ("what", "labels"),
    [
        ("held", ["Add some noise"]),
        ("balanced", ["No weight decay"]),
        ("idle", ["Keep the rate"]),
        ("walled", ["Without the box"]),
        ("stuck", ["Half the rate", "Let it decay", "Add momentum"]),
        ("crawls", ["Add momentum", "Adam instead", "Ten times the rate"]),
    ],
)
def test_each_is_answered_in_its_own_way(what, labels):
    assert [str(proposal.label) for proposal in proposals(NAMED[what])] == labels


def test_a_turned_valley_is_turned_back_and_its_start_with_it():
    scene = PRESETS["rotation-45"][1]
    first = proposals(scene)[0]
    assert (str(first.label), first.run) == ("Turn the valley back", 0)
    assert first.scene.surface == PRESETS["rotation-0"][1].surface
    assert first.scene.start == pytest.approx(PRESETS["rotation-0"][1].start, abs=1e-4)
    plain = replace(scene, runs=scene.runs[1:])
    assert "Turn the valley back" not in [str(proposal.label) for proposal in proposals(plain)]


def test_an_epsilon_as_large_as_sigma_was_keeps_the_step_short():
    surface = Valley(kappa=10.0)
    scene = Scenario(surface, (1.0, 1.0), 400, (Run(RMSProp(rho=0.9), 0.03),))
    assert happening(surface, simulate(scene)[0]) == "blown"
    found = [proposal for proposal in proposals(scene) if str(proposal.label) == "A larger epsilon"]
    assert found
    (before,), after = simulate(scene), simulate(found[0].scene)[0]
    assert found[0].scene.runs[0].optimizer.eps == pytest.approx(before.sigma[crossings(before)[0][0]].max(), rel=0.05)
    assert after.sharpness.max() < after.limit < before.sharpness.max()


@pytest.mark.parametrize(
    "scene",
    [
        replace(SADDLE, start=(-1.5, 0.01)),
        Scenario(Own(formula="log(x) + y^2"), (-1.0, 1.0), 50, (Run(GradientDescent(), 0.1),)),
        Scenario(Own(formula="1/x + y^2"), (0.0, 1.0), 50, (Run(Adam(), 0.1),)),
    ],
    ids=["down without a bottom", "no loss at the start", "an infinite loss at the start"],
)
def test_where_nothing_is_to_be_cured_nothing_is_proposed(scene):
    assert proposals(scene) == ()


@pytest.mark.parametrize("steps", [1, 2, 5])
@pytest.mark.parametrize("rate", [1e-12, 0.01, 1e6])
def test_runs_of_a_few_updates_are_answered_too(steps, rate):
    runs = tuple(Run(rule(), rate) for rule in (GradientDescent, Adam))
    check(Scenario(Valley(), Valley.start, steps, runs))


@pytest.mark.parametrize(("steps", "most"), [(1, 12), (1000, 12), (2001, 11), (5500, 4), (24_000, 1), (24_001, 0)])
def test_no_more_is_tried_than_is_said(monkeypatch, steps, most):
    tried = []

    def count(scene, run):
        tried.append(scene.steps)
        return simulate_run(scene, run)

    scene = replace(DEFAULT_SCENE, steps=steps, runs=tuple(Run(GradientDescent(), 1e-7 * k) for k in range(1, 7)))
    before = simulate(scene)
    monkeypatch.setattr(explain.next, "simulate_run", count)
    found = next_scenes(scene, before)
    assert len(tried) <= most <= TRIALS
    assert sum(tried) <= UPDATES
    assert len(found) <= min(MOST, most)
    assert (steps != 24_000) or tried


@pytest.mark.parametrize("slug", PRESETS)
def test_a_proposal_is_a_link_that_changes_one_thing_under_a_short_name(slug):
    scene = PRESETS[slug][1]
    made = proposals(scene)
    assert len({(proposal.run, proposal.slug) for proposal in made}) == len(made) <= MOST
    for proposal in made:
        assert decode(explicit(proposal.scene)) == (proposal.scene, ())
        assert 2 <= len(str(proposal.label).split()) <= 4
        assert len(str(proposal.reason)) <= 100
        changed = [index for index, run in enumerate(scene.runs) if run != proposal.scene.runs[index]]
        assert changed in ([], [proposal.run])
        assert bool(changed) != (scene.surface != proposal.scene.surface or scene.noise != proposal.scene.noise)


@pytest.mark.parametrize(
    "formula", ["exp(x^2) + y^2", "-exp(x^2)", "x^4 + y^4", "sqrt(x) + y^2", "abs(x) + abs(y)", "0"]
)
@pytest.mark.parametrize("rate", [0.1, 1e3])
def test_losses_that_are_no_numbers_are_answered_too(formula, rate):
    rules = (GradientDescent(), Adam(), RMSProp())
    check(Scenario(Own(formula=formula), (3.0, 2.0), 60, tuple(Run(rule, rate) for rule in rules)))


@settings(max_examples=60)
@given(scenarios)
def test_any_scene_that_an_address_may_mean_is_answered(scene):
    """Whatever the numbers: no warning, no error, and no promise that is not kept."""
    check(replace(scene, steps=min(scene.steps, 120)))
