"""Chapter 5: a learning rate that falls cures the blow-outs."""

from engine.presets import PRESETS
from explain.lecture.chapter import Change, Chapter, Question, with_run
from schedules.exponential import Exponential
from schedules.inverse_time import InverseTime
from schedules.manual import Manual
from schedules.sqrt_epoch import SqrtEpoch
from schedules.sqrt_update import SqrtUpdate
from schedules.staircase import Staircase

SCENE = PRESETS["decay"][1]

CHAPTER = Chapter(
    title="Learning-rate decay",
    text=(
        "Let the learning rate depend on time: μₜ in the place of μ. As training comes closer to its goal, it can do "
        "with shorter steps. Here μₜ falls as one over the update number.",
        "Andrew Ng lists more ways to fall: by a constant factor in every epoch, as one over the root of the epoch or "
        "of the update, in a staircase, or by hand. An epoch is a chosen number of updates. Where a root would be "
        "undefined at 0, the count begins at 1. All of them are in the reference, linked below.",
    ),
    formula=r"\begin{gathered} \theta_{i,t+1} = \theta_{i,t} - \frac{\mu_t}{\sigma_{i,t}}\, g_{i,t} \\ "
    r"\mu_t = \frac{\mu}{1 + 0.01\, t} \end{gathered}",
    scene=SCENE,
    charts=("map", "step_size", "stability"),
    question=Question(
        "Without decay the run blows out {count} times in {updates:,} updates. And with decay?",
        ("As often, but less far", "Once, at the start", "Never"),
        right=2,
        because="σ of w shrinks about as 1/√t, and μₜ falls faster: the sharpness rises to {peak:.2g} at most, and "
        "never comes near 2. This calm has a price. The steps along the floor fade too, and at the end b is "
        "{slow:.1f}, still far from the minimum at {minimum:.1f}.",
    ),
    changes=(
        Change(
            "A slower decay, by 0.95 every 100 updates: no blow-out either, and it arrives.",
            with_run(SCENE, 1, schedule=Exponential(base=0.95, per_epoch=100), name=""),
        ),
        Change(
            "A tenth of the learning rate from update 600 on, set by hand, in time before the blow-out.",
            with_run(SCENE, 1, schedule=Manual(points=((600, 0.1),)), name=""),
        ),
    ),
    terms=(InverseTime, Exponential, SqrtEpoch, SqrtUpdate, Staircase, Manual),
    numbers={"count": 8, "updates": 5500, "peak": 0.44, "slow": -164.8, "minimum": -188.4},
)
