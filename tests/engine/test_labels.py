"""What runs are called: short, with what differs and nothing else, and never two of a scene alike."""

from dataclasses import replace

import pytest
from hypothesis import given

from engine.labels import labels, short_labels, symbol
from engine.presets import DEFAULT_SCENE
from engine.scenario import Run
from optimizers import OPTIMIZERS
from optimizers.adagrad import Adagrad
from optimizers.adam import Adam
from optimizers.gradient_descent import GradientDescent
from optimizers.rmsprop_lee import RMSPropLee
from schedules import SCHEDULES
from schedules.base import WarmUp
from schedules.cosine import Cosine
from spec.knobs import Name, knobs_of
from tests.engine.scenarios import scenarios

GD = Run(GradientDescent(), lr=0.005)
ADAM = Run(Adam(), lr=0.05)


def called(*runs):
    return labels(replace(DEFAULT_SCENE, runs=runs))


@given(scenarios)
def test_no_two_runs_are_called_alike(scenario):
    made = labels(scenario)
    assert len(set(made)) == len(made) == len(scenario.runs)
    for label, run in zip(made, scenario.runs, strict=True):
        assert label.startswith(run.label())
        assert "\\" not in label.removeprefix(run.label())
        assert "-0" not in label.removeprefix(run.label()).split()


def test_runs_of_different_rules_are_called_as_their_rules():
    assert called(GD, ADAM) == ("Gradient descent", "Adam")
    assert called(replace(ADAM, lr=1.0), replace(GD, name="Plain"), GD) == ("Adam", "Plain", "Gradient descent")


def test_a_remark_in_brackets_is_left_out_where_that_tells_enough():
    def short(*runs, say=str):
        return short_labels(replace(DEFAULT_SCENE, runs=runs), say)

    adagrad, lecture = Run(Adagrad(), lr=1.0), DEFAULT_SCENE.runs[1]
    assert lecture.optimizer.title == "Adagrad (root mean square)"
    assert short(GD, lecture) == ("Gradient descent", "Adagrad")
    assert short(adagrad, lecture) == ("Adagrad", "Adagrad (root mean square)")
    assert short(replace(GD, name="Mine (old)")) == ("Mine (old)",)
    assert short(GD, lecture, say=lambda text: f"{text}（均方根）")[0] == "Gradient descent"


@pytest.mark.parametrize(
    ("run", "other", "said"),
    [
        (GD, replace(GD, lr=0.015), ("Gradient descent, μ 0.005", "Gradient descent, μ 0.015")),
        (replace(GD, lr=1e-7), replace(GD, lr=0.1 + 0.2), ("Gradient descent, μ 1e-7", "Gradient descent, μ 0.3")),
        (replace(GD, lr=1 / 3), replace(GD, lr=0.33331), ("μ 0.3333333333333333", "μ 0.33331")),
        (ADAM, replace(ADAM, optimizer=Adam(beta1=0.5)), ("Adam, β₁ 0.9", "Adam, β₁ 0.5")),
        (ADAM, replace(ADAM, optimizer=Adam(corrected=False)), ("Adam, corrected on", "Adam, corrected off")),
        (ADAM, replace(ADAM, schedule=Cosine()), ("Adam, Constant", "Adam, Cosine")),
        (
            replace(ADAM, schedule=Cosine(floor=0.1)),
            replace(ADAM, schedule=Cosine(floor=0.2)),
            ("Adam, fₘᵢₙ 0.1", "Adam, fₘᵢₙ 0.2"),
        ),
        (ADAM, replace(ADAM, warmup=WarmUp(steps=50)), ("Adam", "Adam, τ 50")),
        (ADAM, ADAM, ("Adam", "Adam (2)")),
        (replace(ADAM, name="Mine"), replace(ADAM, name="Mine", lr=1.0), ("Mine", "Mine (2)")),
        (Run(RMSPropLee(), 0.1), Run(RMSPropLee(), 0.2), ("gradient), μ 0.1", "gradient), μ 0.2")),
    ],
)
def test_what_differs_is_said(run, other, said):
    assert all(label.endswith(end) for label, end in zip(called(run, other), said, strict=True)), called(run, other)


def test_parts_end_where_the_room_does_and_numbers_pass_over_names_that_are_taken():
    far = [Run(Adam(beta1=b, beta2=0.9 + b / 100, eps=b / 1000), lr=b / 7) for b in (0.1, 0.2, 0.3)]
    assert all(len(label) <= 40 for label in called(*far))
    assert called(ADAM, replace(ADAM, name="Adam (2)"), ADAM) == ("Adam", "Adam (2)", "Adam (3)")


def test_they_are_said_in_the_language_of_the_page():
    assert labels(replace(DEFAULT_SCENE, runs=(ADAM, replace(ADAM, schedule=Cosine()))), "⟦{}⟧".format) == (
        "⟦Adam⟧, ⟦Constant⟧",
        "⟦Adam⟧, ⟦Cosine⟧",
    )


def test_every_symbol_can_be_written_without_latex():
    for owner in (*OPTIMIZERS.values(), *SCHEDULES.values(), WarmUp):
        for knob in knobs_of(owner).values():
            assert symbol(knob)
            assert not set(symbol(knob)) & set("\\{}$"), knob.symbol
    assert symbol(Name(symbol=r"\text{place of \(\epsilon\)}", help="", longest=1)) == "place of ε"
