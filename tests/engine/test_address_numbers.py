"""An old link keeps its meaning: numbers that were allowed are, those beyond are clamped, and noise is the same."""

from dataclasses import replace

import pytest

from engine.noise import Noise
from engine.presets import DEFAULT_SCENE
from engine.scenario import Run
from engine.simulate import simulate_run
from engine.suggest import suggest_learning_rate
from engine.url import decode, echo, encode, explicit, shorten
from optimizers.adam import Adam
from optimizers.gradient_descent import GradientDescent
from schedules import SCHEDULES
from schedules.base import WarmUp
from spec.sentences import Sentence
from surfaces import SURFACES

RANGES = {
    "x": (-1e9, 1e9), "y": (-1e9, 1e9), "steps": (1, 1_000_000), "noise": (0.0, 10.0), "batch": (0, 1000),
    "seed": (0, 2**31 - 1), "a.lr": (1e-12, 1e6),
}  # fmt: skip
BASE = {"surface": "rosenbrock", "a": "adam"}


def number(scene, name):
    found = {"x": scene.start[0], "y": scene.start[1], "steps": scene.steps, "a.lr": scene.runs[0].lr}
    found |= {"noise": scene.noise.level, "batch": scene.noise.batch, "seed": scene.noise.seed}
    return found[name]


@pytest.mark.parametrize(("name", "end"), [(name, end) for name in RANGES for end in (0, 1)])
def test_the_ends_of_a_range_are_allowed_and_what_is_beyond_is_clamped(name, end):
    limit = RANGES[name][end]
    scene, notes = decode(BASE | {name: str(limit)})
    assert number(scene, name) == limit
    assert not notes
    beyond = limit * 1.5 if end and isinstance(limit, float) else limit - 1 + 2 * end
    scene, notes = decode(BASE | {name: str(beyond)})
    assert number(scene, name) == limit
    assert str(notes[0]).startswith(f"{name} must lie in [")
    assert str(notes[0]).endswith(" is used.")


@pytest.mark.parametrize("slug", [slug for slug in SURFACES if slug != "lecture"])
def test_a_surface_without_runs_has_those_of_the_default_scene_at_rates_that_make_sense(slug):
    surface = SURFACES[slug]()
    scene, notes = decode({"surface": slug})
    rules = [run.optimizer for run in DEFAULT_SCENE.runs]
    assert scene.runs == tuple(Run(rule, suggest_learning_rate(surface, surface.start, rule)) for rule in rules)
    assert (scene.surface, scene.start, scene.steps, scene.noise) == (surface, surface.start, 500, Noise())
    assert not notes


def test_the_default_surface_without_runs_has_the_default_runs():
    scene, _ = decode({"surface": "lecture", "steps": "70"})
    assert scene == replace(DEFAULT_SCENE, steps=70)
    assert decode({"steps": "1000"})[0] == DEFAULT_SCENE


def test_a_missing_rate_follows_from_the_start_of_the_address():
    scene, _ = decode(BASE | {"a": "gd", "x": "0", "y": "0"})
    assert scene.runs[0].lr == suggest_learning_rate(scene.surface, (0.0, 0.0), GradientDescent())
    assert scene.runs[0].lr != decode(BASE | {"a": "gd"})[0].runs[0].lr


def test_an_unknown_optimizer_is_the_first_of_the_default_scene_and_keeps_its_rate():
    scene, notes = decode({"surface": "rosenbrock", "a": "nope", "a.lr": "0.003"})
    assert scene.runs == (Run(GradientDescent(), 0.003),)
    assert [str(note) for note in notes] == ["a=nope is not known; gd is used."]


def test_an_unknown_schedule_is_constant():
    scene, notes = decode(BASE | {"a.sched": "nope", "a.lr": "1"})
    assert scene.runs == (Run(Adam(), 1.0),)
    assert [str(note) for note in notes] == ["a.sched=nope is not known; constant is used."]


def test_runs_may_leave_letters_out():
    scene, notes = decode({"surface": "rosenbrock", "b": "adam", "b.lr": "1", "f": "gd", "f.lr": "2"})
    assert [run.lr for run in scene.runs] == [1.0, 2.0]
    assert not notes
    assert list(encode(scene)) == ["v", "surface", "a", "a.lr", "b", "b.lr"]


@pytest.mark.parametrize(("version", "count"), [("1", 0), ("2", 1), ("", 1), ("01", 1)])
def test_the_version_is_1(version, count):
    scene, notes = decode(BASE | {"v": version, "a.lr": "1"})
    assert scene.runs == (Run(Adam(), 1.0),)
    assert len(notes) == count


def test_a_run_is_written_with_its_schedule_warm_up_and_name():
    run = Run(Adam(beta1=0.5), 0.25, SCHEDULES["inverse-time"](rate=0.5), WarmUp(steps=9, start=0.125), "My run")
    assert (
        explicit(replace(DEFAULT_SCENE, runs=(*DEFAULT_SCENE.runs, run))).items()
        >= {
            "c": "adam",
            "c.beta1": "0.5",
            "c.lr": "0.25",
            "c.sched": "inverse-time",
            "c.sched.rate": "0.5",
            "c.warmup": "9",
            "c.warmup.start": "0.125",
            "c.name": "My run",
        }.items()
    )


def test_what_equals_its_default_is_left_out_and_what_does_not_is_written():
    surface = SURFACES["rosenbrock"]()
    scene = replace(DEFAULT_SCENE, surface=surface, start=surface.start, steps=500, runs=(Run(Adam(), 1.0),))
    assert explicit(scene) == {"v": "1", "surface": "rosenbrock", "a": "adam", "a.lr": "1"}
    moved = replace(scene, start=(surface.start[0], 7.0), steps=501, noise=Noise(level=0.5, batch=2, seed=3))
    assert explicit(moved) == {
        "v": "1", "surface": "rosenbrock", "y": "7", "steps": "501", "noise": "0.5", "batch": "2", "seed": "3",
        "a": "adam", "a.lr": "1",
    }  # fmt: skip


@pytest.mark.parametrize(("length", "shown"), [(40, 40), (41, 40), (400, 40)])
def test_a_long_text_is_repeated_short(length, shown):
    text = echo("x" * length)
    assert len(text) == shown
    assert text.endswith("…") == (length > 40)
    sentence = shorten(Sentence("{a} {n}", {"a": "x" * length, "n": 5}))
    assert str(sentence) == f"{text} 5"


def test_a_number_that_cannot_be_read_is_repeated_short_in_its_note():
    _, notes = decode(BASE | {"a.lr": "q" * 100})
    assert "q" * 39 + "…" in str(notes[0])
    assert "q" * 40 not in str(notes[0])


@pytest.mark.parametrize(
    ("name", "used", "count"),
    [
        ("Two  words", "Two words", 0),
        (" spaced ", "spaced", 0),
        ("a\tb", "a b", 1),
        ("x" * 41, "x" * 40, 1),
        ("\n", "", 1),
    ],
)
def test_a_name_is_cleaned_and_that_is_said(name, used, count):
    scene, notes = decode(BASE | {"a.lr": "1", "a.name": name})
    assert scene.runs[0].name == used
    assert [str(note).endswith(f"; {used or '–'} is used.") for note in notes] == [True] * count


@pytest.mark.parametrize(
    ("noise", "end"),
    [
        (Noise(level=0.1, seed=4), (-120.33904724735305, 0.49144205447232103)),
        (Noise(batch=3, seed=4), (-119.96913174163875, 2.244580361792314)),
        (Noise(level=0.05, batch=7, seed=2**31 - 1), (-119.39427063133127, 2.3389671881265257)),
    ],
)
def test_a_seed_gives_the_noise_it_always_gave(noise, end):
    run = Run(GradientDescent(), 1e-6)
    trajectory = simulate_run(replace(DEFAULT_SCENE, steps=6, runs=(run,), noise=noise), run)
    assert trajectory.theta[-1].tolist() == pytest.approx(end, rel=1e-9)
