"""A network's training as a page that plays without a network, in a language."""

from functools import partial

from charts.colours import worn
from charts.network.views import NETWORK_CURVES, Studied, network_figures
from explain.lesson import Lesson
from explain.network.questions import question_of_study
from export.offline import Leaf, View, page
from player.parts import take_apart
from player.picture import Picture
from ui.network.words import endings_of, network_story
from ui.offline import THEMES, words_of
from ui.pages import NETWORK
from ui.text import say_sentence_in, translate

CHARTS = ("map", *NETWORK_CURVES)

SHOWN = frozenset(("captions", "endings", "answer"))
"""What is shown beside the pictures: all but the formula, which is that of every rule."""


def offline_study(shown: Studied, few: tuple[str, ...], link: str, code: str) -> str:
    """Return the page of a study; few: the charts beside the slice that are shown first."""
    study, asked = shown.study, question_of_study(shown.study)
    title = say_sentence_in(code, asked.sentence(asked.ask)) if asked else translate(code, NETWORK.title)
    story = {**network_story(study, shown.trainings, CHARTS, code)}
    pictures = {}
    for name, theme in THEMES.items():
        figures = network_figures(shown, CHARTS, worn(theme, study.runs), partial(translate, code))
        pictures[name] = Picture("", study.steps, 0, title, take_apart(figures), story=story)
    leaf = Leaf(
        lesson=Lesson(title, lets=frozenset(("view", "panels")), shows=SHOWN),
        pictures=pictures,
        views={"network": View("", CHARTS)},
        story=("map", *few),
        endings=endings_of(study, shown.trainings, code),
        link=link,
    )
    return page([leaf], words_of(code))
