"""Scenes on paper: HTML without scripts, two sheets of A4 a scene, with picture, question, formula and numbers."""

from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

import numpy as np

from engine.labels import Say, labels
from engine.scenario import Scenario
from engine.trajectory import Trajectory
from explain.lesson import Lesson
from network.study import Study
from network.training import SHARES, Training
from spec.sentences import people_write

ROWS = 20
"""Rows of numbers on a sheet, of all runs together."""

LEAST_ROWS = 3
"""Of each run."""

STYLE = """
@page { size: A4; margin: 15mm; }
* { box-sizing: border-box; }
body {
  margin: 0 auto; max-width: 180mm; color: #111; background: #fff;
  font: 10.5pt/1.4 "Source Sans 3", system-ui, sans-serif;
}
article { break-after: page; }
article:last-child { break-after: auto; }
h1 { margin: 0 0 3mm; font-size: 18pt; }
h2 { margin: 5mm 0 2mm; font-size: 13pt; }
p, ul { margin: 0 0 2.5mm; }
ul { padding: 0; list-style: none; }
li::before { content: "\\2610\\00a0\\00a0"; }
li.right::before { content: "\\2611\\00a0\\00a0"; }
li.right { font-weight: 650; }
img { display: block; width: 100%; margin: 4mm 0; }
.formula { font-family: "Cambria Math", "STIX Two Math", Cambria, serif; }
.numbers { break-before: page; }
.numbers p { margin-bottom: 1mm; }
table {
  width: 100%; margin-bottom: 4mm; border-collapse: collapse; font-size: 9pt; font-variant-numeric: tabular-nums;
}
caption { text-align: left; font-weight: 650; }
th, td { padding: 0.6mm 1.5mm; border-bottom: 0.2mm solid #bbb; text-align: right; }
th:first-child, td:first-child { text-align: left; }
.lines { height: 24mm; background: repeating-linear-gradient(#fff 0 7.8mm, #999 7.8mm 8mm); }
.lines, li::before { print-color-adjust: exact; }
footer { margin-top: 3mm; font-size: 8pt; overflow-wrap: anywhere; }
"""


@dataclass(frozen=True)
class Table:
    """Numbers of a run: its name, what its columns are, the update of each row, and the rows."""

    name: str
    heads: Sequence[str]
    updates: Sequence[int]
    rows: Sequence[Sequence[float]]


@dataclass(frozen=True)
class Sheet:
    """A scene on paper.

    tables: of the runs. picture: a PNG. is_answered: whether the answer, all numbers and the endings stand on it.
    """

    lesson: Lesson
    tables: Sequence[Table]
    picture: bytes
    formulas: tuple[str, ...]
    endings: tuple[str, ...]
    is_answered: bool
    link: str = ""


def sheets(made: Sequence[Sheet], words: Mapping[str, str], language: str) -> str:
    """Return the HTML of scenes on paper; words: "numbers", "ended", "write", each in the language. Texts are text."""
    title = escape(made[0].lesson.title)
    return "\n".join(
        [
            "<!doctype html>",
            f'<html lang="{escape(language)}"><meta charset="utf-8"><title>{title}</title><style>{STYLE}</style>',
            *(_article(sheet, words) for sheet in made),
            "</html>",
        ]
    )


def _article(sheet: Sheet, words: Mapping[str, str]) -> str:
    lesson = sheet.lesson
    picture = b64encode(sheet.picture).decode()
    parts = [
        f"<h1>{escape(lesson.title)}</h1>",
        *(f"<p>{escape(text)}</p>" for text in lesson.text),
        *(f'<p class="formula">{escape(formula)}</p>' for formula in sheet.formulas),
        f'<img alt="" src="data:image/png;base64,{picture}">',
        *_question(sheet, words),
        f'<section class="numbers"><h2>{escape(words["numbers"])}</h2>',
        *_tables(sheet),
        *_ended(sheet, words),
        f"<footer>{escape(sheet.link)}</footer></section>",
    ]
    return f"<article>{''.join(parts)}</article>"


def _question(sheet: Sheet, words: Mapping[str, str]) -> list[str]:
    lesson = sheet.lesson
    if not lesson.ask:
        return []
    options = [
        f"<li{' class=right' if sheet.is_answered and place == lesson.right else ''}>{escape(option)}</li>"
        for place, option in enumerate(lesson.options)
    ]
    after = f"<p>{escape(lesson.after)}</p>" if sheet.is_answered else f"<p>{escape(words['write'])}</p>"
    room = "" if sheet.is_answered else '<div class="lines"></div>'
    return [f"<h2>{escape(lesson.ask)}</h2>", f"<ul>{''.join(options)}</ul>" if options else "", after, room]


def _ended(sheet: Sheet, words: Mapping[str, str]) -> list[str]:
    if not sheet.is_answered:
        return []
    return [f"<h2>{escape(words['ended'])}</h2>", *(f"<p>{escape(ending)}</p>" for ending in sheet.endings)]


def _tables(sheet: Sheet) -> list[str]:
    """Return a table a run: some of its updates, of which an unanswered sheet has the first alone."""
    count = max(LEAST_ROWS, ROWS // len(sheet.tables))
    tables = []
    for table in sheet.tables:
        last = len(table.rows) - 1
        some = np.unique(np.linspace(0, last, count).round().astype(int)) if sheet.is_answered else [0]
        head = "".join(f"<th>{escape(name)}</th>" for name in ("t", *table.heads))
        body = "".join(_row(table.updates[row], table.rows[row]) for row in some if row <= last)
        tables.append(f"<table><caption>{escape(table.name)}</caption><tr>{head}</tr>{body}</table>")
    return tables


def _row(t: int, values: Sequence[float]) -> str:
    cells = "".join(f"<td>{people_write(f'{value + 0.0:.4g}')}</td>" for value in values)
    return f"<tr><td>{t:,}</td>{cells}</tr>"


def scene_tables(scenario: Scenario, trajectories: Sequence[Trajectory], say: Say = str) -> list[Table]:
    """Return what a sheet tells of each run of a scene, update by update."""
    axes, dimension = scenario.surface.axes, scenario.surface.dimension
    heads = [*axes, "L", *(f"{what} {axis}" for what in ("g", "σ", "μ/σ") for axis in axes)]
    tables = []
    for name, run in zip(labels(scenario, say), trajectories, strict=True):
        n = run.updates
        theta, *others = (of_axes[:n, :dimension] for of_axes in (run.theta, run.grad, run.sigma, run.rate))
        columns = [theta, run.loss[:n, None], *others]
        tables.append(Table(name, heads, range(n), np.hstack(columns).tolist()))
    return tables


def network_tables(study: Study, trainings: Sequence[Training], say: Say = str) -> list[Table]:
    """Return what a sheet tells of each run of a study, look by look; of scales and step sizes their medians."""
    heads = ["L", say("held out"), say("Held-out digits read rightly"), "λ", "σ", "μ/σ"]
    tables, middle = [], SHARES.index(0.5)
    for name, run in zip(labels(study, say), trainings, strict=True):
        columns = [run.at_looks(what) for what in ("loss", "held_out", "accuracy")]
        columns += [run.sharpness, *(run.at_looks(what)[:, 0, middle] for what in ("sigma", "rate") if run.looks)]
        tables.append(Table(name, heads, run.clock.tolist(), np.transpose(columns).tolist()))
    return tables
