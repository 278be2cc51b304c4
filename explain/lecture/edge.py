"""Chapter 11: where curvature changes with the place, a step that is too long for it is not the end."""

from engine.scenario import Run, Scenario
from explain.lecture.chapter import Change, Chapter, Question, with_run
from optimizers.gradient_descent import GradientDescent
from optimizers.momentum import Momentum
from surfaces.own import Own

SCENE = Scenario(
    Own(formula="(1 - x*y)^2/2", x_low=-1.0, x_high=3.0, y_low=0.0, y_high=5.0),
    (0.6, 3.6),
    200,
    (Run(GradientDescent(), lr=0.1, name="μ = 0.1"), Run(GradientDescent(), lr=0.2, name="μ = 0.2")),
)

CHAPTER = Chapter(
    title="At the edge of stability",
    text=(
        "On a parabola everything ends where μ times the curvature is above 2: each step is longer than the one "
        "before. This loss is no parabola. It is lowest along a whole curve, where x y = 1, and there its sharpness "
        "is x² + y²: different from place to place.",
        "With μ = 0.1 a place is stable where the sharpness is below 20, with μ = 0.2 where it is below 10. The path "
        "of small steps from here ends where it is about 12.7: too sharp for the second run.",
    ),
    formula=r"\begin{gathered} L = \tfrac12 (1 - x y)^2 \\ "
    r"\mu\, \lambda \le 2, \qquad \lambda = x^2 + y^2 \quad \text{where } x y = 1 \end{gathered}",
    scene=SCENE,
    charts=("map", "stability", "loss"),
    question=Question(
        "Where does the run with μ = 0.2 end?",
        ("It flies off", "To and fro across the nearest minimum", "At another minimum, which is less sharp"),
        right=2,
        because="It is thrown to and fro across the valley, the loss rises to {high:.2g}, and each throw takes it down "
        "along the valley, to where it is less sharp. It comes to rest at a sharpness of {flat:.2g}; the run with "
        "μ = 0.1 stays at {sharp:.3g}. So 2 is not the end: it decides which minimum a run can keep. In networks "
        "sharpness rises by itself while they train, until it meets 2/μ and hovers there: the network page shows it.",
    ),
    changes=(
        Change(
            "μ = 0.25: thrown farther, to the other branch of the curve, nearly to its least sharp point.",
            with_run(SCENE, 1, lr=0.25, name=""),
        ),
        Change(
            "Momentum with β = 0.9: its limit is 3.8, but its swings carry it on, to a sharpness of about 2.4.",
            with_run(SCENE, 1, optimizer=Momentum(), name=""),
        ),
    ),
    terms=(GradientDescent, Momentum),
    numbers={"high": 4.0, "flat": 5.3, "sharp": 12.6},
)
