"""NumPy's files: a bare array, and a zip of arrays; never a pickle."""

import io
import zipfile
import zlib
from tokenize import TokenError
from typing import Any

import numpy as np

from spec.sentences import SentenceError
from surfaces.measured.files.arrays import MOST_ARRAYS, Arrays, check_shape, named, numbers
from surfaces.measured.spline import Floats

MAGIC = b"\x93NUMPY"
LARGEST = 32 * 2**20
"""Bytes of all that a zip unpacks."""

LONGEST_HEADER = 10_000
"""Characters of what an array says of itself."""


def npy(data: bytes) -> Arrays:
    """Return the array of a .npy file."""
    return {"": _array("", data)}


def npz(data: bytes) -> Arrays:
    """Return the arrays of a .npz file."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _members(archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError) as error:
        if isinstance(error, SentenceError):
            raise
        raise SentenceError("this is no .npz file of NumPy, or it is damaged") from None


def _members(archive: zipfile.ZipFile) -> Arrays:
    found = archive.infolist()
    if len(found) > MOST_ARRAYS:
        raise SentenceError(
            "the file holds {count} arrays; at most {most} are read", count=len(found), most=MOST_ARRAYS
        )
    if sum(member.file_size for member in found) > LARGEST:
        raise SentenceError("the file unpacks to more than {most} MB", most=LARGEST // 2**20)
    arrays = {}
    for member in found:
        name = member.filename.removesuffix(".npy")
        with archive.open(member) as file:
            content = file.read(LARGEST)
        if content.startswith(MAGIC) and not _is_text(content):
            arrays[name] = _array(name, content)
    return arrays


def _header(name: str, data: bytes) -> tuple[Any, int]:
    """Return what an array says of itself, (shape, is it in columns, kind), and where its numbers begin."""
    file = io.BytesIO(data)
    try:
        version = np.lib.format.read_magic(file)
        reads = np.lib.format.read_array_header_1_0 if version == (1, 0) else np.lib.format.read_array_header_2_0
        header = reads(file, max_header_size=LONGEST_HEADER)
    except (ValueError, EOFError, TypeError, SyntaxError, TokenError, RecursionError, MemoryError, OverflowError):
        raise SentenceError("{name} is no array of NumPy, or it is damaged", name=named(name)) from None
    return header, file.tell()


def _is_text(data: bytes) -> bool:
    """Return whether a member is a note beside the numbers."""
    return _header("", data)[0][2].kind in "SU"


def _array(name: str, data: bytes) -> Floats:
    if not data.startswith(MAGIC):
        raise SentenceError("{name} is no array of NumPy, or it is damaged", name=named(name))
    (shape, is_in_columns, kind), begin = _header(name, data)
    if kind.hasobject:
        raise SentenceError("{name} holds Python objects (a pickle), which are never read", name=named(name))
    if kind.kind not in "fiub":
        raise SentenceError("{name} holds no real numbers", name=named(name))
    check_shape(name, shape)
    count = int(np.prod(shape, dtype=np.int64))
    if len(data) - begin < count * kind.itemsize:
        raise SentenceError("{name} ends before all of its numbers have come", name=named(name))
    flat = np.frombuffer(data, kind, count, begin)
    with np.errstate(all="ignore"):
        return numbers(name, flat.reshape(shape, order="F" if is_in_columns else "C"))
