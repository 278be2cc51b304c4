"""What people ask about real networks: each a study with a true answer, whose numbers a test measures anew."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from engine.scenario import Run
from network.studied import Cutting
from network.study import DEFAULT_STUDY, Study
from optimizers.adam import Adam
from optimizers.gradient_descent import GradientDescent
from optimizers.rmsprop import RMSProp
from optimizers.rmsprop_lee import RMSPropLee
from schedules.base import WarmUp
from schedules.linear import Linear
from spec.sentences import Sentence


@dataclass(frozen=True)
class NetworkQuestion:
    """A question about a network, answered by a study; texts are English, and may name the numbers as {placeholders}.

    slug: its name. ask: at most twelve words. line: what to do and what to look at. answer: two or three sentences.
    panels: the charts beside the slice that show it. cutting: of the slice. numbers: what the texts state.
    """

    slug: str
    ask: str
    line: str
    study: Study
    answer: str
    panels: tuple[str, ...]
    cutting: Cutting = "paths"
    numbers: Mapping[str, float] = field(default_factory=dict)

    def sentence(self, text: str) -> Sentence:
        """Return one of the question's texts with its numbers."""
        return Sentence(text, self.numbers)

    def texts(self) -> Iterator[str]:
        """Yield every text of the question."""
        yield from (self.ask, self.line, self.answer)


NETWORK_QUESTIONS = (
    NetworkQuestion(
        slug="hover",
        ask="Does a real network keep to the limit of a parabola?",
        line="Two learning rates. Watch the sharpness, and the dotted line at 2. Press play.",
        study=DEFAULT_STUDY,
        answer="It does: at rate 1, from the middle on, the sharpness stays between {low:.3g} and {high:.3g}, just "
        "above the 2 of a parabola, and the network learns on. At rate 0.2 training itself sharpens the loss, from "
        "{early:.2g} to {late:.2g}, and is still on its way to 2.",
        panels=("stability", "loss", "digits"),
        numbers={"low": 2.05, "high": 2.18, "early": 0.508, "late": 0.71},
    ),
    NetworkQuestion(
        slug="adam",
        ask="Adam divides by σ: where does its sharpness stop?",
        line="Watch the sharpness of the steps that Adam really makes, μ/σ and all.",
        study=Study(runs=(Run(Adam(beta2=0.99), 0.003),)),
        answer="At {limit:.0f}, the (2 + 2β₁)/(1 − β₁) of a parabola: from the middle on it stays between {low:.3g} "
        "and {high:.3g}. σ does not save Adam from a limit: it goes on growing its steps until they have come to it.",
        panels=("stability", "step_size", "digits"),
        numbers={"limit": 38, "low": 36.0, "high": 40.3},
    ),
    NetworkQuestion(
        slug="stuck",
        ask="The loss stands still: has the gradient vanished?",
        line="Adam at a rate that is far too large. Watch loss and gradient norm together.",
        study=Study(steps=500, runs=(Run(Adam(), 0.3),)),
        answer="No: over the last hundred updates the gradient has {share:.0%} of its first length, while the loss no "
        "longer gets anywhere. The steps are so long that they lead from wall to wall, as on a valley.",
        panels=("loss", "stability", "step_size"),
        numbers={"share": 0.45},
    ),
    NetworkQuestion(
        slug="warm-up",
        ask="Does a warm-up save a learning rate that is too large?",
        line="Rate 2, once from the start, once after a warm-up of 100 updates.",
        study=Study(
            steps=300,
            runs=(Run(GradientDescent(), 2.0), Run(GradientDescent(), 2.0, warmup=WarmUp(steps=100))),
        ),
        answer="No: without it the loss goes off at update {plain:.0f}, with it at update {warm:.0f}, when the rate is "
        "nearly there. What the sharpness forbids, a warm-up only puts off.",
        panels=("stability", "loss", "accuracy"),
        numbers={"plain": 4, "warm": 90},
    ),
    NetworkQuestion(
        slug="first-leap",
        ask="What is a warm-up good for, then?",
        line="Cross entropy at rate 16, once from the start, once after a warm-up of 100 updates.",
        study=Study(
            loss="cross-entropy",
            steps=500,
            runs=(Run(GradientDescent(), 16.0), Run(GradientDescent(), 16.0, warmup=WarmUp(steps=100))),
        ),
        answer="It softens the first leap: without it the loss shoots up to {leap:.3g}, with it never above where it "
        "began. The leap is not made good again: in the end {plain:.1%} of the held-out digits are read rightly "
        "without, {warm:.1%} with it.",
        panels=("loss", "accuracy", "stability"),
        numbers={"leap": 32.8, "plain": 0.939, "warm": 0.971},
    ),
    NetworkQuestion(
        slug="two-rmsprops",
        ask="Two RMSProps, one rate: why is one so much faster?",
        line="Both forget 0.1 % at each update. Look at the first five updates.",
        study=Study(
            loss="cross-entropy", steps=500, runs=(Run(RMSProp(rho=0.999), 0.01), Run(RMSPropLee(rho=0.999), 0.01))
        ),
        answer="One starts its memory at 0, so that its first step is {ratio:.0f} times as long: after five updates "
        "its loss is {ng:.2g}, the other's {lee:.3g}. Here long first steps help; where they do not, the start at 0 "
        "has to be corrected, as Adam does.",
        panels=("step_size", "loss", "sigma"),
        numbers={"ratio": 32, "ng": 0.317, "lee": 1.27},
    ),
    NetworkQuestion(
        slug="noise",
        ask="Mini-batches make noise: does a falling rate help?",
        line="Batches of 16 digits at rate 1, once constant, once falling to zero.",
        study=Study(
            batch=16,
            steps=2000,
            runs=(Run(GradientDescent(), 1.0), Run(GradientDescent(), 1.0, schedule=Linear())),
        ),
        answer="At this rate much: over the last tenth of the run the loss on all digits is {plain:.2g} with the "
        "constant rate, {falling:.2g} with the falling one. At a rate of 0.3 the noise is small, and a falling rate "
        "only slows the run down: {small:.2g} and {slow:.2g}.",
        panels=("loss", "accuracy", "stability"),
        numbers={"plain": 0.164, "falling": 0.086, "small": 0.0819, "slow": 0.103},
    ),
    NetworkQuestion(
        slug="small-batches",
        ask="Where does the sharpness stop when the gradient is noisy?",
        line="The first question's network, with batches of 16 digits. Watch the sharpness over all of them.",
        study=Study(batch=16, runs=(Run(GradientDescent(), 1.0),)),
        answer="Before its limit: from the middle on its median is {median:.2g}, where all digits at once have "
        "{full:.3g}. Noise throws the weights out of sharp places before the parabola's limit would.",
        panels=("stability", "loss", "digits"),
        numbers={"median": 1.5, "full": 2.12},
    ),
    NetworkQuestion(
        slug="cross-entropy",
        ask="Does every loss hover at its limit?",
        line="The same network and rate as in the first question, but with cross entropy.",
        study=Study(loss="cross-entropy", runs=(Run(GradientDescent(), 1.0),)),
        answer="No: with cross entropy the sharpness rises to {early:.2g}, nowhere near 2, and then sinks to "
        "{late:.2g}. The surer the network is of its answers, the flatter this loss becomes: here the parabola says "
        "nothing about the end.",
        panels=("stability", "loss", "digits"),
        numbers={"early": 0.522, "late": 0.0858},
    ),
)
"""All of them, in their order."""


def question_of_study(study: Study) -> NetworkQuestion | None:
    """Return the question that a study answers, if there is one."""
    return next((question for question in NETWORK_QUESTIONS if question.study == study), None)
