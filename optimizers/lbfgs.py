from dataclasses import dataclass
from typing import NamedTuple

from optimizers.base import Coupled, Pair, Scalar, Seen, Symmetric
from optimizers.matrices import inverse_of
from spec.catalogue import Source
from spec.knobs import Choice, knob
from xp.functions import Namespace


class History(NamedTuple):
    """The gradient and the move before, and the last two pairs that are kept, the older one first."""

    g_x: Scalar
    g_y: Scalar
    step_x: Scalar
    step_y: Scalar
    old_s_x: Scalar
    old_s_y: Scalar
    old_y_x: Scalar
    old_y_y: Scalar
    s_x: Scalar
    s_y: Scalar
    y_x: Scalar
    y_y: Scalar


@dataclass(frozen=True)
class LBFGS(Coupled):
    """Learns the Hessian from how the gradient has changed along its last moves.

        S = y' y / (s' y) I of the last pair,  then for each pair  S = S - S s s' S / (s' S s) + y y' / (s' y)
        m = g;  at first S = max(1, abs(g_x) + abs(g_y)) I

    s is a move, y the change of the gradient; a pair is kept where s' y > 1e-10. With two axes, two pairs are all that
    a quadratic has to tell. As torch.optim.LBFGS without a line search.
    Source: D. C. Liu, J. Nocedal, Math. Program. 45 (1989) 503.
    """

    slug = "lbfgs"
    title = "L-BFGS"
    latex = (
        r"\begin{gathered} S \leftarrow \frac{y^\top y}{s^\top y}\, I, \qquad "
        r"S \leftarrow S - \frac{S s s^\top S}{s^\top S s} + \frac{y y^\top}{s^\top y} \quad "
        r"\text{for the last pairs } s = \theta_t - \theta_{t-1},\ y = g_t - g_{t-1} \\ m_t = g_t \end{gathered}"
    )
    year = 1989
    source = Source(
        "D. C. Liu, J. Nocedal, On the limited memory BFGS method for large scale optimization, 1989",
        "https://doi.org/10.1007/BF01589116",
    )
    step_unit = "free"
    family = "reference"

    pairs: str = knob(
        "2", Choice(symbol="k", help="How many pairs are kept.", options={"1": "The last one", "2": "The last two"})
    )

    def init(self, zero: Scalar) -> History:
        return History(*(zero,) * 12)

    def update(self, seen: Seen, state: History, t: int, lr: float, xp: Namespace) -> tuple[Pair, Symmetric, History]:
        g_x, g_y = seen.g
        old, last = self.pairs_after(seen.g, state, xp)
        size = xp.maximum(xp.abs(g_x) + xp.abs(g_y), 1.0)
        (s_x, s_y), (y_x, y_y) = last
        both = s_x * y_x + s_y * y_y
        scale = xp.where(both == 0.0, size, (y_x * y_x + y_y * y_y) / xp.where(both == 0.0, 1.0, both))
        matrix = scale, 0.0 * scale, scale
        if self.pairs == "2":
            matrix = learned(matrix, *old, xp)
        matrix = learned(matrix, *last, xp)
        step_x, step_y = inverse_of(matrix, seen.g, xp)
        after = History(g_x, g_y, lr * step_x, lr * step_y, *old[0], *old[1], *last[0], *last[1])
        return seen.g, matrix, after

    def pairs_after(self, g: Pair, state: History, xp: Namespace) -> tuple[tuple[Pair, Pair], tuple[Pair, Pair]]:
        """Return the older and the newer pair after a move."""
        s_x, s_y, y_x, y_y = -1.0 * state.step_x, -1.0 * state.step_y, g[0] - state.g_x, g[1] - state.g_y
        is_kept = s_x * y_x + s_y * y_y > 1e-10
        old_s = xp.where(is_kept, state.s_x, state.old_s_x), xp.where(is_kept, state.s_y, state.old_s_y)
        old_y = xp.where(is_kept, state.y_x, state.old_y_x), xp.where(is_kept, state.y_y, state.old_y_y)
        new_s = xp.where(is_kept, s_x, state.s_x), xp.where(is_kept, s_y, state.s_y)
        new_y = xp.where(is_kept, y_x, state.y_x), xp.where(is_kept, y_y, state.y_y)
        return (old_s, old_y), (new_s, new_y)


def learned(matrix: Symmetric, s: Pair, y: Pair, xp: Namespace) -> Symmetric:
    """Return a Hessian after one pair of BFGS; the same where there is no pair yet."""
    (a, b, c), (s_x, s_y), (y_x, y_y) = matrix, s, y
    p_x, p_y = a * s_x + b * s_y, b * s_x + c * s_y
    under, both = s_x * p_x + s_y * p_y, s_x * y_x + s_y * y_y
    has_none = xp.minimum(under, both) <= 0.0
    under, both = xp.where(under == 0.0, 1.0, under), xp.where(both == 0.0, 1.0, both)
    return (
        xp.where(has_none, a, a - p_x * p_x / under + y_x * y_x / both),
        xp.where(has_none, b, b - p_x * p_y / under + y_x * y_y / both),
        xp.where(has_none, c, c - p_y * p_y / under + y_y * y_y / both),
    )
