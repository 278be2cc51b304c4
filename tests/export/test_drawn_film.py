"""A scene as a film and as a picture: the frames show where the runs are, and one palette serves all."""

import io
from urllib.parse import parse_qsl

import numpy as np
import pytest
from PIL import Image, ImageSequence

from charts.colours import worn
from charts.ranges import range_of
from charts.theme import DARK, LIGHT
from engine.presets import DEFAULT_SCENE
from engine.scenario import Scenario
from engine.simulate import simulate
from engine.url import decode
from export.film import gif as gif_module
from export.film.curve import Curve
from export.film.gif import DELAY, REST, gif, png, times_of
from export.film.letters import Letters, has_chinese
from export.film.painter import Look, Painter, Told
from export.film.shot import Plot, Track, network_shot, scene_shot
from export.film.stroke import Stroke
from surfaces.measured.grid import Grid
from surfaces.measured.recording import Recording
from surfaces.slice_brought import SliceBrought
from tests import small_network

SMALL = (320, 180)


def scene(address):
    made, _ = decode(dict(parse_qsl(address)))
    return made, simulate(made)


def look(made, size=SMALL, theme=LIGHT, told=()):
    return Look(size, worn(theme, made.runs), told=told)


def coloured(picture, colour, box=None):
    """Return where a picture has nearly a colour, as rows and columns."""
    wanted = [int(colour[k : k + 2], 16) for k in (1, 3, 5)]
    return np.argwhere((np.abs(np.asarray(picture, int) - wanted) < 24).all(axis=2))


def test_a_run_is_drawn_as_far_as_the_clock_has_come():
    made, runs = scene("surface=valley&surface.kappa=2&x=4&y=0&steps=60&a=gd&a.lr=0.05")
    painter = Painter(scene_shot(made, runs), look(made, (640, 360)))
    colour = worn(LIGHT, made.runs).runs[0]
    width = []
    for time in (0, 10, 60):
        columns = coloured(painter.frame(time), colour)[:, 1]
        in_map = columns[columns < 0.6 * 640]
        in_map = in_map[in_map > 150]
        width.append(np.ptp(in_map) if len(in_map) else 0)
    assert width[0] < width[1] < width[2]


def test_the_head_is_where_the_engine_has_the_run():
    made, runs = scene("surface=valley&surface.kappa=2&x=4&y=3&steps=40&a=gd&a.lr=0.05")
    painter = Painter(scene_shot(made, runs), look(made, (640, 360)))
    painter.frame(40)
    (place,) = painter._place(runs[0].theta[-1:])
    assert painter._strokes[0][0].place(40) == pytest.approx(tuple(2 * place), abs=1e-6)
    left, top, right, bottom = painter._map
    (low_x, high_x), (low_y, high_y) = painter._sides
    x, y = runs[0].theta[-1]
    assert place[0] == pytest.approx(left + (x - low_x) / (high_x - low_x) * (right - left))
    assert place[1] == pytest.approx(bottom - (y - low_y) / (high_y - low_y) * (bottom - top))
    assert (right - left) / (high_x - low_x) == pytest.approx((bottom - top) / (high_y - low_y))


@pytest.fixture(scope="module")
def film():
    runs = simulate(DEFAULT_SCENE)
    ticks = []
    data = gif(scene_shot(DEFAULT_SCENE, runs), look(DEFAULT_SCENE), 3.0, tick=ticks.append)
    return data, ticks


def test_a_film_lasts_as_long_as_was_asked_at_twenty_frames_a_second(film):
    data, ticks = film
    with Image.open(io.BytesIO(data)) as opened:
        durations = [frame.info["duration"] for frame in ImageSequence.Iterator(opened)]
        assert opened.info["loop"] == 0
        assert opened.size == SMALL
    assert sum(durations) == pytest.approx(3000, abs=DELAY)
    assert set(durations[:-1]) <= {DELAY * k for k in range(1, 10)}
    assert durations[-1] >= 1000 * REST
    assert ticks[-len(times_of(1000, 3.0)) :] == list(range(len(times_of(1000, 3.0))))


def test_all_frames_have_one_palette(film):
    data, _ = film
    with Image.open(io.BytesIO(data)) as opened:
        frames = [frame.convert("RGB") for frame in ImageSequence.Iterator(opened)]
    assert len(frames) > 10
    colours = set().union(*({colour for _, colour in frame.getcolors()} for frame in frames))
    assert len(colours) <= 255


def test_a_film_given_up_ends_at_once():
    def tick(done):
        if done == 3:
            raise TimeoutError

    with pytest.raises(TimeoutError):
        gif(scene_shot(DEFAULT_SCENE, simulate(DEFAULT_SCENE)), look(DEFAULT_SCENE), 60.0, tick=tick)


@pytest.mark.parametrize(
    "address",
    [
        "surface=rosenbrock&a=gd&a.lr=1",
        "surface=valley&a=gd&a.lr=10&steps=2000",
        "steps=1&a=adam",
        "surface=saddle&" + "&".join(f"{key}=adam&{key}.lr=0.0{k}" for k, key in enumerate("abcdef", 1)),
        "a=gd&a.name=学习率&b=adam&b.name=<b>{x}",
        "noise=1&surface=rosenbrock&a=sgd",
    ],
)
@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_every_scene_can_be_drawn(address, theme):
    made, runs = scene(address)
    told = (Told(0, "学习率 μ/σ", "σ"), Told(5, "x" * 300, "y" * 300))
    data = png(scene_shot(made, runs), look(made, theme=theme, told=told), float(made.steps))
    with Image.open(io.BytesIO(data)) as opened:
        assert (opened.format, opened.size) == ("PNG", SMALL)
        assert len(opened.getcolors(1 << 20)) > 50


def test_what_is_said_is_on_the_picture():
    runs = simulate(DEFAULT_SCENE)
    silent, spoken = (
        np.asarray(Painter(scene_shot(DEFAULT_SCENE, runs), look(DEFAULT_SCENE, told=told)).frame(500), int)
        for told in ((), (Told(100, "Words", "why"), Told(900, "Later words", "")))
    )
    differs = np.argwhere((silent != spoken).any(axis=2))
    assert len(differs)
    assert differs[:, 0].min() > 0.87 * SMALL[1]


def test_a_dashed_line_goes_on_where_it_was():
    places = np.stack([np.arange(0.0, 101.0), np.zeros(101)], axis=1)
    whole = Stroke(places, np.arange(101), (200, 200), "#000000", 1, (7.0, 3.0))
    pieces = [piece for begin, end in ((0, 13), (13, 14.5), (14.5, 100)) for piece in whole._pieces(begin, end)]
    at = sorted({x for piece in pieces for x, _ in piece if 0 < x < 100})
    assert all(x % 10 <= 7 + 1e-9 for x in at)
    assert sum(piece[-1][0] - piece[0][0] for piece in pieces) == pytest.approx(70)


def test_a_line_ends_where_it_has_no_place():
    places = np.array([[0.0, 0.0], [1.0, 1.0], [np.nan, 2.0], [3.0, 3.0]])

    def line(points):
        return Stroke(points, np.arange(len(points)), (10, 10), "#000000", 1, ())

    assert len(line(places).places) == 2
    assert line(places[2:]).place(0) is None
    assert len(line(np.array([[0.0, 0.0], [1e300, 0.0]])).places) == 1


def test_a_film_of_very_many_updates_takes_no_longer():
    made, runs = scene("surface=valley&a=gd&a.lr=0.0399&b=gd&b.lr=0.039&steps=200000")
    painter = Painter(scene_shot(made, runs), look(made))
    assert all(len(stroke.places) < 10_000 for strokes in painter._strokes for stroke in strokes)
    assert painter.frame(1e5).size == SMALL


def test_a_panel_holds_what_leaves_it():
    held = Track(np.arange(5), np.array([1.0, 10.0, np.inf, np.nan, 1e-300]))
    panel = Curve(Plot("", [held], range_of([False], [held.values])), (0.0, 0.0, 100.0, 50.0), 4)
    rows = panel.places(0)[:, 1]
    assert rows[0] > rows[1]
    assert np.isnan(rows[2:4]).all()
    assert rows[4] == 50.0
    assert all(0 <= row <= 50 for row, _ in panel.ticks)


def test_chinese_is_written_where_the_machine_can():
    font = Letters().font("学习率", 20)
    assert font.getlength("学习率") == pytest.approx(60, rel=0.05) or not has_chinese()


def test_a_network_s_paths_keep_the_clock_of_its_looks():
    shown = small_network.small()
    painter = Painter(network_shot(shown), look(shown.study, (640, 360)))
    painter.frame(float(shown.study.steps))
    for strokes, places in zip(painter._strokes, shown.cut.places, strict=True):
        assert strokes[0].place(shown.study.steps) == pytest.approx(tuple(2 * painter._place(places[-1:])[0]), abs=1e-6)
    half = Painter(network_shot(shown), look(shown.study, (640, 360)))
    half.frame(50.0)
    clock = shown.trainings[0].clock
    seen = np.searchsorted(clock, 50.0, side="right") - 1
    at = 2 * half._place(shown.cut.places[0][seen : seen + 1])[0]
    assert half._strokes[0][0].place(50) == pytest.approx(tuple(at), abs=1e-6)


@pytest.mark.parametrize("study", [small_network.SMALL, small_network.BURST])
@pytest.mark.parametrize("cutting", ["paths", "random", "gradient"])
def test_every_training_can_be_drawn(study, cutting):
    shot = network_shot(small_network.small(study, cutting))
    data = png(shot, look(study), float(shot.updates))
    with Image.open(io.BytesIO(data)) as opened:
        assert len(opened.getcolors(1 << 20)) > 50


def test_the_path_that_was_measured_with_a_slice_is_drawn():
    x, y = np.linspace(-1.0, 1.0, 9), np.linspace(-1.0, 1.0, 9)
    grid = Grid.of(x, y, 1.0 + x[None, :] ** 2 + y[:, None] ** 2)
    pictures = []
    for walk in (b"", np.array([[0.5, 0.5, np.nan], [-0.5, -0.5, np.nan]]).tobytes()):
        surface = SliceBrought.of(Recording(grid, walk))
        made = Scenario(surface, (0.9, -0.9), 5, DEFAULT_SCENE.runs[:1])
        pictures.append(np.asarray(Painter(scene_shot(made, simulate(made)), look(made, (640, 360))).frame(5.0), int))
    rows, columns = np.nonzero((pictures[0] != pictures[1]).any(axis=2))
    assert np.ptp(rows) > 60
    assert np.ptp(columns) > 60


def test_the_limit_of_a_training_is_marked_at_its_height():
    shown = small_network.small()
    sharp = network_shot(shown).plots[0]
    assert list(sharp.levels) == [training.limit for training in shown.trainings]


def test_every_size_is_even():
    assert all(side % 2 == 0 for size in gif_module.SIZES.values() for side in size)
