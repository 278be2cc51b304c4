"""The chart of other learning rates: what is drawn, what is left out, and that it is well-formed."""

import itertools
import math
import re
from xml.etree import ElementTree

import pytest

from charts.rates import NARROW, WIDE, RateCurve, describe, rates_chart
from charts.theme import DARK, LIGHT
from engine.scenario import Run
from engine.trial import Trial
from optimizers.adam import Adam
from optimizers.gradient_descent import GradientDescent

RATES = [10.0**k for k in range(-4, 2)]


def curve(losses, blew_out=(), lr=1e-2, optimizer=None, largest=None):
    trials = tuple(Trial(rate, loss, i in blew_out) for i, (rate, loss) in enumerate(zip(RATES, losses, strict=True)))
    return RateCurve(Run(optimizer or GradientDescent(), lr), trials, largest)


PLAIN = curve([90.0, 30.0, 1.0, 0.01, 20.0, math.inf], blew_out={4}, largest=0.05)


def drawn(curves, first=100.0, theme=LIGHT, width=WIDE, say=str):
    return ElementTree.fromstring(rates_chart(curves, first, theme, say, width))


def lines(svg):
    return [part for part in svg.iter() if part.tag.endswith("polyline")]


def points(line):
    return [tuple(map(float, pair.split(","))) for pair in line.get("points").split()]


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_a_run_has_its_own_colour_and_dash_and_lies_in_the_picture(theme, width):
    svg = drawn([PLAIN, curve([3.0, 2.0, 1.0, 0.5, 0.2, 0.1], optimizer=Adam())], theme=theme, width=width)
    first, *_, second = lines(svg)
    assert (first.get("stroke"), first.get("stroke-dasharray")) == (theme.runs[0], None)
    assert (second.get("stroke"), second.get("stroke-dasharray")) == (theme.runs[1], "11,3")
    _, _, right, bottom = map(float, svg.get("viewBox").split())
    assert all(0 < x <= right and 0 <= y <= bottom for line in lines(svg) for x, y in points(line))


def test_what_blew_out_is_faint_and_what_was_lost_is_left_out():
    solid, faint = lines(drawn([PLAIN]))
    assert (solid.get("opacity"), faint.get("opacity")) == (None, "0.35")
    assert (len(points(solid)), len(points(faint))) == (4, 2)
    broken = lines(drawn([curve([5.0, 4.0, math.inf, 3.0, 2.0, 1.0])]))
    assert [len(points(line)) for line in broken] == [2, 3]


def test_higher_losses_are_higher_and_higher_rates_farther_right():
    (line,) = lines(drawn([curve([90.0, 30.0, 10.0, 3.0, 1.0, 0.3])]))
    xs, ys = zip(*points(line), strict=True)
    assert list(xs) == sorted(xs)
    assert list(ys) == sorted(ys)
    steps = [b - a for a, b in itertools.pairwise(xs)]
    assert max(steps) - min(steps) < 0.3


def test_marks_are_explained_if_they_are_there():
    def text(svg):
        return " ".join(part.text or "" for part in svg.iter() if part.tag.endswith("text"))

    assert "the largest stable rate" in text(drawn([PLAIN]))
    assert "blew out on its way" in text(drawn([PLAIN]))
    plain = text(drawn([curve([6.0, 5.0, 4.0, 3.0, 2.0, 1.0])]))
    assert "stable" not in plain
    assert "blew out" not in plain
    assert "the run's rate" in plain


def test_a_run_that_is_lost_at_its_own_rate_is_crossed_out():
    svg = drawn([curve([6.0, 5.0, math.inf, math.inf, math.inf, math.inf])])
    assert [part.tag for part in svg.iter() if part.tag.endswith("path")] != []


@pytest.mark.parametrize(
    ("losses", "first"),
    [
        ([math.inf] * 6, 1.0),
        ([0.0] * 6, 0.0),
        ([-5.0, -6.0, -7.0, -8.0, 1e300, math.inf], -4.0),
        ([1e-300, 1e-200, 0.0, 1e200, 1.0, 1.0], 1.0),
        ([2.0] * 6, 2.0),
        ([-1.0, -2.0, -3.0, -1e300, -2.0, -1.0], 5.0),
        ([1.0] * 6, math.nan),
    ],
)
def test_odd_losses_are_drawn_too(losses, first):
    text = rates_chart([curve(losses)], first, LIGHT)
    ElementTree.fromstring(text)
    assert not re.search(r'"[^"]*\b(nan|inf)\b[^"]*"', text.partition("</desc>")[2])


def test_a_name_cannot_break_the_picture():
    trials = PLAIN.trials
    named = RateCurve(Run(GradientDescent(), 1e-2, name="<b>\"&'</b>"), trials)
    assert "<b>" not in rates_chart([named], 1.0, LIGHT)
    drawn([named])


def test_the_picture_is_told_in_words():
    assert list(describe([PLAIN])) == ["Gradient descent: loss 1 at its rate of 0.01; the lowest here is 0.01 at 0.1."]
    svg = drawn([PLAIN])
    assert svg.find("{*}desc").text == next(describe([PLAIN]))
    assert svg.find("{*}title").text == "Final loss over the learning rate"


def test_labels_do_not_crowd():
    wide = [Trial(10.0**k, 1.0, blew_out=False) for k in range(-12, 7)]
    svg = drawn([RateCurve(Run(GradientDescent(), 1.0), tuple(wide))], width=NARROW)
    labels = [part for part in svg.iter() if part.get("text-anchor") == "middle" and part.get("y") == "244.0"]
    places = sorted(float(label.get("x")) for label in labels)
    assert len(places) >= 3
    assert min(b - a for a, b in itertools.pairwise(places)) > 35
