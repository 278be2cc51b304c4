"""Chapter 9: the whole unit in one formula, one term at a time."""

from engine.scenario import Run
from explain.lecture.chapter import Change, Chapter, Question, lecture_valley, with_run
from optimizers.adam import Adam
from optimizers.gradient_descent import GradientDescent
from schedules.inverse_time import InverseTime

DECAY = InverseTime(rate=0.001, per_epoch=1)

SCENE = lecture_valley(
    3000,
    Run(GradientDescent(), lr=1e-7, name="θ − μ g"),
    Run(Adam(beta1=0.0), lr=1.0, name="θ − (μ/σ) g"),
    Run(Adam(beta1=0.0), lr=1.0, schedule=DECAY, name="θ − (μₜ/σ) g"),
    Run(Adam(), lr=1.0, schedule=DECAY, name="θ − (μₜ/σ) m"),
)

CHAPTER = Chapter(
    title="Summary, one term at a time",
    text=(
        "Four runs start at the same place. The first is plain gradient descent. The second divides by σ, the third "
        "lets the learning rate fall as well, and the fourth follows m, an average of the gradients, in the place "
        "of g. σ is Adam's in all three.",
        "m and σ remember the same gradients in different ways. m keeps their signs, so what goes to and fro cancels; "
        "σ squares them, so only their size counts.",
    ),
    formula=r"\begin{gathered} \theta - \mu\, g \;\to\; \theta - \frac{\mu}{\sigma_i}\, g \\ "
    r"\to\; \theta - \frac{\mu_t}{\sigma_i}\, g \;\to\; \theta - \frac{\mu_t}{\sigma_i}\, m_i \end{gathered}",
    scene=SCENE,
    charts=("map", "step_size", "stability"),
    question=Question(
        "Which of the four comes close to the minimum and never blows out?",
        ("θ − μ g", "θ − (μ/σ) g", "θ − (μₜ/σ) g", "θ − (μₜ/σ) m"),
        right=3,
        because="Plain gradient descent stays at b = {plain:.1f}. Division by σ brings speed, and blow-outs from "
        "update {early} on. This gentle decay puts the first of them off to update {late:,}. Following m ends them: "
        "its sharpness rises above 2 as well, up to {peak:.1f}, but for an average of gradients the limit is "
        "{limit:.0f}, because overshoots of opposite sign cancel in m. It ends at b = {end:.1f}, beside the minimum "
        "at {minimum:.1f}.",
    ),
    changes=(
        Change(
            "Ten times the decay: neither of the last two blows out, and neither arrives.",
            with_run(
                with_run(SCENE, 2, schedule=InverseTime(rate=0.01, per_epoch=1)),
                3,
                schedule=InverseTime(rate=0.01, per_epoch=1),
            ),
        ),
        Change(
            "β₁ = 0.5 in the last run: the limit of its sharpness falls to 6.",
            with_run(SCENE, 3, optimizer=Adam(beta1=0.5)),
        ),
    ),
    terms=(GradientDescent, Adam, InverseTime),
    numbers={
        "plain": -120.1,
        "early": 570,
        "late": 1712,
        "peak": 2.7,
        "limit": 38,
        "end": -188.3,
        "minimum": -188.4,
    },
)
