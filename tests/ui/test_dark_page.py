"""A dark page has dark charts, also while its start is dragged and when the page changes its theme."""

from types import SimpleNamespace

import pytest
from streamlit.runtime.context import ContextProxy

from charts.theme import DARK, LIGHT
from charts.views import VIEWS
from tests.ui.app_page import assert_clean, lab
from ui import stage


@pytest.fixture
def page_is(monkeypatch):
    def choose(kind):
        monkeypatch.setattr(ContextProxy, "theme", property(lambda _: SimpleNamespace(type=kind)))

    return choose


@pytest.fixture
def drawn(monkeypatch):
    """The figures drawn since, each time they are."""
    figures = []

    def watched(chart):
        def draw(*arguments):
            figures.append(chart(*arguments))
            return figures[-1]

        return draw

    monkeypatch.setattr(stage, "CHARTS", {name: watched(chart) for name, chart in stage.CHARTS.items()})
    stage._drawn.known.clear()
    yield figures
    stage._drawn.known.clear()


@pytest.fixture
def shown(monkeypatch):
    """What the player is asked to show."""
    asked = []
    monkeypatch.setattr(stage, "show", lambda parts, redraw, *_, **__: asked.append(redraw))
    return asked


def assert_made_for(theme, figures):
    assert figures
    for figure in figures:
        assert figure.layout["meta"]["background"] == theme.background
        assert figure.layout["template"]["layout"]["font"]["color"] == theme.text


@pytest.mark.parametrize(("kind", "theme"), [("dark", DARK), ("light", LIGHT), (None, LIGHT)])
@pytest.mark.parametrize("view", VIEWS)
def test_the_charts_wear_the_colours_of_the_page(page_is, drawn, kind, theme, view):
    page_is(kind)
    page = lab(view=view)
    assert_clean(page)
    assert len(drawn) == len(VIEWS[view])
    assert_made_for(theme, drawn)


def test_a_page_that_turns_dark_has_its_charts_drawn_anew(page_is, drawn):
    page_is("light")
    page = lab()
    drawn.clear()
    page_is("dark")
    page.run()
    assert_clean(page)
    assert_made_for(DARK, drawn)


def test_a_dragged_start_is_drawn_in_the_same_colours(page_is, drawn, shown):
    page_is("dark")
    assert_clean(lab())
    drawn.clear()
    shown[-1]({"x": -100.0, "y": 1.0}, lambda: None)
    assert_made_for(DARK, drawn)
