"""Every sentence that a page may say is in the Chinese catalogue, and nothing else is."""

import ast
import re
from string import Formatter

import pytest
from babel.messages.pofile import read_po

from tests.messages import HOUSES, ROOT, formula_words, live_texts, source_texts
from ui.parameters import LANGUAGES
from ui.text import FOLDERS, LOCALES

LIVE = {text for text in live_texts() if text}
SOURCE = {text for text, _ in source_texts() if text} | set(formula_words())
CARRIED = {
    # texts of live objects
    "point.kind",
    "run.optimizer.title",
    "run.optimizer.summary",
    "run.schedule.summary",
    "scenario.runs[i].label",
    "surface.summary",
    "SURFACES[slug].title",
    "OPTIMIZERS[slug].title",
    "SCHEDULES[slug].title",
    "STREAMLIT_WORDS[selector]",
    "entry.title",
    "entry.summary",
    "term.title",
    "knob.help",
    "knob.options[o]",
    "CHAPTERS[number - 1].title",
    "chapter.title",
    "page.title",
    "self._page.title",
    # handed on from where they are written
    "_SENTENCES[self.ending].template",
    "notes[0].template",
    "sentence.template",
    "note",
    "name",
    "text",
    "title",
    "template",
    "words[0]",
}
"""Arguments of the functions that say something which are not literals, but are known to be collected elsewhere."""

WIDGETS = """
badge button caption checkbox download_button error expander header info link_button markdown metric number_input pills
popover radio segmented_control select_slider selectbox slider subheader success text text_area text_input title toast
toggle warning write
"""
NAMES = {"# Sigmascope"}


@pytest.fixture(scope="module", params=FOLDERS)
def translations(request):
    with (LOCALES / FOLDERS[request.param] / "LC_MESSAGES" / "sigmascope.po").open("rb") as file:
        return {message.id: message.string for message in read_po(file) if message.id}


def test_there_is_a_catalogue_for_every_language_but_english():
    assert set(FOLDERS) == set(LANGUAGES) - {"en"}


def test_nothing_visible_is_without_translation(translations):
    missing = sorted(text for text in LIVE | SOURCE if not translations.get(text))
    assert not missing, "\n\n".join(f'msgid "{text}"\nmsgstr ""' for text in missing)


def test_no_translation_is_unused(translations):
    assert sorted(translations.keys() - (LIVE | SOURCE)) == []


def test_placeholders_are_the_same(translations):
    for text, translation in translations.items():
        assert placeholders(text) == placeholders(translation), text


def placeholders(text):
    return sorted((name, form) for _, name, form, _ in Formatter().parse(text) if name is not None)


def test_translations_hold_the_terms_that_students_know(translations):
    for english, chinese in {
        "learning rate": "学习率",
        "root mean square": "均方根",
        "effective step size": "有效步长",
        "condition number": "条件数",
        "saddle point": "鞍点",
        "Warm-up": "热身",
        "Learning-rate decay": "学习率衰减",
    }.items():
        found = [t for text, t in translations.items() if re.search(rf"\b{english}\b", text)]
        assert found
        assert all(chinese in translation for translation in found), english


def test_every_text_that_is_said_is_collected():
    unknown = {place for text, place in source_texts() if not text and place.partition(": ")[2] not in CARRIED}
    assert {place for place in unknown if not place.endswith(")")} == set()


def test_no_widget_is_labelled_past_the_translation():
    for path in sorted(path for house in ("ui", "pages") for path in (ROOT / house).rglob("*.py")):
        for call in (node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)):
            if isinstance(call.func, ast.Attribute) and call.func.attr in WIDGETS.split():
                said = [*call.args[:1], *(k.value for k in call.keywords if k.arg in ("label", "help", "placeholder"))]
                texts = {node.value for node in said if isinstance(node, ast.Constant) and isinstance(node.value, str)}
                assert {text for text in texts if re.search(r"[A-Za-z]{3}", text)} <= NAMES, path


def test_every_house_is_searched():
    assert {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"tests", "benchmarks"} <= set(HOUSES)
