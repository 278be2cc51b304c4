"""Nothing but what a page may say is in the Chinese catalogue; what a page may say and is not there is listed."""

import ast
import re
from string import Formatter

import pytest

from tests.messages import ROOT, collected, said, sources, translated
from ui.parameters import LANGUAGES
from ui.text import FOLDERS, translate

TEXTS = collected()
HANDED_ON = """
export/notebook.py: surface.title
spec/markdown.py: sentence.template
charts/map.py: point.kind
charts/maps/plane.py: MEASURES[measure]
engine/labels.py: run.optimizer.title
engine/labels.py: text
engine/labels.py: knob.options[value]
engine/labels.py: value
engine/labels.py: words[1]
engine/scenario.py: self.optimizer.title
engine/judge.py: said.template
engine/url.py: sentence.template
explain/lecture/chapter.py: self.sentence(text)
explain/lecture/chapter.py: text
explain/maps.py: text
explain/network/questions.py: text
explain/questions/question.py: text
spec/sentences.py: str(self.sentence)
spec/sentences.py: template
surfaces/formula/grammar.py: reason
ui/catalogue.py: entry.summary
ui/catalogue.py: entry.title
ui/catalogue.py: epsilon_note(entry)
ui/catalogue.py: knob.help
ui/catalogue.py: knob.options[o]
ui/catalogue.py: point.kind
ui/controls.py: knob.help
ui/controls.py: knob.options[option]
ui/frame.py: note
ui/frame.py: page.title
ui/frame.py: self._page.title
ui/lesson_editor.py: title
ui/scene_player.py: title
ui/lecture.py: CHAPTERS[number - 1].title
ui/lecture.py: term.title
ui/maps/controls.py: title
ui/maps/page.py: note
ui/maps/told/basins.py: ENDING[one.ending]
ui/maps/told/plane.py: MEASURES[measure]
ui/maps/told/race.py: race.winner.scenario.runs[0].optimizer.title
ui/network/lesson.py: title
ui/network/player.py: title
ui/network/results.py: title
ui/offline.py: text
ui/player.py: text
ui/menu.py: rule.title
ui/previews.py: scenario.surface.title
ui/runs.py: SCHEDULES[slug].title
ui/runs.py: run.optimizer.summary
ui/runs.py: run.optimizer.title
ui/runs.py: run.schedule.summary
ui/streamlit_words.py: STREAMLIT_WORDS[selector]
ui/surface.py: SURFACES[slug].title
ui/surface.py: surface.summary
ui/text.py: words[0]
"""
"""What is said without being a literal: texts of live objects, and texts handed on from where they are written."""

WIDGETS = """
badge button caption checkbox download_button error expander header info link_button markdown metric number_input pills
popover radio segmented_control select_slider selectbox slider subheader success text text_area text_input title toast
toggle warning write
"""
NAMES = {"# Sigmascope"}


@pytest.fixture(scope="module", params=FOLDERS)
def language(request):
    return request.param


@pytest.fixture(scope="module")
def translations(language):
    return translated(FOLDERS[language])


def test_there_is_a_catalogue_for_every_language_but_english():
    assert set(FOLDERS) == set(LANGUAGES) - {"en"}


def test_what_is_without_translation_is_listed_and_shown_in_english(translations, language, listed):
    missing = sorted(text for text in TEXTS if not translations.get(text))
    listed(f"Text to translate into {language}", missing)
    assert [translate(language, text) for text in missing] == missing


def test_no_translation_is_unused(translations):
    assert sorted(translations.keys() - TEXTS) == []


def test_placeholders_are_the_same(translations):
    for text, translation in translations.items():
        assert placeholders(text) == placeholders(translation), text


def placeholders(text):
    """Return the names and forms in a text, but for words that go with a count: they have no plural everywhere."""
    fields = [(name, form) for _, name, form, _ in Formatter().parse(text) if name is not None]
    return sorted((name, form) for name, form in fields if "|" not in form)


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
    """Babel passes over a literal in an f-string or in a condition; that literal is to be taken out of it."""
    handed_on = set()
    for path, argument in said():
        if isinstance(argument, ast.Constant):
            assert argument.value in TEXTS | {""}, path
        elif not (isinstance(argument, ast.Call) and ast.unparse(argument.func) == "Sentence"):
            handed_on.add(f"{path.relative_to(ROOT)}: {ast.unparse(argument)}")
    assert handed_on == set(HANDED_ON.strip().splitlines())


def test_no_widget_is_labelled_past_the_translation():
    for path, tree in sources():
        for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
            if isinstance(call.func, ast.Attribute) and call.func.attr in WIDGETS.split():
                said = [*call.args[:1], *(k.value for k in call.keywords if k.arg in ("label", "help", "placeholder"))]
                texts = {node.value for node in said if isinstance(node, ast.Constant) and isinstance(node.value, str)}
                assert {text for text in texts if re.search(r"[A-Za-z]{3}", text)} <= NAMES, path
