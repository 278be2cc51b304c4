"""The canonical numbers, written out here a second time and recomputed to 30 digits from the formulas."""

import math

import mpmath as mp
import numpy as np
import pytest
import sympy as sp

from spec.knobs import defaults_of
from surfaces import SURFACES
from surfaces.formula.compiled import X, Y
from surfaces.lecture_valley import LectureValley
from surfaces.rosenbrock import Rosenbrock
from surfaces.rough_bowl import CONVEX, RoughBowl
from surfaces.valley import Valley

MINIMUM, MAXIMUM, SADDLE = "minimum", "maximum", "saddle"
NUMBERS = {
    "lecture": [("-188.43319665732668", "2.6694549667622577", "101936.72989589068", MINIMUM)],
    "valley": [("0", "0", "0", MINIMUM)],
    "rosenbrock": [("1", "1", "0", MINIMUM)],
    "beale": [("3", "0.5", "0", MINIMUM), ("0", "1", "14.203125", SADDLE)],
    "himmelblau": [
        ("3", "2", "0", MINIMUM),
        ("-2.805118086952744853", "3.131312518250572966", "0", MINIMUM),
        ("-3.779310253377746892", "-3.283185991286169412", "0", MINIMUM),
        ("3.584428340330491745", "-1.848126526964403553", "0", MINIMUM),
        ("-0.270844590667347613", "-0.923038556479981463", "181.616521522582704", MAXIMUM),
        ("0.0866775045553964", "2.88425470117477611", "67.7191500875", SADDLE),
        ("3.38515418360702094", "0.0738518798377492877", "13.3119262704", SADDLE),
        ("-0.127961346730680066", "-1.95371498024457643", "178.33723920193", SADDLE),
        ("-3.07302575076438961", "-0.0813530442879675", "104.015162917558", SADDLE),
    ],
    "camel6": [
        ("0.0898420131003180624", "-0.712656403020739633", "-1.03162845348987735", MINIMUM),
        ("-0.0898420131003180624", "0.712656403020739633", "-1.03162845348987735", MINIMUM),
        ("1.70360671496998", "-0.796083568672625", "-0.215463824383718", MINIMUM),
        ("-1.70360671496998", "0.796083568672625", "-0.215463824383718", MINIMUM),
        ("0", "0", "0", SADDLE),
    ],
    "camel3": [
        ("0", "0", "0", MINIMUM),
        ("1.7475523458302889", "-0.873776172915144449", "0.29863844223685982", MINIMUM),
        ("-1.7475523458302889", "0.873776172915144449", "0.29863844223685982", MINIMUM),
    ],
    "rastrigin": [("0", "0", "0", MINIMUM), ("0.994958637652334795", "0", "0.994959057093291393", MINIMUM)],
    "rough-bowl": [("0", "0", "0", MINIMUM)],
    "ackley": [("0", "0", "0", MINIMUM), ("0.952166545950171668", "0", "2.57992755702987", MINIMUM)],
    "booth": [("1", "3", "0", MINIMUM)],
    "matyas": [("0", "0", "0", MINIMUM)],
    "styblinski": [
        ("-2.9035340277711771", "-2.9035340277711771", "-78.3323314075428309", MINIMUM),
        ("2.74680277099083699", "-2.9035340277711771", "-64.1956123590553581", MINIMUM),
        ("-2.9035340277711771", "2.74680277099083699", "-64.1956123590553581", MINIMUM),
        ("2.74680277099083699", "2.74680277099083699", "-50.0588933105678852", MINIMUM),
    ],
    "goldstein": [
        ("0", "-1", "3", MINIMUM),
        ("-0.6", "-0.4", "30", MINIMUM),
        ("1.8", "0.2", "84", MINIMUM),
        ("1.2", "0.8", "840", MINIMUM),
    ],
    "mccormick": [
        ("-0.547197551196597746", "-1.54719755119659775", "-1.91322295498103639", MINIMUM),
        ("2.594395102393195", "1.594395102393195", "1.22836969860875685", MINIMUM),
    ],
    "branin": [
        ("-3.14159265358979324", "12.275", "0.397887357729738339", MINIMUM),
        ("3.14159265358979324", "2.275", "0.397887357729738339", MINIMUM),
        ("9.42477796076937972", "2.475", "0.397887357729738339", MINIMUM),
    ],
    "saddle": [("0", "0", "0", SADDLE)],
    "monkey": [("0", "0", "0", SADDLE)],
    "bowls": [
        ("-0.936300634010918629", "0", "-2.06309025176819421", MINIMUM),
        ("0.905317899160114995", "0", "-1.09273199920174092", MINIMUM),
        ("0.0686024367080965664", "0", "-0.0313742732700457", SADDLE),
    ],
    "plateau": [("0", "0", "0", MINIMUM)],
    "network": [
        ("0.8921758008590978804", "1.59191202451728895685", "0.0310872374906272092", MINIMUM),
        ("-0.8921758008590978804", "-1.59191202451728895685", "0.0310872374906272092", MINIMUM),
        ("0", "0", "8.02", SADDLE),
    ],
}
ROWS = [(slug, *point) for slug, points in NUMBERS.items() for point in points]
every_point = pytest.mark.parametrize(("slug", "x", "y", "loss", "kind"), ROWS)
every_smooth_point = pytest.mark.parametrize(
    ("slug", "x", "y", "loss"), [row[:4] for row in ROWS if row[:2] not in {("ackley", "0"), ("monkey", "0")}]
)


def exact(slug):
    """Return the default loss with exact constants."""
    values = {name: 2 * sp.pi if v == 2 * math.pi else sp.Rational(str(v)) for name, v in _numbers(slug).items()}
    expression = SURFACES[slug]().expression.subs({sp.Symbol(n, real=True): v for n, v in values.items()})
    return expression.replace(lambda e: e.is_Float, lambda e: sp.Rational(str(e)))


def _numbers(slug):
    return {name: v for name, v in defaults_of(SURFACES[slug]).items() if isinstance(v, float)}


def test_a_surface_whose_numbers_are_not_here_is_listed(listed):
    formulas = {slug for slug, kind in SURFACES.items() if kind.has_formula}
    assert set(NUMBERS) <= formulas
    listed("Surface to write the critical points of a second time", sorted(formulas - {"own"} - set(NUMBERS)))


@pytest.mark.parametrize("slug", NUMBERS)
def test_the_catalogue_says_the_numbers(slug):
    said = [(p.x, p.y, p.loss, p.kind) for p in SURFACES[slug]().critical_points]
    expected = [(float(x), float(y), float(loss), kind) for x, y, loss, kind in NUMBERS[slug]]
    assert [kind for *_, kind in said] == [kind for *_, kind in expected]
    np.testing.assert_allclose([p[:3] for p in said], [p[:3] for p in expected], rtol=1e-15, atol=0)


@every_smooth_point
def test_the_numbers_solve_the_formula(slug, x, y, loss):
    expression = exact(slug)
    slopes = [sp.diff(expression, v) for v in (X, Y)]
    with mp.workdps(30):
        start = [mp.mpf(x) + mp.mpf("1e-9"), mp.mpf(y) - mp.mpf("1e-9")]
        root = mp.findroot(sp.lambdify((X, Y), slopes, "mpmath"), start, tol=1e-40)
        value = sp.lambdify((X, Y), expression, "mpmath")(*root)
        for number, digits in zip((*root, value), (x, y, loss), strict=True):
            assert abs(number - mp.mpf(digits)) <= max(abs(number), 1) * mp.mpf(10) ** -_decimals(digits)


def _decimals(digits):
    """Return the number of significant digits promised, one less for the rounding of the last."""
    return max(len(digits.lstrip("-0.").replace(".", "")) - 1, 11)


@every_point
def test_the_curvature_has_the_declared_signs(slug, x, y, loss, kind):
    surface = SURFACES[slug]()
    h_xx, h_xy, h_yy = (float(h) for h in surface.hessian_array(float(x), float(y)))
    low, high = np.linalg.eigvalsh([[h_xx, h_xy], [h_xy, h_yy]])
    if slug == "monkey":
        assert low == high == 0
    else:
        assert {MINIMUM: low > 0, MAXIMUM: high < 0, SADDLE: low < 0 < high}[kind]


def test_the_tip_of_ackleys_cone_is_its_lowest_point_and_has_no_slope():
    ackley = SURFACES["ackley"]()
    assert ackley.gradient(0.0, 0.0) == (0.0, 0.0)
    assert [float(g) for g in ackley.gradient_array(0.0, 0.0)] == [0.0, 0.0]
    assert np.isfinite(ackley.hessian_array(0.0, 0.0)).all()
    assert abs(ackley.value(0.0, 0.0)) < 1e-15
    angles = np.linspace(0, 2 * np.pi, 12)
    for radius in (1e-12, 1e-6, 1e-3):
        slopes = ackley.gradient_array(radius * np.cos(angles), radius * np.sin(angles))
        np.testing.assert_allclose(np.hypot(*slopes), 4 / math.sqrt(2), rtol=0.03)


def test_the_monkey_saddle_falls_three_ways_and_rises_three_ways():
    monkey = SURFACES["monkey"]()
    around = np.deg2rad(np.arange(0, 360, 60))
    assert np.sign(monkey.value_array(np.cos(around), np.sin(around))).tolist() == [1, -1, 1, -1, 1, -1]


@pytest.mark.parametrize(
    ("slug", "low", "high"),
    [
        ("lecture", 5.573, 1.74683e6),
        ("valley", 1, 50),
        ("rosenbrock", 0.39936, 1001.60064),
        ("booth", 2, 18),
        ("matyas", 0.04, 1),
        ("plateau", 1, 8),
    ],
)
def test_the_eigenvalues_at_the_minimum(slug, low, high):
    surface = SURFACES[slug]()
    (point, *_) = surface.critical_points
    h_xx, h_xy, h_yy = (float(h) for h in surface.hessian_array(point.x, point.y))
    assert np.linalg.eigvalsh([[h_xx, h_xy], [h_xy, h_yy]]) == pytest.approx([low, high], rel=1e-4)


def test_the_lecture_valley_is_the_regression_that_numpy_solves():
    inputs, targets = np.array(LectureValley.data, float).T
    slope, intercept = np.polyfit(inputs, targets, 1)
    (point,) = LectureValley().critical_points
    assert (point.x, point.y) == pytest.approx((intercept, slope), rel=1e-12)
    assert point.loss == pytest.approx(((targets - intercept - slope * inputs) ** 2).sum(), rel=1e-12)


def test_the_angle_turns_the_valley_by_degrees():
    turned = Valley(kappa=9.0, angle=30.0)
    cos, sin = math.cos(math.pi / 6), math.sin(math.pi / 6)
    assert turned.value(2 * cos, 2 * sin) == pytest.approx(0.5 * 4)
    assert turned.value(-2 * sin, 2 * cos) == pytest.approx(0.5 * 9 * 4)


def test_the_minimum_of_rosenbrock_follows_its_knob():
    (point,) = Rosenbrock(a=-1.5, b=7.0).critical_points
    assert (point.x, point.y, point.loss) == (-1.5, 2.25, 0.0)


@pytest.mark.parametrize(("slug", "knob"), [("rastrigin", {"depth": 3.0}), ("ackley", {"c": 5.0})])
def test_a_point_that_no_longer_holds_is_left_out(slug, knob):
    assert len(SURFACES[slug]().critical_points) == 2
    assert [(p.x, p.y) for p in SURFACES[slug](**knob).critical_points] == [(0.0, 0.0)]


def test_the_rough_bowl_is_convex_up_to_its_published_roughness():
    x = np.linspace(-2.0, 2.0, 4001)
    for roughness, is_convex in ((0.99 * CONVEX, True), (1.01 * CONVEX, False)):
        h_xx, h_xy, _ = RoughBowl(roughness=roughness, length=0.5).hessian_array(x, 0.0 * x)
        assert (h_xx > 0.0).all() == is_convex
        assert not h_xy.any()
    assert pytest.approx(1 / (2 * math.pi**2)) == CONVEX
