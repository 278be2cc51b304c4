"""Arrays as raw bytes under a name made of their content, and figures without their arrays.

    part := size of header (uint32) | header (JSON, padded to a multiple of 8) | arrays, each at a multiple of 8

All numbers are little-endian. nan and infinity are numbers like all others.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

SURFACE = "surface"
DTYPES = {"float32": "<f4", "float64": "<f8", "int32": "<i4"}

Array = NDArray[Any]


@dataclass(frozen=True)
class Part:
    """Packed arrays and the name of their content."""

    id: str
    data: bytes


def pack(arrays: Iterable[Array]) -> Part:
    """Pack arrays of the types in DTYPES. Raises KeyError for another type."""
    shapes, blocks, offset = [], [], 0
    for array in arrays:
        block = array.astype(DTYPES[array.dtype.name]).tobytes()
        shapes.append({"dtype": array.dtype.name, "shape": array.shape, "offset": offset})
        blocks.append(_padded(block))
        offset += len(blocks[-1])
    payload = b"".join(blocks)
    name = hashlib.blake2b(json.dumps(shapes).encode() + payload, digest_size=10).hexdigest()
    header = json.dumps({"id": name, "arrays": shapes}).encode()
    header += b" " * (-(4 + len(header)) % 8)
    return Part(name, len(header).to_bytes(4, "little") + header + payload)


def strip(figures: Mapping[str, go.Figure]) -> tuple[dict[str, Any], dict[str, Part]]:
    """Return the figures as JSON without their arrays, and one part a slot: the surface, and every run.

    A trace belongs to the run that its meta names, else to the surface. Where an array was stands
    {"part": id, "array": position}.
    """
    slots: dict[str, _Slot] = {}
    skeleton = {
        name: {
            "data": [_strip_trace(trace.to_plotly_json(), slots) for trace in figure.data],
            "layout": figure.layout.to_plotly_json(),
        }
        for name, figure in figures.items()
    }
    parts = {name: pack(slot.arrays) for name, slot in slots.items()}
    for name, slot in slots.items():
        for reference in slot.references:
            reference["part"] = parts[name].id
    return skeleton, parts


class _Slot:
    """The arrays of one slot, equal ones once, and the references to them."""

    def __init__(self) -> None:
        self.arrays: list[Array] = []
        self.references: list[dict[str, Any]] = []
        self._positions: dict[tuple[Any, ...], int] = {}

    def refer(self, array: Array) -> dict[str, Any]:
        content = (array.dtype.name, array.shape, array.tobytes())
        position = self._positions.setdefault(content, len(self.arrays))
        if position == len(self.arrays):
            self.arrays.append(array)
        self.references.append({"array": position})
        return self.references[-1]


def _strip_trace(trace: dict[str, Any], slots: dict[str, _Slot]) -> dict[str, Any]:
    run = (trace.get("meta") or {}).get("run")
    slot = SURFACE if run is None else f"run {run}"
    return {
        key: slots.setdefault(slot, _Slot()).refer(value) if isinstance(value, np.ndarray) else value
        for key, value in trace.items()
    }


def _padded(block: bytes) -> bytes:
    return block + bytes(-len(block) % 8)
