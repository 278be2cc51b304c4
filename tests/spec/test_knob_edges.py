"""Knobs at their edges, and the texts in which they refuse."""

import math
import sys
from dataclasses import dataclass, fields

import pytest

from spec.catalogue import Catalogue, Source
from spec.knobs import (
    Choice,
    Flag,
    Integer,
    Points,
    Real,
    Text,
    check_field,
    check_knobs,
    defaults_of,
    format_real,
    knob,
    knobs_of,
)
from spec.sentences import Sentence, SentenceError

REAL = Real(symbol="r", help="A real.", low=-2.0, high=0.5)
WHOLE = Integer(symbol="n", help="A whole number.", low=-3, high=12)
CHOICE = Choice(symbol="c", help="A choice.", options={"one": "One", "two": "Two"})
FLAG = Flag(symbol="f", help="A switch.")
POINTS = Points(symbol="p", help="A table.")


def short(text):
    """Return the text; refuse one with a question mark."""
    if "?" in text:
        raise SentenceError("there is a {what} in it", what="question")
    return text


TEXT = Text(symbol="t", help="A text.", longest=5, read=short)


@pytest.mark.parametrize(
    ("declared", "value", "expected"),
    [
        (REAL, -2.0, -2.0), (REAL, 0.5, 0.5), (REAL, 0, 0.0),
        (WHOLE, -3, -3), (WHOLE, 12, 12), (WHOLE, 4.0, 4),
        (CHOICE, "two", "two"), (FLAG, True, True), (FLAG, False, False),
        (TEXT, "", ""), (TEXT, "12345", "12345"),
        (POINTS, [(0, 0), (10_000_000, 1e6)], ((0, 0.0), (10_000_000, 1e6))),
        (POINTS, tuple((t, 1.0) for t in range(12)), tuple((t, 1.0) for t in range(12))),
    ],
)  # fmt: skip
def test_the_edges_belong_to_the_range(declared, value, expected):
    checked = declared.check(value)
    assert checked == expected
    assert repr(checked) == repr(expected)
    assert declared.check(declared.parse(declared.format(checked))) == checked


@pytest.mark.parametrize(
    ("declared", "value", "said"),
    [
        (REAL, math.nextafter(0.5, 1), "must lie in [-2, 0.5], got 0.5000000000000001"),
        (REAL, -3, "must lie in [-2, 0.5], got -3"),
        (REAL, math.inf, "must lie in [-2, 0.5], got inf"),
        (REAL, True, "must be a number, got True"),
        (REAL, "1", "must be a number, got 1"),
        (WHOLE, 13, "must lie in [-3, 12], got 13"),
        (WHOLE, -4, "must lie in [-3, 12], got -4"),
        (WHOLE, 2.5, "must be a whole number, got 2.5"),
        (CHOICE, "three", "must be one of one, two, got three"),
        (FLAG, 1, "must be on or off, got 1"),
        (TEXT, "123456", "must be text of at most 5 characters"),
        (TEXT, 5, "must be text of at most 5 characters"),
        (TEXT, "a?", "a? cannot be read (there is a question in it)"),
        (POINTS, (), "must hold 1 to 12 points, got ()"),
        (POINTS, 5, "must hold 1 to 12 points, got 5"),
        (POINTS, ((2, 1.0), (1, 1.0)), "must have rising update numbers, got [2, 1]"),
        (POINTS, ((2, 1.0), (2, 1.0)), "must have rising update numbers, got [2, 2]"),
        (POINTS, ((10_000_001, 1.0),), "must lie in [0, 10⁷], got 10000001"),
        (POINTS, ((0, 1.1e6),), "must lie in [0, 10⁶], got 1100000"),
    ],
)  # fmt: skip
def test_a_refusal_says_the_range_and_the_value(declared, value, said):
    with pytest.raises(SentenceError) as error:
        declared.check(value)
    assert str(error.value) == said


@pytest.mark.parametrize(
    ("declared", "text", "said"),
    [
        (REAL, "a", "must be a number, got a"),
        (WHOLE, "2.5", "must be a whole number, got 2.5"),
        (WHOLE, "a", "must be a whole number, got a"),
        (FLAG, "yes", "must be on or off, got yes"),
        (CHOICE, "Two", "must be one of one, two, got Two"),
        (TEXT, "a?", "a? cannot be read (there is a question in it)"),
        (POINTS, "1", "must read like 0~1_500~0.1, got 1"),
        (POINTS, "1~x", "must read like 0~1_500~0.1, got 1~x"),
    ],
)
def test_a_text_that_cannot_be_read_is_repeated(declared, text, said):
    with pytest.raises(SentenceError) as error:
        declared.parse(text)
    assert str(error.value) == said


@pytest.mark.parametrize(
    ("declared", "value", "nearest"),
    [
        (REAL, 0.6, 0.5), (REAL, -9, -2.0), (REAL, 0.25, 0.25), (WHOLE, 99, 12), (WHOLE, -99, -3),
        (WHOLE, math.inf, 12), (WHOLE, -math.inf, -3), (CHOICE, "one", "one"), (FLAG, False, False),
    ],
)  # fmt: skip
def test_the_nearest_value_is_in_the_range(declared, value, nearest):
    assert repr(declared.nearest(value)) == repr(nearest)


@pytest.mark.parametrize(("declared", "value"), [(REAL, math.nan), (REAL, "x"), (WHOLE, 2.5), (CHOICE, "x"), (FLAG, 1)])
def test_there_may_be_none(declared, value):
    with pytest.raises(SentenceError):
        declared.nearest(value)


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.0, "0"), (-0.0, "-0"), (10.0, "10"), (1.5e-300, "1.5e-300"), (1e300, "1e300"), (123456.75, "123456.75"),
     (3, "3"), (math.inf, "inf"), (1e-5, "1e-5"), (2.5e17, "2.5e17")],
)  # fmt: skip
def test_a_number_is_written_short_and_exact(value, text):
    assert format_real(value) == text
    assert float(text) == value


def test_flags_and_tables_are_written_as_they_are_read():
    assert [FLAG.format(v) for v in (True, False)] == ["on", "off"]
    assert [FLAG.parse(t) for t in ("on", "off")] == [True, False]
    assert POINTS.format(((0, 1.0), (500, 0.1))) == "0~1_500~0.1"
    assert POINTS.parse("0~1_500~0.1") == ((0, 1.0), (500, 0.1))


@dataclass(frozen=True)
class Owner:
    plain: int = 3
    rho: float = knob(0.25, REAL)
    count: int = knob(2, WHOLE)


def test_only_declared_fields_are_knobs():
    assert knobs_of(Owner) == knobs_of(Owner()) == {"rho": REAL, "count": WHOLE}
    assert defaults_of(Owner) == {"rho": 0.25, "count": 2}
    assert [f.name for f in fields(Owner)] == ["plain", "rho", "count"]


def test_a_field_takes_its_canonical_form_or_says_whose_it_is():
    owner = Owner(rho=0, count=5.0)
    check_knobs(owner)
    assert repr((owner.rho, owner.count)) == "(0.0, 5)"
    with pytest.raises(SentenceError) as error:
        check_field(Owner(rho=7.0), "rho", REAL)
    assert str(error.value) == "Owner.rho must lie in [-2, 0.5], got 7"
    assert isinstance(error.value.sentence.values["reason"], Sentence)


def test_the_texts_of_a_sentence_are_filled_in():
    error = SentenceError("{a} and {b}", a=1, b=Sentence("{c}!", {"c": "x"}))
    assert str(error) == "1 and x!"
    assert error.sentence == Sentence("{a} and {b}", {"a": 1, "b": Sentence("{c}!", {"c": "x"})})
    assert str(Sentence("plain")) == "plain"


PACKAGE = '''
from dataclasses import dataclass
from tests_of_catalogues.base import Base


@dataclass(frozen=True)
class First(Base):
    """One entry."""

    slug = "{slug}"
    title = "{title}"
    year = {year}


class Helper(Base):
    """Has no name of its own."""
'''


@pytest.fixture
def package(tmp_path, monkeypatch):
    """A package of entries, and the class they stand for."""
    folder = tmp_path / "tests_of_catalogues"
    folder.mkdir()
    (folder / "__init__.py").write_text("")
    (folder / "base.py").write_text("from spec.catalogue import Entry\n\n\nclass Base(Entry):\n    pass\n")
    monkeypatch.syspath_prepend(tmp_path)

    def write(**entries):
        for name, (slug, title, year) in entries.items():
            (folder / f"{name}.py").write_text(PACKAGE.format(slug=slug, title=title, year=year))
        import tests_of_catalogues
        from tests_of_catalogues.base import Base

        return tests_of_catalogues, Base

    yield write
    for name in [name for name in sys.modules if name.startswith("tests_of_catalogues")]:
        del sys.modules[name]


def test_entries_are_ordered_by_year_and_title(package):
    found = Catalogue(*package(a=("late", "A", 2001), b=("beta", "B", 1999), c=("alpha", "A", 1999)))
    assert list(found) == ["alpha", "beta", "late"]
    assert len(found) == 3
    assert found["beta"].title == "B"
    assert found["beta"].slug == "beta"
    with pytest.raises(KeyError):
        found["gamma"]


def test_another_order_may_be_asked_for(package):
    found = Catalogue(*package(a=("x", "A", 3), b=("y", "B", 2), c=("z", "C", 1)), order=lambda entry: entry.title)
    assert list(found) == ["x", "y", "z"]


def test_two_entries_may_not_share_a_slug(package):
    with pytest.raises(ValueError, match=r"two entries of tests_of_catalogues share a slug: \['same', 'same'\]"):
        Catalogue(*package(a=("same", "A", 1), b=("same", "B", 2)))


def test_a_source_may_have_no_link():
    assert Source("A. Author, 2000").link == ""
