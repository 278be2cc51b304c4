"""What next, as the page offers it: at most three ways on, each opens the scene that it names and says why."""

import pytest
from streamlit.testing.v1 import AppTest

from engine.presets import DEFAULT_SCENE, PRESETS
from engine.simulate import simulate
from engine.url import decode, encode
from explain.next import next_scenes
from tests.ui.app_page import assert_clean, lab
from ui.next import ways
from ui.player import CUT, OWN_LINE


def offered(page):
    """Return the ways on that the line of a page would offer."""
    return page.session_state[OWN_LINE].offer(lambda: None)


def ways_of(scenario, code="en"):
    return ways(scenario, code, lambda _: None)


def test_the_opening_scene_offers_three_and_each_is_opened_by_its_name():
    proposals = next_scenes(DEFAULT_SCENE, simulate(DEFAULT_SCENE))
    page = lab()
    assert_clean(page)
    found = offered(page)
    assert len(found) == len(proposals) == 3
    for (name, title, _), proposal in zip(found, proposals, strict=True):
        assert title == proposal.label.template
        assert opened_by(name) == encode(proposal.scene)


def opened_by(name):
    """Return the address of the lab once a way on was taken."""

    def page(name):
        import streamlit as st

        from engine.url import encode
        from ui.next import take
        from ui.scene import remembered

        take(name)
        st.session_state["opened"] = encode(remembered())

    return AppTest.from_function(page, args=(name,)).run().session_state["opened"]


def test_a_way_that_is_not_offered_opens_nothing():
    assert opened_by("adam:7") == encode(DEFAULT_SCENE)


def test_the_reason_names_its_run_where_there_are_several():
    reasons = [reason for _, _, reason in ways_of(DEFAULT_SCENE)]
    assert any("Adagrad: No blow-out in 1,000 updates, and lower" in reason for reason in reasons)
    alone = [reason for _, _, reason in ways_of(PRESETS["stuck"][1])]
    assert "It ends at loss 115,000 instead of 35,930,000." in alone


def test_reasons_and_names_are_chinese_on_a_chinese_page():
    found = offered(lab(lang="zh"))
    assert [title for _, title, _ in found] == ["学习率减半", "让学习率衰减", "改用 Adam"]
    assert any("1,000 次更新中没有暴冲，而且更低" in reason for _, _, reason in found)


@pytest.mark.parametrize("query", [{"surface": "saddle", "a": "gd", "a.lr": "0.1", "steps": "300"}, {"steps": "30000"}])
def test_where_nothing_helps_and_where_a_scene_is_long_nothing_is_offered(query):
    scenario, _ = decode({"a": "gd", "a.lr": "1e-7"} | query)
    assert ways_of(scenario) == []


def test_they_come_with_the_page_where_the_line_is_cut():
    page = lab()
    (player,) = [part for part in page.get("bidi_component") if "sigmascope_player" in part.proto.component_name]
    assert '"ways": true' in player.proto.json
    page.session_state[CUT] = True
    page.run()
    (player,) = [part for part in page.get("bidi_component") if "sigmascope_player" in part.proto.component_name]
    assert "Half the rate" in player.proto.json
