"""The final loss over the learning rate, one curve a run: drawn as an SVG, for it neither moves nor zooms."""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby, pairwise

from charts.figure import Say, run_line
from charts.theme import Theme
from engine.scenario import Run
from engine.trial import Trial
from spec.knobs import format_real

WIDE, NARROW = 520, 310
"""Widths of the chart, in the SVG's own units: as a page shows it, and a phone."""

HEIGHT, ROW = 270, 17
"""The height of the plot with its labels, and of a line of the key."""

LEFT, RIGHT, TOP, BOTTOM = 58, 12, 10, 42
"""What the labels take of it."""

ROOM = 1.15
"""How far above the loss at the start a linear axis reaches; a logarithmic one by a decade."""

DEEPEST = 16.0
"""Decades that a logarithmic axis shows at most."""

LABEL = 45
"""What a label takes of an axis at least."""

FAINT = ' opacity="0.35"'

Place = Callable[[float], float]


@dataclass(frozen=True)
class RateCurve:
    """What is drawn of one run: its trials in the order of their rates, and its largest stable rate, if it has one."""

    run: Run
    trials: tuple[Trial, ...]
    largest_stable: float | None = None

    @property
    def here(self) -> Trial:
        """The trial of the run's own rate."""
        return min(self.trials, key=lambda trial: abs(math.log(trial.lr / self.run.lr)))

    @property
    def best(self) -> Trial:
        """The trial with the lowest loss, of those that did not blow out if there are any."""
        return min(self.trials, key=lambda trial: (trial.rank, trial.loss))


def rates_chart(curves: Sequence[RateCurve], first: float, theme: Theme, say: Say = str, width: int = WIDE) -> str:
    """Return an SVG of the curves; first: the loss at the start, which a dotted line marks.

    Where a run blew out on its way the curve is faint, where it was lost there is none.
    """
    key = list(_key(curves, theme, say))
    height = HEIGHT + ROW * len(key)
    right = width - RIGHT
    x = _logarithmic(*_rates(curves), LEFT, right)
    low, high, is_log = _losses(curves, first)
    scale = _logarithmic if is_log else _linear
    y = scale(low, high, HEIGHT - BOTTOM, TOP)
    parts = [
        *_across(x, _rates(curves), right, theme, say),
        *_upward(y, (low, high, is_log), right, theme, say),
        *_level(y(first), right, theme),
        *(part for k, curve in enumerate(curves) for part in _curve(k, curve, x, y, (low, high), theme)),
        *(f'<g transform="translate(0 {HEIGHT + ROW * i})">{row}</g>' for i, row in enumerate(key)),
    ]
    style = f'font-family="system-ui, sans-serif" font-size="12" fill="{theme.text}"'
    title, text = escape(say("Final loss over the learning rate")), escape(" ".join(describe(curves, say)))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" {style} '
        f'aria-labelledby="rates-title rates-text"><title id="rates-title">{title}</title>'
        f'<desc id="rates-text">{text}</desc>{"".join(parts)}</svg>'
    )


def describe(curves: Sequence[RateCurve], say: Say = str) -> Iterator[str]:
    """Yield for each run in words where it is and where its lowest loss is."""
    for curve in curves:
        here, best = curve.here, curve.best
        yield say("{run}: loss {loss} at its rate of {rate}; the lowest here is {lowest} at {best}.").format(
            run=curve.run.label(say),
            loss=f"{here.loss:.4g}",
            rate=format_real(here.lr),
            lowest=f"{best.loss:.4g}",
            best=format_real(best.lr),
        )


def _rates(curves: Sequence[RateCurve]) -> tuple[float, float]:
    rates = [trial.lr for curve in curves for trial in curve.trials]
    return min(rates), max(rates)


def _losses(curves: Sequence[RateCurve], first: float) -> tuple[float, float, bool]:
    """Return the range of the losses, and whether its axis is logarithmic: runs far above the start do not decide."""
    known = [t.loss for curve in curves for t in curve.trials if math.isfinite(t.loss)]
    losses = [loss for loss in [*known, first] if math.isfinite(loss)] or [0.0]
    low, high = min(losses), first if math.isfinite(first) else max(losses)
    if low < 0.0 or high <= 0.0:
        return low, low + ROOM * ((high - low) or 1.0), False
    positive = min(loss for loss in losses if loss > 0.0)
    return max(positive, high * 10.0**-DEEPEST) / 1.5, 10.0 * high, True


def _logarithmic(low: float, high: float, begin: float, end: float) -> Place:
    inner = _linear(math.log10(low), math.log10(high), begin, end)
    return lambda value: inner(math.log10(max(value, low * 1e-9)))


def _linear(low: float, high: float, begin: float, end: float) -> Place:
    return lambda value: begin + (end - begin) * (value - low) / ((high - low) or 1.0)


def _across(x: Place, rates: tuple[float, float], right: int, theme: Theme, say: Say) -> Iterator[str]:
    """Yield lines and labels at round rates, and the name of their axis."""
    for value in _decades(*rates, right - LEFT):
        yield _line(x(value), TOP, x(value), HEIGHT - BOTTOM, theme.grid)
        yield _text(x(value), HEIGHT - BOTTOM + 16, _power(value), theme.muted, "middle")
    yield _text((LEFT + right) / 2, HEIGHT - 8, escape(say("Learning rate")) + " μ", theme.muted, "middle")


def _upward(y: Place, losses: tuple[float, float, bool], right: int, theme: Theme, say: Say) -> Iterator[str]:
    """Yield lines and labels at round losses, and the name of their axis."""
    low, high, is_log = losses
    for value in _decades(low, high, HEIGHT - BOTTOM - TOP) if is_log else _round_numbers(low, high):
        yield _line(LEFT, y(value), right, y(value), theme.grid)
        label = _power(value) if is_log else f"{value:.4g}".replace("-", "−")
        yield _text(LEFT - 6, y(value) + 4, label, theme.muted, "end")
    turned = _text(0, 0, escape(say("Final loss")), theme.muted, "middle")
    yield f'<g transform="translate(13 {(TOP + HEIGHT - BOTTOM) / 2:.1f}) rotate(-90)">{turned}</g>'


def _decades(low: float, high: float, length: float) -> list[float]:
    """Return powers of ten in a range, so few that their labels do not touch."""
    first, last = math.ceil(math.log10(low) - 1e-9), math.floor(math.log10(high) + 1e-9)
    step = max(1, math.ceil((last - first + 1) * LABEL / length))
    return [10.0**k for k in range(first, last + 1) if k % step == 0]


def _round_numbers(low: float, high: float) -> list[float]:
    """Return a few round numbers in a range."""
    rough = (high - low) / 4
    decade = 10.0 ** math.floor(math.log10(rough))
    step = next(m * decade for m in (1.0, 2.0, 5.0, 10.0) if m * decade >= rough)
    return [k * step for k in range(math.ceil(low / step), math.floor(high / step) + 1)]


def _level(y: float, right: int, theme: Theme) -> Iterator[str]:
    if math.isfinite(y) and TOP <= y <= HEIGHT - BOTTOM:
        yield _line(LEFT, y, right, y, theme.muted, "2 4")


def _curve(k: int, curve: RateCurve, x: Place, y: Place, losses: tuple[float, float], theme: Theme) -> Iterator[str]:
    """Yield the line of one run, piece by piece, its largest stable rate and its own rate."""
    line = run_line(k, theme)
    colour, dash = line["color"], _dash(line["dash"])
    low, high = losses
    if curve.largest_stable is not None and curve.trials[0].lr <= curve.largest_stable <= curve.trials[-1].lr:
        place = x(curve.largest_stable)
        yield _line(place, TOP, place, HEIGHT - BOTTOM, colour, "2 4", 1.5)
    points = [(x(trial.lr), y(min(max(trial.loss, low), high))) for trial in curve.trials]
    for style, pairs in groupby(pairwise(zip(points, curve.trials, strict=True)), key=_style):
        if style is not None:
            piece = list(pairs)
            through = [piece[0][0][0], *(after[0] for _, after in piece)]
            line_of = " ".join(f"{px:.1f},{py:.1f}" for px, py in through)
            yield f'<polyline points="{line_of}" fill="none" stroke="{colour}" stroke-width="2"{dash}{style}/>'
    here = curve.here
    if math.isfinite(here.loss):
        yield _circle(x(here.lr), y(min(max(here.loss, low), high)), colour, theme)
    else:
        yield _cross(x(here.lr), TOP + 6, colour)


def _style(pair: tuple[tuple[tuple[float, float], Trial], tuple[tuple[float, float], Trial]]) -> str | None:
    """Return how the line between two trials is drawn; None if it is not, because one of them was lost."""
    trials = pair[0][1], pair[1][1]
    if not all(math.isfinite(trial.loss) for trial in trials):
        return None
    return FAINT if any(trial.blew_out for trial in trials) else ""


def _key(curves: Sequence[RateCurve], theme: Theme, say: Say) -> Iterator[str]:
    """Yield the lines of the key: each run, then what the marks mean."""
    for k, curve in enumerate(curves):
        line = run_line(k, theme)
        sample = f'<line x1="{LEFT}" x2="{LEFT + 30}" y1="8" y2="8" stroke="{line["color"]}" stroke-width="2"'
        yield f"{sample}{_dash(line['dash'])}/>" + _text(LEFT + 38, 12, escape(curve.run.label(say)), theme.text)
    yield _circle(LEFT + 15, 8, theme.text, theme) + _text(LEFT + 38, 12, escape(say("the run's rate")), theme.text)
    if any(curve.largest_stable is not None for curve in curves):
        upright = _line(LEFT + 15, 1, LEFT + 15, 15, theme.text, "2 4", 1.5)
        yield upright + _text(LEFT + 38, 12, escape(say("the largest stable rate")), theme.text)
    level = _line(LEFT, 8, LEFT + 30, 8, theme.muted, "2 4")
    yield level + _text(LEFT + 38, 12, escape(say("the loss at the start")), theme.text)
    if any(trial.blew_out and math.isfinite(trial.loss) for curve in curves for trial in curve.trials):
        faint = _line(LEFT, 8, LEFT + 30, 8, theme.text, width=2.0, more=FAINT)
        yield faint + _text(LEFT + 38, 12, escape(say("blew out on its way")), theme.text)


def _dash(dash: str) -> str:
    return "" if dash == "solid" else f' stroke-dasharray="{dash.replace("px", "")}"'


def _line(
    x1: float, y1: float, x2: float, y2: float, colour: str, dash: str = "", width: float = 1.0, more: str = ""
) -> str:
    dashes = f' stroke-dasharray="{dash}"' if dash else ""
    place = f'x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"'
    return f'<line {place} stroke="{colour}" stroke-width="{width:g}"{dashes}{more}/>'


def _text(x: float, y: float, text: str, colour: str, anchor: str = "start") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" fill="{colour}" text-anchor="{anchor}">{text}</text>'


def _circle(x: float, y: float, colour: str, theme: Theme) -> str:
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="5" fill="{colour}" stroke="{theme.background}" stroke-width="1.5"/>'


def _cross(x: float, y: float, colour: str) -> str:
    arms = f"M{x - 4:.1f} {y - 4:.1f}l8 8m0 -8l-8 8"
    return f'<path d="{arms}" stroke="{colour}" stroke-width="2.5" fill="none"/>'


def _power(value: float) -> str:
    """Return a power of ten, its exponent raised; small ones as they are read."""
    if 0.009 < value < 1001:
        return f"{value:g}"
    exponent = str(round(math.log10(value))).replace("-", "−")
    return f'10<tspan dy="-4" font-size="9">{exponent}</tspan>'
