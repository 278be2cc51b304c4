"""Questions about losses in one parameter, where everything is in sight."""

from explain.questions.question import Question, scene
from optimizers.gradient_descent import GradientDescent
from optimizers.momentum import Momentum
from optimizers.newton import Newton
from surfaces.absolute import Absolute
from surfaces.double_well import DoubleWell
from surfaces.log_cosh import LogCosh
from surfaces.quartic import Quartic

CURVES = (
    Question(
        slug="newton-flies",
        ask="Does a step that knows the curvature always arrive sooner?",
        line="Look where the parabola at the ring has its lowest point: Newton's method jumps there.",
        scene=scene(LogCosh(), (1.2, 0.0), 30, (Newton(), 1.0), (GradientDescent(), 1.0)),
        answer="Not from {start} on: the curve bends less and less outside, each parabola is wider than the one "
        "before, and at update {thrown} Newton's method is gone. Gradient descent with learning rate 1 has arrived "
        "after {arrived} updates.",
        numbers={"start": 1.2, "thrown": 4, "arrived": 5},
    ),
    Question(
        slug="newton-quartic",
        ask="How fast is Newton's method where the curvature vanishes?",
        line="Watch the distance to the minimum: which share of it does each step leave?",
        scene=scene(Quartic(), (2.0, 0.0), 30, (Newton(), 1.0), (GradientDescent(), 0.1)),
        answer="Each step leaves {left:.4g} of the distance, so that after {updates} updates x is {newton:.2g}; on a "
        "parabola one step would do. Gradient descent is at {descent:.2g}: its gradient dies away faster than the "
        "distance.",
        numbers={"left": 2 / 3, "updates": 30, "newton": 1.04e-5, "descent": 0.38},
    ),
    Question(
        slug="which-well",
        ask="Which of two minima does a run find?",
        line="Both start on the right with one learning rate; the lower minimum is on the left.",
        scene=scene(DoubleWell(), (1.7, 0.0), 100, (GradientDescent(), 0.1), (Momentum(), 0.1)),
        answer="Gradient descent stops in the well it starts in, at loss {near:.3f}. Momentum is still fast when it "
        "comes to the hill, crosses it, and ends in the lower well at {far:.3f}; with more momentum it might as well "
        "have come back.",
        numbers={"near": 0.0974, "far": -0.102},
    ),
    Question(
        slug="kink",
        ask="Why does it never come to rest?",
        line="The slope is 1 on one side and -1 on the other, however near the minimum.",
        scene=scene(Absolute(), (3.05, 0.0), 60, (GradientDescent(), 0.3), (GradientDescent(), 0.03)),
        answer="Every step is as long as the learning rate, so that the larger one jumps to and fro between {one:.2f} "
        "and {other:.2f} for good. The small one would come nearer, but after {updates} updates it is still at "
        "{slow:.2f}.",
        numbers={"one": 0.05, "other": -0.25, "updates": 60, "slow": 1.25},
    ),
)
