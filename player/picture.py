"""A picture on its way to a player: what it shows, packed, without what the browser has."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from player.parts import Part


@dataclass(frozen=True)
class Picture:
    """What a player shows: its key, where the clock ends and begins, the name of the surface, and the figures' parts.

    preview: whether it answers what a person holds, and so will not stay. story: what is told of it, a `Story`
    (contract.py); nothing where what was told before stays.
    """

    key: str
    updates: int
    begin: int
    surface: str
    parts: dict[str, Part]
    preview: bool = False
    story: Mapping[str, Any] = field(default_factory=dict)

    def message(self, known: frozenset[str]) -> bytes:
        """Return the message that shows this, without the parts that the browser has."""
        missing = {part.id: part.data for part in self.parts.values() if part.id not in known}
        data = b"".join(missing.values())
        parts = [[name, part.id, len(missing.pop(part.id, b""))] for name, part in self.parts.items()]
        return packed(self.header | {"parts": parts}, data)

    @property
    def header(self) -> dict[str, Any]:
        """What it is, without its parts: of these the names alone, each with that of its content."""
        return {
            "key": self.key,
            "updates": self.updates,
            "begin": self.begin,
            "surface": self.surface,
            "preview": self.preview,
            "story": dict(self.story),
            "parts": [[name, part.id] for name, part in self.parts.items()],
        }

    @property
    def ids(self) -> frozenset[str]:
        """The names of its parts."""
        return frozenset(part.id for part in self.parts.values())

    @property
    def as_preview(self) -> "Picture":
        """The same, as an answer to what a person holds."""
        return replace(self, preview=True)


def ways_message(key: str, ways: Sequence[tuple[str, str, str]]) -> bytes:
    """Return the message that offers ways on from the picture in the player called `key`."""
    return packed({"key": key, "ways": list(ways)})


def packed(header: Mapping[str, Any], data: bytes = b"") -> bytes:
    """Return a message: the size of its header, that as JSON, and what comes after it."""
    text = json.dumps(header).encode()
    return b"".join([len(text).to_bytes(4, "little"), text, data])
