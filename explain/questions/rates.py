"""Questions about directions and learning rates."""

from engine.noise import Noise
from engine.scenario import Run, Scenario
from explain.questions.question import Question, scene
from optimizers.adam import Adam
from optimizers.gradient_descent import GradientDescent
from schedules.cosine import Cosine
from surfaces.own import Own
from surfaces.valley import Valley

VALLEY, START = Valley(kappa=100.0), (6.0, 3.0)
STEEPER = Own(formula="10*(x^2 + 100*y^2)/2", x_low=-6.0, x_high=6.0, y_low=-4.0, y_high=4.0)

RATES = (
    Question(
        slug="direction",
        ask="Does the gradient point to the minimum?",
        line="Compare the first step with the straight way from the ring to the star.",
        scene=scene(VALLEY, START, 300, (GradientDescent(), 0.015)),
        answer="No: a step goes the steepest way down from where you stand, here {angle:.0f} degrees off the way to "
        "the minimum. In a long valley it points almost straight at the opposite wall.",
        numbers={"angle": 62},
    ),
    Question(
        slug="contours",
        ask="At which angle does a step cross the contours?",
        line="Look at the first step of both runs, and at the contour through the ring.",
        scene=scene(Valley(kappa=10.0), START, 200, (GradientDescent(), 0.1), (Adam(), 0.3)),
        answer="A step of gradient descent crosses them at {descent:.0f} degrees, because along a contour the loss "
        "does not change. Adam's first step is equally long along both axes, whatever the slopes are, and crosses the "
        "contour at {adam:.0f} degrees.",
        numbers={"descent": 90, "adam": 56},
    ),
    Question(
        slug="smaller-rate",
        ask="Is a smaller learning rate always safer?",
        line="One valley, one rule, two rates: {small} and {large}.",
        scene=scene(VALLEY, START, 500, (GradientDescent(), 0.0019), (GradientDescent(), 0.019)),
        answer="Both are safe, being below the limit of {limit}, but after {updates} updates the small rate is at loss "
        "{slow:.1f} and the large one at {fast:.1e}. A rate that is too small fails as well: it just fails quietly.",
        numbers={"small": 0.0019, "large": 0.019, "limit": 0.02, "updates": 500, "slow": 2.7, "fast": 8.4e-8},
    ),
    Question(
        slug="over-the-limit",
        ask="Is a slightly larger rate only slightly worse?",
        line="Two rates, {below} and {above}; the limit lies between them.",
        scene=scene(VALLEY, START, 500, (GradientDescent(), 0.019), (GradientDescent(), 0.021)),
        answer="No: at {below} the loss comes down to {loss:.1e}, at {above} the run diverges at update {update}. Each "
        "update multiplies the distance from the floor by 1 - 100 μ, which is {shrinks:.1f} for the one rate and "
        "{grows:.1f} for the other.",
        numbers={"below": 0.019, "above": 0.021, "loss": 8.4e-8, "update": 156, "shrinks": -0.9, "grows": -1.1},
    ),
    Question(
        slug="scaled-loss",
        ask="Does multiplying the loss by ten change anything?",
        line="This valley is ten times as high as the one for which the rates were chosen.",
        scene=scene(STEEPER, START, 500, (GradientDescent(), 0.015), (Adam(), 0.05)),
        answer="For gradient descent everything: its steps are ten times as long, and it diverges at update {update}, "
        "where it went down calmly before. Adam's m and σ both grow tenfold and their ratio stays: no point of its "
        "path moves by more than {gap:.0e}.",
        numbers={"update": 6, "gap": 6e-9},
    ),
    Question(
        slug="adam-schedule",
        ask="Does Adam need a learning-rate schedule?",
        line="The gradients are noisy; both runs are Adam, and one lets its rate fall.",
        scene=Scenario(
            Valley(kappa=10.0),
            START,
            1000,
            (Run(Adam(), 0.05), Run(Adam(), 0.05, schedule=Cosine())),
            Noise(level=0.1),
        ),
        answer="With noise it does: at a constant rate it goes on trembling about the minimum, at a mean loss of "
        "{constant:.3f} over the last {last} updates. σ only measures how large the gradients are, noise included; "
        "what ends the trembling is a smaller μ, which brings the mean loss to {falling:.5f}.",
        numbers={"constant": 0.043, "last": 100, "falling": 0.00002},
    ),
)
