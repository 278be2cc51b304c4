"""How good suggested and tuned learning rates are, against a dense search: `python -m benchmarks.rates`.

Surfaces meet rules, each from its own start, at default knobs, for 500 updates; those whose known points are all
saddles are left out, for there is no best. RATES learning rates, evenly spread on a log scale, say what can be
reached within a few windows. Excess loss is what lies above the lowest loss known of a surface. It prints the tables of
docs/rates.md; `python -m benchmarks` takes TWELVE surfaces and EIGHT rules, this all of them, and the formulas SEEN
and UNSEEN.
"""

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from engine.scenario import Run, Scenario
from engine.simulate import simulate_run
from engine.suggest import suggest_learning_rate
from ensembles.ensemble import run_ensemble
from ensembles.tuning import tune
from optimizers import OPTIMIZERS
from surfaces import SURFACES
from surfaces.own import Own

RATES = np.geomspace(1e-8, 1e4, 200)
STEPS = 500
NEAR = 10.0
"""An excess loss is good up to so many times the best."""

ROUNDING = 1e-15
"""What the numbers of a surface are precise to, in shares of the largest."""

WINDOWS = 3.0
"""How far from its start a run may end, to count as one of the best."""

RISE = 1.2
"""A run blew out if it rose above its lowest loss by so many times what its start lies above it."""

TWELVE = [
    "ackley",
    "beale",
    "booth",
    "goldstein",
    "himmelblau",
    "lecture",
    "rastrigin",
    "rosenbrock",
    "camel6",
    "styblinski",
    "camel3",
    "valley",
]
EIGHT = ["gd", "momentum", "nesterov", "adagrad", "rmsprop", "adam", "adadelta", "signsgd"]
SEEN = (
    "abs(x)+abs(y)",
    "(x^2+y^2)^2",
    "log(1+x^2+10*y^2)",
    "x^2+100*y^4",
    "sin(x)*cos(y)+0.05*(x^2+y^2)",
    "exp(x+3*y-0.1)+exp(x-3*y-0.1)+exp(-x-0.1)",
)
"""Formulas that no catalogue has; their figures were looked at while suggestions were developed."""

UNSEEN = (
    "x^4+y^4-4*x*y+2",
    "sqrt(1+x^2+5*y^2)",
    "(x-1)^2+20*(y-sin(x))^2",
    "log(1+exp(2*x))+log(1+exp(-x))+y^2/4",
    "x^2*y^2+0.1*(x^2+y^2)",
    "1-exp(-(x^2+3*y^2)/8)",
)
"""Formulas that were written when nothing was changed any more, and measured once."""


@dataclass(frozen=True)
class Ends:
    """Losses of a pair of a surface and a rule, at the start and at the ends of its runs.

    dense: the lowest of RATES. suggested: of the suggested rate, that took `seconds` to find. tuned: of the run with
    the tuned rate; trial: what tuning said of it; rises: whether that run blew out. Lost runs are infinite.
    """

    surface: str
    rule: str
    start: float
    dense: float
    suggested: float
    seconds: float
    tuned: float
    trial: float
    rises: bool


def main(few: bool = True) -> None:
    """Print the tables."""
    formulas = {slug: kind() for slug, kind in SURFACES.items() if kind.has_formula}
    kinds = {slug: surface for slug, surface in formulas.items() if _may_hold(surface) and (slug in TWELVE or not few)}
    rules = EIGHT if few else list(OPTIMIZERS)
    _table(f"{len(kinds)} surfaces x {len(rules)} rules", _measured(kinds.items(), rules))
    if not few:
        for title, formulas in (("formulas that were seen", SEEN), ("formulas that were not seen", UNSEEN)):
            made = [(formula, Own(formula=formula)) for formula in formulas]
            _table(f"{len(made)} {title} x {len(rules)} rules", _measured(made, rules))


def _may_hold(surface: Any) -> bool:
    kinds = {point.kind for point in surface.critical_points}
    return not kinds or "minimum" in kinds


def _measured(surfaces: Iterable[tuple[str, Any]], rules: Sequence[str]) -> list[list[Ends]]:
    """Return the pairs of each surface."""
    with np.errstate(all="ignore"):
        return [[_ends(name, surface, rule) for rule in rules] for name, surface in surfaces]


def _ends(name: str, surface: Any, rule: str) -> Ends:
    optimizer = OPTIMIZERS[rule]()
    surface.value(*surface.start), surface.gradient(*surface.start)  # compiled, as they are on a page
    begin = time.process_time()
    lr = suggest_learning_rate(surface, surface.start, optimizer)
    seconds = time.process_time() - begin
    run = Run(optimizer, lr)
    scene = Scenario(surface, surface.start, STEPS, (run,))
    found = tune(scene, run)
    tuned = simulate_run(scene, replace(run, lr=found.lr)).loss
    lowest = np.nanmin(tuned)
    return Ends(
        name,
        rule,
        float(surface.value(*surface.start)),
        _dense(scene, run),
        _last(simulate_run(scene, run).loss),
        seconds,
        _last(tuned),
        found.loss,
        bool(np.nanmax(tuned) - lowest > RISE * (tuned[0] - lowest)),
    )


def _dense(scene: Scenario, run: Run) -> float:
    starts = np.tile(scene.start, (len(RATES), 1))
    ends = run_ensemble(scene.surface, run, starts, STEPS, rates=RATES, stop=False)
    spans = np.array([high - low for low, high in scene.surface.window])
    near = (np.abs(ends.theta - scene.start) <= WINDOWS * spans).all(axis=1)
    return float(np.where(near & np.isfinite(ends.loss), ends.loss, np.inf).min())


def _last(loss: Any) -> float:
    return float(loss[-1]) if len(loss) == STEPS + 1 and np.isfinite(loss[-1]) else np.inf


def _table(title: str, surfaces: Sequence[Sequence[Ends]]) -> None:
    """Print a line a surface and one for all; the columns are written down in docs/rates.md."""
    heads = ("surface", "suggested near", "worse", "tuned near", "differs", "blew out", "ms")
    print(f"\n{title}\n\n| {' | '.join(heads)} |\n|---{'|---' * (len(heads) - 1)}|")
    rows = [(ends[0].surface, _judged(ends)) for ends in surfaces]
    for name, row in [*rows, ("all", np.concatenate([row for _, row in rows]))]:
        near, worse, tuned, differs, rises = np.sum(row[:, :5], axis=0).astype(int)
        count, seconds = len(row), float(np.median(row[:, 5]))
        cells = (f"{near} of {count}", worse, f"{tuned} of {count}", differs, rises, f"{1e3 * seconds:.1f}")
        print(f"| `{name}` | {' | '.join(map(str, cells))} |")


def _judged(pairs: Sequence[Ends]) -> Any:
    """Return one row a pair: whether the suggestion is near the best and whether it is worse than nothing, whether the
    tuned rate is near the best, whether its run differs from its trial and whether it blew out; and the seconds."""
    lowest = min(min(e.dense, e.suggested, e.tuned) for e in pairs)
    rows = []
    for e in pairs:
        rounding = ROUNDING * max(abs(e.start), abs(lowest))
        best, suggested, tuned, trial = (
            loss - lowest + rounding for loss in (min(e.dense, e.suggested, e.tuned), e.suggested, e.tuned, e.trial)
        )
        differs = np.isfinite(trial) and abs(trial - tuned) > 0.5 * trial
        good, fine = suggested <= NEAR * best, tuned <= NEAR * best
        rows.append((good, e.suggested > e.start, fine, differs, e.rises, e.seconds))
    return np.array(rows, float)


if __name__ == "__main__":
    main(few=False)
