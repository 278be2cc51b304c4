"""How far a learning rate is from the largest stable one, in words."""

from engine.scenario import Run
from engine.stability import margin
from engine.trajectory import Trajectory
from spec.sentences import Sentence, people_write


def margin_sentence(run: Run, trajectory: Trajectory) -> Sentence | None:
    """Return how near a run came to its limit of stability, and where; None where theory knows no limit.

    A rule that only multiplies its gradients has one largest stable rate for a curvature; a rule with a scale of its
    own has one for its path, which another rate would change.
    """
    found = margin(trajectory, run.lr)
    if found is None:
        return None
    values = {
        "share": share_text(found.share),
        "update": found.update,
        "rate": people_write(f"{found.largest:.3g}"),
    }
    if run.optimizer.step_unit == "gradient":
        if found.update == 0:
            return Sentence("{share} of the largest stable rate at the start, {rate}.", values)
        return Sentence("{share} of the largest stable rate at the run's sharpest point, {rate}.", values)
    return Sentence("At its sharpest, at update {update}, the run is at {share} of its limit of stability.", values)


def share_text(share: float) -> str:
    """Return a share in per cent with two digits, and one more from 10 % to 1000 %; far more than that in powers."""
    percent = 100.0 * share
    if 10.0 <= percent < 1e4:
        return f"{percent:.0f} %"
    return f"{percent:.2g} %"
