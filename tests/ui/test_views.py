"""The view of a scene is in the address, costs nothing unless it is chosen, and changes nothing else."""

import pytest

from charts.views import DEFAULT, VIEWS
from tests.ui.app_page import address, lab
from ui import stage as stage_module


@pytest.fixture
def drawn(monkeypatch):
    """The names of all charts drawn since, each time they are."""
    names = []

    def watched(name, chart):
        def draw(*arguments):
            names.append(name)
            return chart(*arguments)

        return draw

    charts = {name: watched(name, chart) for name, chart in stage_module.CHARTS.items()}
    monkeypatch.setattr(stage_module, "CHARTS", charts)
    stage_module._drawn.known.clear()
    yield names
    stage_module._drawn.known.clear()


@pytest.mark.parametrize("view", [None, *VIEWS])
def test_only_the_charts_of_the_view_are_drawn(drawn, view):
    page = lab(**({"view": view} if view else {}))
    assert not page.exception
    assert not page.warning
    assert tuple(drawn) == VIEWS[view or DEFAULT]
    assert address(page) == ({"view": view} if view else {})


def test_a_view_stays_in_the_address_of_a_changed_scene():
    page = lab(view="3d", surface="rosenbrock", a="adam")
    page.number_input(key="scene:a.beta1").set_value(0.95).run()
    assert not page.exception
    assert address(page)["view"] == "3d"
    assert address(page)["a.beta1"] == "0.95"


def test_an_unknown_view_is_said_once_and_the_map_is_shown(drawn):
    page = lab(view="4d")
    assert not page.exception
    assert [note.value for note in page.warning] == ["view=4d is not known; map is used."]
    assert tuple(drawn) == VIEWS[DEFAULT]


def test_the_lecture_keeps_the_default_view(drawn):
    page = lab(view="3d")
    drawn.clear()
    page.switch_page("pages/lecture.py").run()
    assert not page.exception
    assert not {"surface_3d", "phase"} & set(drawn)
    assert "view" not in address(page)


def test_what_the_axes_are_is_in_the_address_and_something_unknown_is_said():
    page = lab(axes="fill", surface="rosenbrock", a="adam")
    assert not page.exception
    assert not page.warning
    assert address(page)["axes"] == "fill"
    page = lab(axes="round")
    assert [note.value for note in page.warning] == ["axes=round is not known and is left out."]
