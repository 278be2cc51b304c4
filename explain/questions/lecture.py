"""The scenes of the lecture, as questions."""

from engine.presets import DEFAULT_SCENE, PRESETS
from explain.questions.question import Question

LECTURE = (
    Question(
        slug="opening",
        ask="Why does Adagrad suddenly jump out of the valley?",
        line="Both start at the ring and look for the star. Press play.",
        scene=DEFAULT_SCENE,
        answer="Along the quiet floor the memory of the steep wall fades: σ of w shrinks and the step μ/σ grows, until "
        "at update {crossed} it is too long for the walls. At update {seen} it is thrown out, meets huge gradients, "
        "and these make σ large and the steps short again.",
        numbers={"crossed": 512, "seen": 708},
        group="lecture",
    ),
    Question(
        slug="stuck",
        ask="The loss stands still: is the gradient zero?",
        line="Watch plain gradient descent on the floor of the valley.",
        scene=PRESETS["stuck"][1],
        answer="No: in the end the gradient still has {share:.0%} of its first length, and every step throws the point "
        "from one wall to the other. Along the floor, where the way on leads, a step is next to nothing.",
        numbers={"share": 0.99},
        group="lecture",
    ),
    Question(
        slug="blow-out",
        ask="What warns of a blow-out before it can be seen?",
        line="Watch the step pass its limit while the path still looks calm.",
        scene=PRESETS["blow-out"][1],
        answer="The step passes its limit at update {crossed}, and for {quiet} updates nothing is seen, because the "
        "error grows from next to nothing. The jump comes at update {seen}, and at update {back} the step is short "
        "enough again.",
        numbers={"crossed": 512, "quiet": 196, "seen": 708, "back": 724},
        group="lecture",
    ),
    Question(
        slug="decay",
        ask="Can a falling learning rate keep Adagrad in the valley?",
        line="Both runs are Adagrad; the second lets its rate fall. Press play.",
        scene=PRESETS["decay"][1],
        answer="Yes: at a constant rate it becomes unstable {wild} times in {updates:,} updates, with the falling rate "
        "never. σ shrinks in both, but the falling rate holds the step μ/σ below its limit.",
        numbers={"wild": 8, "updates": 5500},
        group="lecture",
    ),
    Question(
        slug="two-rmsprops",
        ask="Two RMSProps at one rate: why do their first steps differ?",
        line="Both keep 99 % of their memory at each update. Look at the very first step.",
        scene=PRESETS["two-rmsprops"][1],
        answer="One starts its average with the first squared gradient, the other with zero, so that its first σ is "
        "{ratio:.0f} times smaller and its first step {ratio:.0f} times longer. The start is forgotten after some "
        "hundred updates, but by then the two are in different places.",
        numbers={"ratio": 10},
        group="lecture",
    ),
    Question(
        slug="four-formulas",
        ask="What does each term of an update rule do?",
        line="Four runs, each with one term more than the one before.",
        scene=PRESETS["four-formulas"][1],
        answer="Plain gradient descent creeps to b = {plain:.0f}; division by σ gets to {divided:.0f}, but with {wild} "
        "blow-outs from update {early} on. A falling rate ends them at the price of speed, b = {calm:.0f}, and the "
        "averaged gradient m adds little here, b = {averaged:.0f}.",
        numbers={"plain": -120, "divided": -187, "wild": 10, "early": 569, "calm": -165, "averaged": -161},
        group="lecture",
    ),
    Question(
        slug="rotation-0",
        ask="Why is Adam quick in a valley that lies straight?",
        line="Adam and gradient descent in a valley along the x axis.",
        scene=PRESETS["rotation-0"][1],
        answer="Each axis has a curvature of its own here, and σ evens them out: after {updates} updates Adam's loss "
        "is {adam:.0e}. Gradient descent has one rate for both axes, which the steep one limits: its loss is "
        "{descent:.4f}.",
        numbers={"updates": 300, "adam": 3e-12, "descent": 0.0009},
        group="lecture",
    ),
    Question(
        slug="rotation-45",
        ask="Why does Adam slow down when the valley is turned?",
        line="The same valley and the same start, turned by 45 degrees.",
        scene=PRESETS["rotation-45"][1],
        answer="σ belongs to the axes, and the turned valley is equally steep along both, so that dividing by σ evens "
        "out nothing: Adam ends at loss {turned:.2f} instead of {straight:.0e}. Gradient descent does not notice: its "
        "loss is {descent:.4f} in both valleys.",
        numbers={"turned": 0.94, "straight": 3e-12, "descent": 0.0009},
        group="lecture",
    ),
    Question(
        slug="rosenbrock",
        ask="Three rules, one bend: which of them arrives?",
        line="The valley is bent, and its floor is almost flat. Press play.",
        scene=PRESETS["rosenbrock"][1],
        answer="Momentum and Adam do, with losses of {momentum:.5f} and {adam:.5f} after {updates:,} updates, because "
        "the one adds up what little slope the floor has and the other divides by it. Gradient descent takes the floor "
        "as it is, and stops at {descent:.2f}.",
        numbers={"momentum": 0.00032, "adam": 0.00001, "updates": 1500, "descent": 0.16},
        group="lecture",
    ),
)
