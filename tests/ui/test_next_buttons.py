"""What next, on the page: at most three buttons, each opens the scene that it names and says why."""

from engine.presets import DEFAULT_SCENE, PRESETS
from engine.simulate import simulate
from engine.url import encode
from explain.next import next_scenes
from tests.ui.app_page import address, assert_clean, lab


def buttons(page):
    return [button for button in page.button if (button.key or "").startswith("next:")]


def captions(page):
    return " ".join(text.value for text in page.caption)


def test_the_opening_scene_offers_three_and_each_is_opened_by_a_click():
    proposals = next_scenes(DEFAULT_SCENE, simulate(DEFAULT_SCENE))
    for place, proposal in enumerate(proposals):
        page = lab()
        assert len(buttons(page)) == len(proposals) == 3
        buttons(page)[place].click().run()
        assert_clean(page)
        assert address(page) == encode(proposal.scene)
        assert not page.warning


def test_the_reason_is_said_below_and_names_its_run_where_there_are_several():
    assert "Adagrad: No blow-out in 1,000 updates, and lower" in captions(lab())
    alone = lab(**encode(PRESETS["stuck"][1]))
    assert "It ends at loss 115,000 instead of 35,930,000." in captions(alone)
    assert "Gradient descent: It ends" not in captions(alone)


def test_reasons_and_names_are_chinese_on_a_chinese_page():
    page = lab(lang="zh")
    assert [button.label for button in buttons(page)] == ["学习率减半", "让学习率衰减", "改用 Adam"]
    assert "1,000 次更新中没有暴冲，而且更低" in captions(page)


def test_where_nothing_is_proposed_nothing_is_drawn():
    page = lab(surface="saddle", a="gd", a__lr="0.1", steps="300")
    assert_clean(page)
    assert buttons(page) == []
    assert "What next" not in [header.value for header in page.header]


def test_a_long_scene_opens_without_any():
    page = lab(a="gd", a__lr="1e-7", steps="30000")
    assert_clean(page)
    assert buttons(page) == []
