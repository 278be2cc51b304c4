"""Rates on the page: how near one is to the largest stable one, the chart of others, and what tuning says."""

import re

import pytest
from streamlit.testing.v1 import AppTest

from ensembles.rates import COUNT
from tests.ui.app_page import LAB, assert_clean, lab


def captions(page):
    return [caption.value for caption in page.caption]


def htmls(page):
    return [element.proto.body for element in page.get("html")]


def chart(page):
    return next((body for body in htmls(page) if 'class="rates"' in body), None)


def test_beside_the_rate_stands_how_near_the_run_came_to_its_limit():
    page = lab(surface="valley", surface__kappa="100", a="gd", a__lr="0.001")
    assert_clean(page)
    assert "5 % of the largest stable rate at the start, 0.02." in captions(page)
    page.number_input(key="scene:a.lr").set_value(0.01).run()
    assert "50 % of the largest stable rate at the start, 0.02." in captions(page)
    page.selectbox(key="choose:a").select("signsgd").run()
    assert_clean(page)
    assert not any("stable" in caption or "stability" in caption for caption in captions(page))


def test_the_chart_is_computed_when_it_is_opened():
    page = lab(surface="rosenbrock", a="gd", a__lr="0.001", b="adam", b__lr="0.05", steps="50")
    assert chart(page) is None
    page.session_state["rates"] = True
    page.run()
    assert_clean(page)
    shown = chart(page)
    assert shown.count("<tr>") == 1 + 2 * COUNT
    assert (
        len(re.findall(r'<img class="(?:wide|narrow)" alt="Final loss over the learning rate\. Gradient', shown)) == 2
    )
    assert "<svg" not in shown
    page.number_input(key="scene:steps").set_value(60).run()
    assert chart(page) != shown


def test_the_chart_speaks_chinese():
    page = AppTest.from_file(LAB, default_timeout=60)
    query = {"surface": "rosenbrock", "a": "gd", "a.lr": "0.001", "steps": "20", "lang": "zh", "panels": "all"}
    for name, text in query.items():
        page.query_params[name] = text
    page.session_state["rates"] = True
    page.run()
    assert_clean(page)
    assert "最终损失与学习率的关系" in chart(page)
    assert "最大稳定学习率" in " ".join(captions(page))


def test_a_name_is_text_and_nothing_else():
    page = lab(surface="rosenbrock", a="gd", a__lr="0.001", a__name="<i>me", steps="20")
    page.session_state["rates"] = True
    page.run()
    assert_clean(page)
    assert "<i>me" not in chart(page)


@pytest.mark.parametrize("query", [{"surface__formula": "log(x) + y^2", "x": "-1"}, {"surface__formula": "-exp(x^2)"}])
def test_a_scene_without_a_finite_loss_has_a_chart_too(query):
    page = lab(surface="own", a="gd", a__lr="0.1", b="adam", b__lr="0.1", steps="30", **query)
    page.session_state["rates"] = True
    page.run()
    assert_clean(page)
    assert chart(page)


def test_tuning_opens_the_chart():
    page = lab(surface="rosenbrock", a="adam", a__lr="0.01", steps="50")
    page.button(key="tune").click().run()
    assert_clean(page)
    assert chart(page)


def test_where_every_trial_blew_out_the_page_says_so():
    page = lab(surface="own", surface__formula="-exp(x^2+y^2)", x="3", y="3", a="gd", a__lr="0.1", steps="300")
    page.button(key="tune").click().run()
    assert_clean(page)
    assert any("Every trial of Gradient descent blew out" in caption for caption in captions(page))


def test_of_two_runs_of_one_rule_the_page_says_which_blew_out():
    page = lab(
        surface="own", surface__formula="-exp(x^2+y^2)", x="3", y="3", a="gd", a__lr="0.1", b="gd", b__lr="0.1",
        steps="300",
    )  # fmt: skip
    page.button(key="tune").click().run()
    assert_clean(page)
    said = next(caption for caption in captions(page) if "Every trial of" in caption)
    assert said.count("Every trial of Gradient descent blew out") == 1
    assert said.count("Every trial of Gradient descent (2) blew out") == 1
