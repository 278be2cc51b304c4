"""Every preset is a link, and shows what its title says."""

import json
from dataclasses import fields, replace
from pathlib import Path

import numpy as np
import pytest

from engine.presets import DEFAULT_SCENE, PRESETS, one_term_at_a_time, try_it
from engine.scenario import Run, Scenario
from engine.simulate import simulate
from engine.suggest import suggest_learning_rate
from engine.url import decode, encode
from explain.episodes import episodes
from optimizers import OPTIMIZERS
from optimizers.adam import Adam
from optimizers.gradient_descent import GradientDescent
from schedules import SCHEDULES
from schedules.constant import Constant
from surfaces import SURFACES


def shown(slug):
    scene = PRESETS[slug][1]
    return scene, simulate(scene)


@pytest.mark.parametrize("slug", PRESETS)
def test_every_preset_is_an_address(slug):
    scene = PRESETS[slug][1]
    assert decode(encode(scene)) == (scene, ())


def test_stuck_is_not_a_small_gradient():
    _, (run,) = shown("stuck")
    late = slice(100, None)
    assert np.ptp(np.log10(run.loss[late])) < 0.05
    assert run.grad_norm[late].min() > 0.5 * run.grad_norm[0]


def test_the_blow_out_has_a_cause_that_comes_before_it():
    scene, (run,) = shown("blow-out")
    first = episodes(scene.surface, run)[0]
    assert (first.start, first.seen, first.end) == (512, 708, 724)
    assert first.sigma_grew


def test_decay_cures_the_blow_outs():
    scene, (wild, cured) = shown("decay")
    assert scene.runs[0].optimizer == scene.runs[1].optimizer
    assert len(episodes(scene.surface, wild)) == 8
    assert episodes(scene.surface, cured) == ()


def test_the_two_rmsprops_differ_in_their_first_step_by_the_start_of_their_average():
    _, runs = shown("two-rmsprops")
    lee, ng = (np.abs(run.theta[1] - run.theta[0]) for run in runs)
    assert ng / lee == pytest.approx(np.full(2, 10.0))


def test_each_of_the_four_formulas_adds_one_term():
    scene, (plain, scaled, decaying, averaged) = shown("four-formulas")
    _, second, third, fourth = scene.runs
    assert (plain.sigma == 1).all()
    np.testing.assert_array_equal(plain.m, plain.grad[:-1])
    np.testing.assert_allclose(scaled.m, scaled.grad[:-1], rtol=1e-12)
    assert (scaled.sigma != 1).all()
    assert second.optimizer == third.optimizer
    assert second.schedule == Constant()
    assert np.ptp(scaled.lr) == 0 < np.ptp(decaying.lr)
    np.testing.assert_allclose(decaying.m, decaying.grad[:-1], rtol=1e-12)
    assert third.schedule == fourth.schedule
    changed = [
        f.name for f in fields(third.optimizer) if getattr(third.optimizer, f.name) != getattr(fourth.optimizer, f.name)
    ]
    assert changed == ["beta1"]
    assert not np.allclose(averaged.m, averaged.grad[:-1])


def test_rotation_harms_adam_and_leaves_gradient_descent_alone():
    _, (adam_0, descent_0) = shown("rotation-0")
    _, (adam_45, descent_45) = shown("rotation-45")
    assert adam_0.loss[-1] == pytest.approx(3e-12, rel=0.02)
    assert adam_45.loss[-1] == pytest.approx(0.94, rel=0.01)
    assert descent_45.loss[-1] == pytest.approx(descent_0.loss[-1], rel=1e-4)


def test_all_three_ways_round_rosenbrocks_bend_follow_it_and_momentum_and_adam_arrive_sooner():
    _, runs = shown("rosenbrock")
    descent, momentum, adam = (run.loss[-1] for run in runs)
    assert max(momentum, adam) < 1e-3 < descent < 0.5
    assert all(run.theta[:, 0].min() < -1 and run.theta[-1, 0] > 0.5 for run in runs)


def test_every_preset_is_the_scene_it_was():
    """Stories, pictures and chapters tell what happens at the very numbers of a preset."""
    frozen = json.loads(Path(__file__).with_name("presets_v1.json").read_text())
    assert {slug: {"title": title, **encode(scene)} for slug, (title, scene) in PRESETS.items()} == frozen


@pytest.mark.parametrize("slug", ["rosenbrock", "valley", "himmelblau"])
def test_the_four_formulas_can_be_compared_on_any_surface(slug):
    surface = SURFACES[slug]()
    made = one_term_at_a_time(Scenario(surface, surface.start, 77, (Run(Adam(), 1.0),)))
    assert (made.surface, made.start, made.steps) == (surface, surface.start, 77)
    lecture = PRESETS["four-formulas"][1].runs
    assert [replace(run, lr=1.0) for run in made.runs] == [replace(run, lr=1.0) for run in lecture]
    plain = suggest_learning_rate(surface, surface.start, GradientDescent())
    scaled = suggest_learning_rate(surface, surface.start, Adam(beta1=0.0))
    assert [run.lr for run in made.runs] == [plain, scaled, scaled, scaled]


@pytest.mark.parametrize("catalogue", [SURFACES, OPTIMIZERS, SCHEDULES], ids=["surfaces", "optimizers", "schedules"])
def test_every_entry_has_a_scene_that_shows_it(catalogue):
    for entry in catalogue.values():
        scene = try_it(entry)
        shown = [scene.surface, *(part for run in scene.runs for part in (run.optimizer, run.schedule))]
        assert entry() in shown
        assert scene.start == scene.surface.start
        assert scene == DEFAULT_SCENE or scene.steps == Scenario.DEFAULT_STEPS
    assert len(try_it(SCHEDULES["cosine"]).runs) == 2
