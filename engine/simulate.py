"""From a scenario to trajectories: the one place where theta moves."""

from collections.abc import Callable
from functools import lru_cache

import numpy as np

from engine.noise import Gradient, median_gradient, noisy_gradient
from engine.scenario import Run, Scenario
from engine.stability import preconditioned_sharpness
from engine.stepper import ROW, stepper
from engine.trajectory import Ending, Floats, Outcome, Trajectory
from optimizers.base import Optimizer
from schedules.base import learning_rates
from surfaces.base import Point, Surface

ESCAPE = 1e6
"""A run has diverged once it is this many windows away from the window's centre."""

CONVERGED = 1e-8
"""A run has converged once its gradient stays below this share of the window's median gradient."""

CHUNK = 20_000
"""Updates between two reports of progress."""

Progress = Callable[[int], None]
"""Called with the number of updates done; may raise, to abandon the run."""


def simulate(scenario: Scenario, progress: Progress | None = None) -> tuple[Trajectory, ...]:
    """Return the trajectory of each run of the scenario."""
    return tuple(simulate_run(scenario, run, progress) for run in scenario.runs)


def simulate_run(scenario: Scenario, run: Run, progress: Progress | None = None) -> Trajectory:
    """Return the recorded trajectory of one run.

    theta <- theta - (mu_t / sigma_t) m_t - mu_t * weight_decay * theta, until `steps` updates are done or the
    iterate leaves every reasonable distance: divergence is recorded, never clipped.
    """
    surface = scenario.surface
    lr = learning_rates(run.lr, run.schedule, run.warmup, scenario.steps)
    gradient = noisy_gradient(surface, scenario.noise, scenario.steps)
    rows = _move(surface, gradient, run.optimizer, lr, scenario.start, progress)
    updates = len(rows)
    theta = np.vstack([scenario.start, rows[:, 6:8]])
    slopes = np.stack(surface.gradient_array(theta[:, 0], theta[:, 1]), axis=1)
    sigma = rows[:, 4:6]
    with np.errstate(divide="ignore"):
        rate = lr[:updates, None] / sigma
    return Trajectory(
        theta=theta,
        loss=np.array(surface.value_array(theta[:, 0], theta[:, 1])),
        grad=np.vstack([rows[:, 0:2], slopes[-1:]]),
        m=rows[:, 2:4],
        sigma=sigma,
        rate=rate,
        lr=lr[:updates],
        sharpness=preconditioned_sharpness(surface, theta[:-1], rate),
        limit=run.optimizer.stability_limit,
        outcome=_outcome(surface, theta, slopes),
    )


def _move(
    surface: Surface, gradient: Gradient, optimizer: Optimizer, lr: Floats, start: Point, progress: Progress | None
) -> Floats:
    """Return rows of (g_x, g_y, m_x, m_y, sigma_x, sigma_y, x, y), one an update."""
    steps, (left, right), (low, high) = stepper(optimizer), *escape_bounds(surface)
    rows = bytearray(ROW.size * len(lr))
    x, y = start
    state_x = state_y = optimizer.init(0.0)
    done = 0
    for first in range(0, len(lr), CHUNK):
        rates = lr[first : first + CHUNK].tolist()
        done, x, y, state_x, state_y = steps(
            gradient, surface.gradient_array, rates, first, x, y, state_x, state_y, rows, left, right, low, high
        )
        if not (left < x < right and low < y < high):
            break
        if progress:
            progress(done)
    return np.frombuffer(rows[: ROW.size * done], dtype=np.float64).reshape(-1, 8)


@lru_cache(maxsize=256)
def escape_bounds(surface: Surface) -> tuple[Point, Point]:
    """Return the box outside which a run counts as diverged: ESCAPE windows around the window's centre."""
    (x_low, x_high), (y_low, y_high) = surface.window
    x, y, width, height = (x_low + x_high) / 2, (y_low + y_high) / 2, x_high - x_low, y_high - y_low
    return (x - ESCAPE * width, x + ESCAPE * width), (y - ESCAPE * height, y + ESCAPE * height)


def _outcome(surface: Surface, theta: Floats, slopes: Floats) -> Outcome:
    updates = len(theta) - 1
    inside = [low < v < high for v, (low, high) in zip(theta[-1], escape_bounds(surface), strict=True)]
    if not all(inside):
        ending: Ending = "undefined" if np.isnan(theta[-1]).any() else "diverged"
        return Outcome(ending, updates, surface.axes[inside.index(False)])
    norm = np.hypot(slopes[:, 0], slopes[:, 1])
    loud = np.flatnonzero(~(norm <= CONVERGED * median_gradient(surface)))
    if len(loud) and loud[-1] == updates:
        return Outcome("moving", updates)
    quiet_from = int(loud[-1]) + 1 if len(loud) else 0
    return Outcome("converged" if _is_minimum(surface, theta[-1]) else "saddle", quiet_from)


def _is_minimum(surface: Surface, theta: Floats) -> bool:
    h_xx, h_xy, h_yy = (float(h) for h in surface.hessian_array(theta[0], theta[1]))
    smallest = (h_xx + h_yy) / 2 - np.hypot((h_xx - h_yy) / 2, h_xy)
    return bool(smallest > -1e-9 * (abs(h_xx) + abs(h_yy)))
