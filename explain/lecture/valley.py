"""Chapter 2: a convex valley is already hard."""

from dataclasses import replace

from engine.scenario import Run
from explain.lecture.chapter import Change, Chapter, Question, lecture_valley
from optimizers.gradient_descent import GradientDescent
from surfaces.lecture_valley import LectureValley
from surfaces.valley import Valley

SCENE = lecture_valley(
    100_000,
    *(Run(GradientDescent(), lr=lr, name=f"μ = {lr:.3g}".replace("e-0", "e-")) for lr in (1e-7, 1.14e-6, 1.2e-6)),
)

CHAPTER = Chapter(
    title="A convex valley is already hard",
    text=(
        "Fit a straight line y = b + w x to ten points by least squares. The loss is a bowl: convex, with one minimum "
        "and no saddle point anywhere. Nothing, it seems, could be easier.",
        "But the bowl is a very long valley. Across it, the loss curves {condition:,} times as strongly as along it; "
        "this ratio is the condition number. Gradient descent is stable only while μ is below 2/λ, where λ is the "
        "largest curvature: here {limit:.9f}. In the flat direction such a learning rate hardly moves at all.",
    ),
    formula=r"L(b, w) = \sum_{n=1}^{10} (y_n - b - w\,x_n)^2, \qquad \mu < \frac{2}{\lambda_{\max}}",
    scene=SCENE,
    charts=("map", "loss"),
    question=Question(
        "Three learning rates, and 100,000 updates for each. Which one reaches the minimum, the star?",
        ("The smallest", "The one just below the limit", "The one just above the limit", "None of them"),
        right=3,
        because="The smallest has moved b from -120 to {slow:.1f}, and the minimum is at {minimum:.1f}. Just below the "
        "limit, b has come to {fast:.1f}, less than half of the way. Just above it, the run is out of all bounds after "
        "{gone} updates. No single learning rate suits both axes: each needs its own.",
    ),
    changes=(
        Change(
            "A round bowl, with a condition number of 2: now one learning rate is enough.",
            replace(
                SCENE,
                surface=Valley(kappa=2.0),
                start=Valley.start,
                steps=100,
                runs=(Run(GradientDescent(), lr=0.4),),
            ),
        ),
        Change(
            "A valley with a condition number of 50: the path zigzags across, and creeps along.",
            replace(
                SCENE,
                surface=Valley(kappa=50.0),
                start=Valley.start,
                steps=100,
                runs=(Run(GradientDescent(), lr=0.038),),
            ),
        ),
    ),
    terms=(LectureValley, Valley),
    numbers={
        "condition": 313_000,
        "limit": 1.145e-6,
        "slow": -123.7,
        "fast": -152.2,
        "minimum": -188.4,
        "gone": 156,
    },
)
