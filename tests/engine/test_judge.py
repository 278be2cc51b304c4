"""One judge: what it says of a run, whatever the scale, the axes or the window, recorded or in an ensemble."""

from dataclasses import replace

import numpy as np
import pytest

from engine import judge
from engine.noise import Noise
from engine.rest import TOLERANCE
from engine.scale import Scale
from engine.scenario import Run, Scenario
from engine.simulate import simulate, simulate_run
from engine.trajectory import AT_REST, ENDINGS, LOST
from engine.url import decode
from ensembles.ensemble import run_ensemble
from ensembles.resting import CHECK, QUIET_CHECKS
from optimizers.adam import Adam
from optimizers.gradient_descent import GradientDescent
from schedules.linear import Linear
from surfaces.himmelblau import Himmelblau
from surfaces.lecture_valley import LectureValley
from surfaces.own import Own
from surfaces.saddle import Saddle
from surfaces.valley import Valley

ROSENBROCK = "(1-x)^2+100*(y-x^2)^2"
STILL_LEARNING = {"a.sched": "exponential", "a.sched.base": "0.99", "a.sched.per_epoch": "1"}


def scene(formula, rule="gd", lr="0.05", steps=3000, x="", y="", window=3.0, **more):
    """A scene on a formula of one's own; a name's dots are written as two underscores."""
    query = {"surface": "own", "surface.formula": formula, "a": rule, "a.lr": lr, "steps": str(steps)}
    query |= {f"surface.{axis}_{end}": f"{sign * window}" for axis in "xy" for end, sign in (("low", -1), ("high", 1))}
    query |= {name: text for name, text in (("x", x), ("y", y)) if text}
    found, notes = decode(query | {name.replace("__", "."): text for name, text in more.items()})
    assert not notes, list(map(str, notes))
    return found


def ended(found):
    (trajectory,) = simulate(found)
    return trajectory.outcome


def word_of_ensemble(found):
    (run,) = found.runs
    many = run_ensemble(found.surface, run, [found.start] * 2, found.steps, noise=found.noise)
    return ENDINGS[many.ending[0]]


CASES = {
    "a valley that bends, on its way": (scene(ROSENBROCK, lr="0.001", steps=2000, x="-1", y="1"), "moving"),
    "the same, arrived": (scene(ROSENBROCK, "momentum", "0.001", 8000, x="-1", y="1"), "converged"),
    "one axis ten thousand times as flat": (scene("(x/10000)^2+y^2", "adam", "0.5", 250), "moving"),
    "that one, arrived": (scene("(x/10000)^2+y^2", "adam", "0.5", 2000), "converged"),
    "a sign method on its way past": (scene("x^2+y^2", "lion", "0.01", 300), "moving"),
    "a sign method around the minimum": (scene("x^2+y^2", "signsgd", "0.01", 3000), "moving"),
    "momentum where it turns around": (scene("x^2", "momentum", "0.001", 85, x="1", y="0"), "moving"),
    "an idle schedule": (scene("x^2+4*y^2", lr="0.01", steps=300, a__sched="linear", a__sched__over="100"), "idle"),
    "a kink of which steps get hold": (scene("abs(x)+abs(y)", "adam", **STILL_LEARNING), "converged"),
    "a kink jumped over": (scene("abs(x)+abs(y)"), "moving"),
    "a cone": (scene("sqrt(x^2+y^2)", "adam", **STILL_LEARNING), "converged"),
    "a rate that dies on the slope": (scene("y^2-exp(-x^2)", "adam", **STILL_LEARNING), "stalled"),
    "steps lost in rounding": (scene("x+y", lr="1e-12", x="100000", y="100000", steps=50), "stalled"),
    "a minimum without curvature": (scene("x^4+y^4", x="0", y="0"), "converged"),
    "slowly towards it": (scene("x^4+y^4"), "moving"),
    "a cubic descends through its saddle": (scene("x^3+y^2"), "moving"),
    "a cubic at its saddle": (scene("x^3+y^2", x="0", y="1"), "saddle"),
    "a monkey saddle": (scene("x^3-3*x*y^2", x="0", y="0"), "saddle"),
    "a flat disc, entered": (scene("max(x^2+y^2-1, 0)"), "floor"),
    "a flat disc, entered with momentum": (scene("max(x^2+y^2-1, 0)", "momentum", "0.01"), "floor"),
    "a straight floor": (scene("y^2"), "floor"),
    "a straight floor across the axes": (scene("(x+2*y)^2"), "floor"),
    "a floor that bends": (scene("(x^2+y^2-1)^2"), "floor"),
    "hinges": (scene("max(0, 1-x)+max(0, 1-y)", x="-1", y="-2"), "floor"),
    "nothing but a plain": (scene("max(0, 1-x)+max(0, 1-y)"), "plateau"),
    "a hilltop": (scene("-x^2-y^2", x="0", y="0"), "maximum"),
    "a flat hilltop": (scene("-x^4-y^4", x="0", y="0"), "maximum"),
    "far out on a plateau": (scene("-exp(-x^2-y^2)"), "moving"),
    "down the open side": (scene("x*y"), "diverged"),
    "a bowl in a bowl": (scene("y^2-exp(-x^2)"), "converged"),
    "a tip": (scene("sqrt(x^2+y^2)", x="0", y="0"), "undefined"),
    "a start without a loss": (scene("log(x)+y^2", x="-1", y="0"), "undefined"),
    "out of the domain": (scene("log(x)+y^2", "adam", **STILL_LEARNING), "undefined"),
    "over the edge of a root": (scene("sqrt(x)+y^2", x="1", y="0"), "undefined"),
}


@pytest.mark.parametrize(("found", "ending"), CASES.values(), ids=list(CASES))
def test_what_is_said_and_by_both(found, ending):
    assert ended(found).ending == ending
    assert word_of_ensemble(found) == ending


@pytest.mark.parametrize("window", [0.5, 3.0, 50.0, 1000.0])
@pytest.mark.parametrize("steps", [2000, 60_000])
def test_a_window_does_not_decide(window, steps):
    found = scene(ROSENBROCK, lr="0.001", steps=steps, x="-1", y="1", window=window)
    assert ended(found) == ended(scene(ROSENBROCK, lr="0.001", steps=steps, x="-1", y="1"))


@pytest.mark.parametrize("loss", [1e-30, 1.0, 1e30])
@pytest.mark.parametrize(("a", "b"), [(1.0, 1.0), (1e-6, 1.0), (1e4, 1e-4)])
@pytest.mark.parametrize(
    "formula", ["(x^2+y-11)^2+(x+y^2-7)^2", "x^2+3*y^2+x*y", "(x+2*y)^2", "(x^2+y^2-1)^2", "x^2-y^2", "x^4+y^2"]
)
def test_no_scale_decides(formula, a, b, loss):
    """The same path, told in other units of the loss and of each axis, ends in the same words at the same update."""
    plain = scene(formula, lr="0.01", steps=1500, x="1", y="0" if formula == "x^2-y^2" else "1.5")
    (path,) = simulate(plain)
    text = formula.replace("x", "X").replace("y", f"(y/{b!r})").replace("X", f"(x/{a!r})")
    scaled = Own(formula=f"{loss!r}*({text})")
    theta = path.theta * (a, b)
    slopes = np.stack(scaled.gradient_array(*theta.T), axis=1)
    found = judge.outcome(scaled, theta, slopes, scaled.value_array(*theta.T), path.m, Scale.of(path), 0.0)
    assert found.ending == path.outcome.ending
    assert found.update == pytest.approx(path.outcome.update, abs=2)


def test_rest_is_a_stretch():
    run = Run(GradientDescent(), 0.01)
    whole = Scenario(Himmelblau(), (2.0, 2.0), 500, (run,))
    at = simulate_run(whole, run).outcome.update
    assert 10 < at < 400
    for steps, ending in ((at, "moving"), (at + judge.STRETCH - 1, "moving"), (at + judge.STRETCH, "converged")):
        outcome = simulate_run(replace(whole, steps=steps), run).outcome
        assert outcome.ending == ending
    assert outcome.update == at


@pytest.mark.parametrize(("updates", "ending"), [(1, "moving"), (2, "moving"), (3, "converged"), (7, "converged")])
def test_in_a_short_run_half_of_it_is_enough(updates, ending):
    """Gradient descent at the rate 1 / curvature arrives with its first update, and rests from then on."""
    found = Scenario(Valley(kappa=1.0), (4.0, 2.0), updates, (Run(GradientDescent(), 1.0),))
    assert judge.stretch(updates) == updates // 2
    assert ended(found).ending == ending


@pytest.mark.parametrize(("share", "ending"), [(0.5, "converged"), (20.0, "stalled")])
def test_how_near_is_near(share, ending):
    """A run that has been as far as 1 along its axis stands still at a share of TOLERANCE from the minimum."""
    theta = np.zeros((50, 2))
    theta[:, 0] = np.maximum(2.0 ** -np.arange(50.0), share * TOLERANCE)
    valley, lr = Valley(kappa=1.0), np.full(49, 0.5)
    slopes, loss = np.stack(valley.gradient_array(*theta.T), axis=1), valley.value_array(*theta.T)
    scale = Scale(np.ones((49, 2)), lr)
    assert judge.outcome(valley, theta, slopes, loss, slopes[:-1], scale, 0.0).ending == ending


def test_a_saddle_left_slowly_is_left_by_both():
    found = Scenario(Saddle(), (0.0, 1e-9), 3000, (Run(GradientDescent(), 0.01),))
    assert ended(found).ending == word_of_ensemble(found) == "diverged"
    assert ended(replace(found, steps=300)).ending == word_of_ensemble(replace(found, steps=300)) == "moving"
    turned = scene("x*y", x="1", y="-1.000000001", lr="0.05", steps=3000)
    assert ended(turned).ending == word_of_ensemble(turned) == "diverged"


@pytest.mark.parametrize("noise", [Noise(batch=3, seed=1), Noise(level=0.1, seed=1)], ids=str)
def test_what_noise_shakes_is_not_at_rest(noise):
    found = Scenario(LectureValley(), LectureValley.start, 1000, (Run(Adam(), 1.0),), noise)
    assert ended(found).ending == word_of_ensemble(found) == "moving"


def test_at_a_minimum_from_the_start():
    found = scene(ROSENBROCK, lr="0.001", steps=5, x="1", y="1")
    assert (ended(found).ending, ended(found).update) == ("converged", 0)


def test_weight_decay_holds_a_run_short_of_the_minimum():
    found = scene("(x-2)^2+(y-1)^2", "adamw", "0.1", 2000, a__weight_decay="0.5", a__beta2="0", a__eps="1")
    assert ended(found).ending == word_of_ensemble(found) == "balanced"


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (CASES["an idle schedule"][0], "stands still: its learning rate is zero from update 100 on"),
        (CASES["a tip"][0], "stopped at update 0 at (0, 0), a tip: the loss there is 0, but it has no gradient"),
        (CASES["a start without a loss"][0], "starts at (-1, 0), where the loss is undefined"),
        (CASES["over the edge of a root"][0], "where the loss is undefined"),
        (CASES["out of the domain"][0], "went where the loss is undefined at update "),
        (scene("x^2", "radam", "0.1", 3, a__early="still"), "its effective step size is zero from update 0 on"),
        (scene("sqrt(x)", x="0", y="0"), "where the loss is 0 and its gradient infinite"),
        (
            scene("-exp(-x^2-y^2)", "adagrad-rms", x="20", y="0"),
            "was thrown off at update 1: the square of its gradient is too small for floats, so that σ is 0",
        ),
        (
            scene("1e160*(x^2+y^2)", "adam"),
            "stands still from update 0 on: the square of its gradient is too large for floats",
        ),
    ],
)
def test_the_words(found, words):
    assert words in str(ended(found).sentence)


def test_a_schedule_that_stops_where_a_run_has_arrived_does_not_matter():
    run = Run(GradientDescent(), 0.01, Linear(over=1000))
    assert ended(Scenario(Himmelblau(), (2.0, 2.0), 3000, (run,))).ending == "converged"


def test_an_ensemble_dates_rest_as_the_recorded_run_does():
    found = Scenario(Himmelblau(), (2.0, 2.0), 500, (Run(GradientDescent(), 0.01),))
    (run,) = found.runs
    many = run_ensemble(found.surface, run, [found.start], found.steps)
    assert ended(found).update <= many.updates[0] < ended(found).update + 2 * CHECK
    assert CHECK * QUIET_CHECKS >= judge.STRETCH


def test_every_ending_is_one_of_four_kinds():
    assert set(AT_REST) | set(LOST) | {"idle", "stalled", "moving"} == set(ENDINGS)
