"""What is told of the runs follows what a person holds on the first screen, and waits beside all panels."""

import pytest

from tests.ui.app_page import assert_clean, first_screen, lab
from ui import stage


@pytest.fixture
def shown(monkeypatch):
    """What the player is asked to show: a picture, and what answers what is held."""
    asked = []
    monkeypatch.setattr(stage, "show", lambda picture, answer, *_: asked.append((picture, answer)))
    return asked


@pytest.mark.parametrize(("opened", "tells"), [(first_screen, True), (lab, False)])
def test_a_held_number_changes_the_story_where_it_is_read(shown, opened, tells):
    assert_clean(opened())
    picture, answer = shown[-1]
    assert picture.story["captions"]
    assert bool(answer({"x": -100.0}, lambda: None).story) == tells
