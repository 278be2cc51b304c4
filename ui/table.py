"""A small table as HTML: read aloud as a table, numbers below each other, texts from outside as they are."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from spec.sentences import fill


@dataclass(frozen=True)
class Swatch:
    """A small field of a colour, with lines in it as CSS writes them, before a text."""

    text: str
    colour: str
    lines: str = ""


Cell = str | float | Swatch | None

STYLE = """
<style>
.table { max-width: 100%; overflow: auto; border: 1px solid rgba(128, 128, 128, 0.25); border-radius: 0.5rem; }
.table table { border-collapse: collapse; width: 100%; margin: 0; font-size: 0.9375rem; }
.table :is(th, td) { border: 0; padding: 0.4rem 1rem; text-align: left; font-weight: 400; }
.table thead th { opacity: 0.75; white-space: nowrap; }
.table tbody :is(th, td) { border-top: 1px solid rgba(128, 128, 128, 0.25); }
.table .number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.table i { display: inline-block; width: 1.5rem; height: 1rem; margin-right: 0.6rem; vertical-align: -0.15rem; }
@media print { .table { overflow: visible; } .table.table :is(th, td) { padding: 0.2rem 0.4rem; white-space: normal; } }
</style>
"""


def table(title: str, heads: Sequence[str], rows: Sequence[Sequence[Cell]]) -> str:
    """Return a table in HTML; the first cell of each row names it.

    title: what it shows, for those who hear it. None and NaN are a dash.
    """
    kinds = [_kind(column) for column in zip(*rows, strict=True)]
    top = "".join(f'<th scope="col"{kind}>{escape(head)}</th>' for head, kind in zip(heads, kinds, strict=True))
    body = "".join(f"<tr>{_row([_written(cell) for cell in row], kinds)}</tr>" for row in rows)
    inside = f"<table><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table>"
    return f'{STYLE}<div class="table" role="region" tabindex="0" aria-label="{escape(title)}">{inside}</div>'


def _kind(column: Sequence[Cell]) -> str:
    return "" if any(isinstance(cell, str | Swatch) for cell in column) else ' class="number"'


def _row(cells: Sequence[str], kinds: Sequence[str]) -> str:
    (name, *others), (first, *rest) = cells, kinds
    values = "".join(f"<td{kind}>{cell}</td>" for cell, kind in zip(others, rest, strict=True))
    return f'<th scope="row"{first}>{name}</th>{values}'


def _written(cell: Cell) -> str:
    if isinstance(cell, str):
        return escape(cell)
    if isinstance(cell, Swatch):
        ground = ", ".join(filter(None, (cell.lines, cell.colour)))
        return f'<i style="background: {escape(ground)}"></i>{escape(cell.text)}'
    if cell is None or math.isnan(cell):
        return "–"
    return fill("{number:.6g}", {"number": cell}).replace("inf", "∞")
