"""Every question is short, opens by a link, and is answered in two sentences whose numbers the engine confirms."""

import re
from dataclasses import replace

import numpy as np
import pytest

from engine.presets import DEFAULT_SCENE, PRESETS
from engine.simulate import simulate, simulate_run
from engine.stability import crossings
from engine.url import decode, encode
from explain.episodes import episodes
from explain.questions.endings import WITH_L2
from explain.questions.questions import QUESTIONS, question_of
from explain.questions.rates import START, VALLEY
from optimizers.adam import Adam
from schedules.constant import Constant

BY_SLUG = {question.slug: question for question in QUESTIONS}


def runs(slug):
    return simulate(BY_SLUG[slug].scene)


def last(trajectory):
    return float(trajectory.loss[-1])


def seen(slug, run):
    question = BY_SLUG[slug]
    found = episodes(question.scene.surface, simulate_run(question.scene, question.scene.runs[run]))
    return [episode.seen for episode in found if episode.seen is not None]


def opening():
    _, adagrad = runs("opening")
    first = episodes(DEFAULT_SCENE.surface, adagrad)[0]
    assert adagrad.sigma[first.end, 1] > adagrad.sigma[first.start, 1]
    return {"crossed": first.start, "seen": first.seen}


def stuck():
    (run,) = runs("stuck")
    step = np.diff(run.theta[-50:], axis=0)
    assert (step[1:, 1] * step[:-1, 1] < 0).all()
    return {"share": run.grad_norm[-1] / run.grad_norm[0]}


def blow_out():
    (run,) = runs("blow-out")
    first = episodes(DEFAULT_SCENE.surface, run)[0]
    return {"crossed": first.start, "quiet": first.seen - first.start, "seen": first.seen, "back": first.end}


def decay():
    wild, calm = runs("decay")
    assert len(crossings(calm)[0]) == 0
    assert all(run.sigma[-1, 1] < run.sigma[100, 1] for run in (wild, calm))
    return {"wild": len(crossings(wild)[0]), "updates": wild.updates}


def two_rmsprops():
    lee, ng = runs("two-rmsprops")
    steps = [np.abs(run.theta[1] - run.theta[0]) for run in (lee, ng)]
    assert lee.sigma[0] / ng.sigma[0] == pytest.approx(steps[1] / steps[0])
    assert np.abs(lee.theta[-1] - ng.theta[-1]).max() > 0.5
    return {"ratio": float((steps[1] / steps[0]).mean())}


def four_formulas():
    wild, decayed, averaged = (seen("four-formulas", run) for run in (1, 2, 3))
    assert averaged == []
    assert decayed == []
    ends = (run.theta[-1, 0] for run in runs("four-formulas"))
    places = dict(zip(("plain", "divided", "calm", "averaged"), ends, strict=True))
    return places | {"wild": len(wild), "early": wild[0]}


def newton_flies():
    newton, descent = runs("newton-flies")
    assert newton.outcome.ending == "diverged"
    assert (np.diff(np.abs(newton.theta[1:4, 0])) > 0.0).all()
    return {"start": newton.theta[0, 0], "thrown": newton.outcome.update, "arrived": descent.outcome.update}


def newton_quartic():
    newton, descent = runs("newton-quartic")
    shares = newton.theta[1:, 0] / newton.theta[:-1, 0]
    np.testing.assert_allclose(shares, shares[0])
    ends = {"newton": newton.theta[-1, 0], "descent": descent.theta[-1, 0]}
    return ends | {"left": shares[0], "updates": newton.updates}


def which_well():
    descent, momentum = runs("which-well")
    assert momentum.theta[-1, 0] < 0.0 < descent.theta[-1, 0]
    return {"near": last(descent), "far": last(momentum)}


def kink():
    large, small = runs("kink")
    np.testing.assert_allclose(large.theta[-20:-2], large.theta[-18:], atol=1e-9)
    low, high = sorted(large.theta[-2:, 0])
    return {"one": high, "other": low, "updates": small.updates, "slow": small.theta[-1, 0]}


def rotation_0():
    adam, descent = runs("rotation-0")
    return {"updates": adam.updates, "adam": last(adam), "descent": last(descent)}


def rotation_45():
    adam, descent = runs("rotation-45")
    straight, same = runs("rotation-0")
    assert f"{last(same):.0e}" == f"{last(descent):.0e}"
    return {"turned": last(adam), "straight": last(straight), "descent": last(descent)}


def rosenbrock():
    descent, momentum, adam = runs("rosenbrock")
    return {"momentum": last(momentum), "adam": last(adam), "updates": adam.updates, "descent": last(descent)}


def angle(one, other):
    return float(np.degrees(np.arccos(one @ other / np.hypot(*one) / np.hypot(*other))))


def direction():
    (run,) = runs("direction")
    return {"angle": angle(run.theta[1] - run.theta[0], -run.theta[0])}


def contours():
    x, y = np.array(START) * (1.0, 10.0)
    descent, adam = (angle(run.theta[1] - run.theta[0], np.array([-y, x])) for run in runs("contours"))
    return {"descent": descent, "adam": min(adam, 180 - adam)}


def smaller_rate():
    small, large = BY_SLUG["smaller-rate"].scene.runs
    slow, fast = runs("smaller-rate")
    limit = 2.0 / float(VALLEY.hessian_array(0.0, 0.0)[2])
    return {
        "small": small.lr,
        "large": large.lr,
        "limit": limit,
        "updates": slow.updates,
        "slow": last(slow),
        "fast": last(fast),
    }


def over_the_limit():
    below, above = BY_SLUG["over-the-limit"].scene.runs
    calm, lost = runs("over-the-limit")
    assert lost.outcome.ending == "diverged"
    factors = [run.theta[2, 1] / run.theta[1, 1] for run in (calm, lost)]
    return {
        "below": below.lr,
        "above": above.lr,
        "loss": last(calm),
        "update": lost.outcome.update,
        "shrinks": factors[0],
        "grows": factors[1],
    }


def scaled_loss():
    scene = BY_SLUG["scaled-loss"].scene
    descent, adam = simulate(scene)
    plain, same = simulate(replace(scene, surface=VALLEY))
    assert descent.outcome.ending == "diverged"
    assert (np.diff(plain.loss) <= 0).all()
    np.testing.assert_allclose(descent.theta[1] - START, 10 * (plain.theta[1] - START))
    return {"update": descent.outcome.update, "gap": np.abs(adam.theta - same.theta).max()}


def adam_schedule():
    constant, falling = runs("adam-schedule")
    assert BY_SLUG["adam-schedule"].scene.runs[0].schedule == Constant()
    return {"constant": constant.loss[-100:].mean(), "last": 100, "falling": falling.loss[-100:].mean()}


def adam_step():
    (run,) = runs("adam-step")
    ratios = np.abs(np.diff(run.theta, axis=0)) / 0.01
    return {"update": int(ratios[:, 0].argmax()), "ratio": ratios.max()}


def momentum_rate():
    momentum, plain, tenfold = runs("momentum-rate")
    assert tenfold.outcome.ending == "diverged"
    return {"update": tenfold.outcome.update, "momentum": last(momentum), "plain": last(plain)}


def three_momenta():
    made = runs("three-momenta")
    steps = [np.hypot(*(run.theta[1] - run.theta[0])) for run in made]
    names = ("ball", "nesterov", "average")
    losses = {f"{name}_loss": last(run) for name, run in zip(names, made, strict=True)}
    return dict(zip(names, steps, strict=True)) | losses | {"updates": made[0].updates}


def rmsprop_sign():
    bare, sign, remembering = runs("rmsprop-sign")
    np.testing.assert_array_equal(bare.theta, sign.theta)
    steps = np.abs(np.diff(remembering.theta, axis=0)).max(axis=1) / 0.07
    return {"first": steps[0], "update": 50, "later": steps[50]}


def spikes():
    (run,) = runs("spikes")
    found = [episode for episode in episodes(DEFAULT_SCENE.surface, run) if episode.seen is not None]
    assert all(episode.sigma_grew for episode in found)
    times = run.loss[300:].max() / np.median(run.loss[300:])
    return {"times": times, "count": len(found), "updates": run.updates}


def late_rise():
    (run,) = runs("late-rise")
    lowest = int(run.loss.argmin())
    back = lowest + int(run.loss[lowest:].argmax())
    assert run.loss[lowest] < 1e-80
    crossed = int(crossings(run)[0][0])
    assert run.sigma[crossed, 0] < run.sigma[100, 0] / 5
    return {"crossed": crossed, "lowest": lowest, "loss": run.loss[back], "update": back}


def small_gradient():
    descent, adam = runs("small-gradient")
    assert adam.outcome.ending == "converged"
    return {
        "updates": descent.updates,
        "gradient": descent.grad_norm[-1],
        "loss": last(descent),
        "update": adam.outcome.update,
    }


def epsilon():
    hopping, resting = runs("epsilon")
    assert resting.outcome.ending == "converged"
    step = np.abs(np.diff(hopping.theta[-20:, 1]))
    assert np.ptp(step) < 1e-6
    return {"hop": step[-1], "updates": hopping.updates, "update": resting.outcome.update}


def weight_decay():
    scene = BY_SLUG["weight-decay"].scene
    (decayed,) = simulate(scene)
    regular = replace(scene, surface=WITH_L2, steps=3000, runs=(replace(scene.runs[0], optimizer=Adam(), lr=0.01),))
    (penalised,) = simulate(regular)
    assert penalised.outcome.ending == "converged"
    assert decayed.theta[-1, 0] == pytest.approx(decayed.theta[-1, 1], abs=1e-6)
    stiff, soft = penalised.theta[-1].tolist()
    return {"stiff": stiff, "soft": soft, "updates": decayed.updates, "decayed": decayed.theta[-1, 0]}


MEASURED = {
    name.replace("_", "-"): measure for name, measure in list(globals().items()) if name.replace("_", "-") in BY_SLUG
}


def test_every_number_is_measured():
    assert MEASURED.keys() == BY_SLUG.keys()
    assert len(QUESTIONS) == len(BY_SLUG)


@pytest.mark.parametrize("slug", BY_SLUG)
def test_the_engine_confirms_every_number_as_it_is_shown(slug):
    question, measured = BY_SLUG[slug], MEASURED[slug]()
    assert question.numbers.keys() == measured.keys()
    for text in question.texts():
        assert str(question.sentence(text)) == str(replace(question, numbers=measured).sentence(text))


@pytest.mark.parametrize("slug", BY_SLUG)
def test_it_names_every_number_that_it_has(slug):
    question = BY_SLUG[slug]
    named = set(re.findall(r"\{(\w+)", " ".join(question.texts())))
    assert named == question.numbers.keys()


@pytest.mark.parametrize("question", QUESTIONS, ids=BY_SLUG)
def test_a_question_is_short_and_its_answer_has_two_sentences(question):
    assert len(question.ask.split()) <= 12
    assert question.ask.endswith("?")
    assert len(str(question.sentence(question.line)).split()) <= 16
    answer = str(question.sentence(question.answer))
    assert len(re.findall(r"[.?!](?= |$)", answer)) == 2
    assert len(answer.split()) <= 64


@pytest.mark.parametrize("question", QUESTIONS, ids=BY_SLUG)
def test_a_question_is_found_by_its_scene_and_opens_by_a_link(question):
    assert question_of(question.scene) is question
    assert decode(encode(question.scene)) == (question.scene, ())
    assert question_of(replace(question.scene, steps=question.scene.steps + 1)) is None


def test_every_scene_made_in_advance_has_a_question():
    asked = [question.scene for question in QUESTIONS if question.group == "lecture"]
    assert asked == [DEFAULT_SCENE, *(scene for _, scene in PRESETS.values())]
    assert sum(question.group == "people" for question in QUESTIONS) == 19
