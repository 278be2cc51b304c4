"""Scenes and chapters on paper, in a language, with answers and without."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from charts.theme import LIGHT
from engine.labels import labels
from engine.scenario import Scenario
from engine.trajectory import Trajectory
from explain.lecture.chapters import CHAPTERS
from explain.lesson import Lesson
from explain.questions.questions import question_of
from export.film.gif import png
from export.sheet import Sheet, sheets
from ui.film import look, speakable
from ui.offline import endings_of, formulas_of
from ui.previews import title_of
from ui.text import TAGS, say_sentence_in, translate
from ui.trajectories import trajectory


def scene_sheets(
    scenario: Scenario, trajectories: Sequence[Trajectory], link: str, code: str, is_answered: bool = True
) -> str:
    """Return one scene on paper."""
    asked = question_of(scenario)
    lesson = Lesson(title_of(scenario, code))
    if asked:
        ask, line, answer = (say_sentence_in(code, asked.sentence(t)) for t in (asked.ask, asked.line, asked.answer))
        lesson = replace(lesson, text=(line,), ask=ask, after=answer)
    return sheets([_sheet(lesson, scenario, trajectories, code, is_answered, link)], _words(code), TAGS[code])


def worksheet(code: str, is_answered: bool, numbers: Sequence[int] = range(1, len(CHAPTERS) + 1)) -> str:
    """Return chapters of the lecture on paper, by their numbers."""
    made = []
    for number in numbers:
        scene = CHAPTERS[number - 1].scene
        lesson = CHAPTERS[number - 1].lesson(partial(say_sentence_in, code))
        runs = [trajectory(scene, run) for run in scene.runs]
        made.append(_sheet(replace(lesson, title=f"{number} · {lesson.title}"), scene, runs, code, is_answered))
    return sheets(made, _words(code), TAGS[code])


def _sheet(
    lesson: Lesson,
    scenario: Scenario,
    trajectories: Sequence[Trajectory],
    code: str,
    is_answered: bool,
    link: str = "",
) -> Sheet:
    spoken = speakable(code)
    looks = look(scenario, trajectories, LIGHT, "720p", spoken, speaks=False)
    time = float(scenario.steps) if is_answered else 0.0
    picture = png(scenario, trajectories, looks, time, partial(translate, spoken))
    formulas, endings = formulas_of(scenario, trajectories, code), endings_of(scenario, trajectories, code)
    names = labels(scenario, partial(translate, code))
    return Sheet(lesson, scenario, trajectories, names, picture, formulas, endings, is_answered, link)


def _words(code: str) -> dict[str, str]:
    say = partial(translate, code)
    return {
        "numbers": say("Numbers"),
        "ended": say("How it ended"),
        "write": say("Your answer, and why; draw the path you expect into the picture."),
    }
