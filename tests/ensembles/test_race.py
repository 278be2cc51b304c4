"""A fair race: the same tries, boxes, starts and budget for all, and a winner that recorded runs confirm."""

from itertools import combinations, product

import numpy as np
import pytest

from engine.fields import numbers
from engine.scenario import Run, Scenario
from engine.simulate import simulate_run
from ensembles.boxes import starts_of
from ensembles.profiles import expected_best, profile, ratios, score
from ensembles.race import LEAST, TARGET, Race, left_of, race
from ensembles.watch import floor_of
from optimizers import OPTIMIZERS
from optimizers.adam import Adam
from surfaces.himmelblau import Himmelblau
from surfaces.own import Own
from surfaces.rosenbrock import Rosenbrock

SCENE = Scenario(Rosenbrock(), (-1.2, 1.0), 80, (Run(Adam(), 0.1),))
RULES = ("gd", "momentum", "adam", "radam")


@pytest.fixture(scope="module")
def made() -> Race:
    return race(SCENE, RULES, tries=8, starts=5)


def test_every_try_is_a_recorded_run(made):
    for entrant in made.entrants:
        table = numbers(entrant.scenario)
        for number, setting in enumerate(entrant.settings.tolist()):
            scene = entrant.scenario
            for side, value in zip(entrant.box, setting, strict=True):
                assert side.low <= value <= side.high
                scene = table[side.name].replace(scene, value)
            path = simulate_run(scene, scene.runs[0])
            left = left_of(path.loss[-1:], path.loss[:1], made.floor)[0]
            assert entrant.left[number, 0] == pytest.approx(left, rel=1e-6, abs=1e-9)
            reached = np.flatnonzero(path.loss <= made.floor + TARGET * (path.loss[0] - made.floor))
            assert entrant.to_target[number, 0] == (reached[0] if len(reached) else np.inf)


def test_every_rule_has_the_same_tries(made):
    assert {entrant.left.shape for entrant in made.entrants} == {(8, 5)}
    rates = [
        np.log(entrant.settings[:, 0] / entrant.box[0].low) / np.log(entrant.box[0].high / entrant.box[0].low)
        for entrant in made.entrants
    ]
    for other in rates[1:]:
        np.testing.assert_allclose(other, rates[0])


def test_the_winner_is_run_again(made):
    scene = made.winner.tuned
    assert scene.runs[0].optimizer.slug == made.winner.slug
    assert made.winner.results.min() == min(entrant.results.min() for entrant in made.entrants)
    assert np.maximum(made.recorded, LEAST).mean() == pytest.approx(made.winner.results.min(), rel=1e-6)


def test_every_rule_can_enter():
    found = race(SCENE, tuple(OPTIMIZERS), tries=2, starts=2)
    assert [entrant.slug for entrant in found.entrants] == list(OPTIMIZERS)
    assert np.isfinite(found.left).all()


def test_where_no_minimum_is_known_it_is_the_lowest_loss_that_was_seen():
    scene = Scenario(Own(formula="(x-1)^2 + (y+1)^2 + 5"), (2.0, 2.0), 120, (Run(Adam(), 0.1),))
    found = race(scene, ("gd",), tries=6, starts=3)
    assert found.floor == pytest.approx(5.0, abs=1e-2)
    assert floor_of(Himmelblau()) == 0.0


def test_starts_begin_with_the_scene_and_fill_the_window():
    starts = starts_of(SCENE, 50)
    (x_low, x_high), (y_low, y_high) = SCENE.surface.window
    assert tuple(starts[0]) == SCENE.start
    counts, *_ = np.histogram2d(*starts.T, bins=3, range=((x_low, x_high), (y_low, y_high)))
    assert counts.min() >= 3


RESULTS = np.array([5.0, 1.0, 3.0, 2.0])


@pytest.mark.parametrize("n", [1, 2, 3, 4])
def test_the_expected_best_is_the_mean_over_all_choices(n):
    without = np.mean([min(chosen) for chosen in combinations(RESULTS, n)])
    again = np.mean([min(chosen) for chosen in product(RESULTS, repeat=n)])
    assert expected_best(RESULTS, 4)[n - 1] == pytest.approx(without)
    assert expected_best(RESULTS, 4, unbiased=False)[n - 1] == pytest.approx(again)


def test_profiles_by_hand():
    """Two rules on three starts: one is best twice and misses the third, the other is 2 and 4 times as slow."""
    ratio = ratios(np.array([[10.0, 10.0, np.inf], [20.0, 40.0, 5.0]]))
    np.testing.assert_array_equal(ratio, [[1.0, 1.0, np.inf], [2.0, 4.0, 1.0]])
    shares = profile(ratio, np.array([1.0, 2.0, 5.0]))
    np.testing.assert_allclose(shares, [[2 / 3, 2 / 3, 2 / 3], [1 / 3, 2 / 3, 1.0]])
    np.testing.assert_allclose(score(ratio, 5.0), [2 / 3, (3 / 4 + 1 / 4 + 1) / 3])


def test_a_start_that_nobody_finishes_counts_for_nobody():
    assert (ratios(np.array([[np.inf], [np.inf]])) == np.inf).all()
    assert (score(ratios(np.array([[np.inf], [np.inf]]))) == 0.0).all()


def test_progress_rises_and_may_abandon_the_race():
    seen = []
    race(SCENE, RULES, tries=2, starts=2, progress=seen.append)
    assert seen == sorted(seen)

    def abandon(_):
        raise InterruptedError

    with pytest.raises(InterruptedError):
        race(SCENE, RULES, tries=2, starts=2, progress=abandon)
