"""Chapter 1: training that is stuck need not be short of gradient."""

from engine.scenario import Run
from explain.lecture.chapter import Change, Chapter, Question, lecture_valley, with_run
from optimizers.gradient_descent import GradientDescent

SCENE = lecture_valley(
    200,
    Run(GradientDescent(), lr=1.1449e-6, name="μ = 1.1449e-6"),
    Run(GradientDescent(), lr=5e-7, name="μ = 5e-7"),
)

CHAPTER = Chapter(
    title="Stuck is not a small gradient",
    text=(
        "When the loss stops falling, it is tempting to say that training has reached a point where the gradient "
        "vanishes: a minimum or a saddle point. Look before you say so: draw the norm of the gradient beside the loss.",
        "Two runs of plain gradient descent start at the same place in the same long valley. One has a learning rate "
        "just below the largest stable one, the other less than half of it.",
    ),
    formula=r"\theta_{t+1} = \theta_t - \mu\, g_t",
    scene=SCENE,
    charts=("map", "loss"),
    question=Question(
        "The loss of the run with the larger learning rate is flat from the first update on. "
        "What does its gradient do?",
        ("It falls to nothing", "It stays as large as it was", "It grows without end"),
        right=1,
        because="After {updates} updates its norm is still {share:.0f} percent of what it was. The point jumps from "
        "one wall of the valley to the other and back; on each wall the slope is steep, and both are equally high. "
        "It is stuck, but not for want of a gradient. The other run is flat as well, and its gradient has fallen "
        "from {first:,} to {small:.0f}: it has come down to the valley floor.",
    ),
    changes=(
        Change(
            "A learning rate a little smaller, 1.1e-6: the jumps become shorter, and the run comes down.",
            with_run(SCENE, 0, lr=1.1e-6, name="μ = 1.1e-6"),
        ),
        Change(
            "A learning rate a little larger, 1.15e-6: every jump ends higher than it began.",
            with_run(SCENE, 0, lr=1.15e-6, name="μ = 1.15e-6"),
        ),
    ),
    terms=(GradientDescent,),
    numbers={"updates": 200, "share": 99, "first": 11_300_000, "small": 381},
)
