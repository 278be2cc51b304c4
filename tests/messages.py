"""Every sentence that a page may say: Babel takes the literals from the source, the rest is read off live objects."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from charts.maps.values import MEASURES
from charts.maps.views import KINDS
from charts.network.views import CUT_TITLES
from charts.views import TITLES
from engine.around import Clip
from engine.box import Box
from engine.noise import Noise
from engine.presets import PRESETS
from engine.scenario import COORDINATE, LEARNING_RATE, STEPS
from explain.lecture.chapters import CHAPTERS
from explain.maps import MAP_QUESTIONS
from explain.network.questions import NETWORK_QUESTIONS
from explain.questions.questions import QUESTIONS
from network.study import Study
from optimizers import OPTIMIZERS
from player.labels import LABELS
from schedules import SCHEDULES
from schedules.base import WarmUp
from spec.knobs import Choice, knobs_of
from surfaces import SURFACES
from surfaces.base import CriticalKind
from ui.catalogue import epsilon_note
from ui.maps.told.basins import ENDING
from ui.pages import PAGES
from ui.streamlit_words import STREAMLIT_WORDS
from ui.text import LOCALES, WORDS

ROOT = Path(__file__).parents[1]
HOUSES = sorted({path.parent.name for path in ROOT.glob("*/__init__.py")} - {"tests", "benchmarks"} | {"pages"})
SAYERS = {"say": 1, "Sentence": 1, "SentenceError": 1, "FormulaError": 2, "__init__": 1, "note": 1}
"""Which argument of a function, counted from 1, is a text in English."""


def live_texts() -> Iterator[str]:
    """Yield the texts that objects carry: entries, knobs, labels, chapters, presets."""
    for entry in (*SURFACES.values(), *OPTIMIZERS.values(), *SCHEDULES.values()):
        yield from (entry.title, entry.summary, epsilon_note(entry))
        yield from _knob_texts(knobs_of(entry).values())
    for owner in (Noise, Box, WarmUp, Clip, Study):
        yield from _knob_texts(knobs_of(owner).values())
    yield from _knob_texts((COORDINATE, LEARNING_RATE, STEPS))
    yield from (
        *LABELS.values(),
        *TITLES.values(),
        *CUT_TITLES.values(),
        *KINDS.values(),
        *MEASURES.values(),
        *ENDING.values(),
        *get_args(CriticalKind),
        *STREAMLIT_WORDS.values(),
    )
    yield from (page.title for page in PAGES)
    for chapter in CHAPTERS:
        yield from chapter.texts()
    for title, _ in PRESETS.values():
        yield title
    for question in (*QUESTIONS, *NETWORK_QUESTIONS, *MAP_QUESTIONS):
        yield from question.texts()


def _knob_texts(knobs) -> Iterator[str]:
    for knob in knobs:
        yield knob.help
        if isinstance(knob, Choice):
            yield from knob.options.values()


def source_texts() -> Iterator[str]:
    """Yield every literal that the source passes to a function of SAYERS, and the words of every formula."""
    keywords = {name: (position,) for name, position in SAYERS.items()}
    for house in HOUSES:
        for _, _, text, *_ in extract_from_dir(ROOT / house, [("**.py", "python")], keywords=keywords):
            yield text
    for path, _ in sources():
        yield from WORDS.findall(path.read_text())


def collected() -> set[str]:
    """Return every text that is to be translated."""
    return {*live_texts(), *source_texts()} - {""}


def translated(folder: str) -> dict[str, str]:
    """Return the texts of a language's catalogue with their translations."""
    with (LOCALES / folder / "LC_MESSAGES" / "sigmascope.po").open("rb") as file:
        return {message.id: message.string for message in read_po(file) if message.id}


def said() -> Iterator[tuple[Path, ast.expr]]:
    """Yield every argument that the source passes as a text to a function of SAYERS, with its file."""
    for path, tree in sources():
        for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
            name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
            yield from ((path, argument) for argument in call.args[SAYERS.get(name, 99) - 1 :][:1])


def sources() -> Iterator[tuple[Path, ast.Module]]:
    """Yield every file of the house, and its syntax tree."""
    for path in sorted(path for house in HOUSES for path in (ROOT / house).rglob("*.py")):
        yield path, ast.parse(path.read_text())
