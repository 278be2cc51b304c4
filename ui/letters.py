"""What the server writes pictures with: the page's font, and a language that this machine can write."""

from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from export.film.letters import Letters, has_chinese


def letters() -> Letters:
    """Return the letters of pictures."""
    return Letters(_font())


def speakable(code: str) -> str:
    """Return the language, or English where this machine cannot write it."""
    return code if code == "en" or has_chinese() else "en"


@lru_cache(maxsize=1)
def _font() -> Path | None:
    """Return the file of the font that the page has too, if Streamlit brings it as it did."""
    spec = find_spec("streamlit")
    media = Path(spec.origin).parent / "static" / "static" / "media" if spec and spec.origin else Path()
    return next(iter(sorted(media.glob("SourceSansVF-Upright*.woff2"))), None)
