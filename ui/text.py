"""Every sentence a person sees passes through here, on its way to the language of the page."""

import gettext
from functools import lru_cache
from pathlib import Path
from typing import Any

import streamlit as st

from spec.sentences import Sentence

DOMAIN = "sigmascope"
LOCALES = Path(__file__).parent.parent / "locales"


def say(text: str) -> str:
    """Return an English text of the catalogues in the language of the page."""
    return _catalogue(language()).gettext(text) if text else ""


def say_sentence(sentence: Sentence) -> str:
    """Return a sentence with its values, both in the language of the page."""
    return say(sentence.template).format(**{key: _say_value(v) for key, v in sentence.values.items()})


def language() -> str:
    """Return the language of the page: the address's `lang`, else English."""
    return st.query_params.get("lang", "en")


def _say_value(value: Any) -> Any:
    return say_sentence(value) if isinstance(value, Sentence) else value


@lru_cache(maxsize=8)
def _catalogue(code: str) -> gettext.NullTranslations:
    return gettext.translation(DOMAIN, LOCALES, languages=[code], fallback=True)
