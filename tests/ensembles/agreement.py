"""What a cell of a plane must say: what the recorded run of its scene says, except where rounding decides."""

from dataclasses import replace

import numpy as np

from engine.fields import RUN_KEYS
from engine.simulate import simulate_run
from engine.trajectory import ENDINGS, LOST
from ensembles.plane import scene_at
from ensembles.resting import CHECK
from ensembles.watch import LARGEST, TAIL, floor_of
from optimizers.base import Coupled

NEAR = {"rtol": 1e-6, "atol": 1e-9}
COUPLED = {"rtol": 1e-4, "atol": 1e-9}
"""Of a rule that divides by a matrix: across gradients that repeat each other rounding alone is left of it."""
NUDGES = (1e-13, -1e-13, 3e-13)


def recorded(scene, run, goal):
    """Return ending, updates, loss, best, to_goal and trainability by their definitions."""
    path = simulate_run(scene, scene.runs[RUN_KEYS.index(run)])
    is_lost = path.outcome.ending in LOST
    is_over = is_lost or path.outcome.ending not in ("moving",)
    reached = np.flatnonzero(path.loss <= goal)
    return {
        "ending": path.outcome.ending,
        "updates": path.outcome.update if is_over else scene.steps,
        "loss": np.inf if is_lost else path.loss[-1],
        "best": np.nanmin(path.loss, initial=np.inf),
        "to_goal": reached[0] if len(reached) else -1,
        "trainability": trainability(path, scene),
    }


def trainability(path, scene):
    """Return arXiv 2402.06184's number as `Seen` words it."""
    floor, shares = floor_of(scene.surface), np.full(scene.steps, LARGEST)
    with np.errstate(all="ignore"):
        made = (path.loss[1:] - floor) / (path.loss[0] - floor)
    made = np.clip(np.where(np.isfinite(made), made, LARGEST), 1 / LARGEST, LARGEST)
    made = made[:-1] if path.outcome.ending in LOST else made
    shares[: len(made)] = made
    return -shares.sum() if shares[-TAIL:].mean() < 1.0 else (1.0 / shares).sum()


def disagreements(found, scenario):
    """Yield the cells of a plane that differ from their recorded runs without rounding to blame."""
    rule = scenario.runs[RUN_KEYS.index(found.run)].optimizer
    near = COUPLED if isinstance(rule, Coupled) else NEAR
    for i, j in np.ndindex(found.loss.shape):
        scene = scene_at(scenario, found.x, found.y, i, j)
        expected = recorded(scene, found.run, found.goal)
        said = {name: getattr(found, name)[i, j] for name in expected} | {"ending": ENDINGS[found.ending[i, j]]}
        wrong = {name for name in expected if not same(name, said[name], expected[name], near)}
        if "ending" in wrong and said["ending"] in later(scene, found.run):
            wrong -= {"ending", "updates"}
        if wrong and not wrong <= nudged(scene, found.run, found.goal, expected):
            yield (i, j), {name: (said[name], expected[name]) for name in wrong}


def same(name, one, other, near=NEAR):
    """Return whether two words or numbers are the same; when a run came to rest is known to within two looks."""
    if name == "updates":
        return abs(one - other) <= 2 * CHECK
    return one == other if name in ("ending", "to_goal") else np.isclose(one, other, **near)


def later(scene, run):
    """Return what is said of a run two looks earlier or later: an ensemble does not look at every update."""
    steps = [max(scene.steps - 2 * CHECK, 1), scene.steps + 2 * CHECK]
    scenes = [replace(scene, steps=count) for count in steps]
    return {simulate_run(other, other.runs[RUN_KEYS.index(run)]).outcome.ending for other in scenes}


def nudged(scene, run, goal, expected):
    """Return what a recorded run says otherwise if it begins a rounding error beside, and what follows from that."""
    differs = set()
    for nudge in NUDGES:
        start = tuple(value * (1.0 + nudge) + nudge for value in scene.start)
        other = recorded(replace(scene, start=start), run, goal)
        differs |= {name for name in expected if not same(name, other[name], expected[name])}
    return set(expected) if differs else set()
