"""What a page shows until the app has drawn it: its title and, of the lab, the question and a still picture.

The poster stands where the app will draw the same, as long as the app has not. Nothing in it is read aloud twice, takes
a click or needs a script to be seen.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from pathlib import Path

from charts.map import sides_of
from charts.section import paths, seen
from charts.section import place as standing
from charts.still import Still, still
from charts.theme import DARK, LIGHT
from engine.scenario import Scenario
from engine.simulate import simulate
from engine.url import decode
from engine.window import has_equal_axes
from explain.lecture.chapters import CHAPTERS
from explain.maps import question_of_map
from explain.network.questions import question_of_study
from explain.questions.questions import question_of
from network.study import STUDIES
from spec.sentences import Sentence
from ui.pages import LAB, LESSONS, MAPS, NETWORK
from ui.pages import PAGES as ALL_PAGES
from ui.parameters import ALL, CHAPTER, MAP_SIDES, PANELS, TITLE
from ui.scene import OTHERS
from ui.text import say_sentence_in, translate

PAGES = {page.name: page for page in ALL_PAGES}
"""The pages by the last part of their addresses."""

SCRIPTLESS = Sentence("Sigmascope needs JavaScript to play. This is its opening scene: each path starts at the ring.")
HERE = Path(__file__).parent

SAID = '[data-testid="stException"], [data-testid="stAlert"], [role="dialog"]'
PLAYED = '.sigmascope-player[data-ready="true"], ' + SAID
LINKED = '[data-testid="stPageLink"], ' + SAID
"""What is on the page when the app has taken the poster's place: the lab's player, or any page's links.

A lesson has no links, but a player.
"""


@dataclass(frozen=True)
class Poster:
    """What stands in a page before the app does; asks: what the page asks or tells, nothing if it shows a scene.

    title: of the page. html: text from outside is text in it.
    """

    asks: str
    title: str
    html: str


def poster(name: str, query: Mapping[str, str], code: str) -> Poster:
    """Return the poster of a page that PAGES names, for an address's query and a language."""
    if PAGES[name] is not LAB:
        heading = HEADINGS[name](query, code) if name in HEADINGS else translate(code, PAGES[name].title)
        return Poster(heading, f"{heading} · Sigmascope", _frame(f"<h1>{escape(heading)}</h1>", f"{LINKED}, {PLAYED}"))
    scenario, _ = decode(query, OTHERS)
    asked = question_of(scenario)
    if ALL in query.get(PANELS.name, "").split(".") or asked is None:
        return Poster("", f"{translate(code, LAB.title)} · Sigmascope", _frame(""))
    question, line = (say_sentence_in(code, asked.sentence(text)) for text in (asked.ask, asked.line))
    words = f"<h2>{escape(question)}</h2><p>{escape(line)}</p>"
    return Poster(question, f"{question} · Sigmascope", _frame(words + _picture(scenario) + _without_script(code)))


def _chapter(query: Mapping[str, str], code: str) -> str:
    said = query.get(CHAPTER.name, CHAPTER.default)
    number = int(said) if said in set(map(str, range(1, len(CHAPTERS) + 1))) else 1
    return f"{number} · {translate(code, CHAPTERS[number - 1].title)}"


def _lesson(query: Mapping[str, str], code: str) -> str:
    title: str = TITLE.knob.nearest(query.get(TITLE.name, ""))
    return title or translate(code, LESSONS.title)


def _network(query: Mapping[str, str], code: str) -> str:
    asked = question_of_study(STUDIES.decode(query, OTHERS)[0])
    return say_sentence_in(code, asked.sentence(asked.ask)) if asked else translate(code, NETWORK.title)


def _map(query: Mapping[str, str], code: str) -> str:
    shown = {name: query[name] for name in (parameter.name for parameter in MAP_SIDES) if name in query}
    asked = question_of_map(decode(query, OTHERS)[0], shown)
    return say_sentence_in(code, asked.sentence(asked.ask)) if asked else translate(code, MAPS.title)


HEADINGS = {"maps": _map, "lecture": _chapter, "lesson": _lesson, "network": _network, "lesson_net": _lesson}
"""What the pages are called whose addresses say it."""


def _frame(inside: str, ready: str = PLAYED) -> str:
    script = (HERE / "poster.js").read_text()
    return (
        f'<div id="sigmascope-poster" data-until="{escape(ready)}"><style>{(HERE / "poster.css").read_text()}</style>'
        f"<header>Sigmascope</header>{inside}</div><script>{script}</script>"
    )


def _without_script(code: str) -> str:
    return f'<p class="scriptless">{escape(say_sentence_in(code, SCRIPTLESS))}</p>'


@lru_cache(maxsize=64)
def _picture(scenario: Scenario) -> str:
    """Return the map of a scene at rest, light and dark."""
    surface = seen(scenario.surface)
    (left, right), (low, high) = sides_of(surface, paths(scenario.surface, simulate(scenario)))
    light, dark = (still(surface, theme, ((left, right), (low, high))) for theme in (LIGHT, DARK))
    place = _from_the_middle if has_equal_axes(surface) else _in_all
    stars = [(point.x, point.y) for point in surface.critical_points if point.kind == "minimum"]
    marks = [("★", *star) for star in stars] + [("◉", *standing(scenario.surface, scenario.start))]
    placed = "".join(f'<i style="{place(light, x, y)}">{sign}</i>' for sign, x, y in marks)
    images = "".join(
        f'<img class="{name}" alt="" src="{image.address}">' for name, image in (("light", light), ("dark", dark))
    )
    return f'<figure class="{"cover" if has_equal_axes(surface) else "fill"}">{images}{placed}</figure>'


def _in_all(shown: Still, x: float, y: float) -> str:
    (left, right), (low, high) = shown.x, shown.y
    return f"left: {100 * (x - left) / (right - left):.2f}%; top: {100 * (high - y) / (high - low):.2f}%"


def _from_the_middle(shown: Still, x: float, y: float) -> str:
    (left, right), (low, high) = shown.x, shown.y
    side = (x - (left + right) / 2) / (high - low)
    return f"left: calc(50% + {100 * side:.2f}cqh); top: {100 * (high - y) / (high - low):.2f}%"
