"""The drawing of mutants: the same for the same seed, one fault each, and none in what is no program."""

import ast
from pathlib import Path

import pytest

from tests.mutants.draw import draw, faults_of, plant
from tests.mutants.report import BEGIN, END, PAGE, Verdict, survivor, table, write
from tests.mutants.rooms import ROOMS, ROOT, files_for, sources

WORDS = '''
"""A docstring."""

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    LIMIT = 1

Scale = Literal["none", "log"]


class Entry(Base["key"]):
    """A docstring."""

    latex = "x"
    rho: float = knob(Real(symbol="r", help="word"))
    """A docstring."""

    @cached(maxsize=3)
    def update(self, t: "key") -> Literal["log"]:
        """A docstring."""
        for a in zip(t, strict=True):
            return
'''

PROGRAM = """
def f(a, b=0.5):
    if a < b and not a:
        g(a, b)
    c = a[1:]
    return {"key": -c}
"""

FAULTS = {
    "(a <= b)", "(a < b or not a)", "(not (a < b and (not a)))", "a", "5.0", "1.5", "pass",
    "g(b, a)", "1 + 1:", "1:-1", "10", "2", "0", "return None", "'key_'", "c",
}  # fmt: skip


def mutants(text):
    source = text.encode()
    return [plant(Path("file.py"), source, fault) for place in faults_of(source) for fault in place]


def some_files():
    return [path for room in ("spec", "xp") for path in sources(room)]


def children(node):
    values = [value for _, value in ast.iter_fields(node)]
    return [part for value in values for part in (value if isinstance(value, list) else [value])]


def dumped(node):
    return ast.dump(node) if isinstance(node, ast.AST) else repr(node)


def smallest(one, other, within=None):
    """The smallest node, of those with a place, that holds all in which another tree differs."""
    within = one if hasattr(one, "lineno") else within
    pairs = list(zip(children(one), children(other), strict=False))
    parts = [(a, b) for a, b in pairs if dumped(a) != dumped(b)]
    same = type(one) is type(other) and len(children(one)) == len(children(other))
    if same and len(parts) == 1 and isinstance(parts[0][0], ast.AST):
        return smallest(*parts[0], within)
    return within


def test_the_same_seed_draws_the_same_mutants():
    assert draw(ROOT, some_files(), 20, 3) == draw(ROOT, some_files(), 20, 3)
    assert draw(ROOT, some_files(), 20, 3) != draw(ROOT, some_files(), 20, 4)


def test_every_mutant_compiles_and_differs_in_one_place():
    for mutant in draw(ROOT, some_files(), 60, 5):
        source = (ROOT / mutant.path).read_bytes()
        compile(mutant.apply(source), mutant.path, "exec")
        node = smallest(ast.parse(source), ast.parse(mutant.apply(source)))
        assert ast.get_source_segment(source.decode(), node).encode() in source[mutant.start : mutant.end]
        line, before, after = mutant.lines(source)
        assert before != after
        assert source.decode().splitlines()[line - 1].strip() in before


def test_words_types_imports_and_decorators_are_never_mutated():
    assert mutants(WORDS) == []


def test_every_kind_of_fault_is_made():
    assert {mutant.text.decode() for mutant in mutants(PROGRAM)} == FAULTS


def test_a_fault_in_a_line_of_other_letters_is_where_it_should_be():
    text = 'def f():\n    return g("θ σ", 1)\n'
    (wrong,) = [mutant for mutant in mutants(text) if mutant.text == b"2"]
    assert wrong.lines(text.encode()) == (2, 'return g("θ σ", 1)', 'return g("θ σ", 2)')


@pytest.mark.parametrize("room", ROOMS)
def test_every_file_of_a_room_has_tests_and_those_that_import_it_come_first(room):
    assert all((ROOT / place).exists() for place in ROOMS[room])
    for path in sources(room):
        assert len(files_for(path)) == len(files_for(sources(room)[0])) > 3
    if room == "xp":
        files = files_for(Path("xp/tape.py"))
        assert "tests/xp/test_tape.py" in files[:4]
        assert files_for(Path("xp/functions.py")) != files


def test_the_verdicts_are_written_between_the_markers_of_the_page(tmp_path, monkeypatch):
    page = tmp_path / "testing.md"
    page.write_text(f"Before.\n{BEGIN}\nold\n{END}\nAfter.\n")
    monkeypatch.setattr("tests.mutants.report.PAGE", page)
    verdicts = [Verdict("xp", "xp/tape.py", 3, "a + b", "a - b", noticed) for noticed in (True, True, False)]
    write(verdicts, 7)
    text = page.read_text()
    assert text.startswith(f"Before.\n{BEGIN}")
    assert text.endswith(f"{END}\nAfter.\n")
    assert "old" not in text
    assert table(verdicts) in text
    assert "| all | 3 | 2 | 67% |" in text
    assert survivor(verdicts[2]) == "xp/tape.py:3\n  - a + b\n  + a - b\n"
    assert text.count(survivor(verdicts[2])) == 1
    assert PAGE.read_text().count(BEGIN) == PAGE.read_text().count(END) == 1
