"""Every question, in the order of the gallery, and the question of a scene."""

from engine.scenario import Scenario
from explain.questions.curves import CURVES
from explain.questions.endings import ENDINGS
from explain.questions.lecture import LECTURE
from explain.questions.memory import MEMORY
from explain.questions.question import Question
from explain.questions.rates import RATES

QUESTIONS: tuple[Question, ...] = (*LECTURE, *RATES, *MEMORY, *ENDINGS, *CURVES)

_BY_SCENE = {question.scene: question for question in QUESTIONS}


def question_of(scenario: Scenario) -> Question | None:
    """Return the question that a scene answers; None of a scene that is nobody's."""
    return _BY_SCENE.get(scenario)
