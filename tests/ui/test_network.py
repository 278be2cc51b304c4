"""The network page without a browser: what it trains, says and keeps in its address."""

import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from explain.network.questions import NETWORK_QUESTIONS
from network.study import STUDIES
from tests.ui.app_page import assert_clean, rows
from tests.ui.test_lesson import player
from ui.network.stage import STOPPED

APP = str(Path(__file__).parents[2] / "lab.py")
SMALL = {"width": "8", "steps": "100", "a": "gd", "a.lr": "0.5", "b": "adam", "b.lr": "0.01"}


def network(runs=True, **query):
    page = AppTest.from_file(APP, default_timeout=120)
    page.switch_page("pages/network.py")
    for key, value in (SMALL | {key.replace("__", "."): value for key, value in query.items()}).items():
        page.query_params[key] = value
    if runs:
        page.run()
        assert_clean(page)
    return page


def said(page):
    return "\n".join(element.value for element in (*page.caption, *page.markdown, *page.warning))


def address(page):
    return {key: value[0] if isinstance(value, list) else value for key, value in page.query_params.items()}


def test_it_trains_and_says_how_it_ended():
    page = network()
    first, second = rows(page)
    assert [first[0], second[0]] == ["Gradient descent", "Adam"]
    assert first[1] == "100"
    assert [first[6], second[6]] == ["2", "38"]
    assert re.fullmatch(r"\d+%", first[4])
    assert "A network 64 → 8 → 10 with 610 weights, tanh, squared error, all digits at once, seed 0" in said(page)
    assert "UCI, CC BY 4.0" in said(page)
    assert "In the end" in said(page)
    assert not page.get("progress")


def test_its_address_is_the_study_s_and_what_cannot_be_used_is_said():
    page = network(batch="7", layers="5", e="gd")
    study, _ = STUDIES.decode({key: value for key, value in address(page).items() if key != "panels"})
    assert (study.batch, study.layers, len(study.runs)) == (16, 2, 2)
    notes = [element.value for element in page.warning]
    assert len(notes) == 3
    assert "must be 0 or at least 16" in "".join(notes)


def test_a_question_opens_its_study():
    page = network(cut="random")
    question = NETWORK_QUESTIONS[3]
    page.session_state[STOPPED] = question.study  # as if a person had stopped it: it takes seconds
    page.button(key=f"ask:{question.slug}").click().run()
    assert_clean(page)
    assert address(page) == STUDIES.encode(question.study)
    assert page.button(key=f"ask:{question.slug}").disabled


def test_what_is_stopped_says_so_and_is_gone_on_with():
    page = network(runs=False, seed="11")
    page.session_state[STOPPED] = STUDIES.decode(SMALL | {"seed": "11"})[0]
    page.run()
    assert_clean(page)
    assert "How each run ended" not in "".join(part.proto.body for part in page.get("html"))
    assert "Stopped after update 0 of 100." in said(page)
    page.button(key="train-on").click().run()
    assert_clean(page)
    assert len(rows(page)) == 2


def test_a_rate_that_explodes_ends_that_run_alone():
    page = network(a__lr="500", seed="12")
    lost, other = rows(page)
    assert int(lost[1]) < 100
    assert lost[3] == "–"
    assert other[1] == "100"
    assert "It has gone off: since update" in said(page)
    assert "the others go on" in said(page)


@pytest.mark.parametrize(("cut", "text"), [("paths", "holds most of the paths"), ("random", "Two random directions"),
                                           ("gradient", "The gradient at the end")])  # fmt: skip
def test_each_slice_says_what_it_is(cut, text):
    assert text in said(network(cut=cut))


def test_the_slice_is_chosen_below_it_and_stands_in_the_address():
    page = network()
    page.pills(key="cut-choice").set_value("gradient").run()
    assert_clean(page)
    assert address(page)["cut"] == "gradient"
    assert player(page)["view"] == "gradient"


def test_the_workbench_has_every_control_and_they_change_the_study():
    page = network(panels="all")
    page.number_input(key="study:b.lr").set_value(0.02).run()
    assert_clean(page)
    assert address(page)["b.lr"] == "0.02"
    page.selectbox(key="study:activation").set_value("relu").run()
    assert address(page)["activation"] == "relu"
    page.button(key="add_run").click().run()
    page.button(key="add_run").click().run()
    assert_clean(page)
    assert len(rows(page)) == 4
    assert page.button(key="add_run").disabled


def test_its_scene_and_the_lab_s_do_not_touch_each_other():
    page = network()
    page.switch_page("lab.py").run()
    assert_clean(page)
    assert "width" not in address(page)
    assert page.session_state["study"].width == 8
    assert not hasattr(page.session_state["scene"], "width")


def test_what_a_player_cannot_do_here_is_locked():
    assert set(player(network())["locked"]) == {"start", "guess", "formula"}


def test_it_speaks_chinese():
    page = network(lang="zh")
    assert "网络 64 → 8 → 10" in said(page)
    assert [element.value for element in page.header][:2] == ["各个运行的结果", "发生了什么"]
