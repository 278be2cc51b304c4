"""Scenes as one HTML file that plays without a network: the player's own modules, Plotly, and the pictures inside."""

import gzip
from base64 import b85encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

from charts.theme import DARK, LIGHT, Theme
from explain.lesson import Lesson
from player.bundle import one_script
from player.picture import Picture, packed

PLAYER = Path(__file__).parent.parent / "player"
NOTHING_FROM_OUTSIDE = (
    "default-src 'none'; script-src 'unsafe-inline' 'unsafe-eval' blob:; style-src 'unsafe-inline'; "
    "img-src data: blob:; font-src data:"
)
"""Content-Security-Policy: the page can ask for nothing; Plotly's WebGL makes functions of text."""


UNANSWERED = ("start", "rate")
"""What nobody can change on such a page, since only a server has the engine that would answer."""


@dataclass(frozen=True)
class View:
    """What can be chosen to be seen: its title, and the charts of it, the one in the map's place first."""

    title: str
    charts: tuple[str, ...]


@dataclass(frozen=True)
class Leaf:
    """A scene of a page, all texts in its language and as plain text.

    lesson: what is said and asked. pictures: the scene drawn for a light and for a dark page, with the charts of every
    view; their key is replaced. views: by name, at least one. story: the charts of a large map with words and few
    panels, nothing if all are shown at once. formulas: of the runs, in one line each. endings: how each run ended.
    link: where the scene can be changed.
    """

    lesson: Lesson
    pictures: Mapping[str, Picture]
    views: Mapping[str, View]
    story: tuple[str, ...] = ()
    formulas: tuple[str, ...] = ()
    endings: tuple[str, ...] = ()
    link: str = ""


@dataclass(frozen=True)
class Words:
    """What the page itself says, in its language; labels: of the player; said: what `offline.js` calls `words`."""

    language: str
    labels: Mapping[str, str]
    said: Mapping[str, str]


def page(leaves: Sequence[Leaf], words: Words) -> str:
    """Return HTML that shows scenes, one at a time, from a file and without a network.

    What two pictures have in common is in it once. All texts are text, whatever stands in them.
    """
    pictures = [picture for leaf in leaves for picture in leaf.pictures.values()]
    parts = {part.id: part.data for picture in pictures for part in picture.parts.values()}
    book = {
        "labels": dict(words.labels),
        "words": dict(words.said),
        "parts": [["", name, len(data)] for name, data in parts.items()],
        "scenes": [_scene(str(number), leaf) for number, leaf in enumerate(leaves, 1)],
    }
    return "\n".join(
        [
            "<!doctype html>",
            f'<html lang="{escape(words.language)}">',
            '<meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{NOTHING_FROM_OUTSIDE}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{escape(leaves[0].lesson.title)}</title>",
            f'<style id="sigmascope-style">{_style()}</style>',
            "<main></main>",
            f'<script type="text/plain" id="book">{_text(packed(book, b"".join(parts.values())))}</script>',
            f'<script type="text/plain" id="plotly">{_plotly()}</script>',
            f'<script type="module">{one_script(PLAYER / "offline" / "offline.js")}</script>',
            "</html>",
        ]
    )


def _scene(key: str, leaf: Leaf) -> dict[str, Any]:
    lesson = leaf.lesson
    return {
        "title": lesson.title,
        "text": lesson.text,
        "ask": lesson.ask if lesson.options else "",
        "options": lesson.options,
        "right": lesson.right,
        "after": lesson.after if "answer" in lesson.shows else "",
        "guided": lesson.guided,
        "locked": sorted({*lesson.locked, *UNANSWERED}),
        "story": leaf.story,
        "formulas": leaf.formulas,
        "views": {name: {"title": view.title, "charts": view.charts} for name, view in leaf.views.items()},
        "endings": leaf.endings if "endings" in lesson.shows else (),
        "link": leaf.link,
        "pictures": {theme: picture.header | {"key": key} for theme, picture in leaf.pictures.items()},
    }


@lru_cache(maxsize=1)
def _plotly() -> str:
    with as_file(files("plotly") / "package_data/plotly.min.js") as script:
        return _text(script.read_bytes())


def _text(data: bytes) -> str:
    """Return bytes compressed, five signs for every four (RFC 1924's, none of which begins a tag)."""
    return b85encode(gzip.compress(data, 9, mtime=0)).decode().replace("<", "/")


def _style() -> str:
    own, player = (PLAYER / "offline" / "offline.css").read_text(), (PLAYER / "player.css").read_text()
    return "\n".join([f":root {{ {_colours(LIGHT)} }}", _when_dark(f":root {{ {_colours(DARK)} }}"), own, player])


def _when_dark(rule: str) -> str:
    return f"@media (prefers-color-scheme: dark) {{ {rule} }}"


def _colours(theme: Theme) -> str:
    """Return what the player's style sheet asks of a page."""
    named = {
        "background-color": theme.background,
        "secondary-background-color": theme.grid,
        "text-color": theme.text,
        "primary-color": theme.primary,
        "border-color": theme.border,
        "font": '"Source Sans", "Source Sans 3", system-ui, sans-serif',
    }
    return " ".join(f"--st-{name}: {value};" for name, value in named.items())
