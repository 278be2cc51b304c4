"""Scenes on paper: with the answer or without, every text as text."""

import re
from urllib.parse import parse_qsl

import pytest

from engine.simulate import simulate
from engine.url import decode
from explain.lecture.chapters import CHAPTERS
from tests.small_network import small
from ui.network.taken import study_sheets
from ui.sheets import scene_sheets, worksheet


def made(address, is_answered=True, code="en"):
    scene, _ = decode(dict(parse_qsl(address)))
    return scene, simulate(scene), scene_sheets(scene, simulate(scene), "https://example.org/?a=1", code, is_answered)


def test_a_sheet_has_the_numbers_of_the_run():
    _, (run,), page = made("surface=valley&x=6&y=3&steps=10&a=gd&a.lr=0.01")
    rows = re.findall(r"<tr><td>(\d+)</td>(.*?)</tr>", page)
    assert [int(t) for t, _ in rows] == list(range(10))
    cells = [re.findall(r"<td>(.*?)</td>", row) for _, row in rows]
    for t in (0, 4, 9):
        assert float(cells[t][0].replace(",", "")) == pytest.approx(run.theta[t, 0], rel=1e-3)
    assert "converged" in page or "still moving" in page


def test_a_sheet_to_fill_in_tells_nothing():
    _, _, page = made("", is_answered=False)
    assert len(re.findall(r"<tr><td>", page)) == 2
    assert "How it ended" not in page
    assert 'class="lines"' in page
    assert "still moving" not in page


@pytest.mark.long
@pytest.mark.parametrize("code", ["en", "zh"])
def test_the_worksheet_has_every_chapter_with_answers_and_without(code):
    answered, empty = worksheet(code, True), worksheet(code, False)
    assert answered.count("<article>") == empty.count("<article>") == len(CHAPTERS)
    assert answered.count("<li class=right>") == len(CHAPTERS)
    assert "class=right" not in empty
    assert empty.count('class="lines"') == len(CHAPTERS)


@pytest.mark.parametrize("name", ["</title><script>alert(1)</script>", "<img src=x>", "学习率"])
def test_a_name_on_paper_is_text(name):
    _, _, page = made("a=gd&a.name=" + name)
    assert "<script" not in page
    assert page.count("<img") == 1


@pytest.mark.parametrize("is_answered", [True, False])
def test_a_network_on_paper_has_the_numbers_of_its_looks(is_answered):
    shown = small()
    page = study_sheets(shown, "https://example.org/?a=1", "en", is_answered)
    rows = re.findall(r"<tr><td>(\d+)</td>(.*?)</tr>", page)
    assert len(rows) == (20 if is_answered else 2)
    losses = {look.update: look.loss for look in shown.trainings[0].looks}
    for t, row in rows[: len(rows) // 2]:
        loss = re.findall(r"<td>(.*?)</td>", row)[0]
        assert float(loss) == pytest.approx(losses[int(t)], rel=1e-3)
    assert ("How it ended" in page) == is_answered
    assert page.count("<img") == 1


@pytest.mark.parametrize(
    "address", ["surface=rosenbrock&a=gd&a.lr=1", "steps=1&a=gd", "surface=valley&a=gd&a.lr=1e300"]
)
def test_a_run_that_flies_off_is_on_paper_too(address):
    _, _, page = made(address)
    assert page.count("<table>") == 1
