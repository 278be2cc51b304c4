"""Arrays as few bytes under a name made of their content, and figures taken apart into such parts.

    part := size of header (uint32) | header (JSON) | arrays

What is small comes as it is, so that a browser reads it at once; what is large is compressed (zlib). There, of each
array the first bytes of all its numbers come first, then the second bytes, and so on: neighbours in a smooth curve
share their leading bytes, and so compress. All numbers are little-endian; nan and infinity are numbers like all others.
"""

import hashlib
import json
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from player.contract import Figure, run_of

SURFACE = "surface"
OUTLINES = ("data of", "layout of")
OWN_PARTS = {"reliefs": "ground"}
DTYPES = {"float32": "<f4", "float64": "<f8", "int32": "<i4", "uint8": "<u1"}

LARGE = 48 * 1024
"""Bytes from which a part is compressed."""

Array = NDArray[Any]


@dataclass(frozen=True)
class Part:
    """Packed arrays and the name of their content."""

    id: str
    data: bytes


def pack(arrays: Iterable[Array]) -> Part:
    """Pack arrays of the types in DTYPES. Raises KeyError for another type."""
    arrays = list(arrays)
    shapes = json.dumps([{"dtype": _name(array.dtype), "shape": array.shape} for array in arrays])
    is_large = sum(array.nbytes for array in arrays) >= LARGE
    return _part(shapes, is_large, b"".join(map(_shuffled if is_large else _plain, arrays)))


@lru_cache(maxsize=64)
def _part(shapes: str, is_large: bool, payload: bytes) -> Part:
    name = hashlib.blake2b(shapes.encode() + payload, digest_size=10).hexdigest()
    header = f'{{"id": "{name}", "compressed": {json.dumps(is_large)}, "arrays": {shapes}}}'.encode()
    body = zlib.compress(payload, level=1) if is_large else payload
    return Part(name, len(header).to_bytes(4, "little") + header + body)


def take_apart(figures: Mapping[str, Figure]) -> dict[str, Part]:
    """Return the parts by their names: data and layout of each figure, the surface, and every run.

    A trace belongs to the run that its meta names, else to the surface, whose pictures, of one theme, are a part of
    their own. Data and layout are JSON, as the bytes of one
    array; there {"part": name, "array": position} stands for an array.
    """
    slots: dict[str, _Slot] = {}
    outlines: dict[str, Part] = {}
    for name, figure in figures.items():
        pieces = [_strip_trace(trace, slots) for trace in figure.data], figure.layout
        outlines |= {f"{what} {name}": _text(piece) for what, piece in zip(OUTLINES, pieces, strict=True)}
    return outlines | {name: pack(slot.arrays) for name, slot in slots.items()}


def _text(piece: Any) -> Part:
    text = json.dumps(piece, separators=(",", ":"), allow_nan=False)
    return pack([np.frombuffer(text.encode(), np.uint8)])


class _Slot:
    """The arrays of one part, equal ones once."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.arrays: list[Array] = []
        self._positions: dict[tuple[Any, ...], int] = {}

    def refer(self, array: Array) -> dict[str, Any]:
        content = (array.dtype, array.shape, array.tobytes())
        position = self._positions.setdefault(content, len(self.arrays))
        if position == len(self.arrays):
            self.arrays.append(array)
        return {"part": self.name, "array": position}


def _strip_trace(trace: dict[str, Any], slots: dict[str, _Slot]) -> dict[str, Any]:
    run = run_of(trace)
    name = SURFACE if run is None else f"run {run}"
    stripped: dict[str, Any] = _strip(trace, name, slots)
    return stripped


def _strip(value: Any, name: str, slots: dict[str, _Slot]) -> Any:
    match value:
        case np.ndarray():
            return slots.setdefault(name, _Slot(name)).refer(value)
        case dict():
            return {key: _strip(item, OWN_PARTS.get(key, name), slots) for key, item in value.items()}
        case list() | tuple():
            return [_strip(item, name, slots) for item in value]
    return value


@lru_cache
def _name(dtype: np.dtype[Any]) -> str:
    return dtype.name


def _plain(array: Array) -> bytes:
    return np.ascontiguousarray(array, DTYPES[_name(array.dtype)]).tobytes()


def _shuffled(array: Array) -> bytes:
    numbers = np.ascontiguousarray(array, DTYPES[_name(array.dtype)]).reshape(-1, 1)
    return numbers.view(np.uint8).T.tobytes()
