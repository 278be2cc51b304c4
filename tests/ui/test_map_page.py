"""The page of maps without a browser: what it maps, says and keeps in its address; every cell is a scene."""

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from charts.theme import LIGHT
from engine.fields import numbers
from engine.simulate import simulate
from engine.url import decode, encode
from explain.lecture.chapters import CHAPTERS
from explain.maps import MAP_QUESTIONS
from tests.ui.app_page import LAB, assert_clean
from ui.limits import MAP_CELLS, MAP_STEPS, MAP_UPDATES
from ui.maps.asking import Asked, asked_by, cells_within, sides
from ui.maps.making import made, rules_of, stages
from ui.maps.stage import _Drawing
from ui.maps.words import Pointed
from ui.scene import OTHERS

SCENE = {"surface": "himmelblau", "steps": "80", "a": "gd", "a.lr": "0.01", "b": "adam", "b.lr": "0.3", "cells": "16"}
NOBODY = (None,) * 4


def maps(**query):
    page = AppTest.from_file(LAB, default_timeout=60)
    page.switch_page("pages/maps.py")
    for key, value in (SCENE | {key.replace("__", "."): value for key, value in query.items()}).items():
        page.query_params[key] = value
    page.run()
    assert_clean(page)
    return page


def said(page):
    return "\n".join(element.value for element in (*page.caption, *page.markdown, *page.warning))


def asked(kind="plane", across="lr", up="y", frame=NOBODY, measure="loss", cells=8, **scene):
    scenario, notes = decode({"v": "1"} | {k: v for k, v in SCENE.items() if k != "cells"} | scene)
    assert notes == ()
    return Asked(kind, scenario, across, up, frame, measure, 1.0, cells)


def quiet(_):
    pass


def test_basins_are_the_first_map_and_are_told_in_numbers():
    page = maps()
    (first, second) = [
        part.proto.body for part in page.get("html") if 'aria-label="Where runs end: ' in part.proto.body
    ]
    assert "(3, 2)" in first
    assert "minimum" in first
    assert "<i style=" in second
    assert "Basin entropy" in said(page)
    assert not page.get("progress")


def test_a_plane_says_where_it_is_lowest_and_writes_its_numbers_out():
    page = maps(map="plane", across="lr", up="y")
    assert "Lowest, " in said(page)
    assert any('aria-label="Loss at the end: ' in part.proto.body for part in page.get("html"))


@pytest.mark.parametrize(
    ("query", "note"),
    [
        ({"map": "plane", "up": "kappa"}, "kappa is no number of this scene"),
        ({"map": "plane", "y0": "9e9"}, "must lie in"),
        ({"map": "plane", "x0": "3", "x1": "1"}, "cannot go from 3 to 1"),
        ({"map": "landscape"}, "map=landscape is not known"),
        ({"cells": "5000"}, "cells=5000 is not known"),
        ({"steps": "15000", "cells": "300"}, "With 15,000 updates a run"),
        ({"steps": "100000", "surface": "valley", "x": "0", "y": "0"}, "A map follows its runs for 20,000 updates"),
        ({"map": "plane", "across": "x", "up": "x"}, ""),
    ],
)
def test_what_cannot_be_mapped_is_said_and_the_rest_is(query, note):
    page = maps(**query)
    assert note in said(page)
    assert page.get("html")


def test_the_most_that_can_be_asked_for_is_within_its_bound():
    for steps in (1, 100, 10_000, MAP_STEPS):
        wanted = asked(steps=str(steps), cells=MAP_CELLS)
        cells = min(MAP_CELLS, cells_within(wanted))
        assert steps * cells**2 * len(wanted.letters) <= MAP_UPDATES
    assert cells_within(asked(across="steps", up="x", steps="10000")) < cells_within(asked(steps="10000"))


@pytest.mark.parametrize("kind", ["basins", "plane"])
@pytest.mark.parametrize("pair", [("x", "y"), ("lr", "y"), ("lr", "beta1"), ("x", "steps"), ("warmup", "lr")])
def test_a_cell_is_the_scene_that_it_opens(kind, pair):
    wanted = asked(*((kind, "x", "y") if kind == "basins" else (kind, *pair)))
    drawn = made(wanted, 8, quiet)
    for column, row in ((0, 0), (7, 3), (4, 7)):
        scene = wanted.at(column, row)
        again, notes = decode(encode(scene))
        assert (again, notes) == (scene, ())
        for letter, one in drawn.maps.items():
            path = simulate(scene)["abcdef".index(letter)]
            i, j = min(row, one.loss.shape[0] - 1), min(column, one.loss.shape[1] - 1)
            if np.isfinite(one.loss[i, j]):
                assert path.loss[-1] == pytest.approx(one.loss[i, j], rel=1e-6, abs=1e-12)


def test_all_runs_are_mapped_over_the_same_sides():
    wanted = asked(across="lr", up="x")
    (x, y), (other_x, other_y) = (wanted.axes(letter) for letter in wanted.letters)
    assert (x.low, x.high, y.low, y.high) == (other_x.low, other_x.high, other_y.low, other_y.high)
    assert (x.name, other_x.name, y.name) == ("a.lr", "b.lr", "x")


def test_a_number_that_one_run_alone_has_maps_that_run():
    assert asked(across="beta1", up="lr").letters == ("b",)
    assert "beta1" in sides(asked().scenario)


def test_a_cell_that_is_pointed_at_is_answered_with_its_run_and_its_address():
    wanted = asked()
    drawing = _Drawing(LIGHT, "en", (("lang", "en"),))
    answer = drawing.answer(made(wanted, 8, quiet), {"column": 3.0, "row": 5.0}, lambda: None)
    (caption,) = answer.story["captions"]
    assert caption["cell"] == [3, 5]
    scene, notes = decode(dict(part.split("=") for part in caption["link"][3:].split("&")), ("lang",))
    assert (scene, notes) == (wanted.at(3, 5), ())
    assert answer.preview
    assert {"data of plane", "data of map", "data of loss"} <= set(answer.parts)


def test_a_number_that_is_held_has_the_map_drawn_anew():
    wanted = asked("basins", "x", "y", cells=16)
    drawing = _Drawing(LIGHT, "en", ())
    before = drawing.picture(made(wanted, 16, quiet), Pointed(wanted.scenario), False, quiet)
    after = drawing.answer(made(wanted, 16, quiet), {"b.lr": 2.0}, lambda: None)
    assert before.parts["ground"].id != after.parts["ground"].id


def test_rates_are_drawn_for_all_runs_and_told_in_numbers():
    page = maps(map="rates")
    (body,) = [part.proto.body for part in page.get("html") if "Sensitivity S" in part.proto.body]
    assert body.count("<tr>") == 3
    wanted = asked("rates", "lr", "x", cells=40)
    (first, second), (x, _) = made(wanted, 40, quiet).curves, wanted.axes("a")
    assert (x.low, x.high) == pytest.approx((1e-4, 30.0))
    scene = wanted.at(25, 0)
    assert scene.runs[0].lr == scene.runs[1].lr == pytest.approx(x.values[25])
    for curve, run in zip((first, second), simulate(scene), strict=True):
        if np.isfinite(curve.loss[25]):
            assert run.loss[-1] == pytest.approx(curve.loss[25], rel=1e-6)


def test_a_race_says_its_boxes_its_winner_and_shows_the_best_try_of_every_rule():
    page = maps(map="race")
    (body,) = [part.proto.body for part in page.get("html") if "Box of its tries" in part.proto.body]
    assert "beta2 0.9–0.9999" in body
    assert "At the announced end, after 80 updates" in said(page)
    raced = made(asked("race"), 9, quiet)
    assert [run.optimizer.slug for run in raced.scene.runs] == ["gd", "adam"]
    assert raced.scene.start == asked().scenario.start
    best = raced.race.winner.results[raced.race.winner.best]
    assert np.maximum(raced.race.recorded, 1e-6).mean() == pytest.approx(best)


@pytest.mark.parametrize("question", MAP_QUESTIONS, ids=lambda one: one.slug)
def test_a_map_worth_looking_at_is_opened_by_its_button_and_by_its_address(question):
    page = maps()
    page.button(f"map:{question.slug}").click().run()
    assert_clean(page)
    address = {key: value[0] if isinstance(value, list) else value for key, value in page.query_params.items()}
    assert address.items() >= question.shown.items()
    scene, notes = decode(address, OTHERS)
    assert (scene, notes) == (question.scene, ())
    assert page.button(f"map:{question.slug}").disabled
    assert not page.warning


def test_a_single_rule_races_against_well_known_ones():
    alone, _ = decode({"v": "1", "surface": "valley", "a": "lion", "a.lr": "0.1"})
    assert rules_of(alone) == ("lion", "gd", "momentum", "rmsprop", "adam")
    assert rules_of(asked().scenario) == ("gd", "adam")


@pytest.mark.parametrize(
    ("rule", "up", "words"),
    [
        ("momentum", "beta", "Dashed: from here on"),
        ("nesterov", "beta", "Solid: theory"),
        ("adam", "beta1", "if σ stood still"),
    ],
)
def test_theory_is_drawn_over_a_plane_where_there_is_one_and_else_it_is_said_why_not(rule, up, words):
    page = maps(map="plane", surface="valley", a=rule, a__lr="0.01", b="gd", b__lr="0.01", up=up)
    assert words in said(page)


def test_the_goal_is_said():
    assert "The goal is a loss of at most" in said(maps(map="plane", measure="goal"))


def test_a_map_comes_coarse_first():
    assert stages(asked(cells=160)) == [20, 53, 160]
    assert stages(asked(cells=12)) == [12]


def test_every_number_of_a_scene_may_stand_on_a_side():
    wanted = asked()
    for name in sides(wanted.scenario):
        other = "x" if name != "x" else "lr"
        one = asked(across=name, up=other)
        assert one.letters
        assert one.axes(one.letters[0])
    assert set(sides(wanted.scenario)) >= {"lr", "x", "y", "steps", "beta1", "warmup"}
    assert numbers(wanted.scenario)


def test_a_chapter_shows_its_map_and_leads_to_it():
    with_map = [number for number, chapter in enumerate(CHAPTERS, 1) if chapter.map]
    assert len(with_map) >= 2
    page = AppTest.from_file(LAB, default_timeout=60)
    page.switch_page("pages/lecture.py")
    page.query_params["chapter"] = str(with_map[0])
    page.run()
    assert_clean(page)
    assert any("data:image/webp" in part.proto.body for part in page.get("html"))
    question = CHAPTERS[with_map[0] - 1].map
    links = [part.proto for part in page.get("page_link") if part.proto.page == "maps"]
    assert any(question.ask in link.label for link in links)


@pytest.mark.parametrize("question", MAP_QUESTIONS, ids=lambda one: one.slug)
def test_a_question_asks_the_page_for_what_it_asks_its_picture_for(question):
    page = maps()
    page.button(f"map:{question.slug}").click().run()
    small = asked_by(question)
    assert small.letters
    (x, y), kinds = small.axes(small.letters[0]), {"basins": "Where runs end", "plane": "Loss at the end"}
    assert x.low < x.high
    assert y.low < y.high
    assert any(kinds[small.kind] in part.proto.body for part in page.get("html")) or small.measure == "trainability"
