"""What a class needs to be an entry: a slug, and a docstring whose first sentence the page can say."""

import pytest

from spec.catalogue import Entry


def test_the_first_paragraph_of_the_docstring_is_the_summary():
    class Told(Entry):
        """One sentence that is longer
        than its line.

        More for those who read code.
        """

        slug = "told"

    assert Told.summary == "One sentence that is longer than its line."


def test_an_entry_without_a_docstring_is_refused():
    with pytest.raises(TypeError, match="Untold needs a docstring"):

        class Untold(Entry):
            slug = "untold"


def test_a_base_class_of_entries_has_no_summary():
    class Base(Entry):
        """What some entries share."""

    assert not hasattr(Base, "summary")
