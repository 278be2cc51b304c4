"""Chapter 8: Adam joins momentum and RMSProp, RAdam looks after the first updates."""

from engine.scenario import Run, Scenario
from explain.lecture.chapter import Change, Chapter, Question, with_run
from explain.maps import map_question
from optimizers.adam import Adam
from optimizers.momentum import Momentum
from optimizers.radam import RAdam
from optimizers.rmsprop import RMSProp
from surfaces.matyas import Matyas

SCENE = Scenario(
    Matyas(),
    Matyas.start,
    600,
    (
        Run(Adam(), lr=0.1),
        Run(Adam(corrected=False), lr=0.1, name="m / √v"),
        Run(RAdam(), lr=0.1),
    ),
)

CHAPTER = Chapter(
    title="Adam and RAdam",
    text=(
        "Adam joins two ideas. Its direction m is an average of the gradients, as in momentum; its scale σ is the root "
        "of an average of their squares, as in RMSProp. Both averages start at zero and are too small at first, so "
        "both are divided by the weight they lack. This is the bias correction.",
        "RAdam asks how far an early σ can be trusted. While the sample is too small for its variance to be finite, it "
        "does not divide by σ at all; then it lets σ in little by little, a warm-up that it works out by itself.",
    ),
    formula=r"\begin{gathered} m_t = \beta_1 m_{t-1} + (1-\beta_1)\, g_t, \qquad "
    r"v_t = \beta_2 v_{t-1} + (1-\beta_2)\, g_t^2 \\ "
    r"\theta_{t+1} = \theta_t - \mu\, \frac{m_t / (1-\beta_1^{t+1})}{\sqrt{v_t / (1-\beta_2^{t+1})} + \epsilon} "
    r"\end{gathered}",
    scene=SCENE,
    charts=("map", "sigma", "step_size"),
    question=Question(
        "The run m / √v leaves the correction out: at first its m is 10 times too small, and its σ more than 31 times. "
        "How long is its first step, if Adam's is {adam:.1f}?",
        ("Shorter", "As long", "About three times as long"),
        right=2,
        because="(1 - β₁)/√(1 - β₂) = {factor:.2f}: σ is too small by more than m is, so the first step is "
        "{uncorrected:.3f} instead of {adam:.1f}, and the run hurries away on steps that nobody asked for. RAdam's "
        "first {bare} steps follow the average of the gradients without σ, {radam:.2f} along x at first; as soon as "
        "σ comes in, the step is {rectified:.4f}. So its learning rate means two things, and on a steep surface "
        "those first steps can fly off.",
    ),
    changes=(
        Change(
            "β₂ = 0.99: now m and σ are too small by the same factor, and the first steps are equal.",
            with_run(with_run(SCENE, 0, optimizer=Adam(beta2=0.99)), 1, optimizer=Adam(beta2=0.99, corrected=False)),
        ),
        Change(
            "β₁ = 0: without an average of the gradients, Adam is a corrected RMSProp.",
            with_run(SCENE, 0, optimizer=Adam(beta1=0.0)),
        ),
    ),
    terms=(Adam, RAdam, Momentum, RMSProp),
    numbers={
        "adam": 0.1,
        "factor": 3.16,
        "uncorrected": 0.316,
        "bare": 5,
        "radam": 0.37,
        "rectified": 0.0025,
    },
    map=map_question("blow-outs"),
)
