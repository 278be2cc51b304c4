"""Narration: the lecture's numbers in sentences, and every ending told without a slip."""

from dataclasses import replace

import numpy as np
import pytest

from engine.presets import DEFAULT_SCENE
from engine.scenario import Run, Scenario
from engine.simulate import simulate_run
from engine.suggest import suggest_learning_rate
from explain.episodes import episodes
from explain.events import accounts
from explain.story import beginning, story
from optimizers import OPTIMIZERS
from optimizers.adagrad_rms import AdagradRMS
from optimizers.gradient_descent import GradientDescent
from optimizers.lion import Lion
from surfaces.lecture_valley import LectureValley
from surfaces.rosenbrock import Rosenbrock
from surfaces.valley import Valley

VALLEY = LectureValley()


def lecture(steps, optimizer, lr):
    return simulate_run(replace(DEFAULT_SCENE, steps=steps), Run(optimizer, lr))


def words(trajectory, surface=VALLEY):
    return [str(sentence) for sentence in accounts(story(surface, trajectory))]


def test_the_blow_out_of_the_lecture_is_told_with_its_cause():
    assert words(lecture(900, AdagradRMS(), 1.0))[0] == (
        "w becomes unstable at update 512; the blow-out is seen at 708; σ of w grows and it is stable again at 724."
    )


def test_each_blow_out_is_seen_when_w_has_left_the_floor_by_a_twentieth():
    """The lecture's moments are 708, 1180, 1728, 2344, 3022, 3757, 4545, 5384; a rule for any surface is as close."""
    found = episodes(VALLEY, lecture(5_500, AdagradRMS(), 1.0))
    assert [e.start for e in found] == [512, 948, 1467, 2057, 2712, 3426, 4195, 5015]
    assert [e.end for e in found][:3] == [724, 1203, 1758]
    assert [e.seen for e in found] == pytest.approx([708, 1180, 1728, 2344, 3022, 3757, 4545, 5384], abs=1)
    assert {e.axis for e in found} == {1}


def test_repetitions_are_summed_up():
    first, rise, again, *_ = words(lecture(5_500, AdagradRMS(), 1.0))
    assert "512" in first
    assert rise == (
        "But the gradient points along the stable direction until update 699: only then does the loss rise."
    )
    assert again.startswith("w becomes unstable 7 more times, at 948, 1467, 2057, 2712, 3426, …; of these, 7 are seen")


def test_a_run_that_is_cut_off_while_it_is_unstable_says_so():
    assert "stays so to the end; no blow-out is seen" in words(lecture(600, AdagradRMS(), 1.0))[0]
    assert "seen at 708 and lasts to the end" in words(lecture(715, AdagradRMS(), 1.0))[0]


def test_a_stable_run_says_how_close_it_came():
    calm = words(lecture(200, GradientDescent(), 1e-7))
    assert calm[0] == (
        "It is never unstable: preconditioned sharpness is highest at update 0, 0.174683, below its limit of 2."
    )


def test_where_all_runs_begin_is_told_once():
    told = str(beginning(VALLEY, lecture(1, GradientDescent(), 1e-7)))
    assert told == "Every run starts at b = -120, w = -4, with loss 3.671×10⁷."


def test_stuck_is_not_a_small_gradient():
    stuck = "it is stuck between two walls, not at a point of small gradient."
    assert any(stuck in line for line in words(lecture(200, GradientDescent(), 1.1449e-6)))
    assert not any(stuck in line for line in words(lecture(200, GradientDescent(), 1e-7)))


def test_divergence_is_told():
    told = words(lecture(10_000, GradientDescent(), 1.5e-6))
    assert told[0].startswith("w becomes unstable at update 0; the blow-out is seen at 1 ")
    assert told[-1].startswith("In the end: diverged at update")


def test_a_rule_without_a_limit_says_so():
    assert "Theory knows no limit of stability for this rule." in words(lecture(100, Lion(), 0.1))


def test_convergence_is_told():
    scene = Scenario(Valley(kappa=2.0), (4.0, 1.0), 200, (Run(GradientDescent(), 0.5),))
    told = words(simulate_run(scene, scene.runs[0]), scene.surface)
    assert told[-1].startswith("In the end: converged at update")


@pytest.mark.parametrize("factor", [0.1, 1.0, 1e4])
@pytest.mark.parametrize("kind", OPTIMIZERS.values(), ids=list(OPTIMIZERS))
def test_every_rule_has_a_story(kind, factor):
    surface = Rosenbrock()
    run = Run(kind(), factor * suggest_learning_rate(surface, surface.start, kind()))
    trajectory = simulate_run(Scenario(surface, surface.start, 200, (run,)), run)
    told = words(trajectory, surface)
    assert 2 <= len(told) <= 6
    assert not any("nan" in line or "None" in line for line in told[:-1])


@pytest.mark.parametrize("constant", [-1e6, -3.0, 0.0, 3.0, 1e6])
@pytest.mark.parametrize(("share", "is_told"), [(0.0, False), (0.009, False), (0.011, True), (0.5, True), (2.0, True)])
def test_the_lowest_loss_is_told_where_a_share_of_the_descent_is_lost_again(constant, share, is_told):
    run = lecture(20, GradientDescent(), 1e-7)
    loss = constant + np.concatenate([np.linspace(8.0, 4.0, 11), np.linspace(4.0, 4.0 + 4.0 * share, 11)[1:]])
    told = [line for line in words(replace(run, loss=loss)) if "loss is lowest at update 10" in line]
    assert bool(told) == is_told
    assert all(line.endswith(f"{4 * share:.3g} higher in the end.") for line in told)


def test_a_first_loss_that_is_no_number_makes_nothing_lower_than_the_end():
    run = lecture(20, GradientDescent(), 1e-7)
    loss = np.concatenate([[np.nan], np.linspace(8.0, 4.0, 10), np.full(10, 4.0)])
    assert not any("lowest" in line for line in words(replace(run, loss=loss)))


def test_nothing_is_said_of_when_the_loss_rises_if_it_has_risen_before():
    run = lecture(900, AdagradRMS(), 1.0)
    for update in (513, 600, 698):
        loss = run.loss.copy()
        loss[update] += 1e-3 * loss[update]
        assert not any("only then does the loss rise" in line for line in words(replace(run, loss=loss)))
    falling = np.sort(run.loss)[::-1]
    assert not any("only then does the loss rise" in line for line in words(replace(run, loss=falling)))


def test_a_sharpness_that_is_no_number_is_as_before():
    run = lecture(900, AdagradRMS(), 1.0)
    sharpness = run.sharpness.copy()
    sharpness[[0, 300, 600, 601]] = np.nan
    assert [(e.start, e.end) for e in episodes(VALLEY, replace(run, sharpness=sharpness))] == [(512, 724)]
    sharpness[700:] = np.nan
    assert [(e.start, e.end) for e in episodes(VALLEY, replace(run, sharpness=sharpness))] == [(512, None)]
    assert not any("never unstable" in line for line in words(replace(run, sharpness=sharpness)))


@pytest.mark.parametrize("highest", [1.999, 1.9999999, 2.0, np.nextafter(2.0, 1.0)])
def test_a_limit_that_is_met_in_the_digits_shown_is_not_called_stable(highest):
    run = lecture(50, GradientDescent(), 1e-7)
    sharpness = np.where(np.arange(50) == 30, highest, 0.5)
    (told,) = [line for line in words(replace(run, sharpness=sharpness)) if "harpness" in line]
    assert ("never unstable" in told) == (highest == 1.999)
    assert "at update 30" in told
    assert ("as makes no difference" in told) == (highest != 1.999)
