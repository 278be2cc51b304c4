"""Every sentence that a page may say, collected from the source and from the live catalogues."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

from charts.views import TITLES
from engine.noise import Noise
from engine.presets import PRESETS
from engine.scenario import COORDINATE, LEARNING_RATE, STEPS
from explain.lecture.chapters import CHAPTERS
from optimizers import OPTIMIZERS
from player.labels import LABELS
from schedules import SCHEDULES
from schedules.base import WarmUp
from spec.knobs import Choice, knobs_of
from surfaces import SURFACES
from surfaces.base import Kind
from ui.catalogue import epsilon_note
from ui.pages import PAGES
from ui.streamlit_words import STREAMLIT_WORDS
from ui.text import WORDS

ROOT = Path(__file__).parents[1]
HOUSES = (
    "charts",
    "engine",
    "ensembles",
    "explain",
    "export",
    "optimizers",
    "pages",
    "player",
    "schedules",
    "spec",
    "surfaces",
    "ui",
    "xp",
)
SAYERS = {"say": 0, "Sentence": 0, "SentenceError": 0, "FormulaError": 1, "__init__": 0, "note": 0}
"""Which argument of a function is a text in English."""


def live_texts() -> Iterator[str]:
    """Yield the texts that objects carry: entries, knobs, labels, chapters, presets."""
    for entry in (*SURFACES.values(), *OPTIMIZERS.values(), *SCHEDULES.values()):
        yield from (entry.title, entry.summary, epsilon_note(entry))
        yield from _knob_texts(knobs_of(entry).values())
    for owner in (Noise, WarmUp):
        yield from _knob_texts(knobs_of(owner).values())
    yield from _knob_texts((COORDINATE, LEARNING_RATE, STEPS))
    yield from (
        *LABELS.values(),
        *(page.title for page in PAGES),
        *TITLES.values(),
        *get_args(Kind),
        *STREAMLIT_WORDS.values(),
    )
    for chapter in CHAPTERS:
        yield from chapter.texts()
    for title, _ in PRESETS.values():
        yield title


def _knob_texts(knobs) -> Iterator[str]:
    for knob in knobs:
        yield knob.help
        if isinstance(knob, Choice):
            yield from knob.options.values()


def source_texts() -> Iterator[tuple[str, str]]:
    """Yield (text, place) for each text that the source passes to a function of SAYERS.

    A text is a literal; or a name, then every literal that its file assigns to the name; or a call of a function
    of the same file, then every literal that the function returns. Text is "" where none of these is found.
    """
    for path, tree in _source():
        for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
            position = SAYERS.get(_name(call.func), len(call.args))
            if position < len(call.args):
                argument = call.args[position]
                place = f"{path.relative_to(ROOT)}: {ast.unparse(argument)}"
                for text in list(_literals(argument, tree)) or [""]:
                    yield text, place


def formula_words() -> Iterator[str]:
    """Yield the words within the formulas, all of which are LaTeX in literals."""
    for _, tree in _source():
        for literal in (node for node in ast.walk(tree) if isinstance(node, ast.Constant)):
            yield from WORDS.findall(str(literal.value))


def _source() -> Iterator[tuple[Path, ast.Module]]:
    for path in sorted(path for house in HOUSES for path in (ROOT / house).rglob("*.py")):
        yield path, ast.parse(path.read_text())


def _name(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def _literals(node: ast.expr, tree: ast.Module) -> Iterator[str]:
    match node:
        case ast.Constant(value=str(text)):
            yield text
        case ast.IfExp(body=one, orelse=other):
            yield from (*_literals(one, tree), *_literals(other, tree))
        case ast.Name(id=name):
            for assign in (n for n in ast.walk(tree) if isinstance(n, ast.Assign)):
                if any(isinstance(t, ast.Name) and t.id == name for t in assign.targets):
                    yield from (t for t in _literals(assign.value, tree) if not isinstance(assign.value, ast.Name))
        case ast.Call(func=ast.Name(id=name)):
            for function in (n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef) and n.name == name):
                for answer in (n for n in ast.walk(function) if isinstance(n, ast.Return) and n.value):
                    yield from _literals(answer.value, tree)
