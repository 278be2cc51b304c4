"""Scenes and chapters on paper, in a language, with answers and without."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from charts.colours import worn
from charts.figure import Say
from charts.theme import LIGHT
from engine.scenario import Run, Scenario
from engine.trajectory import Trajectory
from explain.lecture.chapters import CHAPTERS
from explain.lesson import Lesson
from explain.questions.questions import question_of
from export.film.gif import SIZES, png
from export.film.painter import Look
from export.film.shot import Shot, scene_shot
from export.sheet import Sheet, scene_tables, sheets
from ui.letters import letters, speakable
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
    return on_paper([_sheet(lesson, scenario, trajectories, code, is_answered, link)], code)


def worksheet(code: str, is_answered: bool, numbers: Sequence[int] = range(1, len(CHAPTERS) + 1)) -> str:
    """Return chapters of the lecture on paper, by their numbers."""
    made = []
    for number in numbers:
        scene = CHAPTERS[number - 1].scene
        lesson = CHAPTERS[number - 1].lesson(partial(say_sentence_in, code))
        runs = [trajectory(scene, run) for run in scene.runs]
        made.append(_sheet(replace(lesson, title=f"{number} · {lesson.title}"), scene, runs, code, is_answered))
    return on_paper(made, code)


def on_paper(made: Sequence[Sheet], code: str) -> str:
    """Return sheets as a page to print, in the language called `code`."""
    return sheets(made, _words(code), TAGS[code])


def picture_of(shot: Callable[[Say], Shot], runs: Sequence[Run], code: str, is_answered: bool) -> bytes:
    """Return the picture of a shot on paper: as it is in the end, or before it begins."""
    spoken = speakable(code)
    say = partial(translate, spoken)
    shown = shot(say)
    looks = Look(SIZES["720p"], worn(LIGHT, runs), letters())
    return png(shown, looks, float(shown.updates) if is_answered else 0.0, say)


def _sheet(
    lesson: Lesson,
    scenario: Scenario,
    trajectories: Sequence[Trajectory],
    code: str,
    is_answered: bool,
    link: str = "",
) -> Sheet:
    picture = picture_of(partial(scene_shot, scenario, trajectories), scenario.runs, code, is_answered)
    formulas, endings = formulas_of(scenario, trajectories, code), endings_of(scenario, trajectories, code)
    tables = scene_tables(scenario, trajectories, partial(translate, code))
    return Sheet(lesson, tables, picture, formulas, endings, is_answered, link)


def _words(code: str) -> dict[str, str]:
    say = partial(translate, code)
    return {
        "numbers": say("Numbers"),
        "ended": say("How it ended"),
        "write": say("Your answer, and why; draw the path you expect into the picture."),
    }
