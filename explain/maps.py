"""Maps worth looking at: each with a question and one true sentence, whose numbers a test measures anew."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.scenario import Run, Scenario
from optimizers.adam import Adam
from optimizers.base import Optimizer
from optimizers.gradient_descent import GradientDescent
from optimizers.momentum import Momentum
from optimizers.radam import RAdam
from spec.knobs import format_real
from spec.sentences import Sentence
from surfaces.base import Surface
from surfaces.beale import Beale
from surfaces.himmelblau import Himmelblau
from surfaces.lecture_valley import LectureValley
from surfaces.matyas import Matyas
from surfaces.rough_bowl import RoughBowl
from surfaces.valley import Valley


@dataclass(frozen=True)
class MapQuestion:
    """A question that a map answers; texts are English, and may name the numbers as {placeholders}.

    slug: its name. ask: at most twelve words. says: what the map shows. shown: what its page is told by its address,
    beside the scene. numbers: what the sentence states.
    """

    slug: str
    ask: str
    scene: Scenario
    shown: Mapping[str, str]
    says: str
    numbers: Mapping[str, float] = field(default_factory=dict)

    def sentence(self, text: str) -> Sentence:
        """Return one of the question's texts with its numbers."""
        return Sentence(text, self.numbers)

    def texts(self) -> Iterator[str]:
        """Yield every text of the question."""
        yield from (self.ask, self.says)


def map_question(slug: str) -> MapQuestion:
    """Return a question by its name. Raises StopIteration where there is none."""
    return next(one for one in MAP_QUESTIONS if one.slug == slug)


def question_of_map(scenario: Scenario, shown: Mapping[str, str]) -> "MapQuestion | None":
    """Return the question that a map answers; shown: what an address says of it."""
    found = (one for one in MAP_QUESTIONS if one.scene == scenario and one.shown.items() == shown.items())
    return next(found, None)


def _scene(surface: Surface, steps: int, *rules: tuple[Optimizer, float]) -> Scenario:
    return Scenario(surface, surface.start, steps, tuple(Run(rule, lr) for rule, lr in rules))


def _sides(across: str, up: str, *ends: float, **others: Any) -> dict[str, str]:
    named = zip(("x0", "x1", "y0", "y1"), map(format_real, ends), strict=False)
    return {"map": "plane", "across": across, "up": up, **dict(named), **{name: str(v) for name, v in others.items()}}


MAP_QUESTIONS = (
    MapQuestion(
        slug="coast",
        ask="Is there a line between training and not?",
        scene=_scene(RoughBowl(roughness=0.1), 300, (Momentum(beta=0.5), 1.0)),
        shown=_sides("lr", "beta", 0.1, 10, 0, 0.9, measure="trainability"),
        says="No, a coast. With cells half as wide its border has {rough:.2g} times as many of them, that of a smooth "
        "bowl (roughness {low}) {smooth:.2g} times, as a line has. Draw a rectangle on the border: there is always "
        "more.",
        numbers={"rough": 3.06, "smooth": 2.09, "low": 0.02},
    ),
    MapQuestion(
        slug="two-rules",
        ask="Same start, two rules: the same minimum?",
        scene=_scene(Himmelblau(), 300, (GradientDescent(), 0.01), (Adam(), 0.1)),
        shown={"map": "basins"},
        says="Not from {share:.0%} of the starts. Gradient descent goes down the nearest slope; Adam's first steps "
        "are as long on both axes, and its momentum carries it over ridges.",
        numbers={"share": 0.073},
    ),
    MapQuestion(
        slug="momentum",
        ask="Can one say where momentum will end?",
        scene=_scene(Himmelblau(), 500, (Momentum(), 0.014)),
        shown={"map": "basins"},
        says="Near the minima, yes. Farther out the basins are shuffled: along their borders the entropy is "
        "{border:.2g}, above ln 2 = 0.69, so they are fractal. A start moved by a hair ends elsewhere.",
        numbers={"border": 0.852},
    ),
    MapQuestion(
        slug="blow-outs",
        ask="Which β₂ blows out on the lecture's valley?",
        scene=_scene(LectureValley(), 1000, (Adam(), 1.0)),
        shown=_sides("lr", "beta2", 0.01, 100, 0.5, 0.9999),
        says="In {share:.0%} of the cells the run ends more than ten times as far above the lowest loss as it has "
        "been: it was there, and was thrown out. From β₂ = {safe} on, none is: so long a memory keeps σ large.",
        numbers={"share": 0.356, "safe": 0.999},
    ),
    MapQuestion(
        slug="rotation",
        ask="Does Adam mind if the valley is turned?",
        scene=_scene(Valley(kappa=1000.0), 300, (Adam(), 0.1)),
        shown=_sides("surface.angle", "lr", 0, 90, 1e-3, 10),
        says="Very much. Along the axes, rates over {straight:.2g} decades bring the loss below 10⁻⁶ in 300 updates; "
        "at 45° none does. A σ for each axis helps only if the valley lies along an axis.",
        numbers={"straight": 1.94},
    ),
    MapQuestion(
        slug="epsilon",
        ask="Does Adam's ε matter?",
        scene=_scene(Matyas(), 300, (Adam(), 0.1)),
        shown=_sides("lr", "eps", 1e-3, 100, 1e-8, 1),
        says="Below 10⁻⁴ not at all: {same:.0%} of the cells are as they are at 10⁻⁸. At {large:.2g} it is larger "
        "than what σ comes to, and the smallest rate that is enough for a loss of 0.001 is {with:.2g} in the place of "
        "{without:.2g}.",
        numbers={"same": 1.0, "large": 0.85, "with": 0.44, "without": 0.21},
    ),
    MapQuestion(
        slug="warm-up",
        ask="Who needs a warm-up, Adam or RAdam?",
        scene=_scene(Beale(), 500, (Adam(), 0.1), (RAdam(), 0.1)),
        shown=_sides("lr", "warmup", 1e-3, 100, 0, 400),
        says="RAdam. Rates over {adam_without:.2g} decades bring Adam below a loss of 0.001 with hardly a warm-up, "
        "and over {adam_with:.2g} with one of 385 updates. RAdam's first updates do not divide by σ: with hardly a "
        "warm-up no rate does, with a long one rates over {radam_with:.2g} decades.",
        numbers={"adam_without": 1.72, "adam_with": 1.56, "radam_with": 1.33},
    ),
)
