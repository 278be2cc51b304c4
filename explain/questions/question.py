"""What a question is: a scene, what to look at in it, and a true answer in two sentences."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from engine.scenario import Run, Scenario
from optimizers.base import Optimizer
from spec.sentences import Sentence
from surfaces.base import Point, Surface

Group = Literal["lecture", "people"]


@dataclass(frozen=True)
class Question:
    """A question, answered by a scene; texts are English, and may name the numbers as {placeholders}.

    slug: its name. ask: at most twelve words. line: what to do and what to look at. answer: two sentences.
    group: whether the lecture asks it or people do. numbers: what the texts state, measured by the engine.
    """

    slug: str
    ask: str
    line: str
    scene: Scenario
    answer: str
    numbers: Mapping[str, float] = field(default_factory=dict)
    group: Group = "people"

    def sentence(self, text: str) -> Sentence:
        """Return one of the question's texts with its numbers."""
        return Sentence(text, self.numbers)

    def texts(self) -> Iterator[str]:
        """Yield every text of the question."""
        yield from (self.ask, self.line, self.answer)


def scene(surface: Surface, start: Point, steps: int, *rules: tuple[Optimizer, float], **others: Any) -> Scenario:
    """Return a scene of rules, each with its learning rate."""
    return Scenario(surface, start, steps, tuple(Run(rule, lr) for rule, lr in rules), **others)
