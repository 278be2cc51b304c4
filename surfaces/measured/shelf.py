"""What somebody has brought: an address names it by its mark, and it is looked for where they have put it."""

from collections.abc import Mapping
from contextvars import ContextVar

from spec.sentences import SentenceError
from surfaces.measured.recording import MARK, Recording

SHELF: ContextVar[Mapping[str, Recording]] = ContextVar("shelf")
"""What one person has brought, by its mark; whoever serves several people says whose it is."""


def recording_of(content: str) -> Recording | None:
    """Return what has a mark, None where it is not there."""
    return SHELF.get({}).get(content)


def mark(text: str) -> str:
    """Return the mark that a text is, or nothing. Raises SentenceError for anything else."""
    if text and not (len(text) == 2 * MARK and set(text) <= set("0123456789abcdef")):
        raise SentenceError("a slice is named by {count} of the characters 0 to 9 and a to f", count=2 * MARK)
    return text
