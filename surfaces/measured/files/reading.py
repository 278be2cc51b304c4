"""A file by its name and its bytes: what it holds, whichever program wrote it."""

from collections.abc import Callable, Mapping
from pathlib import PurePath

from spec.sentences import SentenceError
from surfaces.measured.files.arranged import arranged
from surfaces.measured.files.arrays import Arrays
from surfaces.measured.files.hdf5 import hdf5
from surfaces.measured.files.numpy_files import npy, npz
from surfaces.measured.files.text_files import csv, json
from surfaces.measured.recording import Recording

MOST_BYTES = 5 * 2**20
"""Of a file."""

READERS: Mapping[str, Callable[[bytes], Arrays]] = {
    ".npz": npz,
    ".npy": npy,
    ".csv": csv,
    ".tsv": csv,
    ".txt": csv,
    ".json": json,
    ".h5": hdf5,
    ".hdf5": hdf5,
}

KINDS = tuple(kind.removeprefix(".") for kind in READERS)
"""How the names of such files end."""


def read(name: str, data: bytes) -> Recording:
    """Return the slice of a loss, the trajectory, or both that a file holds.

    name: of the file, whose end says what it is. Raises SentenceError, which says where, for anything else.
    """
    kind = PurePath(name).suffix.lower()
    if kind not in READERS:
        raise SentenceError(
            "a file of a slice ends in {kinds}, not in {kind}", kinds=", ".join(KINDS), kind=kind or "–"
        )
    if len(data) > MOST_BYTES:
        raise SentenceError("a file of a slice has at most {most} MB, this one has {size:.1f}",
                            most=MOST_BYTES // 2**20, size=len(data) / 2**20)  # fmt: skip
    return arranged(READERS[kind](data))
