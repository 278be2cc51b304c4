"""Chapter 4: the root mean square blows out, and why it does so then."""

from dataclasses import replace

from engine.presets import PRESETS
from explain.lecture.chapter import Change, Chapter, Question, with_run
from optimizers.adagrad_rms import AdagradRMS
from surfaces.lecture_valley import LectureValley

SCENE = PRESETS["blow-out"][1]

CHAPTER = Chapter(
    title="And it blows out",
    text=(
        "The same rule, for longer. On the valley floor every gradient along w is tiny, and every one of them pulls "
        "the mean down: σ of w shrinks, and the effective step size along w grows, while nothing happens on the map.",
        "How long may a step be? On a quadratic, steps stay under control while the largest eigenvalue of diag(μ/σ) H "
        "is at most 2; H holds the second derivatives. This number is the sharpness that the run feels. It is drawn "
        "with its limit as a dotted line; finely dotted below it is the curvature along the gradient, which tells "
        "whether the loss falls in this step.",
    ),
    formula=r"\lambda_{\max}\left(\begin{pmatrix} \mu/\sigma_b & 0 \\ 0 & \mu/\sigma_w \end{pmatrix} H\right) \le 2",
    scene=SCENE,
    charts=("map", "sigma", "stability"),
    question=Question(
        "The run comes down to the floor of the valley and walks along it. What happens in {updates:,} updates?",
        (
            "It walks on to the minimum, quietly",
            "It shoots out of the valley, and comes back",
            "It shoots out of the valley, and is lost",
        ),
        right=1,
        because="Cause first: σ of w was large only because of the first few gradients, and the mean forgets them. At "
        "update {crossed} the sharpness rises above 2. From now on each step overshoots the floor by more "
        "than it was away from it, though too little to be seen. Why so late? The path lies along the floor, "
        "and so does the gradient; what swings across the floor, in the unstable direction, is no more than a "
        "rounding error at first. Every step multiplies that by 1 - λ, and by update {rises} it has grown "
        "{growth:.0f} million million times: now the curvature along the gradient is above 2 as well, and the "
        "loss rises for the first time. At update {seen} the point visibly leaves the floor, and soon is "
        "{far:.0f} away in w. Out there the gradients are huge; σ of w grows, the steps shrink, and at update "
        "{back} the sharpness is below 2 again. Then all of it repeats: above 2 at update {again}, out at "
        "update {next}.",
    ),
    changes=(
        Change(
            "A learning rate of 0.5: the sharpness stays below 2 for much longer.",
            with_run(SCENE, 0, lr=0.5),
        ),
        Change("5,500 updates: the blow-outs come again and again.", replace(SCENE, steps=5500)),
    ),
    terms=(AdagradRMS, LectureValley),
    numbers={
        "updates": 1300,
        "crossed": 512,
        "rises": 699,
        "growth": 4,
        "seen": 708,
        "far": 4,
        "back": 724,
        "again": 948,
        "next": 1180,
    },
)
