"""A file of sentences: what the story of a scene must say and must not say, and every claim worked out anew."""

import re
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.noise import Noise
from engine.scenario import Run, Scenario
from engine.simulate import simulate, simulate_run
from engine.url import decode
from explain.events import accounts
from explain.story import beginning, story
from optimizers import OPTIMIZERS
from optimizers.adagrad_rms import AdagradRMS
from optimizers.gradient_descent import GradientDescent
from schedules import SCHEDULES
from surfaces import SURFACES
from surfaces.lecture_valley import LectureValley
from surfaces.own import Own
from tests.engine.scenarios import entries, scenarios
from tests.explain.claims import own_axes
from tests.numbers import as_python_writes

NEVER, UNSTABLE, STUCK, LOWEST = "never unstable", "becomes unstable", "stuck between two walls", "loss is lowest"
DOWNWARDS, DECAY, LOWERED = "curves downwards along its path", "weight decay alone is unstable", "the limit is lower"
RISE, CLOSE, NOT_ALL = (
    "only then does the loss rise",
    "as close to its limit of 2 as makes no diff",
    "not all that counts",
)
BOWL = "surface=own&surface.formula=x^2/2 %2B y^2/2"
WALLS = "surface=own&surface.formula={}x^2*50 %2B y^2/20&x=1&y=1&a=gd&steps=100"

OWN, WIDE, CONVERGED = "surface=own&surface.formula={}&a=gd", "&surface.x_low=-300&surface.x_high=300", "converged"

SENTENCES = [
    # The lecture's blow-outs: seen 196 updates after the limit is crossed, because the loss rises only then.
    (
        "surface=lecture&a=adagrad-rms&a.lr=1&steps=900",
        ["w becomes unstable at update 512; the blow-out is seen at 708"],
    ),
    ("surface=lecture&a=adagrad-rms&a.lr=1&steps=900", ["stable direction until update 699: only then does the loss"]),
    ("surface=lecture&a=adagrad-rms&a.lr=1&steps=1100", ["w becomes unstable once more, at 948; no blow-out is seen."]),
    ("surface=lecture&a=adagrad-rms&a.lr=1&steps=1300", ["once more, at 948; the blow-out is seen at 1179."]),
    (
        "surface=lecture&a=adagrad-rms&a.lr=1&steps=5500",
        ["7 more times, at 948,", "; of these, 7 are seen as blow-outs"],
    ),
    ("surface=lecture&a=adagrad-rms&a.lr=1&steps=600", ["stays so to the end; no blow-out"], [RISE]),
    ("surface=lecture&a=adagrad-rms&a.lr=1&steps=400", [NEVER], [UNSTABLE, RISE]),
    ("surface=lecture&a=adagrad-rms&a.lr=1&a.sched=inverse-time&a.sched.per_epoch=1&steps=5500", [NEVER], [UNSTABLE]),
    ("surface=lecture&a=adagrad-rms&a.lr=1&steps=900&noise=0.01", [UNSTABLE], [RISE]),
    ("surface=lecture&a=rmsprop&a.lr=1&a.momentum=0.5&steps=900", [], [RISE]),
    ("surface=lecture&a=momentum&a.lr=2.3e-6&a.beta=0&steps=20", ["w becomes unstable at update 0"], [RISE]),
    ("surface=lecture&a=gd&a.lr=1.5e-6&steps=10000", ["becomes unstable at update 0", "diverged"], [NEVER, STUCK]),
    # The limit met, to the digits shown.
    ("surface=lecture&a=gd&a.lr=1.1449e-6&steps=200", [NEVER, "1.99995, below its limit of 2", STUCK], [UNSTABLE]),
    (BOWL + "&a=gd&a.lr=2&x=1&y=0.5&steps=100", [CLOSE, STUCK], [NEVER, UNSTABLE]),
    (BOWL + "&a=gd&a.lr=1.9999999&x=1&y=0.5&steps=100", [CLOSE, STUCK], [NEVER, UNSTABLE]),
    (BOWL + "&a=gd&a.lr=2.0000001&x=1&y=0.5&steps=100", ["unstable at update 0 and stays so to the end; no blow-out"]),
    (BOWL + "&a=gd&a.lr=2.5&x=1&y=0.5&steps=100", ["the blow-out is seen at 1 and lasts to the end"], [NEVER]),
    # Divergence that sharpness does not see.
    ("surface=own&surface.formula=x^2-y^2&a=gd&a.lr=0.1&x=1&y=0.001&steps=500", [NOT_ALL, DOWNWARDS], [NEVER]),
    ("surface=own&surface.formula=x^2-y^2&a=gd&a.lr=0.1&x=1&y=0.001&steps=100", [NOT_ALL, DOWNWARDS], [NEVER]),
    ("surface=own&surface.formula=x^2-y^2&a=gd&a.lr=0.1&x=1&y=0&steps=100", [NEVER], [DOWNWARDS]),
    ("surface=own&surface.formula=-x^2-y^2&a=momentum&a.lr=0.1&x=1&y=0.1&steps=500", [NOT_ALL, DOWNWARDS], [NEVER]),
    ("surface=saddle&a=adam&a.lr=0.5&steps=500", [], [UNSTABLE]),
    (
        "surface=own&surface.formula=x %2B y&a=gd&a.lr=1000000&steps=500",
        ["does not curve upwards"],
        [NEVER, "downwards"],
    ),
    ("surface=own&surface.formula=log(x)&a=gd&a.lr=0.5&x=1&y=0.3&steps=100", [], [NEVER, STUCK]),
    ("surface=valley&a=adamw&a.lr=3&a.weight_decay=1&steps=500", [NOT_ALL, DECAY, "μ λ is 3"], [NEVER]),
    ("surface=valley&a=adamw&a.lr=2.0000001&a.weight_decay=1&steps=9", ["μ λ is 2.0000001, above 2"], [NEVER]),
    ("surface=valley&a=lion&a.lr=3&a.weight_decay=1&steps=500", [DECAY], [NEVER, UNSTABLE]),
    ("surface=valley&a=adamw&a.lr=1.99&a.weight_decay=1&steps=500", [LOWERED], [NEVER, DECAY]),
    ("surface=valley&a=adamw&a.lr=0.01&a.weight_decay=0.01&steps=100", [NEVER], [DECAY, LOWERED]),
    # An axis that never moves is not unstable, however small its scale.
    (BOWL + "&a=adam&a.lr=0.1&x=1&y=0&steps=50", [NEVER], [UNSTABLE]),
    (BOWL + "&a=adagrad-rms&a.lr=0.1&x=1&y=0&steps=50", [NEVER], [UNSTABLE]),
    (BOWL + "&a=rmsprop&a.lr=0.1&x=0&y=1&steps=20", [NEVER], ["x becomes unstable"]),
    (BOWL + "&a=adam&a.lr=0.1&x=0&y=0&steps=50", ["converged"], [NEVER, UNSTABLE]),
    (BOWL + " %2B 50*y^2&a=gd&a.lr=0.1&x=1&y=0&steps=50", ["is highest at update 0, 0.1, below"], [UNSTABLE]),
    ("surface=own&surface.formula=x^2/2&a=adam&a.lr=0.1&x=1&y=0&steps=50", [NEVER], [UNSTABLE]),
    # What a constant added to the loss must not change.
    (WALLS.format("") + "&a.lr=0.019999", [STUCK], [LOWEST]),
    (WALLS.format("1000 %2B ") + "&a.lr=0.019999", [STUCK], [LOWEST]),
    (WALLS.format("-1000 %2B ") + "&a.lr=0.019999", [STUCK], [LOWEST]),
    (WALLS.format("-1000 %2B ") + "&a.lr=0.01", [], [STUCK, LOWEST]),
    (WALLS.format("1000 %2B ") + "&a.lr=0.01", [], [STUCK, LOWEST]),
    (
        "surface=himmelblau&a=gd&a.lr=0.02&steps=500",
        ["The loss is lowest at update 129, 3.196, and 58.2 higher in the"],
    ),
    ("surface=rosenbrock&a=gd&a.lr=0.1&steps=100", ["lasts to the end", "diverged at update 3"], [NEVER, STUCK]),
    # How a run ends: on its way, at rest of many kinds, standing still, or without a loss; never two at once.
    (OWN.format("(1-x)^2 %2B 100*(y-x^2)^2") + WIDE + "&x=-1&y=1&a.lr=0.001&steps=2000", ["still moving"], [CONVERGED]),
    (OWN.format("(1-x)^2 %2B 100*(y-x^2)^2") + "&x=-1&y=1&a.lr=0.001&steps=2000", ["still moving"], [CONVERGED]),
    (OWN.format("(x/10000)^2 %2B y^2") + "&a=adam&a.lr=0.5&steps=250", ["still moving"], [CONVERGED]),
    (OWN.format("x^2 %2B y^2") + "&a=lion&a.lr=0.01&steps=300", ["still moving after 300"], [CONVERGED]),
    (
        OWN.format("x^2 %2B 4*y^2") + "&a.lr=0.01&a.sched=linear&a.sched.over=100&steps=300",
        ["stands still: its learning rate is zero from update 100 on"],
        [CONVERGED, "still moving"],
    ),
    (
        OWN.format("x^2 %2B y^2") + "&a.lr=0.01&a.sched=manual&a.sched.points=0~1_50~0&steps=300",
        ["stands still: its learning rate is zero from update 50 on"],
        [CONVERGED, "still moving"],
    ),
    (OWN.format("x^4 %2B y^4") + "&x=0&y=0&a.lr=0.1&steps=50", [CONVERGED], ["saddle"]),
    (OWN.format("x^3 %2B y^2") + "&x=0&y=1&a.lr=0.1&steps=300", ["came to rest at a saddle"], [CONVERGED]),
    (OWN.format("max(x^2 %2B y^2-1, 0)") + "&a.lr=0.05&steps=300", ["on a flat floor"], [CONVERGED, "saddle"]),
    (OWN.format("abs(x) %2B abs(y)") + "&x=0&y=0&a.lr=0.05&steps=50", [CONVERGED], ["saddle"]),
    (OWN.format("-x^2-y^2") + "&x=0&y=0&a.lr=0.05&steps=50", ["came to rest at a maximum"], [CONVERGED, "saddle"]),
    (OWN.format("max(0, 1-x)") + "&x=2&y=0&a.lr=0.05&steps=50", ["on a plateau", "nothing downhill"], [CONVERGED]),
    ("surface=saddle&x=0&y=1e-9&a=gd&a.lr=0.01&steps=3000", ["diverged at update"], [CONVERGED, "came to rest"]),
    (
        OWN.format("sqrt(x^2 %2B y^2)") + "&x=0&y=0&a.lr=0.05&steps=50",
        ["In the end: stopped at update 0 at (0, 0), a tip: the loss there is 0, but it has no gradient."],
        [CONVERGED, STUCK, "nan"],
    ),
    (
        OWN.format("log(x) %2B y^2") + "&x=-1&y=0&a.lr=0.05&steps=50",
        ["In the end: starts at (-1, 0), where the loss is undefined."],
        [CONVERGED, STUCK, "at loss nan"],
    ),
    (
        OWN.format("sqrt(x) %2B y^2") + "&x=1&y=0&a.lr=0.05&steps=50",
        ["where the loss is undefined."],
        [CONVERGED, STUCK],
    ),
    # Numbers and nouns.
    (BOWL + "&a=gd&a.lr=0.5&x=1&y=1&steps=1", ["still moving after 1 update,"], ["1 updates"]),
    (BOWL + "&a=gd&a.lr=0.5&x=1&y=1&steps=2", ["still moving after 2 updates,"], []),
    (BOWL + "&a=gd&a.lr=0.5&x=-0&y=-1e-320&steps=1", ["starts at x = 0, y = "], []),
]


def scene_of(address):
    scene, notes = decode(dict(pair.split("=", 1) for pair in address.replace("%2B", "+").split("&")))
    assert not notes, [str(note) for note in notes]
    return scene


def told(scene):
    runs = simulate(scene)
    return [
        str(beginning(scene.surface, runs[0])),
        *(str(s) for run in runs for s in accounts(story(scene.surface, run))),
    ]


@pytest.mark.parametrize("case", SENTENCES, ids=lambda case: case[0])
def test_what_is_told_and_what_is_not(case):
    address, must, *must_not = case
    text = "\n".join(told(scene_of(address)))
    assert [part for part in must if part not in text] == [], text
    assert [part for part in (must_not[0] if must_not else []) if part in text] == [], text


@pytest.mark.parametrize("constant", [-1e6, -3.0, 0.5, 1e6])
@pytest.mark.parametrize("rate", [0.019999, 0.015, 0.03])
def test_a_constant_added_to_the_loss_changes_no_sentence_but_its_numbers(constant, rate):
    def of(shift):
        surface = Own(formula=f"{shift} + x^2*50 + y^2/20 + x*y")
        scene = Scenario(surface, (1.0, 1.0), 100, (Run(GradientDescent(), rate),))
        return [str(s).partition(", at loss")[0] for s in accounts(story(surface, simulate_run(scene, scene.runs[0])))]

    assert of(constant) == of(0)


NUMBER = r"(-?[\d.]+(?:e[+-]?\d+)?|-?inf)"
LIST = r"([\d, ]+(?:…)?)"


class Claims:
    """What a story claims, worked out by brute force."""

    def __init__(self, scene, trajectory):
        self.scene, self.run, self.t = scene, scene.runs[0], trajectory
        self.surface, self.limit = scene.surface, trajectory.limit
        self.last = trajectory.updates - 1
        self.moved = own_axes(trajectory, np.diff(trajectory.theta, axis=0))
        self.m = own_axes(trajectory, trajectory.m)
        self.m[np.abs(self.m) <= 1e-9 * np.linalg.norm(trajectory.m, axis=1, keepdims=True)] = 0.0

    def hessian(self, t):
        with np.errstate(all="ignore"):
            h_xx, h_xy, h_yy = (float(h) for h in self.surface.hessian_array(*self.t.theta[t]))
        return self.turned(t) @ np.array([[h_xx, h_xy], [h_xy, h_yy]]) @ self.turned(t).T

    def turned(self, t):
        """What brings vectors to the axes along which the run divides at update t."""
        angle = 0.0 if self.t.angle is None else self.t.angle[t]
        return np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])

    def axis(self, name):
        return self.surface.axes.index(name.removesuffix("′"))

    def parts(self, t):
        """The axes that have moved, or that will, at the scale they have now."""
        found = []
        for axis in (0, 1):
            moves = np.flatnonzero(self.m[:, axis] != 0)
            if len(moves) and (t >= moves[0] or self.t.sigma[t, axis] == self.t.sigma[moves[0], axis]):
                found.append(axis)
        return found

    def eigenvalue(self, t):
        """The largest eigenvalue of diag(rate) H over the axes that take part, by NumPy; nan where it has none."""
        axes = self.parts(t)
        with np.errstate(all="ignore"):
            matrix = self.t.rate[t][axes, None] * self.hessian(t)[np.ix_(axes, axes)]
        return np.linalg.eigvals(matrix).real.max() if axes and np.isfinite(matrix).all() else np.nan

    def is_above(self, t):
        """Whether sharpness is above its limit; None where it is too close to say, or no number."""
        value = self.eigenvalue(t)
        if not np.isfinite(value) or abs(value - self.limit) <= 1e-6 * self.limit:
            return None
        return value > self.limit

    def check(self, told):
        sentence = as_python_writes(told)
        found = [(claim, match) for pattern, claim in CLAIMS if (match := re.fullmatch(pattern, sentence))]
        assert len(found) == 1, sentence
        claim, match = found[0]
        claim(self, *match.groups())

    def never(self, update, highest, limit):
        self.highest(update, highest, limit)
        left = self.limit * (1 - self.t.lr * self.run.optimizer.weight_decay / 2)
        values = [self.eigenvalue(t) for t in range(self.t.updates)]
        assert not any(v > bound * (1 + 1e-6) for v, bound in zip(values, left, strict=True))
        assert self.t.outcome.ending not in ("diverged", "undefined")
        assert np.isfinite(self.t.loss[-1])
        assert np.isfinite(self.t.sharpness).all()

    def highest(self, update, highest, limit):
        assert float(highest) < float(limit)
        values = np.array([self.eigenvalue(t) for t in range(self.t.updates)])
        if np.isfinite(values).any():
            assert values[int(update)] >= np.nanmax(values) - 1e-6 * np.nanmax(np.abs(values))

    def close(self, limit, update):
        value = self.t.sharpness[int(update)]
        assert f"{value:.6g}" == f"{self.limit:.6g}"
        assert value <= self.limit

    def goes_off(self, update, highest, limit):
        self.highest(update, highest, limit)
        assert self.t.outcome.ending == "diverged"

    def unstable(self, axis, start, rest):
        start = int(start)
        assert np.any(self.m[:, self.axis(axis)] != 0)
        assert self.is_above(start) is not False
        assert start == 0 or self.is_above(start - 1) is not True
        end = re.search(r"stable again at (\d+)", rest)
        until = int(end[1]) if end else self.t.updates
        assert not any(self.is_above(t) is False for t in range(start, until))
        if end:
            assert self.is_above(until) is not True
        else:
            assert "to the end" in rest
        self.seen_at(axis, re.search(r"seen at (\d+)", rest), start, until)
        if "grows" in rest:
            i = self.axis(axis)
            assert self.t.sigma[until, i] > self.t.sigma[start, i]

    def seen_at(self, axis, seen, start, until):
        if not seen:
            return
        at, step = int(seen[1]), self.moved[:, self.axis(axis)]
        assert start <= at <= until
        assert step[at] * step[at - 1] < 0
        assert abs(step[at]) > abs(step[at - 1])

    def once_more(self, axis, update, rest):
        assert self.is_above(int(update)) is not False
        self.seen_at(axis, re.search(r"seen at (\d+)", rest), int(update), self.t.updates)

    def again(self, axis, count, updates, rest):
        starts = [int(u) for u in re.findall(r"\d+", updates)]
        assert len(starts) == int(count) if "…" not in updates else len(starts) == 5 < int(count)
        assert not any(self.is_above(t) is False for t in starts)
        of_these = re.fullmatch(rf"; of these, (\d+) (is|are) seen as (a blow-out|blow-outs), at {LIST}\.", rest)
        if of_these is None:
            assert rest == "; no blow-out is seen in any of them."
            return
        seen = re.findall(r"\d+", of_these[4])
        assert len(seen) == int(of_these[1]) if "…" not in of_these[4] else len(seen) == 5 < int(of_these[1])
        assert (of_these[2] == "is") == (of_these[3] == "a blow-out") == (of_these[1] == "1")
        assert int(of_these[1]) <= int(count)

    def rise(self, update):
        update = int(update)
        assert self.t.loss[update + 1] > self.t.loss[update]
        assert self.t.loss[update] <= self.t.loss[update - 1]
        g = self.turned(update) @ self.t.grad[update]
        root = np.sqrt(np.where(g == 0, 0.0, self.t.rate[update]))
        a = root * g
        curvature = a @ (root[:, None] * self.hessian(update) * root) @ a / (a @ a)
        assert curvature > 2 * (1 - 1e-6)

    def decay(self, update, share):
        taken = self.t.lr * self.run.optimizer.weight_decay
        assert float(share) == pytest.approx(taken[int(update)], rel=1e-3)
        assert float(share) > 2
        assert not (taken[: int(update)] > 2).any()

    def lowered(self, left, update, sharpness):
        update = int(update)
        share = self.t.lr[update] * self.run.optimizer.weight_decay
        assert float(left) == pytest.approx(self.limit * (1 - share / 2), rel=1e-3, abs=1e-9)
        assert float(sharpness) == pytest.approx(self.eigenvalue(update), rel=1e-3)
        assert float(left) < float(sharpness)

    def downwards(self, update, rest=""):
        for t in range(int(update), self.t.updates):
            with np.errstate(all="ignore"):
                d = self.moved[t] / np.abs(self.moved[t]).max()
                bend = d @ self.hessian(t) @ d
            assert not bend > 1e-9 * np.abs(self.hessian(t)).max()
        assert ("goes off" in rest) == (self.t.outcome.ending == "diverged")

    def straight(self, update):
        self.downwards(update, "goes off")

    def stuck(self, update, share):
        late = self.t.loss[int(update) :]
        assert np.isfinite(late).all()
        middle = (self.t.theta[1:] + self.t.theta[:-1])[int(update) :] / 2
        between = np.array([float(self.surface.value_array(*point)) for point in middle])
        assert np.median(np.minimum(late[1:], late[:-1]) - between) >= 10 * (late.max() - late.min()) * (1 - 1e-9)
        assert float(share) >= 10

    def lowest(self, update, loss, rest):
        update = int(update)
        assert self.t.loss[update] == np.nanmin(self.t.loss)
        assert float(loss) == pytest.approx(self.t.loss[update], rel=1e-3)
        higher = re.fullmatch(rf", and {NUMBER} higher in the end", rest)
        if higher:
            assert float(higher[1]) == pytest.approx(self.t.loss[-1] - self.t.loss[update], rel=1e-2)
            assert float(higher[1]) > 0
        else:
            assert not np.isfinite(self.t.loss[-1])

    def nothing(self, *_):
        pass

    def no_limit(self):
        assert self.limit is None


HIGHEST = rf"is highest at update (\d+), {NUMBER}, below its limit of {NUMBER}"
CLAIMS = [
    (rf"It is never unstable: preconditioned sharpness {HIGHEST}\.", Claims.never),
    (rf"Preconditioned sharpness {HIGHEST}, but that is not all that counts\.", Claims.highest),
    (rf"As far as preconditioned sharpness is a number, it {HIGHEST}\.", Claims.highest),
    (rf"It goes off although preconditioned sharpness {HIGHEST}: the limit .*", Claims.goes_off),
    (rf"Preconditioned sharpness comes as close to its limit of {NUMBER} as .*, at update (\d+)\.", Claims.close),
    (r"(\w+′?) becomes unstable at update (\d+)(.*)\.", Claims.unstable),
    (r"(\w+′?) becomes unstable once more, at (\d+); (.*)\.", Claims.once_more),
    (rf"(\w+′?) becomes unstable (\d+) more times, at {LIST}(;.*)", Claims.again),
    (r"But the gradient points along the stable direction until update (\d+): only .*", Claims.rise),
    (rf"At update (\d+) weight decay alone is unstable: μ λ is {NUMBER}, above 2, .*", Claims.decay),
    (rf"With weight decay the limit .*: {NUMBER} at update (\d+), where sharpness is {NUMBER}\.", Claims.lowered),
    (r"From update (\d+) to the end the loss curves downwards along its path(.*)\.", Claims.downwards),
    (r"From update (\d+) to the end the loss does not curve upwards along its path, .*", Claims.straight),
    (r"From update (\d+) on the loss hardly changes, yet the gradient has (\d+)% of its .*", Claims.stuck),
    (rf"The loss is lowest at update (\d+), {NUMBER}(.*)\.", Claims.lowest),
    (r"Theory knows no limit of stability for this rule\.", Claims.no_limit),
    (r"In the end: .*", Claims.nothing),
    (r"Every run starts at .*", Claims.nothing),
]

SHARES = st.floats(0.0, 1.0)
FORMULAS = [
    "x^2 - y^2",
    "x^2*50 + y^2/20 - 3",
    "x + y",
    "x^2/2",
    "exp(x) - y",
    "-exp(-x^2 - y^2)",
    "x^3 + y^2",
    "log(x) + y^2",
]
surfaces = st.one_of(
    entries([kind for slug, kind in SURFACES.items() if slug != "own"]),
    st.sampled_from(FORMULAS).map(lambda f: Own(formula=f)),
)


@st.composite
def scenes(draw):
    """A scene of one run of few updates, from the window or from a line of symmetry, at a rate of any size."""
    surface = draw(surfaces)
    start = [low + draw(SHARES) * (high - low) for low, high in surface.window]
    for axis in (0, 1):
        start[axis] = draw(st.sampled_from([start[axis], start[axis], 0.0, 1.0]))
    run = Run(
        draw(entries(OPTIMIZERS.values())),
        10.0 ** draw(st.floats(-7.0, 1.5)),
        draw(entries([SCHEDULES["constant"], SCHEDULES["inverse-time"], SCHEDULES["cosine"]])),
    )
    noise = Noise(level=draw(st.sampled_from([0.0, 0.0, 0.0, 0.1])))
    return Scenario(surface, tuple(start), draw(st.integers(1, 60)), (run,), noise)


def shortened(scene):
    """The first run of any scene that an address may mean, for a few updates."""
    return st.integers(1, 40).map(lambda steps: replace(scene, steps=steps, runs=scene.runs[:1]))


def check(scene):
    trajectory = simulate_run(scene, scene.runs[0])
    claims = Claims(scene, trajectory)
    for sentence in (str(beginning(scene.surface, trajectory)), *map(str, accounts(story(scene.surface, trajectory)))):
        assert not re.search(r"-0(\.0*)?(?![\d.e])", sentence), sentence
        assert not re.search(r"(?<![\d.,])1 (more )?(updates|times)", sentence), sentence
        claims.check(sentence)


@settings(max_examples=200, deadline=None)
@given(st.one_of(scenes(), scenarios.flatmap(shortened)))
def test_every_claim_holds_when_it_is_worked_out_anew(scene):
    check(scene)


@pytest.mark.parametrize("address", [case[0] for case in SENTENCES])
def test_every_claim_in_the_file_holds_too(address):
    scene = scene_of(address)
    check(replace(scene, steps=min(scene.steps, 1500)))


def test_the_loss_rises_with_the_curvature_along_the_gradient_and_nowhere_else():
    """On the lecture's quadratic, each blow-out's first rise, worked out with matrices."""
    scene = Scenario(LectureValley(), LectureValley.start, 3000, (Run(AdagradRMS(), 1.0),))
    claims = Claims(scene, simulate_run(scene, scene.runs[0]))
    for update in (699, 1162, 1697, 2295, 2946):
        claims.rise(update)
