"""Chapter 3: the root mean square of the gradients as a scale for each axis."""

from engine.scenario import Run
from explain.lecture.chapter import Change, Chapter, Question, lecture_valley, with_run
from optimizers.adagrad import Adagrad
from optimizers.adagrad_rms import AdagradRMS
from optimizers.gradient_descent import GradientDescent

SCENE = lecture_valley(500, Run(GradientDescent(), lr=1e-7), Run(AdagradRMS(), lr=1.0), Run(Adagrad(), lr=1.0))

CHAPTER = Chapter(
    title="Root mean square, axis by axis",
    text=(
        "Divide the step of each axis by a scale σ of its own. The lecture takes the root mean square of all gradients "
        "that the axis has seen: where they are large, steps become short; where they are small, steps become long. "
        "What is left of the learning rate, μ/σ, is the effective step size of the axis.",
        "Two rules are called Adagrad. The lecture divides by the root of the mean of the squares, the paper by the "
        "root of their sum. A sum only grows, so the paper's steps fade as 1/√(t+1). Both are in the scene.",
    ),
    formula=r"\begin{gathered} \theta_{i,t+1} = \theta_{i,t} - \frac{\mu}{\sigma_{i,t}}\, g_{i,t} \\ "
    r"\sigma_{i,t} = \sqrt{\frac{1}{t+1} \sum_{k=0}^{t} g_{i,k}^2} \end{gathered}",
    scene=SCENE,
    charts=("map", "sigma", "step_size"),
    question=Question(
        "At the start, the gradient along w is {ratio} times the gradient along b. Which way does the first step of "
        "the root mean square go?",
        ("Almost only along w", "Equally far along both axes", "Almost only along b"),
        right=1,
        because="At update 0, σ is the size of the one gradient seen so far, so g/σ is 1 or -1 on each axis: the "
        "step is μ = 1 along b and 1 along w. The effective step sizes differ by the same {ratio} times, the other "
        "way round. After {updates} updates the root mean square has taken b to {mean:.1f}; with the sum it is at "
        "{sum:.1f}, and gradient descent stands at {plain:.1f}.",
    ),
    changes=(
        Change(
            "Give the rule with the sum a learning rate of 20: its steps still fade, but they reach further.",
            with_run(SCENE, 2, lr=20.0),
        ),
        Change(
            "Halve the learning rate of the root mean square: the steps are shorter on both axes.",
            with_run(SCENE, 1, lr=0.5),
        ),
    ),
    terms=(AdagradRMS, Adagrad),
    numbers={"ratio": 352, "updates": 500, "mean": -152.6, "sum": -116.3, "plain": -120.0},
)
