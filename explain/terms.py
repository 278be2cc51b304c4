"""The terms of an update: the symbol of each, its word, and its numbers in a run."""

from collections.abc import Callable
from dataclasses import dataclass

from engine.scale import Scale
from engine.trajectory import Floats, Trajectory
from spec.sentences import Sentence

Values = Callable[[Trajectory, int], Floats]


@dataclass(frozen=True, eq=False)
class Term:
    """One term of theta_i <- theta_i - (mu_t / sigma_i) m_i - mu_t lambda theta_i.

    latex: its symbol; `{t}` stands for axis and update, `{axis}` and `{update}` for each of them. word: what it is.
    panel: the chart that draws it. values: its numbers along an axis, one an update.
    """

    latex: str
    word: Sentence
    panel: str
    values: Values


def _step(trajectory: Trajectory, axis: int) -> Floats:
    return Scale.of(trajectory).step(trajectory.m)[:, axis]


def _turned(trajectory: Trajectory, axis: int) -> Floats:
    return Scale.of(trajectory).turned(trajectory.m)[:, axis]


GRADIENT = Term(
    "g_{t}", Sentence("gradient: how steep the loss is here"), "loss", lambda run, axis: run.grad[:-1, axis]
)
DIRECTION = Term(
    "m_{t}", Sentence("direction, made from the gradients so far"), "map", lambda run, axis: run.m[:, axis]
)
SCALE = Term(
    r"\sigma_{t}", Sentence("scale: the memory of past gradients"), "sigma", lambda run, axis: run.sigma[:, axis]
)
TURNED = Term("p_{t}", Sentence("direction, turned and scaled by the matrix S"), "map", _turned)
LEARNING_RATE = Term(r"\mu_{{{update}}}", Sentence("learning rate"), "stability", lambda run, _: run.lr)
STEP_SIZE = Term(
    r"\mu_{{{update}}} / \sigma_{t}", Sentence("effective step size"), "step_size", lambda run, axis: run.rate[:, axis]
)
STEP = Term(r"(\mu_{{{update}}} / \sigma_{t}) \, m_{t}", Sentence("step"), "map", _step)
DECAY = Term(
    r"\mu_{{{update}}} \, \lambda \, {axis}_{{{update}}}",
    Sentence("weight decay: a pull towards 0"),
    "map",
    lambda run, axis: run.lr * run.weight_decay * run.theta[:-1, axis],
)
