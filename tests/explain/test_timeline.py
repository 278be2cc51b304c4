"""The timeline: the lecture's story in its order, every claim worked out anew, and which events are captioned."""

from dataclasses import replace
from itertools import pairwise
from typing import get_args

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.box import Box
from engine.noise import Noise
from engine.presets import DEFAULT_SCENE, PRESETS
from engine.scenario import Run, Scenario
from engine.simulate import simulate
from engine.suggest import suggest_learning_rate
from explain.captions import APART, MOST, WEIGHTS
from explain.events import Kind, accounts
from explain.story import story
from explain.timeline import captions, telling_axis, telling_run, timeline
from optimizers import OPTIMIZERS
from optimizers.adagrad_rms import AdagradRMS
from optimizers.adamw import AdamW
from optimizers.gradient_descent import GradientDescent
from optimizers.rmsprop_lee import RMSPropLee
from schedules import SCHEDULES
from schedules.base import WarmUp
from schedules.exponential import Exponential
from schedules.manual import Manual
from surfaces import SURFACES
from surfaces.own import Own
from surfaces.rosenbrock import Rosenbrock
from surfaces.valley import Valley
from tests.engine.scenarios import scenarios
from tests.explain.claims import NO_NUMBER, Claims, check_words, in_chinese, in_the_page
from tests.explain.test_sentences import SENTENCES, scene_of

DESCENT, ADAGRAD = 0, 1
OPENING = timeline(DEFAULT_SCENE, simulate(DEFAULT_SCENE))


def check(scene):
    runs = simulate(scene)
    events, in_page = timeline(scene, runs), timeline(scene, runs, in_the_page)
    assert [e.update for e in events] == sorted(e.update for e in events)
    assert len({(e.update, e.run, e.kind, e.axis) for e in events}) == len(events)
    assert events[0].kind == "start"
    told = [Claims(scene.surface, run) for run in runs]
    for event, translated in zip(events, in_page, strict=True):
        told[event.run].check(event)
        check_words(event, translated)
    for index, run in enumerate(runs):
        own = [event for event in events if event.run == index]
        assert [e.kind for e in own].count(run.outcome.ending) == 1
        assert set(map(id, accounts(story(scene.surface, run)))) or own
        assert telling_axis(events, index) in (0, 1)
    check_captions(events)
    return events


def check_captions(events):
    shown = captions(events)
    assert 1 <= len(shown) <= MOST
    assert shown[0] is events[0]
    assert all(later.update > earlier.update for earlier, later in pairwise(shown))
    assert len({str(event.caption) for event in shown}) == len(shown)
    assert {id(event) for event in shown} <= {id(event) for event in events}


def test_the_opening_scene_tells_the_lectures_story():
    shown = captions(OPENING)
    assert [(event.kind, event.update, event.run) for event in shown] == [
        ("start", 0, ADAGRAD),
        ("quiet", 16, ADAGRAD),
        ("crawls", 26, DESCENT),
        ("fades", 76, ADAGRAD),
        ("crosses", 512, ADAGRAD),
        ("seen", 708, ADAGRAD),
        ("back", 724, ADAGRAD),
        ("moving", 1000, ADAGRAD),
    ]
    assert [event.panel for event in shown] == [
        "map", "map", "map", "sigma", "stability", "map", "sigma", "map",
    ]  # fmt: skip
    assert [str(event.mark) for event in shown[1:-1]] == [
        "quiet ground", "hardly moves", "memory fades", "too long", "thrown out", "fits again",
    ]  # fmt: skip
    (rise,) = [event for event in OPENING if event.kind == "rises"]
    assert (rise.update, rise.run, rise.axis) == (699, ADAGRAD, 1)


def test_the_words_of_the_opening_scene():
    said = {event.kind: (str(event.caption), str(event.detail)) for event in captions(OPENING)}
    name = "Adagrad"
    assert said["start"] == (
        f"Gradient descent and {name} start at the same point.",
        f"Watch w: {name} divides its step there by σ, a memory of past gradients.",
    )
    assert said["crawls"] == (
        "Gradient descent: Here it all but stops, and not because the gradient is zero.",
        "Its gradient along b is 161, but its step there is only 1.6×10⁻⁵ long.",
    )
    assert said["fades"][1].endswith("its step size along w has grown 5-fold.")
    assert said["crosses"] == (
        f"{name}: Now a step along w is too long for the walls, though nothing shows yet.",
        "σ of w, its memory of past gradients, fell; since update 0 its step size has grown 12.9-fold.",
    )
    assert (
        said["back"][0] == f"{name}: Gradients grew huge, and with them σ, their memory: the step along w fits again."
    )


def test_the_story_is_about_the_run_and_the_axis_that_cross_first():
    assert (telling_run(OPENING), telling_axis(OPENING, ADAGRAD), telling_axis(OPENING, DESCENT)) == (ADAGRAD, 1, 1)
    early = replace(DEFAULT_SCENE, runs=(*DEFAULT_SCENE.runs, Run(GradientDescent(), 1.2e-6)))
    assert telling_run(timeline(early, simulate(early))) == 2


def test_where_no_run_crosses_it_is_the_one_whose_step_size_changes_most():
    calm = replace(DEFAULT_SCENE, steps=400)
    assert telling_run(timeline(calm, simulate(calm))) == ADAGRAD
    alike = Scenario(Valley(kappa=9.0), (1.0, 1.0), 50, (Run(GradientDescent(), 0.1), Run(GradientDescent(), 0.01)))
    events = timeline(alike, simulate(alike))
    assert (telling_run(events), telling_axis(events, 1)) == (0, 1)


@pytest.mark.parametrize(
    ("names", "who", "watch"),
    [
        (("Slow", "Quick"), "Slow and Quick start at the same point.", "Quick divides its step there"),
        (("Slow " * 4 + "run", "Quick"), f"{'Slow ' * 4}run and Quick start at the same point.", "Quick divides"),
        (("Slow " * 7 + "run", "Quick " * 6), "2 runs start at the same point.", "Quick Quick Quick"),
        (("Slow", "Quick " * 6 + "run"), "Slow and Quick", "a step there is divided by σ"),
        (("慢的运行" * 3, "快的运行" * 3), "2 runs start at the same point.", "快的运行"),
        (("慢", "快的运行" * 5), "慢 and 快", "a step there is divided by σ"),
    ],
)
def test_names_that_are_too_long_for_a_caption_are_left_out_at_the_start(names, who, watch):
    runs = tuple(replace(run, name=name) for run, name in zip(DEFAULT_SCENE.runs, names, strict=True))
    scene = replace(DEFAULT_SCENE, steps=50, runs=runs)
    start, *_ = timeline(scene, simulate(scene))
    assert str(start.caption).startswith(who)
    assert watch in str(start.detail)


def test_a_single_run_is_not_named():
    (scene,) = (replace(DEFAULT_SCENE, runs=DEFAULT_SCENE.runs[1:]),)
    for event in timeline(scene, simulate(scene)):
        assert ("Adagrad" in str(event.caption)) == (event.kind == "start")


def test_runs_of_one_rule_are_told_apart_in_the_language_of_the_page():
    scene = replace(DEFAULT_SCENE, steps=50, runs=(Run(AdagradRMS(), 1.0), Run(AdagradRMS(), 0.5)))
    events = timeline(scene, simulate(scene), lambda text: "均方根" if text == AdagradRMS.title else text)
    assert {str(e.caption).partition(":")[0] for e in events[1:]} == {"均方根, μ 1", "均方根, μ 0.5"}
    assert in_chinese(events[1].caption).partition("：")[0].startswith("均方根")


def test_an_account_says_in_the_captions_words_what_no_longer_sentence_says():
    event = next(event for event in OPENING if event.kind == "fades")
    caption = str(event.caption).partition(": ")[2]
    assert str(event.account) == f"At update 76: {caption} {event.detail}"


def test_the_moments_of_a_blow_out_share_its_account():
    told = [event.account for event in OPENING if event.kind in ("crosses", "seen", "back") and event.update < 900]
    assert len(told) == 3
    assert len(set(map(id, told))) == 1
    assert str(told[0]).startswith("w becomes unstable at update 512; the blow-out is seen at 708; σ of w grows")


SURFACES_SWEPT = ["lecture", "rosenbrock", "saddle", "monkey", "plateau", "network", "himmelblau"]


@pytest.mark.parametrize("slug", OPTIMIZERS)
def test_every_claim_holds_for_every_rule_on_many_surfaces_at_extreme_rates(slug):
    for name in SURFACES_SWEPT:
        surface, rule = SURFACES[name](), OPTIMIZERS[slug]()
        rate = suggest_learning_rate(surface, surface.start, rule)
        runs = [Run(rule, min(max(rate * factor, 1e-12), 1e6)) for factor in (1e-4, 1.0, 30.0, 1e5)]
        for run in runs:
            check(Scenario(surface, surface.start, 120, (run, Run(RMSPropLee(), 1e-3))))
        check(Scenario(surface, surface.start, 1, tuple(runs)))
        check(Scenario(surface, surface.start, 40, (runs[1],), Noise(level=0.3)))


@pytest.mark.parametrize("slug", SCHEDULES)
@pytest.mark.parametrize("warm_up", [0, 20, 1_000])
def test_every_claim_holds_for_every_schedule(slug, warm_up):
    run = Run(AdamW(), 0.05, SCHEDULES[slug](), WarmUp(steps=warm_up))
    for steps in (1, 2, 30, 600):
        check(Scenario(Rosenbrock(), Rosenbrock.start, steps, (run,)))


@settings(max_examples=60, deadline=None)
@given(scenarios, st.integers(1, 60))
def test_every_claim_holds_for_any_scene(scene, steps):
    names = ["" if NO_NUMBER.search(run.name[:5]) else run.name[:5] for run in scene.runs]
    named = tuple(replace(run, name=name) for run, name in zip(scene.runs, names, strict=True))
    check(replace(scene, steps=steps, runs=named))


@pytest.mark.parametrize("formula", ["log(x) + y^2", "sqrt(x^2 + y^2)", "x^2 - y^2", "exp(x^2) + y^2", "x + y", "0*x"])
@pytest.mark.parametrize("start", [(1.0, 0.001), (0.0, 0.0), (-1.0, 2.0)])
@pytest.mark.parametrize("rate", [0.01, 5.0])
def test_every_claim_holds_where_a_loss_ends_or_has_no_bottom(formula, start, rate):
    check(Scenario(Own(formula=formula), start, 60, (Run(GradientDescent(), rate), Run(AdagradRMS(), rate))))


@pytest.mark.parametrize("address", [case[0] for case in SENTENCES])
def test_every_claim_holds_for_the_scenes_of_the_file_of_sentences(address):
    scene = scene_of(address)
    check(replace(scene, steps=min(scene.steps, 1500)))


@pytest.mark.parametrize("slug", PRESETS)
def test_every_claim_holds_for_the_scenes_made_in_advance(slug):
    check(PRESETS[slug][1])


ENDINGS = {
    "balanced": (Own(formula="(x-2)^2 + (y-1)^2"), (0.0, 0.0), Run(AdamW(weight_decay=0.5, beta2=0.0, eps=1.0), 0.1)),
    "no_rate": (Own(formula="x^2 + y^2"), (1.0, 1.0), Run(GradientDescent(), 0.4, Manual(points=((150, 0.0),)))),
    "idle": (Own(formula="x^2 + y^2"), (1.0, 1.0), Run(GradientDescent(), 0.01, Manual(points=((50, 0.0),)))),
    "maximum": (Own(formula="-x^2 - y^2"), (0.0, 0.0), Run(GradientDescent(), 0.1)),
    "saddle": (Own(formula="x^2 - y^2"), (1.0, 0.0), Run(GradientDescent(), 0.1)),
    "plateau": (Own(formula="max(0, 1 - x)"), (2.0, 0.0), Run(GradientDescent(), 0.1)),
    "floor": (Own(formula="max(x^2 + y^2 - 1, 0)"), (2.0, 1.0), Run(GradientDescent(), 0.05)),
    "undefined": (Own(formula="log(x) + y^2"), (1.0, 1.0), Run(GradientDescent(), 0.9)),
    "stalled": (Own(formula="x^2 + y^2"), (1.0, 1.0), Run(GradientDescent(), 0.01, Exponential(base=0.9, per_epoch=1))),
}


def test_rest_at_a_wall_is_an_event_that_holds():
    run = Run(GradientDescent(), 0.1)
    events = check(Scenario(Own(formula="x^2 + y^2"), (2.0, 1.0), 300, (run,), box=Box(left=1.0)))
    assert {"touches", "wall"} <= {event.kind for event in events}


@pytest.mark.parametrize("kind", ENDINGS)
def test_every_ending_is_an_event_that_holds(kind):
    surface, start, run = ENDINGS[kind]
    events = check(Scenario(surface, start, 2000, (run,)))
    assert kind in {event.kind for event in events}


def kinds(scene):
    return [(event.kind, event.update) for event in timeline(scene, simulate(scene))]


def test_each_change_of_a_manual_schedule_is_told():
    run = Run(GradientDescent(), 0.1, Manual(points=((10, 0.5), (20, 2.0), (30, 0.0))))
    scene = Scenario(Valley(kappa=2.0), (4.0, 1.0), 40, (run,))
    told = [(e.update, str(e.mark)) for e in timeline(scene, simulate(scene)) if e.kind in ("stage", "no_rate", "idle")]
    assert told == [(10, "rate drops"), (20, "rate rises"), (30, "stands still")]


def test_a_gliding_rate_is_told_once_it_is_a_tenth():
    run = Run(GradientDescent(), 0.1, SCHEDULES["inverse-time"](rate=1.0, per_epoch=1))
    assert [told for told in kinds(Scenario(Valley(kappa=2.0), (4.0, 1.0), 40, (run,))) if told[0] == "stage"] == [
        ("stage", 9)
    ]


def test_the_end_of_a_warm_up_is_told():
    run = Run(GradientDescent(), 0.1, warmup=WarmUp(steps=7))
    assert ("warm_up", 7) in kinds(Scenario(Valley(kappa=2.0), (4.0, 1.0), 40, (run,)))
    assert not any(kind == "warm_up" for kind, _ in kinds(Scenario(Valley(kappa=2.0), (4.0, 1.0), 7, (run,))))


@pytest.mark.parametrize("slug", ["adagrad", "amsgrad", "gd", "momentum"])
def test_a_scale_that_does_not_fall_is_no_memory_that_fades(slug):
    rule = OPTIMIZERS[slug]()
    rate = suggest_learning_rate(DEFAULT_SCENE.surface, DEFAULT_SCENE.start, rule)
    scene = replace(DEFAULT_SCENE, runs=(Run(rule, rate),))
    (run,) = simulate(scene)
    assert (np.diff(run.sigma[:, 1]) >= 0).all() == ("fades" not in {event.kind for event in timeline(scene, (run,))})


def test_a_run_that_arrives_does_not_crawl():
    def told(lr, steps, start=(4.0, 1.0)):
        return dict(kinds(Scenario(Valley(kappa=4.0), start, steps, (Run(GradientDescent(), lr),))))

    assert "crawls" not in told(0.1, 150)
    assert told(0.1, 150)["near"] < 100
    assert told(1e-9, 150)["crawls"] == 0
    assert "near" not in told(1e-9, 150)
    assert "near" not in told(0.1, 150, start=(0.01, 0.01))


def test_leaving_the_map_and_coming_back_is_told():
    out = next(event for event in OPENING if event.kind == "leaves")
    assert (out.update, out.run, out.axis) == (722, ADAGRAD, 1)
    assert str(out.detail) == "It is back at update 723."
    assert out.place is not None
    assert out.place[1] > 5.0


def test_every_kind_of_event_has_a_weight():
    assert set(WEIGHTS) == {kind for part in get_args(Kind) for kind in get_args(part)}


def made(*told):
    """Events of the given kinds, updates and runs."""
    return tuple(replace(OPENING[0], kind=kind, update=update, run=run) for kind, update, run in told)


def test_of_captions_that_crowd_the_more_telling_one_stays():
    shown = captions(made(("start", 0, 0), ("rises", 699, 0), ("seen", 708, 0), ("back", 724, 0), ("moving", 1000, 0)))
    assert [event.kind for event in shown] == ["start", "seen", "back", "moving"]
    apart = captions(made(("start", 0, 0), ("rises", 708 - APART, 0), ("seen", 708, 0), ("moving", 1000, 0)))
    assert [event.kind for event in apart] == ["start", "rises", "seen", "moving"]


def test_in_a_short_scene_captions_may_be_closer():
    told = made(("start", 0, 0), ("crosses", 1, 0), ("seen", 2, 0), ("back", 3, 0), ("moving", 20, 0))
    assert captions(told) == told


def test_a_kind_is_captioned_once_a_run_and_the_runs_of_the_story_come_first():
    told = made(("start", 0, 1), ("crosses", 100, 1), ("crosses", 101, 0), ("crosses", 500, 1), ("moving", 900, 0))
    assert [(event.update, event.run) for event in captions(told)] == [(0, 1), (100, 1), (900, 0)]


def test_no_more_captions_than_a_person_can_follow():
    told = made(("start", 0, 0), *((kind, 100 * (place + 1), 0) for place, kind in enumerate(list(WEIGHTS)[1:])))
    shown = captions(told)
    assert len(shown) == MOST
    least = min(WEIGHTS[event.kind] for event in shown)
    assert all(WEIGHTS[event.kind] <= least for event in told if event not in shown)


def test_a_run_with_many_blow_outs_has_moments_for_some_and_an_account_of_all():
    scene = replace(PRESETS["four-formulas"][1], steps=20_000, runs=PRESETS["four-formulas"][1].runs[1:2])
    (run,) = simulate(scene)
    events = timeline(scene, (run,))
    told = [event for event in events if event.kind == "crosses"]
    assert len(told) == 21
    assert len(accounts(e for e in events if e.kind in ("crosses", "seen", "back"))) == 2
    assert np.diff([event.update for event in told]).min() > 0
