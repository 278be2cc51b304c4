"""The frames of a film: the map with its paths, the curves beside it, what is said, on one clock."""

from dataclasses import dataclass, field

import numpy as np
from PIL import Image, ImageDraw

from charts.figure import Say
from charts.pixels import with_equal_units
from charts.still import seen_from_above
from charts.theme import DASHES, Theme
from charts.thinning import thin
from engine.trajectory import Floats
from export.film.curve import Box, Curve
from export.film.letters import Letters
from export.film.shot import Shot
from export.film.stroke import Stroke

FINER = 2
"""How many times finer lines are drawn, so that they are smooth when they are made smaller."""

LINE, HALO, HEAD, RING = 4.0, 2.0, 7.0, 9.0
"""Of a path, of what sets it off, of a run's point and of the start, in pixels of a picture 720 high."""

WALKED = 3.0
"""Of a point of the path that was measured with the ground, likewise."""

LONGEST_BESIDE = 4
"""Letters of an axis's name that fit beside the map; a longer one stands above."""

MAP, PANELS = (0.05, 0.09, 0.6, 0.8), ((0.68, 0.13, 0.975, 0.29), (0.68, 0.39, 0.975, 0.55), (0.68, 0.65, 0.975, 0.81))
"""Boxes as shares of a picture: of the map, and of three panels one below another."""


@dataclass(frozen=True)
class Told:
    """What is said from an update on, and why."""

    update: int
    text: str
    detail: str


@dataclass(frozen=True)
class Look:
    """How a film looks. size: width and height in pixels, both even. told: in time order; nothing is said without."""

    size: tuple[int, int]
    theme: Theme
    letters: Letters = field(default_factory=Letters)
    told: tuple[Told, ...] = ()


class Painter:
    """Draws the frames of a shot in time order."""

    def __init__(self, shot: Shot, look: Look, say: Say = str) -> None:
        self._shot, self._look, self._say = shot, look, say
        self.updates = shot.updates
        width, height = look.size
        self._unit = height / 720
        self._map = self._box(MAP)
        self._sides = _sides(shot, self._map)
        self._panels = self._make_panels()
        self._still = self._ground().resize((FINER * width, FINER * height), Image.Resampling.BICUBIC)
        self.rewind()

    def rewind(self) -> None:
        """Begin again: no line is drawn yet."""
        self._canvas, self._strokes = self._still.copy(), self._make_strokes()

    def frame(self, time: float) -> Image.Image:
        """Return the picture at a time in updates, not before the one that was drawn last."""
        pen = ImageDraw.Draw(self._canvas)
        halo = self._look.theme.background
        for path, *curves in self._strokes:
            path.draw(pen, time, halo, FINER * HALO * self._unit)
            for curve in curves:
                curve.draw(pen, time)
        finer = self._canvas.copy()
        self._draw_points(ImageDraw.Draw(finer), time)
        picture = finer.reduce(FINER)
        self._write(ImageDraw.Draw(picture), time)
        return picture

    def _box(self, shares: Box) -> Box:
        width, height = self._look.size
        left, top, right, bottom = shares
        return left * width, top * height, right * width, bottom * height

    def _make_panels(self) -> list[Curve]:
        plots = self._shot.plots
        boxes = map(self._box, PANELS[len(PANELS) - len(plots) :])
        return [Curve(plot, box, max(self.updates, 1)) for plot, box in zip(plots, boxes, strict=True)]

    def _make_strokes(self) -> list[list[Stroke]]:
        size = (FINER * self._look.size[0], FINER * self._look.size[1])
        made = []
        for k, track in enumerate(self._shot.paths):
            colour, unit = self._look.theme.runs[k], FINER * self._unit
            dash = _dash(k, unit)
            rows = thin(track.values)
            places, times = FINER * self._place(track.values[rows]), track.times[rows]
            path = Stroke(places, times, size, colour, LINE * unit, dash)
            made.append([path, *(_curve(panel, k, size, colour, 2.5 * unit, dash) for panel in self._panels)])
        return made

    def _place(self, theta: Floats) -> Floats:
        left, top, right, bottom = self._map
        (low_x, high_x), (low_y, high_y) = self._sides
        with np.errstate(all="ignore"):
            share = (theta - (low_x, high_y)) / (high_x - low_x, low_y - high_y)
            placed: Floats = (left, top) + share * (right - left, bottom - top)
        return placed

    def _ground(self) -> Image.Image:
        """Return all that does not move."""
        theme = self._look.theme
        picture = Image.new("RGB", self._look.size, theme.background)
        left, top, right, bottom = map(round, self._map)
        (low_x, high_x), (low_y, high_y) = self._sides
        x = low_x + (high_x - low_x) * (np.arange(right - left) + 0.5) / (right - left)
        y = low_y + (high_y - low_y) * (np.arange(bottom - top) + 0.5) / (bottom - top)
        picture.paste(Image.fromarray(seen_from_above(self._shot.ground, theme, x, y)), (left, top))
        return picture

    def _draw_points(self, pen: ImageDraw.ImageDraw, time: float) -> None:
        """Draw the minima, the start, where each run is, and the panels' frames: what lies above the lines."""
        theme, unit = self._look.theme, FINER * self._unit
        for x, y in (FINER * self._place(np.array(self._shot.walk, float).reshape(-1, 2))).tolist():
            _dot(pen, x, y, WALKED * unit, theme.text, theme.background)
        minima = [(p.x, p.y) for p in self._shot.ground.critical_points if p.kind == "minimum"]
        for x, y in (FINER * self._place(np.array(minima, float).reshape(-1, 2))).tolist():
            pen.polygon(_star(x, y, 1.25 * RING * unit), fill=theme.text, outline=theme.background, width=round(unit))
        ((x, y),) = (FINER * self._place(np.array([self._shot.start], float))).tolist()
        _ring(pen, x, y, RING * unit, theme.text, round(2.5 * unit))
        for path, *curves in self._strokes:
            for stroke, radius in ((path, HEAD), *((curve, 4.5) for curve in curves)):
                place = stroke.place(time)
                if place:
                    _dot(pen, *place, radius * unit, stroke.colour, theme.background)

    def _write(self, pen: ImageDraw.ImageDraw, time: float) -> None:
        self._mask(pen)
        self._write_axes(pen)
        self._write_names(pen)
        width, height = self._look.size
        count = f"{self._say('update')} {int(time):,} / {self.updates:,}"
        self._text(pen, (0.975 * width, 0.965 * height), count, 18, anchor="rm")
        left, right, y = 0.05 * width, 0.6 * width, 0.865 * height
        theme = self._look.theme
        pen.rectangle((left, y, right, y + 3 * self._unit), fill=theme.grid)
        share = time / self.updates if self.updates else 1.0
        pen.rectangle((left, y, left + share * (right - left), y + 3 * self._unit), fill=theme.primary)
        said = [told for told in self._look.told if told.update <= time]
        if said:
            self._text(pen, (left, 0.905 * height), said[-1].text, 24, weight="Semibold", longest=0.92 * width)
            self._text(pen, (left, 0.953 * height), said[-1].detail, 18, muted=True, longest=0.78 * width)

    def _mask(self, pen: ImageDraw.ImageDraw) -> None:
        """Cover what has left the map, and frame it."""
        width, height = self._look.size
        left, top, right, bottom = self._map
        ground = self._look.theme.background
        for box in ((0, 0, width, top), (0, bottom, right, height), (0, 0, left, height)):
            pen.rectangle(box, fill=ground)
        pen.rectangle((right, 0, self._panels[0].box[0] - 0.075 * width, height), fill=ground)

    def _write_axes(self, pen: ImageDraw.ImageDraw) -> None:
        theme, unit = self._look.theme, self._unit
        left, top, right, bottom = self._map
        for value, x in _round_values(self._sides[0], left, right):
            self._text(pen, (x, bottom + 12 * unit), value, 14, muted=True, anchor="mm")
        for value, y in _round_values(self._sides[1], bottom, top):
            self._text(pen, (left - 8 * unit, y), value, 14, muted=True, anchor="rm")
        across, up = self._shot.axes
        self._text(pen, ((left + right) / 2, bottom + 30 * unit), across, 16, anchor="mm")
        is_long = len(up) > LONGEST_BESIDE
        place = (left, top - 11 * unit) if is_long else (left - 44 * unit, (top + bottom) / 2)
        self._text(pen, place, up, 16, anchor="lm" if is_long else "mm")
        for panel in self._panels:
            first, above, last, below = panel.box
            self._text(pen, (first, above - 14 * unit), panel.plot.title, 16, anchor="lm")
            pen.line((first, above, first, below, last, below), fill=theme.muted, width=1)
            for k, height in enumerate(panel.heights(np.array(panel.plot.levels, float))):
                if np.isfinite(height):
                    pen.line((first, height, last, height), fill=theme.runs[k], width=1)
            for y, text in panel.ticks:
                pen.line((first - 4 * unit, y, first, y), fill=theme.muted, width=1)
                self._text(pen, (first - 8 * unit, y), text, 13, muted=True, anchor="rm")

    def _write_names(self, pen: ImageDraw.ImageDraw) -> None:
        x, y, unit = self._map[0], 0.045 * self._look.size[1], self._unit
        for k, name in enumerate(self._shot.names):
            colour = self._look.theme.runs[k]
            sample = np.array([[x, y], [x + 34 * unit, y]])
            Stroke(sample, np.arange(2), self._look.size, colour, 4 * unit, _dash(k, unit)).draw(pen, 1)
            x = self._text(pen, (x + 42 * unit, y), name, 18, anchor="lm") + 28 * unit

    def _text(
        self,
        pen: ImageDraw.ImageDraw,
        place: tuple[float, float],
        text: str,
        size: float,
        weight: str = "Regular",
        muted: bool = False,
        anchor: str = "lm",
        longest: float = np.inf,
    ) -> float:
        """Write a text, smaller where it would be longer than `longest`; return where it ends."""
        theme, size = self._look.theme, size * self._unit
        font = self._look.letters.font(text, round(size), weight)
        if font.getlength(text) > longest:
            font = self._look.letters.font(text, max(8, int(size * longest / font.getlength(text))), weight)
        pen.text(place, text, fill=theme.muted if muted else theme.text, font=font, anchor=anchor)
        return place[0] + font.getlength(text)


def _curve(panel: Curve, k: int, size: tuple[int, int], colour: str, width: float, dash: tuple[float, ...]) -> Stroke:
    """Return the line of run k in a panel, with fewer points where it has very many."""
    track = panel.plot.curves[k]
    rows = thin(track.values[:, None])
    return Stroke(FINER * panel.places(k)[rows], track.times[rows], size, colour, width, dash)


def _sides(shot: Shot, box: Box) -> list[tuple[float, float]]:
    """Return what the map shows along each axis; with a unit as long across as up where the ground has it so."""
    if not shot.is_equal:
        return list(shot.sides)
    return with_equal_units(*shot.sides, (box[2] - box[0], box[3] - box[1]))


def _round_values(side: tuple[float, float], begin: float, end: float) -> list[tuple[str, float]]:
    """Return about five round values of a side, each with its text and where it is between two pixels."""
    low, high = side
    step = 10.0 ** np.floor(np.log10((high - low) / 5))
    step *= next(k for k in (1, 2, 5, 10) if (high - low) / (k * step) <= 6)
    values = np.arange(np.ceil(low / step), np.floor(high / step) + 1) * step
    return [(f"{value + 0.0:.6g}", begin + (value - low) / (high - low) * (end - begin)) for value in values]


def _dash(k: int, unit: float) -> tuple[float, ...]:
    """Return run k's dash as lengths in pixels; of a solid line nothing."""
    return () if DASHES[k] == "solid" else tuple(float(part.removesuffix("px")) * unit for part in DASHES[k].split(","))


def _star(x: float, y: float, radius: float) -> list[tuple[float, float]]:
    """Return the corners of a star with five points."""
    angles, radii = np.pi * (np.arange(10) / 5 - 0.5), radius * np.where(np.arange(10) % 2, 0.4, 1.0)
    return [(x + float(c), y + float(s)) for c, s in zip(radii * np.cos(angles), radii * np.sin(angles), strict=True)]


def _dot(pen: ImageDraw.ImageDraw, x: float, y: float, radius: float, colour: str, rim: str) -> None:
    box = (x - radius, y - radius, x + radius, y + radius)
    pen.ellipse(box, fill=colour, outline=rim, width=max(1, round(radius / 4)))


def _ring(pen: ImageDraw.ImageDraw, x: float, y: float, radius: float, colour: str, width: int) -> None:
    pen.ellipse((x - radius, y - radius, x + radius, y + radius), outline=colour, width=width)
