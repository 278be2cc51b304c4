"""Snippets: run on their own, they reach the point that the engine reaches."""

import ast
import contextlib
import io
from dataclasses import replace

import numpy as np
import pytest

from engine.around import Clip
from engine.noise import Noise
from engine.presets import DEFAULT_SCENE, PRESETS
from engine.scenario import Run, Scenario
from engine.simulate import simulate_run
from engine.suggest import suggest_learning_rate
from export.snippets import numpy_snippet
from export.torch_snippet import torch_optimizer, torch_snippet
from optimizers import OPTIMIZERS
from optimizers.adam import Adam
from optimizers.gradient_descent import GradientDescent
from schedules import SCHEDULES
from schedules.base import WarmUp
from schedules.constant import Constant
from schedules.one_cycle import OneCycle
from spec.knobs import Choice, Flag, knobs_of
from spec.sentences import SentenceError
from surfaces import SURFACES
from surfaces.himmelblau import Himmelblau
from surfaces.lecture_valley import LectureValley
from surfaces.own import Own
from surfaces.rosenbrock import Rosenbrock
from surfaces.saddle import Saddle
from surfaces.valley import Valley

every_optimizer = pytest.mark.parametrize("kind", OPTIMIZERS.values(), ids=list(OPTIMIZERS))


def last_point(text):
    scope = {}
    with contextlib.redirect_stdout(io.StringIO()) as printed:
        exec(compile(text, "<snippet>", "exec"), scope)
    assert printed.getvalue() == f"{scope['theta']}\n"
    return scope["theta"]


def assert_same_end(scene, run):
    trajectory = simulate_run(scene, run)
    end = last_point(numpy_snippet(scene, run, trajectory.updates))
    np.testing.assert_array_equal(end, trajectory.theta[-1])


def fitted(surface, optimizer, **more):
    return Run(optimizer, suggest_learning_rate(surface, surface.start, optimizer), **more)


@pytest.mark.parametrize(
    "surface", [Valley(kappa=20.0, angle=30.0), Himmelblau(), LectureValley()], ids=lambda s: s.slug
)
@every_optimizer
def test_numpy_moves_as_the_engine_does(kind, surface):
    run = fitted(surface, kind())
    assert_same_end(Scenario(surface, surface.start, 200, (run,)), run)


def variants(kind):
    """The rule with each choice and each switch turned once."""
    for name, knob in knobs_of(kind).items():
        for value in [*knob.options] if isinstance(knob, Choice) else [True, False] if isinstance(knob, Flag) else []:
            yield kind(**{name: value})


@pytest.mark.parametrize("optimizer", [o for kind in OPTIMIZERS.values() for o in variants(kind)], ids=str)
def test_choices_and_switches_are_decided_as_the_engine_does(optimizer):
    run = fitted(Himmelblau(), optimizer)
    assert_same_end(Scenario(Himmelblau(), (1.0, 1.0), 60, (run,)), run)


@pytest.mark.parametrize("slug", ["adamw", "lion"])
def test_decoupled_decay_is_taken_in_the_engine_s_order(slug):
    run = Run(OPTIMIZERS[slug](weight_decay=0.1), 0.01, SCHEDULES["inverse-time"]())
    assert_same_end(Scenario(Rosenbrock(), Rosenbrock.start, 2000, (run,)), run)


@pytest.mark.parametrize(
    "warmup",
    [
        WarmUp(),
        WarmUp(20, "linear", 0.1),
        WarmUp(20, "linear", 0.1, "zero"),
        WarmUp(10, "constant", 0.3),
        WarmUp(20, "polynomial", 0.1, power=3.0),
        WarmUp(20, "exponential", count="zero"),
        WarmUp(20, "exponential", 0.2),
    ],
    ids=str,
)
@pytest.mark.parametrize("kind", SCHEDULES.values(), ids=list(SCHEDULES))
def test_every_schedule_is_written_out(kind, warmup):
    run = Run(Adam(), 0.05, kind(), warmup)
    assert_same_end(Scenario(Himmelblau(), (1.0, 1.0), 150, (run,)), run)


AROUND = [
    (Constant(), Clip(0.5)),
    (OneCycle(cycled=True), Clip()),
    (OneCycle(cycled=True, phases="three", shape="linear"), Clip(0.5)),
]


@pytest.mark.parametrize(("schedule", "clip"), AROUND, ids=["clipped", "cycled", "both"])
@pytest.mark.parametrize("kind", OPTIMIZERS.values(), ids=list(OPTIMIZERS))
def test_what_stands_around_a_rule_is_written_out(kind, schedule, clip):
    run = Run(kind(), 0.01, schedule, WarmUp(4), clip=clip)
    assert_same_end(Scenario(Valley(), (6.0, 3.0), 40, (run,)), run)


@pytest.mark.parametrize("slug", ["momentum", "nesterov"])
def test_a_rate_inside_the_memory_is_written_out_with_the_rates_it_remembers(slug):
    run = Run(OPTIMIZERS[slug](rate="inside"), 0.005, SCHEDULES["staircase"](every=1, per_epoch=20))
    assert_same_end(Scenario(Himmelblau(), (1.0, 1.0), 150, (run,)), run)


@pytest.mark.parametrize("slug", SURFACES)
def test_every_surface_is_written_out(slug):
    surface = SURFACES[slug]()
    run = fitted(surface, GradientDescent())
    assert_same_end(Scenario(surface, surface.start, 50, (run,)), run)


@every_optimizer
def test_a_measured_surface_carries_what_was_measured(kind):
    surface = SURFACES["slice-path"]()
    run = fitted(surface, kind(), schedule=SCHEDULES["cosine"](), warmup=WarmUp(5))
    assert_same_end(Scenario(surface, surface.start, 60, (run,)), run)


def test_pytorch_is_not_offered_without_a_formula():
    surface = SURFACES["slice-path"]()
    with pytest.raises(SentenceError, match="This surface was measured"):
        torch_snippet(Scenario(surface, surface.start, 10, (Run(Adam(), 0.01),)), Run(Adam(), 0.01))


def test_a_formula_of_ones_own_with_every_kind_of_function():
    surface = Own(formula="abs(x - 1)*max(x, y) + tanh(y)^2 + sqrt(x^2 + 1) + min(x, 2*y) + exp(x/4) + abs(y)^1.5")
    run = Run(Adam(), 0.01)
    assert_same_end(Scenario(surface, (2.0, 1.0), 80, (run,)), run)


@pytest.mark.parametrize(
    "noise", [Noise(level=0.3, seed=4), Noise(batch=3, seed=4), Noise(level=0.1, batch=2)], ids=str
)
def test_noise_is_drawn_again(noise):
    run = Run(Adam(), 0.1)
    assert_same_end(Scenario(LectureValley(), (-120.0, -4.0), 50, (run,), noise), run)


def test_a_blow_out_is_reproduced():
    assert_same_end(*scene_of("blow-out"))


def scene_of(slug):
    scene = PRESETS[slug][1]
    return scene, scene.runs[0]


def test_a_diverged_run_stops_where_it_stopped():
    run = Run(GradientDescent(), 1.0)
    assert_same_end(Scenario(Valley(), (6.0, 3.0), 500, (run,)), run)


def test_an_axis_without_gradient_stands_still():
    run = Run(OPTIMIZERS["adagrad-rms"](), 0.01)
    assert_same_end(Scenario(Saddle(), (1.0, 0.0), 30, (run,)), run)


def test_a_snippet_reads_like_the_rule():
    text = numpy_snippet(DEFAULT_SCENE, DEFAULT_SCENE.runs[1])
    assert "s = state.s + g * g\n    return g, np.sqrt(s / (t + 1)), Total(s)" in text
    assert "self" not in text
    assert max(map(len, text.splitlines())) < 400


@every_optimizer
def test_pytorch_is_used_for_what_it_has_and_the_rest_is_written_out(kind):
    scene = Scenario(Himmelblau(), (1.0, 1.0), 10, (Run(kind(), 0.01),))
    text = torch_snippet(scene, scene.runs[0])
    ast.parse(text)
    assert ("torch.optim." in text) == (torch_optimizer(scene.runs[0]) is not None)
    assert ("def update(" in text) == (torch_optimizer(scene.runs[0]) is None)


@pytest.mark.parametrize(
    ("optimizer", "offered"),
    [
        (Adam(), True),
        (Adam(place="hat"), False),
        (Adam(corrected=False), False),
        (OPTIMIZERS["momentum"](form="average"), False),
        (OPTIMIZERS["momentum"](rate="inside"), False),
        (OPTIMIZERS["nesterov"](), True),
        (OPTIMIZERS["nesterov"](rate="inside"), False),
        (OPTIMIZERS["adagrad"](place="inside"), False),
        (OPTIMIZERS["radam"](early="still"), False),
        (OPTIMIZERS["lion"](), False),
    ],
    ids=str,
)
def test_pytorch_s_own_is_not_used_for_settings_it_does_not_have(optimizer, offered):
    assert (torch_optimizer(Run(optimizer, 0.01)) is not None) == offered


def test_pytorchs_rprop_does_not_follow_a_schedule():
    run = Run(OPTIMIZERS["rprop"](), 0.01)
    assert torch_optimizer(run)
    assert torch_optimizer(replace(run, schedule=SCHEDULES["cosine"]())) is None
