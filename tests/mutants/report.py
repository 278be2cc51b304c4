"""What became of the mutants, in words and in docs/testing.md."""

from collections.abc import Sequence
from typing import NamedTuple

from tests.mutants.rooms import ROOT

PAGE = ROOT / "docs" / "testing.md"
BEGIN, END = "<!-- mutants: written by make mutants -->", "<!-- mutants: end -->"


class Verdict(NamedTuple):
    """A mutant, by the line it changes, and whether a test failed for it."""

    room: str
    path: str
    line: int
    before: str
    after: str
    noticed: bool


def survivor(verdict: Verdict) -> str:
    """Return a mutant as place, line before, line after."""
    return f"{verdict.path}:{verdict.line}\n  - {verdict.before}\n  + {verdict.after}\n"


def table(verdicts: Sequence[Verdict]) -> str:
    """Return the share of mutants that were noticed, by room and in all, as Markdown."""
    rooms = {verdict.room: [v for v in verdicts if v.room == verdict.room] for verdict in verdicts}
    rows = [(f"`{room}/`", rooms[room]) for room in sorted(rooms)] + [("all", list(verdicts))]
    lines = ["| room | mutants | noticed | share |", "|---|---|---|---|"]
    for name, group in rows:
        noticed = sum(verdict.noticed for verdict in group)
        lines.append(f"| {name} | {len(group)} | {noticed} | {noticed / max(len(group), 1):.0%} |")
    return "\n".join(lines)


def write(verdicts: Sequence[Verdict], seed: int) -> None:
    """Write table and survivors between the markers of the page."""
    text = PAGE.read_text()
    (before, rest), survivors = text.split(BEGIN), [survivor(v) for v in verdicts if not v.noticed]
    listed = "\n".join(["Nobody noticed:", "", "```diff", *survivors, "```"]) if survivors else "Every one was noticed."
    body = f"\n\nSeed {seed}, {len(verdicts)} mutants.\n\n{table(verdicts)}\n\n{listed}\n\n"
    PAGE.write_text(before + BEGIN + body + END + rest.split(END)[1])
