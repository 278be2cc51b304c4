"""Text from outside on its way into Markdown: it is shown as it is, with nothing to follow, to load or to format."""

import re

from spec.sentences import Sentence

JOINER = "\u2060"
"""A character without width, at which no line breaks: behind it a colon begins nothing."""

LIVE = re.compile(r"[:@](?! )|www(?=\.)", re.IGNORECASE)
MARKUP = re.compile(r"[\\`*_\[\]<>$~|&#]")
FIRST = re.compile(r"^(\d*)([-+.)])(?=\s)")


def literal(text: str) -> str:
    """Return Markdown that shows a text as one line of plain text."""
    lifeless = LIVE.sub(lambda found: found[0] + JOINER, " ".join(text.split()))
    return FIRST.sub(r"\1\\\2", MARKUP.sub(lambda found: "\\" + found[0], lifeless))


def quiet(sentence: Sentence) -> Sentence:
    """Return a sentence whose texts Markdown shows as they are."""
    return Sentence(sentence.template, {name: _quiet(value) for name, value in sentence.values.items()})


def _quiet(value: object) -> object:
    if isinstance(value, Sentence):
        return quiet(value)
    return literal(value) if isinstance(value, str) else value
