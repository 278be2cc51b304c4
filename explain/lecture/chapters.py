"""The nine chapters in the order of the lecture."""

from explain.lecture import adam, blow_out, decay, rmsprop, root_mean_square, stuck, summary, valley, warm_up
from explain.lecture.chapter import Chapter

CHAPTERS: tuple[Chapter, ...] = tuple(
    module.CHAPTER for module in (stuck, valley, root_mean_square, blow_out, decay, warm_up, rmsprop, adam, summary)
)
