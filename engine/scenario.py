"""The one frozen value that address, widgets, cache, presets and exports all mean."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from engine.around import Clip, around
from engine.box import Box
from engine.noise import Noise
from optimizers.base import Optimizer
from schedules.base import Schedule, WarmUp
from schedules.constant import Constant
from spec.knobs import Integer, Name, Real, check_field
from spec.sentences import SentenceError
from surfaces.base import Point, Surface

MOST_RUNS = 6

LEARNING_RATE = Real(symbol=r"\mu", help="Learning rate, before its schedule.", low=1e-12, high=1e6, scale="log")
STEPS = Integer(symbol="T", help="How many updates each run makes.", low=1, high=1_000_000, scale="log")
COORDINATE = Real(symbol=r"\theta_0", help="Where every run begins.", low=-1e9, high=1e9)
NAME = Name(symbol="", help="", longest=40)


@dataclass(frozen=True)
class Run:
    """One path: an optimizer with its knobs, a learning rate, a schedule with an optional warm-up, a name, a clip."""

    optimizer: Optimizer
    lr: float
    schedule: Schedule = Constant()
    warmup: WarmUp = WarmUp()
    name: str = ""
    clip: Clip = Clip()

    def __post_init__(self) -> None:
        check_field(self, "lr", LEARNING_RATE)
        object.__setattr__(self, "name", NAME.nearest(self.name))

    def rule(self, steps: int) -> Optimizer:
        """Return the optimizer with what stands around it in a run of `steps` updates."""
        return around(self.optimizer, self.schedule, self.warmup, self.clip, steps)

    def label(self, say: Callable[[str], str] = str) -> str:
        """Return the given name, or the optimizer's title as `say` puts it."""
        return self.name or say(self.optimizer.title)


@dataclass(frozen=True)
class Scenario:
    """A scene: a surface, where runs start, how many updates they make, one to six runs, noise, and a box."""

    surface: Surface
    start: Point
    steps: int
    runs: tuple[Run, ...]
    noise: Noise = Noise()
    box: Box = Box()

    DEFAULT_STEPS: ClassVar[int] = 500

    def __post_init__(self) -> None:
        check_field(self, "steps", STEPS)
        object.__setattr__(self, "start", tuple(COORDINATE.check(v) for v in self.start))
        if self.surface.dimension == 1:
            object.__setattr__(self, "start", (self.start[0], 0.0))
            object.__setattr__(self, "box", Box(self.box.left, self.box.right))
        if not 1 <= len(self.runs) <= MOST_RUNS:
            raise SentenceError("a scene has 1 to {most} runs, got {count}", most=MOST_RUNS, count=len(self.runs))
