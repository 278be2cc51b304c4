"""From a scenario to trajectories: the one place where theta moves."""

from collections.abc import Callable
from typing import Any

import numpy as np

from engine.box import Box, held_back
from engine.judge import outcome
from engine.noise import Gradient, noisy_gradient
from engine.scale import Scale, takes_part, turned
from engine.scenario import Run, Scenario
from engine.stepper import first_states, row_of, sights, stepper
from engine.trajectory import Floats, Trajectory
from engine.window import escape_bounds
from optimizers.base import Coupled, Optimizer
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

    theta <- theta - mu_t sigma_t^-1 m_t - mu_t * weight_decay * theta, put back into the box if there is one, until
    `steps` updates are done or the iterate leaves every reasonable distance: divergence is recorded, never clipped.
    """
    surface = scenario.surface
    lr = learning_rates(run.lr, run.schedule, run.warmup, scenario.steps)
    rule = run.rule(scenario.steps)
    gradient = noisy_gradient(surface, scenario.noise, scenario.steps)
    rows = record(surface, gradient, rule, lr, scenario.start, progress, scenario.box)
    updates = len(rows)
    theta = np.vstack([scenario.start, rows[:, 6:8]])
    slopes = np.stack(surface.gradient_array(theta[:, 0], theta[:, 1]), axis=1)
    loss = np.array(surface.value_array(theta[:, 0], theta[:, 1]))
    m, (sigma, angle) = rows[:, 2:4], _scale(rows, rule)
    held = held_back(scenario.box, theta)
    scale = Scale(sigma, lr[:updates], takes_part(m, sigma, angle, held), angle)
    return Trajectory(
        theta=theta,
        loss=loss,
        grad=np.vstack([rows[:, 0:2], slopes[-1:]]),
        m=m,
        sigma=scale.sigma,
        rate=scale.rate,
        lr=scale.lr,
        sharpness=scale.sharpness(surface, theta[:-1]),
        limit=rule.stability_limit,
        outcome=outcome(surface, theta, slopes, loss, m, scale, rule.weight_decay, scenario.box),
        weight_decay=rule.weight_decay,
        angle=angle,
        ghosts=None if isinstance(rule, Coupled) else _ghosts(rows),
        held=held,
    )


def _scale(rows: Floats, optimizer: Optimizer) -> tuple[Floats, Floats | None]:
    """Return sigma (n, 2), and by how much its axes are turned."""
    return turned(rows[:, [4, 8, 5]]) if isinstance(optimizer, Coupled) else (rows[:, 4:6], None)


def _ghosts(rows: Floats) -> Floats | None:
    points = rows[:, 8:].reshape(len(rows), -1, 2)
    return points.swapaxes(0, 1) if points.size else None


def record(
    surface: Surface,
    gradient: Gradient,
    optimizer: Optimizer,
    lr: Floats,
    start: Point,
    progress: Progress | None,
    box: Box,
) -> Floats:
    """Return rows of (g_x, g_y, m_x, m_y, sigma_x, sigma_y, x, y), one an update; see `engine.stepper.ROW` for more."""
    steps, (left, right), (low, high) = stepper(optimizer, box), *escape_bounds(surface)
    size, looks = row_of(optimizer).size, sights(surface, optimizer)
    rows = bytearray(size * len(lr))
    x, y = start
    states: list[Any] = [*first_states(optimizer)]
    done = 0
    for first in range(0, len(lr), CHUNK):
        rates = lr[first : first + CHUNK].tolist()
        done, x, y, *states = steps(
            gradient, surface.gradient_array, rates, first, x, y, *states, rows, left, right, low, high, *looks
        )
        if not (left < x < right and low < y < high):
            break
        if progress:
            progress(done)
    return np.frombuffer(rows[: size * done], dtype=np.float64).reshape(done, size // 8)
