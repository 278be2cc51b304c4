"""Formulas of the catalogue in a narrow place: every equation whole, on a line of its own."""

import pytest

from optimizers import OPTIMIZERS
from schedules import SCHEDULES
from surfaces import SURFACES
from ui.formula import equations

FORMULAS = {entry.slug: entry().latex for entries in (OPTIMIZERS, SCHEDULES, SURFACES) for entry in entries.values()}


@pytest.mark.parametrize("latex", FORMULAS.values(), ids=list(FORMULAS))
def test_every_equation_of_the_catalogue_is_whole(latex):
    found = list(equations(latex))
    assert found
    for line in found:
        assert line.count("{") == line.count("}")
        assert line.count(r"\begin{") == line.count(r"\end{")
        assert line.count(r"\left") - line.count(r"\leftarrow") == line.count(r"\right") - line.count(r"\rightarrow")
        assert not line.endswith(",")
        assert r"\qquad" not in line


def test_equations_are_parted_at_gaps_and_new_lines_but_not_within_cases():
    cases = r"f = \begin{cases} 1 & x > 0 \\ 0 & \text{else} \end{cases}"
    latex = rf"\begin{{gathered}} a = 1, \qquad b = 2 \\ {cases},\quad c = 3 \end{{gathered}}"
    assert list(equations(latex)) == ["a = 1", "b = 2", cases, "c = 3"]
