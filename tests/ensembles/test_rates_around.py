"""Other learning rates: evenly spread around a run's own, each tried as a recorded run."""

from dataclasses import replace

import numpy as np
import pytest

from engine.presets import DEFAULT_SCENE, PRESETS
from engine.simulate import simulate_run
from ensembles.rates import COUNT, DECADES, around

ROSENBROCK = replace(PRESETS["rosenbrock"][1], steps=40)


@pytest.mark.parametrize("scene", [ROSENBROCK, replace(DEFAULT_SCENE, steps=40)], ids=["rosenbrock", "lecture"])
def test_the_own_rate_is_in_the_middle_and_ends_as_the_run_does(scene):
    for run in scene.runs:
        trials = around(scene, run)
        assert len(trials) == COUNT
        middle = trials[COUNT // 2]
        assert middle.lr == run.lr
        assert middle.loss == simulate_run(scene, run).loss[-1]
        steps = np.diff(np.log10([trial.lr for trial in trials]))
        np.testing.assert_allclose(steps, 2 * DECADES / (COUNT - 1), atol=0.006)


@pytest.mark.parametrize("lr", [1e-12, 1e6])
def test_at_an_end_of_the_range_there_are_fewer(lr):
    trials = around(ROSENBROCK, replace(ROSENBROCK.runs[0], lr=lr))
    assert len(trials) == COUNT // 2 + 1
    assert lr in (trials[0].lr, trials[-1].lr)


class AbandonedError(Exception):
    """Somebody has lost interest."""


def test_progress_rises_and_may_abandon_the_work():
    long, seen = replace(ROSENBROCK, steps=30_000), []

    def see(done):
        seen.append(done)
        if len(seen) == 6:
            raise AbandonedError

    with pytest.raises(AbandonedError):
        around(long, long.runs[0], see)
    assert seen == sorted(seen)
    assert seen[-1] <= COUNT * long.steps
