"""What is said of a run's end, worked out by other means: points drawn around it, on random scenes."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.scenario import LEARNING_RATE, Run, Scenario
from engine.simulate import simulate_run
from engine.suggest import suggest_learning_rate
from optimizers import OPTIMIZERS
from surfaces import SURFACES
from surfaces.own import Own

FORMULAS = [
    "x^2+3*y^2",
    "x^2-y^2",
    "x^4+y^2",
    "abs(x)+y^2",
    "(x+y)^2",
    "max(x^2+y^2-1,0)",
    "cos(x)+cos(y)",
    "x*y",
    "-x^2-y^4",
]
SHAPES = [*(kind() for slug, kind in SURFACES.items() if slug != "own"), *(Own(formula=text) for text in FORMULAS)]
FINEST = 12
"""Digits of a start; nearer to 0, the powers in a slope are nothing in floats, and there is no telling what it is."""

AROUND = np.random.default_rng(0).uniform(-1.0, 1.0, (400, 2))


def around(surface, trajectory):
    """Return by how much the loss around the end is above the end, at a thousandth of what the run has travelled."""
    theta = trajectory.theta
    size = np.ptp(theta, axis=0)
    size = np.where(size > 0, size, max(size.max(), 1.0))
    above = surface.value_array(*(theta[-1] + 1e-3 * size * AROUND).T) - trajectory.loss[-1]
    noise = 1e-13 * abs(trajectory.loss[-1]) + 1e-9 * np.abs(above).max()
    return above, noise


DESCENDING = [kind for kind in OPTIMIZERS.values() if not kind.may_climb]
"""Newton's steps come to rest where the slope is nothing beside the curvature, on a shelf that still slopes too."""


@settings(max_examples=150)
@given(st.sampled_from(SHAPES), st.sampled_from(DESCENDING), st.sampled_from([0.1, 1.0, 3.0]), st.data())
def test_an_ending_is_what_lies_around_it(surface, kind, factor, data):
    drawn = (data.draw(st.floats(low, high)) for low, high in surface.window)
    start = tuple(round(value, FINEST) + 0.0 for value in drawn)
    run = Run(kind(), LEARNING_RATE.nearest(factor * suggest_learning_rate(surface, surface.start, kind())))
    trajectory = simulate_run(Scenario(surface, start, 1500, (run,)), run)
    ending = trajectory.outcome.ending
    if ending in ("converged", "floor", "plateau"):
        above, noise = around(surface, trajectory)
        assert above.min() >= -noise, (ending, above.min())
    if ending == "maximum":
        above, noise = around(surface, trajectory)
        assert above.max() <= noise
    if ending == "saddle":
        above, noise = around(surface, trajectory)
        assert above.min() < 0 < above.max()
    if ending in ("converged", "floor", "plateau", "saddle", "maximum"):
        late = trajectory.theta[trajectory.outcome.update :]
        assert np.ptp(late, axis=0) == pytest.approx([0, 0], abs=1e-5 * max(np.ptp(trajectory.theta), 1e-3))
    if ending == "diverged":
        assert not np.isfinite(trajectory.theta[-1]).all() or np.abs(trajectory.theta[-1]).max() > 1e5
    if ending == "moving":
        assert np.isfinite(trajectory.loss[-1])
        assert (np.diff(trajectory.theta[-11:], axis=0) != 0).any()
