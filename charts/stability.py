"""The chart of the learning rate, and of the preconditioned sharpness: above its limit a step diverges."""

from collections.abc import Sequence

from charts.figure import Say
from charts.theme import Theme
from charts.time import Beside, Panel, time_chart
from engine.scale import Scale
from engine.scenario import Scenario
from engine.trajectory import Floats, Trajectory
from player.contract import Figure


def stability_chart(scenario: Scenario, trajectories: Sequence[Trajectory], theme: Theme, say: Say = str) -> Figure:
    """Return mu_t and the largest eigenvalue of diag(mu_t / sigma_t) H over the updates, with each run's limit.

    Beside it, where there is a limit, the curvature of the same matrix along the gradient: that is what the loss feels.
    """

    def along(trajectory: Trajectory) -> Floats:
        return Scale.of(trajectory).curvature_along(scenario.surface, trajectory.theta[:-1], trajectory.grad[:-1])

    beside = Beside(say("along the gradient"), along)
    panels = (
        Panel(say("Learning rate") + " μₜ", lambda t: t.lr),
        Panel(say("Sharpness") + " λ(diag(μₜ/σₜ) H)", lambda t: t.sharpness, lambda t: t.limit, beside),
    )
    return time_chart(scenario, trajectories, theme, say, panels)
