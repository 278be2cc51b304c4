"""The menu of optimizers has each once, its family first."""

from typing import get_args

import pytest

from optimizers import OPTIMIZERS
from optimizers.base import Family
from tests.ui.app_page import lab
from ui.menu import optimizers_menu


def test_every_rule_is_there_once_and_families_stand_together():
    slugs = list(optimizers_menu())
    assert sorted(slugs) == sorted(OPTIMIZERS)
    order = [get_args(Family).index(OPTIMIZERS[slug].family) for slug in slugs]
    assert order == sorted(order)


@pytest.mark.parametrize("slug", OPTIMIZERS)
def test_recent_rules_are_of_recent_years_and_classic_ones_have_one_scale(slug):
    rule = OPTIMIZERS[slug]
    if rule.family == "recent":
        assert rule.year >= 2017
    if rule.family == "classic":
        assert rule.year < 2000


@pytest.mark.parametrize(("lang", "said"), [("en", "Adaptive · Adam"), ("zh", "自适应 · Adam")])
def test_the_menu_says_the_family(lang, said):
    page = lab(a="adam", lang=lang)
    assert said in page.selectbox(key="choose:a").options
