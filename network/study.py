"""What is trained, as the one frozen value that the network page's address means: a network, how long, and the runs."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import Any

from engine.fields import RUN_KEYS, Field, Place, knob_fields, run_fields
from engine.scenario import Run
from engine.url import Form
from network.model import Network
from network.training import Task
from optimizers import OPTIMIZERS
from optimizers.base import Optimizer, PerAxis
from optimizers.gradient_descent import GradientDescent
from spec.knobs import Choice, Integer, check_knobs, knob, knobs_of
from spec.sentences import SentenceError

MOST_RUNS = 4
LETTERS = RUN_KEYS[:MOST_RUNS]

RULES = {slug: rule for slug, rule in OPTIMIZERS.items() if issubclass(rule, PerAxis) and not rule.ghosts}
"""The rules that train a network: those that see each parameter alone, and the gradient where it is."""

SMALLEST_BATCH = 16


@dataclass(frozen=True, kw_only=True)
class Batch(Integer):
    """How many digits a mini-batch has, SMALLEST_BATCH at least; 0 for all of them."""

    def check(self, value: Any) -> int:
        size = super().check(value)
        if 0 < size < SMALLEST_BATCH:
            raise SentenceError("must be 0 or at least {least}, got {value}", least=SMALLEST_BATCH, value=size)
        return size

    def nearest(self, value: Any) -> int:
        size = super().nearest(value)
        return size if size == 0 else max(size, SMALLEST_BATCH)


@dataclass(frozen=True)
class Study:
    """A network of one or two hidden layers, how it is trained, and one to four runs from the same weights."""

    layers: int = knob(1, Integer(symbol="", help="How many hidden layers there are.", low=1, high=2))
    width: int = knob(32, Integer(symbol="", help="Units of each hidden layer.", low=8, high=64, scale="linear"))
    activation: str = knob(
        "tanh",
        Choice(symbol="", help="What each hidden unit makes of its input.", options={"tanh": "tanh", "relu": "ReLU"}),
    )
    loss: str = knob(
        "squared",
        Choice(
            symbol="",
            help="What is made small: half the squared error, or the cross entropy of the ten classes.",
            options={"squared": "Squared error", "cross-entropy": "Cross entropy"},
        ),
    )
    batch: int = knob(0, Batch(symbol="B", help="Digits that each gradient sees; 0 for all 1,000.", low=0, high=512))
    seed: int = knob(0, Integer(symbol="", help="Decides weights, batches and what is held out.", low=0, high=9999))
    steps: int = knob(
        1000, Integer(symbol="T", help="How many updates each run makes.", low=100, high=5000, scale="log")
    )
    eigenvalues: int = knob(
        1, Integer(symbol="", help="How many of the largest eigenvalues are followed.", low=1, high=3)
    )
    runs: tuple[Run, ...] = (Run(GradientDescent(), 1.0), Run(GradientDescent(), 0.2))

    def __post_init__(self) -> None:
        check_knobs(self)
        if not 1 <= len(self.runs) <= MOST_RUNS:
            raise SentenceError("a scene has 1 to {most} runs, got {count}", most=MOST_RUNS, count=len(self.runs))

    @cached_property
    def network(self) -> Network:
        """The network that is trained."""
        return Network((self.width,) * self.layers, self.activation, self.loss)  # type: ignore[arg-type]

    @property
    def unnamed(self) -> "Study":
        """The same without its runs' names, which train nothing."""
        return replace(self, runs=tuple(replace(run, name="") for run in self.runs))

    @cached_property
    def task(self) -> Task:
        """What every run does."""
        return Task(self.network, self.steps, self.batch, self.seed, eigenvalues=self.eigenvalues)


DEFAULT_STUDY = Study()
"""Two rates of gradient descent: one hovers at the limit of the parabola, the other is still on its way there."""


def rate_for(rule: Optimizer) -> float:
    """Return a learning rate with which a rule trains these networks without going off."""
    return {"gradient": 0.5, "free": 1.0}.get(rule.step_unit, 0.003)


def study_fields(study: Study, letters: str = LETTERS) -> Mapping[str, Field]:
    """Return every field of a study by its name in the address, in its order."""
    return _table(tuple((type(run.optimizer), type(run.schedule)) for run in study.runs), letters)


@lru_cache(maxsize=256)
def _table(runs: tuple[tuple[type, type], ...], letters: str) -> Mapping[str, Field]:
    made = [*knob_fields({name: name for name in knobs_of(Study)}, Study, Place())]
    for index, (letter, (optimizer, schedule)) in enumerate(zip(letters, runs, strict=False)):
        made += run_fields(letter, index, optimizer, schedule, GradientDescent.slug, _default_rate(index), RULES)
    return {field.name: field for field in made}


def _default_rate(index: int) -> Any:
    return lambda study: rate_for(study.runs[index].optimizer)


def _blank(count: int) -> Study:
    return Study(runs=(Run(GradientDescent(), 0.5),) * count or DEFAULT_STUDY.runs)


STUDIES: Form[Study] = Form(DEFAULT_STUDY, study_fields, _blank, lambda _: DEFAULT_STUDY.runs, LETTERS, RULES)
"""How an address means a study."""
