"""Which run wears which colour: one rule the same in the lab and in every chapter, as far as no two runs share one."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from charts.theme import Theme
from engine.scenario import Run

FAMILIES: Mapping[str, int] = {
    "gd": 0,
    "signsgd": 0,
    "adagrad": 1,
    "adagrad-rms": 1,
    "adadelta": 1,
    "rmsprop": 2,
    "rmsprop-lee": 2,
    "adam": 3,
    "adamw": 3,
    "nadam": 3,
    "radam": 3,
    "amsgrad": 3,
    "adamax": 3,
    "adabelief": 3,
    "yogi": 3,
    "adan": 3,
    "momentum": 4,
    "nesterov": 4,
    "qhm": 4,
    "lion": 5,
    "rprop": 5,
    "polyak": 0,
    "barzilai-borwein": 0,
    "schedule-free-sgd": 0,
    "full-adagrad": 1,
    "sophia": 2,
    "ademamix": 3,
    "adopt": 3,
    "cautious-adamw": 3,
    "grams": 3,
    "mars-adamw": 3,
    "prodigy": 3,
    "schedule-free-adamw": 3,
    "conjugate-gradient": 4,
    "lbfgs": 4,
    "newton": 4,
    "saddle-free": 4,
    "shampoo": 5,
    "soap": 5,
}
"""The place of a rule's colour among those of a theme; a rule that is not here takes the first free one."""


def worn(theme: Theme, runs: Sequence[Run]) -> Theme:
    """Return a theme whose colours are in the order of some runs: each its rule's, where no run before it has that."""
    return _in_order(theme, tuple(run.optimizer.slug for run in runs))


@lru_cache(maxsize=256)
def _in_order(theme: Theme, slugs: tuple[str, ...]) -> Theme:
    places: list[int] = []
    for slug in slugs:
        free = [place for place in range(len(theme.runs)) if place not in places]
        wanted = FAMILIES.get(slug, -1)
        places.append(wanted if wanted in free else free[0])
    others = [place for place in range(len(theme.runs)) if place not in places]
    return replace(theme, runs=tuple(theme.runs[place] for place in (*places, *others)))
