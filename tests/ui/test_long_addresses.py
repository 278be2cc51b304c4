"""An address that says too much is read in part or not at all, in few words."""

import pytest

from tests.ui.app_page import assert_clean, lab
from ui.frame import few
from ui.limits import NOTES, QUERY


def test_hundreds_of_unknown_names_are_one_box():
    page = lab(**{f"name{i}": "x" for i in range(434)})
    assert_clean(page)
    assert len(page.warning) == 1


def test_many_wrong_values_are_a_few_boxes_and_a_count():
    wrong = {f"{key}__lr": "low" for key in "abcdef"} | dict.fromkeys("abcdef", "adam")
    page = lab(surface="rosenbrock", **wrong)
    assert_clean(page)
    assert len(page.warning) == NOTES + 1
    assert page.warning[-1].value == "And 3 other values in the address could not be used as written."


@pytest.mark.parametrize("count", range(8))
def test_of_two_notes_more_than_shown_none_is_silent(count):
    assert len(few(["note"] * count)) == (count if count <= NOTES + 1 else NOTES + 1)


def test_an_address_beyond_its_bound_is_not_read_and_says_so():
    page = lab(surface="rosenbrock", a="adam", a__name="x" * QUERY)
    assert_clean(page)
    assert [note.value for note in page.warning] == [f"The address is longer than {QUERY} characters and is not read."]
