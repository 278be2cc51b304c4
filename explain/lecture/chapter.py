"""What a chapter of the lecture is: sentences, a formula, a scene, a question, and changes to try."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from engine.scenario import Run, Scenario
from explain.lesson import Lesson
from explain.maps import MapQuestion
from spec.catalogue import Entry
from spec.sentences import Sentence
from surfaces.lecture_valley import LectureValley


@dataclass(frozen=True)
class Question:
    """What to predict before the scene is played: options, the place of the right one, and why it is right."""

    ask: str
    options: tuple[str, ...]
    right: int
    because: str


@dataclass(frozen=True)
class Change:
    """Something to change next, and the scene in which it is changed."""

    text: str
    scene: Scenario


@dataclass(frozen=True)
class Chapter:
    """One thing to see happen; texts are English, and may name the numbers as {placeholders}.

    formula: LaTeX. charts: which of the lab's charts show it. terms: the entries of the reference that it uses.
    numbers: what the texts state, measured by the engine. map: the question of the map that shows more of it, if one
    does.
    """

    title: str
    text: tuple[str, ...]
    formula: str
    scene: Scenario
    charts: tuple[str, ...]
    question: Question
    changes: tuple[Change, ...]
    terms: tuple[type[Entry], ...]
    numbers: Mapping[str, float] = field(default_factory=dict)
    map: MapQuestion | None = None

    def sentence(self, text: str) -> Sentence:
        """Return one of the chapter's texts with its numbers."""
        return Sentence(text, self.numbers)

    def lesson(self, say: Callable[[Sentence], str]) -> Lesson:
        """Return the chapter as a lesson; say: puts a sentence into the language of the page."""

        def told(text: str) -> str:
            return say(self.sentence(text))

        question = self.question
        return Lesson(
            title=told(self.title),
            text=tuple(map(told, self.text)),
            ask=told(question.ask),
            options=tuple(map(told, question.options)),
            right=question.right,
            after=told(question.because),
            lets=frozenset(("start", "guess")),
        )

    def texts(self) -> Iterator[str]:
        """Yield every text of the chapter."""
        yield from (self.title, *self.text, self.question.ask, *self.question.options, self.question.because)
        yield from (change.text for change in self.changes)


def lecture_valley(steps: int, *runs: Run) -> Scenario:
    """Return a scene on the lecture's valley, from the lecture's start."""
    return Scenario(LectureValley(), LectureValley.start, steps, runs)


def with_run(scene: Scenario, index: int, **changes: Any) -> Scenario:
    """Return a scene in which fields of run `index` are changed."""
    runs = list(scene.runs)
    runs[index] = replace(runs[index], **changes)
    return replace(scene, runs=tuple(runs))
