"""Chapter 6: a learning rate that rises first."""

from engine.scenario import Run
from explain.lecture.chapter import Change, Chapter, Question, lecture_valley, with_run
from optimizers.adagrad_rms import AdagradRMS
from optimizers.radam import RAdam
from schedules.base import WarmUp
from schedules.inverse_time import InverseTime
from schedules.noam import Noam

SCENE = lecture_valley(
    5500,
    *(Run(AdagradRMS(), lr=1.0, warmup=WarmUp(steps=steps), name=f"w = {steps}") for steps in (0, 50, 200)),
)

CHAPTER = Chapter(
    title="Warm-up",
    text=(
        "Warm-up goes the other way first: the learning rate begins small, rises for w updates, and only then stays or "
        "falls. Residual networks were trained with a small constant rate first and the usual one afterwards; the "
        "Transformer rises in a straight line, then falls as 1/√t. Warm-up can stand before any decay.",
        "Why should that help? σ is a statistic, and a handful of early gradients is a poor sample. With short steps "
        "at first, a run gets to know the neighbourhood of its start before it relies on σ.",
    ),
    formula=r"\mu_t = \mu\, \min\left(1,\ \frac{t+1}{w}\right)",
    scene=SCENE,
    charts=("map", "sigma", "stability"),
    question=Question(
        "Three runs differ only in their warm-up of 0, 50 and 200 updates. Without any, the first blow-out comes at "
        "update {first}. What do 200 updates of warm-up do to it?",
        (
            "It comes 200 updates later",
            "It does not come in {updates:,} updates",
            "It comes earlier",
        ),
        right=1,
        because="With short first steps the run needs {slow} updates instead of {fast} to come down the wall, and sees "
        "many more huge gradients there. σ of w remembers them: at update 700 it is {ratio:.1f} times as large as "
        "without warm-up, and the sharpness is {calm:.2f} instead of {sharp:.2f}. With 50 updates of warm-up the "
        "first blow-out comes at update {late:,}. Warm-up puts the danger off; it does not end it: after 200 "
        "updates of it, the sharpness does rise above 2 at update {crossed:,}.",
    ),
    changes=(
        Change(
            "Warm-up and then a slow decay: the sharpness stays low for good.",
            with_run(SCENE, 2, schedule=InverseTime(rate=0.001, per_epoch=1), name=""),
        ),
        Change(
            "The Transformer's schedule: rise and fall in one formula.",
            with_run(SCENE, 2, schedule=Noam(warmup=200), warmup=WarmUp(), name=""),
        ),
        Change(
            "A constant warm-up at a tenth of the rate, as for residual networks.",
            with_run(SCENE, 2, warmup=WarmUp(steps=200, shape="constant", start=0.1), name=""),
        ),
    ),
    terms=(Noam, RAdam),
    numbers={
        "first": 708,
        "updates": 5500,
        "slow": 92,
        "fast": 17,
        "ratio": 3.1,
        "calm": 0.75,
        "sharp": 2.34,
        "late": 2920,
        "crossed": 5030,
    },
)
