"""Slices as text: tables with or without a head, and JSON."""

import json as standard
import re
from array import array
from typing import Any

import numpy as np

from spec.sentences import SentenceError
from surfaces.measured.files.arrays import MOST_ARRAYS, MOST_NUMBERS, Arrays, named, numbers

BETWEEN = ("\t", ";", ",")
"""What stands between the cells of a table, the one first that decides."""

MISSING = {"", "nan", "na", "n/a", "null", "none", "--", "-", "masked"}
"""What stands in a cell that was not measured."""

COMMA = re.compile(r"[+-]?\d+,\d+")


def csv(data: bytes) -> Arrays:
    """Return the columns of a table with a head by their names, or the numbers of one without."""
    lines = [line for line in _text(data).splitlines() if line.strip() and not line.lstrip().startswith("#")]
    if not lines:
        raise SentenceError("the file is empty")
    mark = next((mark for mark in BETWEEN if mark in lines[0]), None)
    head = [cell.strip().strip('"') for cell in lines[0].split(mark)]
    has_names = not any(map(_is_meant_as_number, head))
    has_lines = not _is_meant_as_number(head[0]) and len(head) > 1 and all(map(_is_number, head[1:]))
    first = 1 if has_names else 0
    rows = _rows(lines[first:], mark, first, "nan" if has_lines else "")
    if has_names:
        return {name: numbers(name, column) for name, column in zip(head[: rows.shape[1]], rows.T, strict=False)}
    if has_lines:
        return {"x": rows[0, 1:], "y": rows[1:, 0], "loss": rows[1:, 1:]}
    return dict(zip("xyz", rows.T, strict=True)) if _is_list(rows) else {"": rows}


def _rows(lines: list[str], mark: str | None, before: int, corner: str) -> Any:
    """Return the numbers of a table; corner: what its first cell reads as, nothing for itself."""
    found, width = array("d"), 0
    for number, line in enumerate(lines, before + 1):
        cells = line.split(mark)
        if corner and number == 1:
            cells[0] = corner
        width = width or len(cells)
        if len(cells) != width:
            raise SentenceError("line {line} has {count} columns, the lines before have {width}",
                                line=number, count=len(cells), width=width)  # fmt: skip
        if len(found) + width > MOST_NUMBERS:
            raise SentenceError("the file has more than {most:,} numbers", most=MOST_NUMBERS)
        found.extend(_number(cell, number, place, mark) for place, cell in enumerate(cells, 1))
    if not width:
        raise SentenceError("the file is empty")
    return np.array(found).reshape(-1, width)


def _number(cell: str, line: int, place: int, mark: str | None) -> float:
    text = cell.strip().strip('"')
    try:
        return np.nan if text.lower() in MISSING else float(text)
    except ValueError:
        pass
    if mark != "," and COMMA.fullmatch(text):
        raise SentenceError("line {line}, column {column}: {text} has a decimal comma; write a point",
                            line=line, column=place, text=text[:20])  # fmt: skip
    raise SentenceError("line {line}, column {column}: {text} is no number", line=line, column=place, text=text[:20])


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _is_meant_as_number(text: str) -> bool:
    return _is_number(text) or COMMA.fullmatch(text) is not None


def _is_list(rows: Any) -> bool:
    """Return whether three columns without names are x, y and loss: each pair of the first two is there once."""
    if rows.shape[1] != 3 or len(rows) < 16:
        return False
    sides = [len(np.unique(rows[:, side])) for side in (0, 1)]
    return bool(min(sides) > 1 and sides[0] * sides[1] == len(rows) == len(np.unique(rows[:, :2], axis=0)))


def json(data: bytes) -> Arrays:
    """Return the arrays of a JSON object by their names, or the one array that it is."""
    text = _text(data)
    if text.count(",") > MOST_NUMBERS:
        raise SentenceError("the file has more than {most:,} numbers", most=MOST_NUMBERS)
    try:
        held = standard.loads(text, parse_int=float)
    except (ValueError, RecursionError) as error:
        place = f"{error.lineno}:{error.colno}" if isinstance(error, standard.JSONDecodeError) else "1:1"
        raise SentenceError("this is no JSON, see line and character {place}", place=place) from None
    if isinstance(held, list):
        return {"": _listed("", held)}
    if not isinstance(held, dict):
        raise SentenceError("the file holds no array of numbers")
    lists = {name: values for name, values in list(held.items())[:MOST_ARRAYS] if isinstance(values, list)}
    return {name: _listed(name, values) for name, values in lists.items()}


def _listed(name: str, values: list[Any]) -> Any:
    """Return lists of numbers as an array; null is not measured."""
    try:
        array = np.array(values, float)
    except (TypeError, ValueError):
        raise SentenceError("{name} is no table of numbers: its rows differ in length, or hold something else",
                            name=named(name)) from None  # fmt: skip
    return numbers(name, array)


def _text(data: bytes) -> str:
    for code in ("utf-8-sig", "utf-16"):
        try:
            text = data.decode(code)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise SentenceError("this is no text")
