"""Pages without a browser: what widgets, address and notes make of a scene."""

import pytest
from streamlit.testing.v1 import AppTest

from engine.presets import try_it
from engine.url import encode
from optimizers import OPTIMIZERS
from schedules import SCHEDULES
from surfaces import SURFACES
from tests.ui.app_page import LAB, address, assert_clean, lab
from ui.formula import equations


def test_the_bare_address_opens_the_lecture_valley():
    page = lab()
    assert_clean(page)
    assert page.selectbox(key="choose:surface").value == "lecture"
    assert [page.number_input(key=f"scene:{k}").value for k in ("x", "y", "steps")] == [-120.0, -4.0, 1000]
    assert address(page) == {}
    assert any("still moving after 1000 updates" in text.value for text in page.markdown)


def test_a_changed_knob_is_in_the_address():
    page = lab(surface="rosenbrock", a="adam", a__lr="0.05")
    page.number_input(key="scene:a.beta1").set_value(0.95).run()
    assert_clean(page)
    assert address(page) == {"v": "1", "surface": "rosenbrock", "a": "adam", "a.lr": "0.05", "a.beta1": "0.95"}


def test_another_surface_brings_its_start_and_learning_rates_that_make_sense():
    page = lab()
    page.selectbox(key="choose:surface").select("rosenbrock").run()
    assert_clean(page)
    assert page.number_input(key="scene:x").value == -1.2
    assert address(page)["surface"] == "rosenbrock"
    assert 1e-5 < float(address(page)["a.lr"]) < 1e-2


def test_another_optimizer_keeps_the_schedule_and_brings_its_knobs():
    page = lab(surface="rosenbrock", a="adam", a__lr="0.05", a__sched="exponential")
    page.selectbox(key="choose:a").select("momentum").run()
    assert_clean(page)
    assert address(page)["a"] == "momentum"
    assert address(page)["a.sched"] == "exponential"
    assert page.number_input(key="scene:a.beta").value == 0.9


def test_another_schedule_brings_its_knobs():
    page = lab(surface="rosenbrock", a="adam", a__lr="0.05")
    page.selectbox(key="choose:a.sched").select("staircase").run()
    assert_clean(page)
    assert address(page)["a.sched"] == "staircase"
    assert page.number_input(key="scene:a.sched.every").value > 0


def test_runs_are_added_duplicated_and_removed_up_to_six():
    page = lab(surface="rosenbrock", a="adam", a__lr="0.05")
    page.button(key="add_run").click().run()
    assert address(page)["b"] == "gd"
    page.button(key="copy_run").click().run()
    assert address(page)["c"] == "gd"
    for _ in range(3):
        page.button(key="add_run").click().run()
    assert_clean(page)
    assert page.button(key="add_run").disabled
    assert page.button(key="copy_run").disabled
    for _ in range(5):
        page.button(key="remove_run").click().run()
    assert_clean(page)
    assert page.button(key="remove_run").disabled
    assert "b" not in address(page)


def test_a_run_is_renamed():
    page = lab(surface="rosenbrock", a="adam", a__lr="0.05")
    page.text_input(key="scene:a.name").set_value("Mine").run()
    assert address(page)["a.name"] == "Mine"
    assert any("- **Mine**" in text.value for text in page.markdown)


def test_warm_up_shows_its_own_knobs_only_when_there_is_one():
    page = lab(surface="rosenbrock", a="adam", a__lr="0.05")
    assert "scene:a.warmup.start" not in [w.key for w in page.number_input]
    page.number_input(key="scene:a.warmup").set_value(20).run()
    page.run()
    page.number_input(key="scene:a.warmup.start").set_value(0.1).run()
    assert (address(page)["a.warmup"], address(page)["a.warmup.start"]) == ("20", "0.1")


def test_a_bad_address_gives_what_it_can_and_says_what_it_cannot():
    page = lab(surface="rosenbrock", a="nope", a__lr="fast", steps="1e99", zz="1")
    assert_clean(page)
    assert len(page.warning) == 4
    assert address(page)["steps"] == "1000000"
    page.number_input(key="scene:x").set_value(0.5).run()
    assert len(page.warning) == 0


def test_a_scene_travels_to_the_catalogue_and_back():
    page = lab(surface="rosenbrock", a="adam", a__lr="0.05")
    page.switch_page("pages/catalogue.py").run()
    assert_clean(page)
    page.switch_page("lab.py")
    page.query_params["panels"] = "all"
    page.run()
    assert_clean(page)
    assert page.selectbox(key="choose:surface").value == "rosenbrock"


def test_the_catalogue_shows_every_entry():
    page = lab().switch_page("pages/catalogue.py").run()
    assert_clean(page)
    shown = [heading.value for heading in page.header]
    for catalogue in (SURFACES, OPTIMIZERS, SCHEDULES):
        for entry in catalogue.values():
            assert entry.title in shown
    shown = "\n".join(text.value for text in page.markdown)
    for entry in (*SURFACES.values(), *OPTIMIZERS.values(), *SCHEDULES.values()):
        assert all(equation in shown for equation in equations(entry.latex))


@pytest.mark.parametrize("entry", [*SURFACES.values(), *OPTIMIZERS.values(), *SCHEDULES.values()], ids=lambda e: e.slug)
def test_every_try_it_link_opens_in_the_lab(entry):
    page = AppTest.from_file(LAB, default_timeout=60)
    for key, value in encode(try_it(entry)).items():
        page.query_params[key] = value
    page.run()
    assert_clean(page)
    assert not page.warning


def test_a_convention_sets_the_knobs():
    page = lab(surface="rosenbrock", a="adam", a__lr="0.05")
    page.button_group(key="convention:0").set_value("keras").run()
    assert_clean(page)
    assert address(page)["a.eps"] == "1e-7"
    assert address(page)["a.place"] == "hat"


def test_a_formula_of_ones_own_brings_learning_rates_that_make_sense():
    page = lab(surface="own", a="gd", a__lr="0.01")
    page.text_input(key="scene:surface.formula").set_value("1000*(x^2 + y^2)").run()
    assert_clean(page)
    assert address(page)["surface.formula"] == "1000*(x^2 + y^2)"
    assert float(address(page)["a.lr"]) < 1e-3
    assert any("1000" in text.value for text in page.markdown)


def test_a_formula_that_cannot_be_read_is_explained_and_the_scene_kept():
    page = lab(surface="own", a="gd", a__lr="0.01")
    before = address(page)
    page.text_input(key="scene:surface.formula").set_value("x^2 + __import__('os')").run()
    assert_clean(page)
    assert len(page.error) == 1
    assert "character" in page.error[0].value
    assert address(page) == before
    page.text_input(key="scene:surface.formula").set_value("x^2 + y^2").run()
    assert len(page.error) == 0
    assert address(page)["surface.formula"] == "x^2 + y^2"


def test_a_box_is_folded_away_and_in_the_address():
    page = lab()
    assert "box" not in [widget.key for widget in page.toggle]
    page.session_state["box:False"] = True
    page.run()
    page.toggle(key="box").set_value(True).run()
    assert not page.exception
    assert {"box.left", "box.right", "box.bottom", "box.top"} <= address(page).keys()
    page.number_input(key="scene:box.left").set_value(2.0).run()
    assert address(page)["box.left"] == "2"
    assert any("outside the box" in caption.value for caption in page.caption)
    page.toggle(key="box").set_value(False).run()
    assert not any(name.startswith("box") for name in address(page))


def test_noise_is_in_the_address():
    page = lab()
    assert "scene:noise" not in [widget.key for widget in page.number_input]
    page.session_state["noise:False"] = True
    page.run()
    page.number_input(key="scene:noise").set_value(0.5).run()
    page.number_input(key="scene:batch").set_value(2).run()
    assert_clean(page)
    assert (address(page)["noise"], address(page)["batch"]) == ("0.5", "2")
    page.selectbox(key="choose:surface").select("rosenbrock").run()
    assert "batch" not in address(page)


def test_a_table_sets_the_manual_schedule():
    page = lab(surface="rosenbrock", a="adam", a__lr="0.05", a__sched="manual", a__sched__points="0~1_50~0.5")
    assert_clean(page)
    assert not page.warning
    assert address(page)["a.sched.points"] == "0~1_50~0.5"
