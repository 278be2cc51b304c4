"""The lens below the player: outcomes, tuning, stories, the arithmetic of a step, and scenes made in advance."""

import re

import pytest

from engine.presets import DEFAULT_SCENE, PRESETS
from engine.simulate import simulate
from engine.url import encode
from ensembles.tuning import BUDGET, tune
from explain.comparison import default_goal, updates_to
from explain.events import accounts
from explain.timeline import timeline
from spec.sentences import people_write
from tests.ui.app_page import address, assert_clean, lab, rows

LAST, UPDATES = 3, 5
"""The places of a row's final loss and of its updates to the loss to reach."""


def number(written):
    """Return what a loss as people write it is."""
    mantissa, _, power = written.replace(",", "").partition("×10")
    return float(mantissa) * 10 ** int(power.translate(str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")) or 0)


def scene(slug):
    return lab(**encode(PRESETS[slug][1]))


def words(page):
    return " ".join(text.value for text in [*page.markdown, *page.caption])


def test_the_table_says_how_each_run_ended():
    page = lab()
    assert_clean(page)
    descent, adagrad = simulate(DEFAULT_SCENE)
    for row, run, name, rate in zip(
        rows(page), (descent, adagrad), ("Gradient descent", "Adagrad (root mean square)"), ("10⁻⁷", "1"), strict=True
    ):
        losses = [people_write(f"{loss:.6g}") for loss in (run.loss[-1], run.loss.min())]
        reached = row[UPDATES]
        assert row == [name, "still moving after 1000 updates", "1000", *losses, reached, rate]


def test_a_loss_to_reach_is_chosen():
    page = lab()
    trajectories = simulate(DEFAULT_SCENE)
    goal = default_goal(DEFAULT_SCENE.surface, trajectories).loss
    assert trajectories[1].loss.min() < goal < trajectories[0].loss.min()
    field = page.number_input(key="goal")
    assert field.placeholder == f"99.998\u202f%: {goal:.6g}"
    assert "99.998\u202f% of the way from the first loss to the minimum" in field.help
    assert [row[UPDATES] for row in rows(page)] == ["–", str(updates_to(trajectories[1], goal))]
    page.number_input(key="goal").set_value(103_000.0).run()
    assert_clean(page)
    assert [row[UPDATES] for row in rows(page)] == ["–", str(updates_to(trajectories[1], 103_000.0))]


@pytest.mark.parametrize(
    ("formula", "rate", "ending"),
    [("x^4 + y^4", "1", r"\d[.\d]*×10[⁰¹²³⁴⁵⁶⁷⁸⁹]+"), ("exp(x^2) + y^2", "1", "∞"), ("sqrt(x - 2.9) + y^2", "1", "–")],
)
def test_losses_beyond_all_bounds_are_written(formula, rate, ending):
    page = lab(surface="own", surface__formula=formula, x="3", y="2", a="gd", a__lr=rate, steps="60")
    assert_clean(page)
    (row,) = rows(page)
    assert re.fullmatch(ending, row[LAST])


def test_the_loss_to_reach_is_in_the_address():
    page = lab(goal="103000")
    assert_clean(page)
    assert page.number_input(key="goal").value == 103_000.0
    page.number_input(key="goal").set_value(2.5).run()
    assert address(page) == {"goal": "2.5"}
    page.number_input(key="goal").set_value(None).run()
    assert address(page) == {}


@pytest.mark.parametrize("goal", ["low", "nan", "inf", ""])
def test_a_loss_to_reach_that_is_no_number_is_noted(goal):
    page = lab(goal=goal)
    assert_clean(page)
    assert page.number_input(key="goal").value is None
    assert any(f"goal={goal}" in note.value for note in page.warning)


def test_that_rates_were_tuned_is_in_the_address_until_the_scene_changes():
    page = lab(surface="rosenbrock", a="adam", a__lr="0.01", b="gd", b__lr="0.001", steps="100")
    page.button(key="tune").click().run()
    link = address(page)
    cold = lab(**{key.replace(".", "__"): text for key, text in link.items()})
    assert "Each one tuned" in words(cold)
    assert address(cold) == link
    cold.number_input(key="scene:steps").set_value(200).run()
    assert "tuned" not in address(cold)
    forged = lab(**{key.replace(".", "__"): text for key, text in (link | {"steps": "101"}).items()})
    assert "Each one tuned" not in words(forged)
    assert any("tuned=" in note.value for note in forged.warning)


def test_an_update_counts_from_the_first_point():
    (trajectory,) = simulate(PRESETS["stuck"][1])
    assert updates_to(trajectory, float(trajectory.loss[0])) == 0
    assert updates_to(trajectory, -1.0) is None


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({}, "Learning rates differ and were not tuned"),
        (
            {"surface": "rosenbrock", "a": "adam", "a__lr": "0.01", "b": "gd", "b__lr": "0.01"},
            "Same learning rate for all",
        ),
        ({"surface": "rosenbrock", "a": "adam", "a__lr": "0.01"}, "One run, with the learning rate that you gave it."),
    ],
)
def test_what_may_be_compared_is_said(query, said):
    assert said in words(lab(**query))


def test_a_button_tunes_every_run_by_the_same_budget():
    page = lab(surface="rosenbrock", a="adam", a__lr="0.01", b="gd", b__lr="0.001", steps="100")
    before = [number(row[LAST]) for row in rows(page)]
    page.button(key="tune").click().run()
    assert_clean(page)
    assert all(number(row[LAST]) < old for row, old in zip(rows(page), before, strict=True))
    assert f"Each one tuned: the rate with the lowest final loss among {BUDGET} trials, the same number" in words(page)
    assert page.number_input(key="scene:b.lr").value == float(address(page)["b.lr"])
    page.text_input(key="scene:b.name").set_value("Mine").run()
    assert "Each one tuned" in words(page)
    page.number_input(key="scene:b.lr").set_value(0.001).run()
    assert "Each one tuned" not in words(page)


def test_the_button_finds_what_tuning_finds():
    page = scene("rotation-45")
    page.button(key="tune").click().run()
    here = PRESETS["rotation-45"][1]
    found = [tune(here, run).lr for run in here.runs]
    assert [float(address(page)[key]) for key in ("a.lr", "b.lr")] == found


def test_the_story_of_the_lecture_is_told():
    page = scene("blow-out")
    told = "w becomes unstable at update 512; the blow-out is seen at 708; σ of w grows and it is stable again at 724."
    assert told in words(page)
    assert words(page).count("Every run starts at b = -120, w = -4, with loss 3.671×10⁷.") == 1


def test_the_list_is_made_from_the_timeline():
    page = lab()
    events = timeline(DEFAULT_SCENE, simulate(DEFAULT_SCENE))
    descent, adagrad = ([str(a) for a in accounts(e for e in events[1:] if e.run == run)] for run in (0, 1))
    (shown,) = [text.value for text in page.markdown if "\n- **" in text.value]
    told = [line for line in shown.splitlines() if line.startswith("  - ")]
    assert told == [f"  - {line}" for line in (*descent, *adagrad)]
    assert shown.splitlines()[0] == str(events[0].account)
    assert len(adagrad) == 7


def opened(slug):
    page = scene(slug)
    assert not any(number.label.startswith("Update ") for number in page.number_input)
    page.session_state["step"] = True
    page.run()
    assert_clean(page)
    return page


def test_the_arithmetic_opens_at_the_first_unstable_update():
    page = opened("blow-out")
    assert page.number_input(key="step_update:0:512").value == 512
    lines = [latex.value for latex in page.latex if "aligned" in latex.value]
    assert len(lines) == 2
    assert r"g_{b,512}" in lines[0]
    assert r"w_{513}" in lines[1]
    page.number_input(key="step_update:0:512").set_value(708).run()
    assert any(r"w_{709}" in latex.value for latex in page.latex)


def test_a_measured_surface_is_copied_as_its_numbers_and_not_for_pytorch():
    page = lab(surface="slice-path", a="gd", a__lr="1", steps="60")
    page.session_state["step"] = True
    page.run()
    assert_clean(page)
    _, in_numpy = (code.value for code in page.code)
    assert "def gradient_at(x, y, box, cells, is_log):" in in_numpy
    assert "This surface was measured: it has no formula for PyTorch to differentiate." in words(page)


def test_the_step_and_the_run_can_be_copied():
    page = opened("blow-out")
    text, in_numpy, in_torch = (code.value for code in page.code)
    assert "w_513 = 2.56913 - " in text
    assert "Total = namedtuple" in in_numpy
    assert "Total = namedtuple" in in_torch
    assert "loss(*point)" in in_torch
    page.selectbox(key="choose:a").select("gd").run()
    assert_clean(page)
    assert "torch.optim.SGD" in page.code[2].value


def test_a_shorter_run_clamps_the_update():
    page = opened("blow-out")
    page.number_input(key="step_update:0:512").set_value(1200).run()
    page.number_input(key="scene:steps").set_value(600).run()
    assert_clean(page)
    assert page.number_input(key="step_update:0:512").value == 599


def test_the_four_formulas_run_on_any_surface():
    page = lab(surface="rosenbrock", a="lion", a__lr="0.01", steps="700")
    page.button(key="gallery-button").click().run()
    page.button(key="preset:here").click().run()
    assert_clean(page)
    now = address(page)
    assert (now["surface"], now["steps"]) == ("rosenbrock", "700")
    assert [now[key] for key in ("a", "b", "c", "d")] == ["gd", "adam", "adam", "adam"]
    assert now["b.beta1"] == now["c.beta1"] == "0"
    assert "d.beta1" not in now
    assert now["b.lr"] == now["c.lr"] == now["d.lr"] != now["a.lr"]
    assert [now.get(f"{key}.sched") for key in "bcd"] == [None, "inverse-time", "inverse-time"]


def test_a_diverging_run_is_told_too():
    page = lab(surface="valley", a="gd", a__lr="1", steps="300")
    assert_clean(page)
    assert "In the end: diverged at update" in words(page)
    page.session_state["step"] = True
    page.run()
    assert_clean(page)


@pytest.mark.parametrize(("formula", "x"), [("log(x) + y^2", "-1"), ("-exp(x^2)", "3")])
def test_a_run_without_a_finite_loss_is_told_too(formula, x):
    page = lab(surface="own", surface__formula=formula, x=x, a="gd", a__lr="0.1", b="adam", b__lr="0.1", steps="50")
    assert_clean(page)
    page.session_state["step"] = True
    page.run()
    assert_clean(page)
    assert "In the end: " in words(page)
