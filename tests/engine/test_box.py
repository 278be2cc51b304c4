"""A box: the scene keeps to it, by every road, and what is said of a run at its wall is so."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from charts.map import map_chart
from charts.theme import DARK, LIGHT
from engine.around import Clip
from engine.box import FAR, Box, middle_of
from engine.presets import DEFAULT_SCENE
from engine.scenario import Run, Scenario
from engine.simulate import simulate, simulate_run
from engine.stability import crossings
from engine.stepper import stepper
from engine.trajectory import ENDINGS
from engine.trial import attempt
from engine.url import decode, encode
from ensembles.axis import axis_of, plane_axes
from ensembles.ensemble import run_many
from ensembles.plane import plane, scene_at
from ensembles.theory import why
from explain.arithmetic import step_lines, step_text
from explain.box import remarks
from explain.formula import formula
from explain.happenings import happening
from explain.remedies import remedies
from explain.timeline import timeline
from export.snippets import numpy_snippet
from export.torch_snippet import torch_snippet
from optimizers import OPTIMIZERS
from optimizers.adam import Adam
from optimizers.adamw import AdamW
from optimizers.full_adagrad import FullAdagrad
from optimizers.gradient_descent import GradientDescent
from optimizers.momentum import Momentum
from surfaces.own import Own

BOWL = Own(formula="x^2 + 3*y^2 + x*y")
sides = st.floats(-3.0, 3.0)


def scene(rule=GradientDescent(), lr=0.1, box=Box(left=1.0), start=(2.0, 1.5), steps=300):  # noqa: B008
    return Scenario(BOWL, start, steps, (Run(rule, lr),), box=box)


@given(sides, sides, sides, sides, st.sampled_from(sorted(OPTIMIZERS)))
@settings(max_examples=60, deadline=None)
def test_no_point_after_an_update_is_outside(one, other, third, fourth, slug):
    box = Box(*sorted((one, other)), *sorted((third, fourth)))
    theta = simulate(scene(OPTIMIZERS[slug](), 0.3, box, steps=40))[0].theta[1:]
    known = theta[~np.isnan(theta).any(axis=1)]
    assert ((known >= box.low) & (known <= box.high)).all()


def test_it_is_the_projection_of_the_free_step_worked_by_hand():
    theta = simulate(scene(box=Box(left=1.0, top=0.5), steps=2))[0].theta
    first = np.array([2.0 - 0.1 * (4.0 + 1.5), 1.5 - 0.1 * (9.0 + 2.0)])
    assert first == pytest.approx([1.45, 0.4])
    assert theta[1] == pytest.approx(first)
    assert theta[2] == pytest.approx([1.45 - 0.1 * 3.3, 0.4 - 0.1 * (2.4 + 1.45)])


def test_without_a_box_nothing_changes():
    far = Box(left=-1e8, right=1e8, bottom=-1e8, top=1e8)
    assert not Box()
    bare, none, walled = (stepper(Adam(), box).__code__.co_code for box in (Box(), Box(left=-FAR), far))
    assert bare == none != walled
    for rule in (Adam(), FullAdagrad(), Momentum()):
        free, boxed = (simulate(scene(rule, 0.05, box))[0] for box in (Box(), far))
        assert (free.theta == boxed.theta).all()
        assert free.held is None
        assert not boxed.held.any()


def test_it_is_in_the_address():
    made = scene(box=Box(left=1.0, top=2.5))
    query = encode(made)
    assert (query["box.left"], query["box.top"]) == ("1", "2.5")
    assert "box.right" not in query
    assert decode(query) == (made, ())
    bent, notes = decode(query | {"box.left": "wall"})
    assert bent.box == Box(top=2.5)
    assert len(notes) == 1
    assert not any(name.startswith("box") for name in encode(replace(DEFAULT_SCENE, steps=7)))


@pytest.mark.parametrize("rule", [GradientDescent(), Momentum(), Adam(), AdamW(), FullAdagrad()], ids=lambda r: r.slug)
def test_ensembles_end_as_recorded_runs_do(rule):
    made = scene(rule, 0.05, Box(left=1.0, bottom=-0.2, top=0.6), steps=2000)
    starts = np.random.default_rng(0).uniform(-2.0, 2.0, (20, 2))
    found = run_many(made, 0, starts)
    for k, start in enumerate(starts.tolist()):
        (alone,) = simulate(replace(made, start=tuple(start)))
        assert ENDINGS[found.ending[k]] == alone.outcome.ending
        assert found.theta[k] == pytest.approx(alone.theta[-1], rel=1e-7, abs=1e-9)


@pytest.mark.parametrize("rule", [GradientDescent(), FullAdagrad()], ids=lambda r: r.slug)
@pytest.mark.parametrize("names", [("box.left", "box.top"), ("box.left", "a.lr"), ("y", "box.bottom")])
def test_a_wall_may_be_the_side_of_a_map(rule, names):
    made = scene(rule, 0.05, Box(left=1.0, bottom=-0.2, top=0.6), steps=120)
    assert "box.left" in plane_axes(made)
    assert "box.left" not in plane_axes(replace(made, box=Box()))
    x, y = (replace(axis_of(made, name), count=4) for name in names)
    found = plane(made, x, y)
    for j, i in np.ndindex(4, 4):
        (alone,) = simulate(scene_at(made, x, y, j, i))
        assert ENDINGS[found.ending[j, i]] == alone.outcome.ending
        assert found.loss[j, i] == pytest.approx(alone.loss[-1], rel=1e-7, abs=1e-9)


def test_rest_at_a_wall_is_told_as_that():
    (run,) = simulate(scene())
    assert run.outcome.ending == "wall"
    assert run.theta[-1] == pytest.approx([1.0, -1.0 / 6.0])
    assert np.abs(run.grad[-1]).max() > 1.0
    assert "rests at the box's wall" in str(run.outcome.sentence)
    assert "minimum" not in str(run.outcome.sentence)


@pytest.mark.parametrize("box", [Box(2.0, 1.0), Box(1.5, -1.0), Box(bottom=2.0, top=1.0), Box(3.0, 0.5, 2.0, 1.0)])
def test_between_crossed_walls_it_rests_on_the_upper_one(box):
    made = scene(box=box)
    (run,) = simulate(made)
    assert run.outcome.ending == "wall"
    for axis, (low, high) in enumerate(zip(box.given, box.high, strict=True)):
        if low > high:
            assert (run.theta[1:, axis] == high).all()
    many = run_many(made, 0, np.array([made.start]))
    assert ENDINGS[many.ending[0]] == "wall"
    x, y = (replace(axis_of(made, name), count=3) for name in ("box.left", "box.right"))
    found = plane(made, x, y)
    for j, i in np.ndindex(3, 3):
        (alone,) = simulate(scene_at(made, x, y, j, i))
        assert ENDINGS[found.ending[j, i]] == alone.outcome.ending


def test_other_endings_in_a_box_stay_what_they_are():
    assert simulate(scene(box=Box(left=-1.0)))[0].outcome.ending == "converged"
    at_rest_on_it = simulate(scene(box=Box(left=0.0)))[0]
    assert at_rest_on_it.outcome.ending == "converged"
    still = simulate(scene(lr=1e-12, start=(1.0, 1.5), box=Box(right=1.0), steps=40))[0]
    assert still.outcome.ending != "wall"


def test_decay_that_leads_into_a_wall_rests_there_too():
    made = Scenario(
        Own(formula="(x-6)^2 + y^2"), (8.0, 1.0), 3000, (Run(AdamW(weight_decay=1.0), 0.01),), box=Box(left=5.9)
    )
    assert simulate(made)[0].outcome.ending == "wall"


def test_an_axis_at_a_wall_has_no_part_in_stability():
    def made(left):
        surface, run = Own(formula="50*x^2 + 50*x + y^2"), Run(GradientDescent(), 0.03)
        return simulate(Scenario(surface, (0.5, 1.0), 60, (run,), box=Box(left=left)))[0]

    assert made(-1.0).sharpness[:2] == pytest.approx([0.06, 3.0])
    assert made(0.0).sharpness == pytest.approx(0.06)
    assert not len(crossings(made(0.0))[0])


def test_nan_passes_through():
    made = Scenario(Own(formula="sqrt(x)"), (0.5, 0.0), 50, (Run(GradientDescent(), 5.0),), box=Box(-3.0, 3.0))
    (run,) = simulate(made)
    assert run.outcome.ending == "undefined"
    assert (np.isnan(run.theta) | (np.abs(run.theta) <= 3.0)).all()


def test_a_trial_keeps_to_it():
    made = scene()
    assert attempt(made, made.runs[0], 0.1).loss == simulate(made)[0].loss[-1]


def test_the_story_says_when_it_is_touched():
    made = scene()
    runs = simulate(made)
    (event,) = [event for event in timeline(made, runs) if event.kind == "touches"]
    assert runs[0].theta[event.update][0] == 1.0
    assert (runs[0].theta[: event.update, 0] > 1.0).all()
    assert f"touches the box first at update {event.update}" in str(event.caption)
    assert not [e for e in timeline(scene(box=Box()), simulate(scene(box=Box()))) if e.kind == "touches"]
    (remedy,) = remedies(happening(BOWL, runs[0]), made, 0, runs[0])
    assert remedy.scene == replace(made, box=Box())
    assert remedy.promise(BOWL, runs[0], simulate(remedy.scene)[0]) is not None


@pytest.mark.parametrize("rule", [GradientDescent(), FullAdagrad()], ids=lambda r: r.slug)
def test_the_arithmetic_of_a_step_shows_the_projection(rule):
    made = scene(rule, 0.4)
    run = simulate(made)[0]
    update = int(np.flatnonzero(run.held[:, 0])[0])
    *_, free, last = step_lines(made, made.runs[0], run, update, 0)
    assert free.value < 1.0 == last.value
    assert "min(max(" in step_text((last,))
    assert "min(max(" not in step_text(step_lines(made, made.runs[0], run, update, 1))


@pytest.mark.parametrize("rule", [GradientDescent(), Adam(), FullAdagrad()], ids=lambda r: r.slug)
def test_scripts_make_the_run(rule, capsys):
    made = replace(scene(rule, 0.05, Box(left=1.0, top=0.5), steps=50), runs=(Run(rule, 0.05, clip=Clip(3.0)),))
    space = {}
    exec(numpy_snippet(made, made.runs[0]), space)
    assert space["theta"] == pytest.approx(simulate_run(made, made.runs[0]).theta[-1], rel=1e-12)
    assert "clamp_(" in torch_snippet(made, made.runs[0]) or "np.clip(theta" in torch_snippet(made, made.runs[0])
    free = replace(made, box=Box())
    assert "low" not in numpy_snippet(free, free.runs[0]).split("def")[0]
    capsys.readouterr()


def test_the_formula_of_a_run_names_the_projection():
    assert [piece.text for piece in formula(simulate(scene())[0])] == [
        "{axis}", "←", "P(", "{axis}", "−", "μ", "·", "g", ")",
    ]  # fmt: skip
    assert "P(" not in [piece.text for piece in formula(simulate(scene(box=Box()))[0])]


def test_what_is_odd_about_a_box_is_said():
    assert remarks(scene()) == []
    assert "outside the box" in str(remarks(scene(start=(0.0, 0.0)))[0])
    assert "crossed" in str(remarks(scene(box=Box(left=2.0, right=1.0)))[0])
    assert simulate(scene(box=Box(left=2.0, right=1.0)))[0].theta[-1, 0] == 1.0


def test_theory_has_no_line_beside_walls():
    assert "no box" in str(why(scene()))


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_walls_are_drawn(theme):
    made = scene(box=Box(left=1.0, top=2.0))
    (drawn,) = [t for t in map_chart(made, simulate(made), theme).data if t.get("name") == "box"]
    assert drawn["x"][:2] == [1.0, 1.0]
    assert drawn["y"][3:5] == [2.0, 2.0]
    assert not [t for t in map_chart(scene(box=Box()), simulate(scene()), theme).data if t.get("name") == "box"]


def test_a_first_box_is_the_middle_of_the_window():
    assert middle_of(((-4.0, 4.0), (0.0, 8.0))) == Box(-2.0, 2.0, 2.0, 6.0)
    assert Box(left=-FAR) == Box()
