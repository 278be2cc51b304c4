"""The arithmetic of one step whose scale is a matrix: by the axes of S, along which it only divides."""

import math

from engine.scale import Scale
from engine.scenario import Scenario
from engine.trajectory import Trajectory
from explain.box import moved_lines
from explain.lines import TIMES, Line, factor, number_latex, signed


def turned_lines(scenario: Scenario, trajectory: Trajectory, update: int, axis: int) -> tuple[Line, ...]:
    """Return update `update` of one axis (0 or 1) of a run that turns the axes of its scale.

    S by its entries, then by its eigenvalues and the angle of its axes x' and y'; there the step is (mu / sigma) m, and
    turned back it is what the axis moves.
    """
    x, y = scenario.surface.axes
    scale, t = Scale.of(trajectory, slice(update, update + 1)), f",{update}"
    (m_x, m_y), (one, two), [mu] = trajectory.m[update].tolist(), scale.sigma[0].tolist(), scale.lr.tolist()
    angle = float(scale.angle[0]) if scale.angle is not None else 0.0
    cos, sin = math.cos(angle), math.sin(angle)
    entries = (one * cos * cos + two * sin * sin, (one - two) * cos * sin, one * sin * sin + two * cos * cos)
    inside = (cos * m_x + sin * m_y, cos * m_y - sin * m_x)
    steps = tuple(float(rate) * m for rate, m in zip(scale.rate[0], inside, strict=True))
    names = (x, y)[axis]
    return (
        Line(f"g_{{{names}{t}}}", "", float(trajectory.grad[update, axis])),
        Line(f"m_{{{x}{t}}}", "", m_x),
        Line(f"m_{{{y}{t}}}", "", m_y),
        *(Line(f"S_{{{a}{b}{t}}}", "", s) for (a, b), s in zip(((x, x), (x, y), (y, y)), entries, strict=True)),
        Line(rf"\sigma_{{{x}'{t}}}", "", one),
        Line(rf"\sigma_{{{y}'{t}}}", "", two),
        Line(r"\cos \alpha", "", cos),
        Line(r"\sin \alpha", "", sin),
        Line(rf"\mu_{{{update}}}", "", mu),
        Line(f"m_{{{x}'{t}}}", _sum(cos, m_x, "+", sin, m_y), inside[0]),
        Line(f"m_{{{y}'{t}}}", _sum(cos, m_y, "-", sin, m_x), inside[1]),
        *_along(names=(f"{x}'{t}", f"{y}'{t}"), update=update, mu=mu, sigma=(one, two), m=inside, steps=steps),
        *_moved(scenario, trajectory, update, axis, names, _back(axis, cos, sin, steps)),
    )


def _sum(a: float, b: float, sign: str, c: float, d: float) -> str:
    return rf"{number_latex(a)} {TIMES} {signed(b)} {sign} {signed(c)} {TIMES} {signed(d)}"


def _along(
    names: tuple[str, str],
    update: int,
    mu: float,
    sigma: tuple[float, float],
    m: tuple[float, float],
    steps: tuple[float, ...],
) -> list[Line]:
    """Return the step along each axis of S."""
    left = [rf"(\mu_{{{update}}} / \sigma_{{{name}}}) \, m_{{{name}}}" for name in names]
    worked = [rf"{number_latex(mu)} / {factor(s)} {TIMES} {signed(part)}" for s, part in zip(sigma, m, strict=True)]
    return [Line(*parts) for parts in zip(left, worked, steps, strict=True)]


def _back(axis: int, cos: float, sin: float, steps: tuple[float, ...]) -> tuple[str, float]:
    """Return the step along an axis of the surface, worked out from those along the axes of S."""
    first, second = steps
    if axis == 0:
        return _sum(cos, first, "-", sin, second), cos * first - sin * second
    return _sum(sin, first, "+", cos, second), sin * first + cos * second


def _moved(
    scenario: Scenario, trajectory: Trajectory, update: int, axis: int, name: str, back: tuple[str, float]
) -> list[Line]:
    before = float(trajectory.theta[update, axis])
    worked, step = back
    lines = [Line(rf"\mu_{{{update}}} \, (S_{{{update}}}^{{-1}} m)_{{{name}}}", worked, step)]
    decay = float(trajectory.lr[update]) * trajectory.weight_decay * before
    shrunk = f" - {signed(decay)}" if decay else ""
    if decay:
        weight = rf"{signed(trajectory.weight_decay)} {TIMES} {signed(before)}"
        worked = rf"{number_latex(float(trajectory.lr[update]))} {TIMES} {weight}"
        lines.append(Line(rf"\mu_{{{update}}} \, \lambda \, {name}_{{{update}}}", worked, decay))
    worked = f"{number_latex(before)} - {signed(step)}{shrunk}"
    return [*lines, *moved_lines(scenario, trajectory, update, axis, worked, before - step - decay)]
