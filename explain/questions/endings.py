"""Questions about where a run ends."""

from explain.questions.question import Question, scene
from explain.questions.rates import START
from optimizers.adam import Adam
from optimizers.adamw import AdamW
from optimizers.gradient_descent import GradientDescent
from optimizers.rmsprop import RMSProp
from surfaces.own import Own
from surfaces.plateau import Plateau
from surfaces.valley import Valley

PLAIN = Own(formula="50*(x-1)^2 + (y-1)^2/2", x_low=-0.5, x_high=1.5, y_low=-0.5, y_high=1.5)
WITH_L2 = Own(formula="50*(x-1)^2 + (y-1)^2/2 + (x^2+y^2)/2", x_low=-0.5, x_high=1.5, y_low=-0.5, y_high=1.5)

ENDINGS = (
    Question(
        slug="small-gradient",
        ask="Does a small gradient mean that training is done?",
        line="Gradient descent and Adam start on a plateau. Look at the gradient, then at the loss.",
        scene=scene(Plateau(), Plateau.start, 500, (GradientDescent(), 0.1), (Adam(), 0.1)),
        answer="No: after {updates} updates of gradient descent the gradient is {gradient:.4f} long and the loss still "
        "{loss:.2f}, with the minimum at 0. Adam divides by a σ that is as small as the gradient, crosses the plateau, "
        "and converges at update {update}.",
        numbers={"updates": 500, "gradient": 0.0002, "loss": 1.0, "update": 349},
    ),
    Question(
        slug="epsilon",
        ask="What is epsilon for, besides division by zero?",
        line="RMSProp twice, with ε = 0.00000001 and with ε = 1.",
        scene=scene(
            Valley(kappa=10.0), START, 400, (RMSProp(rho=0.9, eps=1e-8), 0.1), (RMSProp(rho=0.9, eps=1.0), 0.1)
        ),
        answer="It lets a run come to rest: near the minimum g and σ are both tiny and their ratio is not, so that "
        "with the small ε each step along y is still {hop:.2f} long after {updates} updates. With ε = 1 the step "
        "shrinks with the gradient, and the run converges at update {update}.",
        numbers={"hop": 0.1, "updates": 400, "update": 252},
    ),
    Question(
        slug="weight-decay",
        ask="Is L2 in the loss the same as weight decay?",
        line="AdamW, λ = 1, pulls x and y alike; the loss is steeper along x.",
        scene=scene(PLAIN, (0.0, 0.0), 250, (AdamW(weight_decay=1.0), 0.2)),
        answer="No: with λ/2 (x² + y²) in the loss the minimum is at ({stiff:.3f}, {soft:.3f}), for what is steep "
        "yields less. AdamW's decay is not divided by σ and takes the same share of both: after {updates} updates it "
        "is at ({decayed:.4f}, {decayed:.4f}).",
        numbers={"stiff": 0.990, "soft": 0.5, "updates": 250, "decayed": 0.8095},
    ),
)
