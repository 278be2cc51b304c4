"""Chapter 7: one recursion with two beginnings."""

from engine.presets import PRESETS
from explain.lecture.chapter import Change, Chapter, Question, with_run
from optimizers.rmsprop import RMSProp
from optimizers.rmsprop_lee import RMSPropLee

SCENE = PRESETS["two-rmsprops"][1]

CHAPTER = Chapter(
    title="RMSProp, in two notations",
    text=(
        "A mean over all gradients gives the oldest the same weight as the latest. RMSProp weighs them: with every "
        "update the old σ² counts ρ times, and the new g² counts 1 - ρ times. What is long past is forgotten.",
        "Hung-yi Lee writes α for ρ, starts at the first gradient, and speaks of a step size for each direction. "
        "Andrew Ng writes β₂ for ρ and S for σ², starts at zero, and speaks of bending the direction of the "
        "gradient. The recursion is the same.",
    ),
    formula=r"\begin{aligned} \text{Lee:}\quad & \sigma_0 = |g_0|, \quad "
    r"\sigma_t^2 = \rho\, \sigma_{t-1}^2 + (1-\rho)\, g_t^2 \\ "
    r"\text{Ng:}\quad & S_{-1} = 0, \quad S_t = \rho\, S_{t-1} + (1-\rho)\, g_t^2 \\ & \sigma_t = \sqrt{S_t} "
    r"\end{aligned}",
    scene=SCENE,
    charts=("map", "sigma", "step_size"),
    question=Question(
        "Both runs have ρ = 0.99 and a learning rate of 0.1, and Lee's first step is {lee:.1f} along each axis. "
        "How long is Ng's?",
        ("As long: it is the same recursion", "A tenth of it: it starts at zero", "Ten times as long"),
        right=2,
        because="After one update S is (1 - ρ) g², so σ is √(1 - ρ) times the first gradient, and the step is "
        "1/√(1 - ρ) = {factor:.0f} times as long: {ng:.1f}. The smaller the scale, the longer the step. With ρ = "
        "0.999 it would be {more:.1f} times. The beginning is forgotten after some 1/(1 - ρ) = {memory} updates.",
    ),
    changes=(
        Change(
            "ρ = 0.999 in both: the first steps differ even more.",
            with_run(with_run(SCENE, 0, optimizer=RMSPropLee(rho=0.999)), 1, optimizer=RMSProp(rho=0.999, eps=0.0)),
        ),
        Change(
            "ρ = 0.9 in both: the two paths soon become one.",
            with_run(with_run(SCENE, 0, optimizer=RMSPropLee(rho=0.9)), 1, optimizer=RMSProp(rho=0.9, eps=0.0)),
        ),
    ),
    terms=(RMSPropLee, RMSProp),
    numbers={"lee": 0.1, "ng": 1.0, "factor": 10, "more": 31.6, "memory": 100},
)
