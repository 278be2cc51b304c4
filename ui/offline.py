"""Scenes and chapters as a page that plays without a network, in a language."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial

from charts.colours import worn
from charts.theme import DARK, LIGHT
from charts.views import CHARTS, causes, charts_of, titles_of
from engine.labels import labels, short_labels
from engine.scenario import Scenario
from engine.trajectory import Trajectory, clock_end
from explain.formula import formula
from explain.lecture.chapter import Chapter
from explain.lecture.chapters import CHAPTERS
from explain.lesson import Lesson
from explain.questions.questions import question_of
from export.offline import Leaf, View, Words, page
from player.labels import LABELS
from player.parts import take_apart
from player.picture import Picture
from ui.previews import title_of
from ui.story import story
from ui.text import TAGS, say_sentence_in, translate
from ui.trajectories import trajectory

THEMES = {"light": LIGHT, "dark": DARK}


def offline_scene(scenario: Scenario, trajectories: Sequence[Trajectory], link: str, code: str) -> str:
    """Return the page of one scene, with its views, in the language called `code`."""
    views = {
        name: View(translate(code, title), charts_of(name, trajectories))
        for name, title in titles_of(scenario.surface).items()
    }
    few = ("map", *causes(trajectories))
    asked = question_of(scenario)
    leaf = Leaf(
        lesson=Lesson(say_sentence_in(code, asked.sentence(asked.ask)) if asked else title_of(scenario, code)),
        pictures=_pictures(scenario, trajectories, CHARTS, few, code),
        views=views,
        story=few,
        endings=endings_of(scenario, trajectories, code),
        link=link,
    )
    return page([leaf], words_of(code))


def offline_lecture(code: str, numbers: Iterable[int] = range(1, len(CHAPTERS) + 1)) -> str:
    """Return the page of the lecture, or of some of its chapters by their numbers."""
    return page([_chapter(number, CHAPTERS[number - 1], code) for number in numbers], words_of(code))


def _chapter(number: int, chapter: Chapter, code: str) -> Leaf:
    scene, lesson = chapter.scene, chapter.lesson(partial(say_sentence_in, code))
    trajectories = [trajectory(scene, run) for run in scene.runs]
    return Leaf(
        lesson=replace(lesson, title=f"{number} · {lesson.title}"),
        pictures=_pictures(scene, trajectories, chapter.charts, chapter.charts, code),
        views={"chapter": View("", chapter.charts)},
        formulas=formulas_of(scene, trajectories, code),
        endings=endings_of(scene, trajectories, code),
    )


def _pictures(
    scenario: Scenario,
    trajectories: Sequence[Trajectory],
    charts: Iterable[str],
    told: Sequence[str],
    code: str,
) -> Mapping[str, Picture]:
    """Return the scene drawn in each theme; told: the charts that its captions may speak of."""
    say, end = partial(translate, code), clock_end(scenario.steps, trajectories)
    words, pictures = story(scenario, trajectories, told, code), {}
    for name, theme in THEMES.items():
        colours = worn(theme, scenario.runs)
        figures = {chart: CHARTS[chart](scenario, trajectories, colours, say) for chart in charts}
        pictures[name] = Picture("", end, 0, title_of(scenario, code), take_apart(figures), story={**words})
    return pictures


def endings_of(scenario: Scenario, trajectories: Sequence[Trajectory], code: str) -> tuple[str, ...]:
    """Return how each run ended, in one line each."""
    ended = zip(labels(scenario, partial(translate, code)), trajectories, strict=True)
    return tuple(f"{name}: {say_sentence_in(code, run.outcome.sentence)}" for name, run in ended)


def formulas_of(scenario: Scenario, trajectories: Sequence[Trajectory], code: str) -> tuple[str, ...]:
    """Return the update of each run in one line, with only the terms that do something."""
    names = short_labels(scenario, partial(translate, code))
    lines = (" ".join(piece.text.format(axis="θ") for piece in formula(run)) for run in trajectories)
    return tuple(f"{name}: {line}" for name, line in zip(names, lines, strict=True))


def words_of(code: str) -> Words:
    """Return what such a page itself says, in the language called `code`."""
    say = partial(translate, code)
    said = {
        "contents": say("Chapters"),
        "ended": say("How it ended"),
        "first": say("Say first what you expect, then play."),
        "few": say("The story, with few panels"),
        "yes": say("Yes."),
        "no": say("Not quite: {answer}."),
        "open": say("Open this scene in the lab"),
    }
    return Words(TAGS[code], {name: say(text) for name, text in LABELS.items()}, said)
