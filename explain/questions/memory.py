"""Questions about momentum, and about what sigma remembers."""

from explain.questions.question import Question, scene
from explain.questions.rates import START, VALLEY
from optimizers.adam import Adam
from optimizers.gradient_descent import GradientDescent
from optimizers.momentum import Momentum
from optimizers.nesterov import Nesterov
from optimizers.rmsprop import RMSProp
from optimizers.signsgd import SignSGD
from surfaces.lecture_valley import LectureValley
from surfaces.two_bowls import TwoBowls
from surfaces.valley import Valley

MEMORY = (
    Question(
        slug="momentum-rate",
        ask="Is momentum just a larger learning rate?",
        line="Momentum, the same rate without it, and ten times that rate without it.",
        scene=scene(VALLEY, START, 200, (Momentum(), 0.005), (GradientDescent(), 0.005), (GradientDescent(), 0.05)),
        answer="Only along the floor, where like gradients add up to ten times one of them; across the valley they "
        "change sign and cancel. So ten times the rate diverges at update {update}, while momentum comes to loss "
        "{momentum:.1e}, and the small rate without it to {plain:.1f}.",
        numbers={"update": 11, "momentum": 1.8e-7, "plain": 2.4},
    ),
    Question(
        slug="three-momenta",
        ask="Why do three things called momentum behave differently?",
        line="One rate and one memory of 0.9: the heavy ball, Nesterov's, and the average.",
        scene=scene(VALLEY, START, 150, (Momentum(), 0.01), (Nesterov(), 0.01), (Momentum(form="average"), 0.01)),
        answer="The heavy ball adds gradients up, Nesterov's counts the newest almost twice, and the average weighs "
        "each by a tenth: the first steps are {ball:.1f}, {nesterov:.1f} and {average:.1f} long. One rate means three "
        "things, and after {updates} updates the losses are {ball_loss:.0e}, {nesterov_loss:.0e} and "
        "{average_loss:.1f}.",
        numbers={
            "ball": 3.0,
            "nesterov": 5.7,
            "average": 0.3,
            "updates": 150,
            "ball_loss": 6e-6,
            "nesterov_loss": 6e-7,
            "average_loss": 0.8,
        },
    ),
    Question(
        slug="rmsprop-sign",
        ask="Is RMSProp just the sign of the gradient?",
        line="RMSProp without memory, the sign rule, and RMSProp with memory.",
        scene=scene(
            VALLEY, START, 200, (RMSProp(rho=0.0, eps=0.0), 0.07), (SignSGD(), 0.07), (RMSProp(rho=0.99), 0.07)
        ),
        answer="Without memory it is: σ is |g|, and the path is that of the sign rule to the last digit. With ρ = 0.99 "
        "steps are {first:.0f} times the rate at first and {later:.1f} times at update {update}, because gradients "
        "that have become small are divided by larger ones that are remembered.",
        numbers={"first": 10, "update": 50, "later": 0.3},
    ),
    Question(
        slug="spikes",
        ask="How can the loss spike without mini-batches?",
        line="Every update sees all ten data; nothing is random. Watch the loss.",
        scene=scene(LectureValley(), LectureValley.start, 3000, (RMSProp(rho=0.999), 1.0)),
        answer="No chance is needed: in quiet times σ forgets, the step μ/σ grows, and when it is too long for the "
        "curvature the loss shoots up, to {times:.0f} times what it mostly is. Huge gradients then make σ large again, "
        "and it starts anew: {count} times in {updates:,} updates.",
        numbers={"times": 128, "count": 5, "updates": 3000},
    ),
    Question(
        slug="late-rise",
        ask="Why does Adam's loss rise again after thousands of updates?",
        line="A round bowl and no noise. Wait until the loss is as good as zero.",
        scene=scene(Valley(kappa=1.0), (4.0, 1.0), 5000, (Adam(), 1.0)),
        answer="At the minimum the gradients are next to nothing, so σ forgets the large ones and falls, until at "
        "update {crossed:,} a step μ/σ is too long even for a round bowl. The loss, below 1e-80 at update {lowest:,}, "
        "comes back in bursts, the highest of {loss:.2f} at update {update:,}.",
        numbers={"crossed": 1923, "lowest": 1910, "loss": 0.28, "update": 4824},
    ),
    Question(
        slug="adam-step",
        ask="Can a step of Adam exceed its learning rate?",
        line="The rate is 0.01. Watch the step on the way into the hole.",
        scene=scene(TwoBowls(), TwoBowls.start, 600, (Adam(), 0.01)),
        answer="Yes: at update {update} the step along x is {ratio:.1f} times the rate. After a time of small "
        "gradients σ is small, and when they grow, m follows within some ten updates, but σ needs a thousand.",
        numbers={"update": 238, "ratio": 3.2},
    ),
)
