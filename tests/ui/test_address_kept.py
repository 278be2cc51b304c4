"""An address that means the scene of the session is left as the person wrote it."""

import pytest

from engine.url import decode
from tests.ui.app_page import address, assert_clean, lab

SCENE = {"v": "1", "surface": "rosenbrock", "a": "adam", "a.lr": "0.05"}
WRITTEN = {
    "another order": {"a.lr": "0.05", "a": "adam", "surface": "rosenbrock", "v": "1"},
    "defaults written out": SCENE | {"a.beta1": "0.9", "steps": "500", "x": "-1.2"},
    "numbers in another form": SCENE | {"a.lr": "5e-2", "y": "1.0"},
    "no version": {"surface": "rosenbrock", "a": "adam", "a.lr": "0.05"},
}
DEFAULTS = WRITTEN["defaults written out"]


def opened(query):
    return lab(**{name.replace(".", "__"): text for name, text in query.items()})


def type_in(page, query):
    """Write another address into the address bar of an open page."""
    page.query_params.clear()
    page.query_params["panels"] = "all"
    for name, text in query.items():
        page.query_params[name] = text
    return page.run()


@pytest.mark.parametrize("written", WRITTEN.values(), ids=WRITTEN)
def test_the_scene_that_is_open_written_in_another_way_stays_written_so(written):
    assert decode(written) == decode(SCENE)
    page = type_in(opened(SCENE), written)
    assert_clean(page)
    assert list(address(page).items()) == list(written.items())
    assert page.number_input(key="scene:a.lr").value == 0.05


def test_the_default_scene_may_be_written_out():
    written = {"a": "gd", "a.lr": "1e-7", "b": "adagrad-rms", "b.lr": "1.0", "steps": "1000"}
    page = type_in(lab(), written)
    assert address(page) == written
    page.number_input(key="scene:steps").set_value(900).run()
    assert address(page)["steps"] == "900"
    assert address(page)["b.lr"] == "1"


def test_a_change_writes_the_address_anew():
    page = type_in(opened(SCENE), DEFAULTS)
    page.number_input(key="scene:a.beta1").set_value(0.95).run()
    assert_clean(page)
    assert address(page) == SCENE | {"a.beta1": "0.95"}


def test_the_first_address_of_a_session_is_written_as_the_app_writes_it():
    assert address(opened(DEFAULTS)) == SCENE


def test_another_scene_is_written_as_the_app_writes_it():
    page = type_in(opened(SCENE), DEFAULTS | {"a.lr": "0.10"})
    assert_clean(page)
    assert address(page) == SCENE | {"a.lr": "0.1"}
    assert page.number_input(key="scene:a.lr").value == 0.1


def test_what_cannot_be_used_is_said_and_left_as_it_is_written():
    page = type_in(opened(SCENE), SCENE | {"zz": "1"})
    assert any("zz is not known" in note.value for note in page.warning)
    assert address(page) == SCENE | {"zz": "1"}


def test_what_others_add_to_the_link_leaves_the_opening_scene_as_it_is():
    page = lab(utm_source="x", lang="en", view="3d")
    assert_clean(page)
    assert page.number_input(key="scene:steps").value == 1000
    assert not page.warning
    assert address(page) == {"lang": "en", "view": "3d"}
