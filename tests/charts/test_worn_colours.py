"""One rule wears one colour, wherever it is drawn, and no two runs of a scene the same."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charts.colours import FAMILIES, worn
from charts.theme import DARK, LIGHT
from engine.scenario import MOST_RUNS, Run
from explain.lecture.chapters import CHAPTERS
from explain.questions.questions import QUESTIONS
from optimizers import OPTIMIZERS

SCENES = [chapter.scene for chapter in CHAPTERS] + [question.scene for question in QUESTIONS]


def runs(*slugs):
    return [Run(OPTIMIZERS[slug](), 0.1) for slug in slugs]


@given(st.lists(st.sampled_from(list(OPTIMIZERS)), min_size=1, max_size=MOST_RUNS))
def test_all_colours_are_there_once_whatever_runs_there_are(slugs):
    for theme in (LIGHT, DARK):
        assert sorted(worn(theme, runs(*slugs)).runs) == sorted(theme.runs)


@pytest.mark.parametrize("slug", OPTIMIZERS)
def test_a_rule_alone_wears_its_own(slug):
    assert worn(LIGHT, runs(slug)).runs[0] == LIGHT.runs[FAMILIES.get(slug, 0)]


def test_of_two_runs_of_one_rule_the_first_wears_it():
    first, second, *_ = worn(DARK, runs("adam", "adam")).runs
    assert first == DARK.runs[FAMILIES["adam"]] != second


def test_a_rule_keeps_its_colour_through_lab_and_lecture():
    for scene in SCENES:
        colours = worn(LIGHT, scene.runs).runs
        families = [FAMILIES[run.optimizer.slug] for run in scene.runs]
        for run, colour in zip(itertools.count(), colours[: len(families)], strict=False):
            if families[run] not in families[:run] and LIGHT.runs[families[run]] not in colours[:run]:
                assert colour == LIGHT.runs[families[run]]


def test_the_names_are_rules_of_the_catalogue():
    assert FAMILIES.keys() <= OPTIMIZERS.keys()
