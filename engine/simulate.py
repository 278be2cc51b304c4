"""From a scenario to trajectories: the one place where theta moves."""

from collections.abc import Callable

import numpy as np

from engine.judge import outcome
from engine.noise import Gradient, noisy_gradient
from engine.scale import Scale, takes_part
from engine.scenario import Run, Scenario
from engine.stepper import ROW, stepper
from engine.trajectory import Floats, Trajectory
from engine.window import escape_bounds
from optimizers.base import Optimizer
from schedules.base import learning_rates
from surfaces.base import Point, Surface

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
    rows = record(surface, gradient, run.optimizer, lr, scenario.start, progress)
    updates = len(rows)
    theta = np.vstack([scenario.start, rows[:, 6:8]])
    slopes = np.stack(surface.gradient_array(theta[:, 0], theta[:, 1]), axis=1)
    loss = np.array(surface.value_array(theta[:, 0], theta[:, 1]))
    m, sigma = rows[:, 2:4], rows[:, 4:6]
    scale = Scale(sigma, lr[:updates], takes_part(m, sigma))
    return Trajectory(
        theta=theta,
        loss=loss,
        grad=np.vstack([rows[:, 0:2], slopes[-1:]]),
        m=m,
        sigma=scale.sigma,
        rate=scale.rate,
        lr=scale.lr,
        sharpness=scale.sharpness(surface, theta[:-1]),
        limit=run.optimizer.stability_limit,
        outcome=outcome(surface, theta, slopes, loss, m, scale, run.optimizer.weight_decay),
        weight_decay=run.optimizer.weight_decay,
    )


def record(
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
