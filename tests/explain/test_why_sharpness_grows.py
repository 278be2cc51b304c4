"""Why sharpness grows: σ, the learning rate or the ground, each told from the numbers alone."""

from dataclasses import replace

import numpy as np
import pytest

from engine.presets import PRESETS
from engine.simulate import simulate
from explain.blow_outs import blow_outs
from explain.episodes import episodes
from explain.events import percent
from explain.growth import Growth

SCENE = PRESETS["blow-out"][1]
(RUN,) = simulate(SCENE)


def run_with(sharpness, sigma, lr):
    """A run whose second update has so many times the sharpness, the σ and the learning rate of the first."""
    sigmas, rates = np.array([[1.0, 1.0], [1.0, sigma]]), np.array([1.0, lr])
    return replace(RUN, sharpness=np.array([1.0, sharpness]), sigma=sigmas, lr=rates, rate=rates[:, None] / sigmas)


@pytest.mark.parametrize(
    ("sharpness", "sigma", "lr", "cause", "factor"),
    [
        (4.0, 0.25, 1.0, "scale", 4.0),
        (4.0, 1.0, 4.0, "rate", 4.0),
        (4.0, 1.0, 1.0, "ground", 1.0),
        (4.0, 0.45, 1.0, "scale", 1 / 0.45),
        (4.0, 0.55, 1.0, "ground", 1 / 0.55),
        (4.0, 2.0, 8.0, "rate", 4.0),
        (4.0, 0.5, 1.9, "scale", 3.8),
        (4.0, 0.5, 2.1, "rate", 4.2),
        (1.04, 0.96, 1.0, "unknown", 1 / 0.96),
        (0.5, 0.5, 1.0, "unknown", 1.0),
        (np.nan, 0.5, 1.0, "unknown", 1.0),
        (np.inf, 0.5, 1.0, "unknown", 1.0),
        (4.0, 0.0, 1.0, "unknown", 1.0),
        (4.0, 1.0, 0.0, "unknown", 1.0),
    ],
)
def test_the_cause_is_what_has_more_than_half_of_the_growth(sharpness, sigma, lr, cause, factor):
    with np.errstate(divide="ignore"):
        growth = Growth.between(run_with(sharpness, sigma, lr), 1, 0, 1)
    assert growth.cause == cause
    assert growth.factor == pytest.approx(factor)


def first_words(trajectory):
    moments = blow_outs(SCENE.surface, trajectory, episodes(SCENE.surface, trajectory))
    return {moment.kind: f"{moment.caption} {moment.detail}" for moment in reversed(moments)}


def test_the_lectures_blow_out_comes_and_goes_with_the_memory():
    said = first_words(RUN)
    assert (
        "σ of w, its memory of past gradients, fell; since update 0 its step size has grown 12.9-fold"
        in said["crosses"]
    )
    assert said["back"].startswith("Gradients grew huge, and with them σ, their memory")
    assert said["seen"].endswith("The error, growing since update 512, is now a step of 1.3% of the map.")


def test_where_the_rate_changes_sigma_is_not_blamed():
    """The same sharpness, step sizes and path, but σ stays and the learning rate does it all."""
    lr = RUN.rate[:, 1] / RUN.rate[0, 1]
    said = first_words(replace(RUN, sigma=np.ones_like(RUN.sigma), lr=lr))
    assert "The learning rate rose; since update 0" in said["crosses"]
    assert said["back"].startswith("The learning rate has fallen")
    assert not any("memory" in words for words in said.values())


def test_where_step_sizes_stay_the_ground_is_the_cause():
    still = replace(RUN, sigma=np.ones_like(RUN.sigma), rate=np.ones_like(RUN.rate), lr=np.ones_like(RUN.lr))
    said = first_words(still)
    assert "The ground is more curved here than at update 0" in said["crosses"]
    assert said["back"].startswith("The ground is less curved here")


def test_something_shows_where_steps_are_long_at_once():
    theta = RUN.theta.copy()
    theta[513:, 1] += 0.2 * (-1.0) ** np.arange(len(theta) - 513)
    assert "nothing shows yet" in first_words(RUN)["crosses"]
    assert "nothing shows yet" not in first_words(replace(RUN, theta=theta))["crosses"]


@pytest.mark.parametrize(
    ("share", "text"),
    [(0.0, "less than 0.01%"), (2e-4, "0.02%"), (0.2, "20%"), (1.0, "100%"), (9.9, "990%"), (1e300, "more than 1000%")],
)
def test_a_share_too_small_or_large_to_read_is_said_in_words(share, text):
    assert str(percent(share)) == text
