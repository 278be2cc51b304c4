"""Every sentence a person sees passes through here, on its way to the language of the page."""

import gettext
import re
from contextvars import ContextVar
from functools import lru_cache
from io import BytesIO
from pathlib import Path

import streamlit as st
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from spec.sentences import Sentence, fill
from ui.parameters import LANG, LANGUAGES

LOCALES = Path(__file__).parent.parent / "locales"
TAGS = {"en": "en", "zh": "zh-Hans"}
"""What each language is called in HTML."""

FOLDERS = {"zh": "zh_CN"}
"""Where the messages of each language but English are."""

WORDS = re.compile(r"(?<=\\text\{)[^{}]+(?=})")
"""The words of a formula in LaTeX."""


_SPOKEN: ContextVar[str] = ContextVar("language", default="")
"""The language of the run of a page in this thread; a page asks for a hundred texts."""


def say(text: str) -> str:
    """Return an English text of the catalogues in the language of the page."""
    return translate(language(), text)


def translate(code: str, text: str) -> str:
    """Return an English text of the catalogues in the language called `code`."""
    return messages(code).gettext(text) if text else ""


def say_latex(latex: str) -> str:
    """Return a formula with its words in the language of the page."""
    return WORDS.sub(lambda words: say(words[0]), latex)


def say_sentence(sentence: Sentence) -> str:
    """Return a sentence with its values, both in the language of the page."""
    return say_sentence_in(language(), sentence)


def say_sentence_in(code: str, sentence: Sentence) -> str:
    """Return a sentence with its values, both in the language called `code`."""
    values = {key: say_sentence_in(code, v) if isinstance(v, Sentence) else v for key, v in sentence.values.items()}
    return fill(translate(code, sentence.template), values)


def language() -> str:
    """Return the language of the page."""
    return _SPOKEN.get() or asked_language()


def speak(code: str) -> None:
    """Let the run of a page be in a language, whatever the address says meanwhile."""
    _SPOKEN.set(code)


def asked_language() -> str:
    """Return the language that is asked for: the address's `lang`, else the browser's, else English."""
    browsers = (st.context.locale or "").partition("-")[0]
    return str(LANG.read() or (browsers if browsers in LANGUAGES else "en"))


@lru_cache(maxsize=len(LANGUAGES))
def messages(code: str) -> gettext.NullTranslations:
    """Return the messages of a language; for English, every text as it is."""
    if code not in FOLDERS:
        return gettext.NullTranslations()
    compiled = BytesIO()
    with (LOCALES / FOLDERS[code] / "LC_MESSAGES" / "sigmascope.po").open("rb") as source:
        write_mo(compiled, read_po(source, locale=FOLDERS[code]))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
