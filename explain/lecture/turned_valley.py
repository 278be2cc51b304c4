"""Chapter 10: a rotation breaks what scales each axis alone, and a matrix mends it."""

from dataclasses import replace

from engine.scenario import Run, Scenario
from explain.lecture.chapter import Change, Chapter, Question, with_run
from explain.maps import map_question
from optimizers.adam import Adam
from optimizers.full_adagrad import FullAdagrad
from optimizers.gradient_descent import GradientDescent
from optimizers.shampoo import Shampoo
from optimizers.soap import SOAP
from surfaces.valley import Valley

SCENE = Scenario(
    Valley(kappa=100.0, angle=45.0),
    Valley.start,
    300,
    (Run(GradientDescent(), lr=0.015), Run(Adam(), lr=0.2), Run(Shampoo(), lr=0.2)),
)

CHAPTER = Chapter(
    title="When the valley turns",
    text=(
        "So far each axis had a scale of its own: σ of x and σ of y. That evens a valley out whose floor lies along an "
        "axis. Here the floor lies between the axes, at 45 degrees. Gradient descent goes by the gradient alone and "
        "does not notice.",
        "Shampoo replaces σ by a matrix S, made of the outer products of the gradients. S has two eigenvalues and an "
        "angle: it divides along axes of its own, which turn until they lie across and along the floor. On the map the "
        "ellipse of reach turns with them.",
    ),
    formula=r"\begin{gathered} \theta_{t+1} = \theta_t - \mu_t\, S_t^{-1} m_t \\ "
    r"S_t = \Bigl( \frac{1-\beta_2}{1-\beta_2^{t+1}} \sum_{k=0}^{t} \beta_2^{t-k} g_k g_k^\top \Bigr)^{1/2} "
    r"\end{gathered}",
    scene=SCENE,
    charts=("map", "sigma", "angle"),
    question=Question(
        "In a valley along the x axis, Adam is at a loss of {straight:.0e} after {updates} updates. And in the same "
        "valley turned by 45 degrees?",
        ("As low", "About ten times as high", "More than a million times as high"),
        right=2,
        because="It is at {turned:.2g}. Each axis sees the steep walls, so σ of x is {ratio:.0f}% of σ of y: nearly "
        "the same step for both, and nothing is evened out. Shampoo is at {shampoo:.0e}: its S has an eigenvalue "
        "{spread:.0f} times the other, at an angle of {angle:.0f} degrees. The price is the matrix: for {weights:,} "
        "weights it would have {entries:,} entries, so in networks each layer has two small ones, for its rows and "
        "its columns.",
    ),
    changes=(
        Change(
            "The valley turned back to 0 degrees: Adam comes down as well.", replace(SCENE, surface=Valley(kappa=100.0))
        ),
        Change(
            "SOAP in the place of Shampoo: Adam on axes that turn, with scales that forget sooner.",
            with_run(SCENE, 2, optimizer=SOAP(), lr=0.2),
        ),
    ),
    terms=(Adam, Shampoo, FullAdagrad, SOAP),
    numbers={
        "straight": 5e-12,
        "updates": 300,
        "turned": 0.12,
        "ratio": 103,
        "shampoo": 3e-12,
        "spread": 20,
        "angle": 43,
        "weights": 2410,
        "entries": 5808100,
    },
    map=map_question("rotation"),
)
