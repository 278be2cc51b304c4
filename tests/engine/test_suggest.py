"""A new run opens with a learning rate that makes sense, whatever is combined."""

import numpy as np
import pytest

from engine.scenario import Run, Scenario
from engine.simulate import simulate_run
from engine.suggest import suggest_learning_rate
from optimizers import OPTIMIZERS
from surfaces import SURFACES


def may_hold(surface):
    """Return whether a run may come to rest: a surface whose known points are all saddles lets none."""
    kinds = {point.kind for point in surface.critical_points}
    return not kinds or "minimum" in kinds


@pytest.mark.parametrize("slug", [slug for slug, kind in SURFACES.items() if may_hold(kind())])
@pytest.mark.parametrize("kind", OPTIMIZERS.values(), ids=list(OPTIMIZERS))
def test_the_suggested_rate_makes_progress_and_stays_near(slug, kind):
    surface = SURFACES[slug]()
    optimizer = kind()
    run = Run(optimizer, suggest_learning_rate(surface, surface.start, optimizer))
    t = simulate_run(Scenario(surface, surface.start, 500, (run,)), run)
    assert t.outcome.ending != "diverged"
    assert np.nanmin(t.loss) < t.loss[0]
    spans = np.array([high - low for low, high in surface.window])
    assert (np.abs(t.theta - t.theta[0]) <= 3 * spans).all()


def test_the_suggestion_is_a_round_number():
    surface = SURFACES["rosenbrock"]()
    lr = suggest_learning_rate(surface, surface.start, OPTIMIZERS["gd"]())
    assert float(f"{lr:.0e}") == lr


def test_a_flat_start_still_gets_a_rate():
    surface = SURFACES["saddle"]()
    assert suggest_learning_rate(surface, (0.0, 0.0), OPTIMIZERS["gd"]()) > 0
