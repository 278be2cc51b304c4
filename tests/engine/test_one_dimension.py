"""A loss in x alone: y stays where it is, and everything is what the formulas of one parameter say."""

import numpy as np
import pytest

from charts.map import map_chart
from charts.section import Section, paths
from charts.theme import LIGHT
from charts.views import CHARTS
from engine.box import Box
from engine.fields import fields
from engine.noise import Noise
from engine.scenario import Run, Scenario
from engine.simulate import simulate
from engine.url import decode, encode
from ensembles.theory import quadratic_curvatures
from explain.timeline import timeline
from export.tables import csv_text
from optimizers import OPTIMIZERS
from optimizers.gradient_descent import GradientDescent
from optimizers.newton import Newton
from surfaces import SURFACES
from surfaces.double_well import DoubleWell
from surfaces.log_cosh import LogCosh
from surfaces.own import Own
from surfaces.parabola import Parabola
from surfaces.quartic import Quartic
from surfaces.rippled_parabola import RippledParabola
from tests.planes import CURVES


def run(surface, rule, lr, steps=50, x=None, noise=None):
    start = surface.start if x is None else (x, 0.0)
    (trajectory,) = simulate(Scenario(surface, start, steps, (Run(rule, lr),), noise or Noise()))
    return trajectory


def test_there_are_six_in_the_catalogue():
    assert len(CURVES) == 6


@pytest.mark.parametrize("rate", [0.1, 0.9, 1.5, 2.1])
def test_gradient_descent_on_a_parabola_is_a_geometric_series(rate):
    found = run(Parabola(curvature=2.0), GradientDescent(), rate / 2.0)
    np.testing.assert_allclose(found.theta[:, 0], 4.0 * (1.0 - rate) ** np.arange(51), rtol=1e-9, atol=1e-12)
    np.testing.assert_allclose(found.sharpness, rate)


def test_newton_takes_a_third_of_the_way_on_a_quartic():
    found = run(Quartic(), Newton(), 1.0, 30)
    np.testing.assert_allclose(found.theta[:, 0], 2.0 * (2.0 / 3.0) ** np.arange(31), rtol=1e-12)


def test_newton_on_log_cosh_finds_its_way_back_only_from_near():
    turn = 1.0886
    assert abs(run(LogCosh(), Newton(), 1.0, x=turn - 1e-3).theta[-1, 0]) < 1e-9
    assert run(LogCosh(), Newton(), 1.0, x=turn + 1e-3).outcome.ending == "diverged"
    thrown = run(LogCosh(), Newton(), 1.0, x=5.0).outcome.sentence
    assert str(thrown) == "was thrown off at update 2: σ is 0, and it divides by that"


def test_log_cosh_is_straight_far_away():
    assert LogCosh().value(1e300, 0.0) == 1e300
    assert LogCosh().gradient(-1e300, 0.0)[0] == -1.0
    x = np.linspace(-20.0, 20.0, 401)
    np.testing.assert_allclose(LogCosh().value_array(x, 0.0), np.log(np.cosh(x)), rtol=1e-12, atol=1e-15)


@pytest.mark.parametrize(
    ("formula", "x", "ending"),
    [
        ("x^2", 1.0, "converged"),
        ("x^4", 0.0, "converged"),
        ("abs(x)", 0.0, "converged"),
        ("-x^2", 0.0, "maximum"),
        ("-x^4", 0.0, "maximum"),
        ("x^3", 0.0, "saddle"),
        ("max(0, abs(x) - 1)", 0.5, "plateau"),
        ("cos(x)", 0.0, "maximum"),
    ],
)
def test_how_a_run_ends_is_judged_along_its_one_axis(formula, x, ending):
    found = run(Own(formula=formula), GradientDescent(), 0.25, 200, x)
    assert found.outcome.ending == ending
    assert "saddle" not in found.outcome.sentence.template


@pytest.mark.parametrize("tilt", [-0.3, -0.1, 0.0, 0.2, 0.3])
def test_the_wells_are_where_they_are_said_to_be(tilt):
    surface = DoubleWell(tilt=tilt)
    left, top, right = surface.critical_points
    for x, point in ((-1.9, left), (top.x - 1e-3, left), (top.x + 1e-3, right), (1.9, right)):
        found = run(surface, GradientDescent(), 0.1, 2_000, x)
        assert found.outcome.ending == "converged"
        assert found.theta[-1, 0] == pytest.approx(point.x, abs=1e-6)


@pytest.mark.parametrize("rule", OPTIMIZERS)
@pytest.mark.parametrize("noise", [Noise(), Noise(level=0.5)], ids=["calm", "noisy"])
def test_no_rule_leaves_the_line(rule, noise):
    for surface in (Quartic(), DoubleWell()):
        found = run(surface, OPTIMIZERS[rule](), 0.01, 40, noise=noise)
        assert (found.theta[:, 1] == 0.0).all()
        assert np.isfinite(found.theta).all()
        assert (found.theta[1:, 0] != found.theta[0, 0]).any()


def test_a_start_beside_the_line_is_put_on_it():
    scenario = Scenario(Quartic(), (1.0, 7.0), 10, (Run(GradientDescent(), 0.1),))
    assert scenario.start == (1.0, 0.0)
    assert decode(encode(scenario))[0] == scenario


def test_a_link_that_names_y_still_opens_where_the_formula_does_not():
    scene, notes = decode({"surface": "own", "surface.formula": "x^2", "x": "1", "y": "0.3", "a": "gd", "a.lr": "0.1"})
    assert (scene.start, notes) == ((1.0, 0.0), ())
    assert {"y", "box.bottom", "box.top"}.isdisjoint(fields(scene))
    assert {"x", "box.left", "box.right"} <= fields(scene).keys()


def test_a_formula_that_names_y_is_a_map():
    assert Own(formula="x^2").dimension == Own(formula="exp(x)").dimension == 1
    assert Own(formula="x^2 + 0*y").dimension == Own(formula="y^2").dimension == Own(formula="3").dimension == 2
    assert Own(formula="x^2 + 0*y").hessian(1.0, 1.0) == (2.0, 0.0, 0.0)


@pytest.mark.parametrize("slug", CURVES)
def test_every_chart_draws_it_and_its_path_lies_on_the_curve(slug):
    surface = SURFACES[slug]()
    scenario = Scenario(surface, surface.start, 30, (Run(GradientDescent(), 0.05), Run(OPTIMIZERS["adam"](), 0.1)))
    runs = simulate(scenario)
    for chart in CHARTS.values():
        assert chart(scenario, runs, LIGHT).data
    *_, first, _ = map_chart(scenario, runs, LIGHT).data
    np.testing.assert_array_equal(first["y"], runs[0].loss.astype(np.float32))
    x = runs[0].theta[:-1, 0]
    slope, curvature = first["meta"]["update"]["tangent"]
    np.testing.assert_array_equal(slope, surface.gradient_array(x, 0.0 * x)[0].astype(np.float32))
    np.testing.assert_array_equal(curvature, surface.hessian_array(x, 0.0 * x)[0].astype(np.float32))
    np.testing.assert_array_equal(paths(surface, runs)[0][:, 1], runs[0].loss)
    for point in Section(surface).critical_points:
        assert point.y == pytest.approx(surface.value(point.x, 0.0), abs=1e-12)


@pytest.mark.parametrize("slug", CURVES)
def test_its_story_and_its_tables_speak_of_one_axis(slug):
    surface = SURFACES[slug]()
    scenario = Scenario(surface, surface.start, 30, (Run(GradientDescent(), 0.05),))
    runs = simulate(scenario)
    events = timeline(scenario, runs)
    assert {event.axis for event in events} <= {0, None}
    assert not [event for event in events if "both axes" in event.detail.template]
    head = next(line for line in csv_text(scenario, runs).splitlines() if line.startswith("run,"))
    assert head == "run,t,x,loss,gradient_x,m_x,sigma_x,step_size_x,learning_rate,sharpness"


def test_ripples_are_no_bowl_whatever_their_length():
    assert quadratic_curvatures(Parabola(curvature=3.0)) == (3.0, 3.0)
    assert quadratic_curvatures(RippledParabola(roughness=0.0)) == (1.0, 1.0)
    for length in (0.05, 0.1, 0.2, 0.4, 0.5, 1.0, 2.0, 4.0):
        assert quadratic_curvatures(RippledParabola(length=length)) is None


def test_points_beside_the_drawn_one_stand_on_the_curve_too():
    surface, rule = Quartic(), OPTIMIZERS["schedule-free-sgd"]()
    scenario = Scenario(surface, surface.start, 30, (Run(rule, 0.05),))
    (found,) = simulate(scenario)
    *_, path = map_chart(scenario, (found,), LIGHT).data
    for ghost, drawn in zip(found.ghosts, path["meta"]["update"]["ghosts"], strict=True):
        x, height = (start[:-1] + away for start, away in zip((path["x"], path["y"]), drawn, strict=True))
        np.testing.assert_allclose(x, ghost[:, 0], atol=1e-6)
        np.testing.assert_allclose(height, surface.value_array(*ghost.T), atol=1e-5)


@pytest.mark.parametrize("rule", ["gd", "momentum", "nesterov", "signsgd"])
def test_what_is_said_of_the_first_step_is_what_it_does(rule):
    surface = LogCosh()
    scenario = Scenario(surface, surface.start, 30, (Run(OPTIMIZERS[rule](), 0.05),))
    (found,) = simulate(scenario)
    assert "learning rate times the direction m" in timeline(scenario, (found,))[0].detail.template
    np.testing.assert_allclose(-np.diff(found.theta[:, 0]), 0.05 * found.m[:, 0], rtol=1e-9)


def test_a_box_has_two_walls():
    box = Box(0.5, 3.0, 1.0, 2.0)
    scenario = Scenario(Quartic(), (2.0, 0.0), 200, (Run(GradientDescent(), 0.1),), box=box)
    assert scenario.box == Box(0.5, 3.0)
    (found,) = simulate(scenario)
    assert found.theta[-1].tolist() == [0.5, 0.0]
    assert found.outcome.ending == "wall"
    assert map_chart(scenario, (found,), LIGHT).data
