"""The eleven chapters: nine in the order of the lecture, and two beyond it."""

from explain.lecture import (
    adam,
    blow_out,
    decay,
    edge,
    rmsprop,
    root_mean_square,
    stuck,
    summary,
    turned_valley,
    valley,
    warm_up,
)
from explain.lecture.chapter import Chapter

CHAPTERS: tuple[Chapter, ...] = tuple(
    module.CHAPTER
    for module in (
        stuck,
        valley,
        root_mean_square,
        blow_out,
        decay,
        warm_up,
        rmsprop,
        adam,
        summary,
        turned_valley,
        edge,
    )
)
