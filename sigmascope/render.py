"""A scene as a file, without a browser."""

from functools import partial

from charts.colours import worn
from charts.theme import LIGHT
from engine.scenario import Scenario
from engine.simulate import simulate
from engine.trajectory import Trajectory
from engine.url import explicit
from export.film.gif import SIZES, gif, png
from export.notebook import LONGEST, notebook
from export.tables import csv_text, npz_bytes, scene_json
from sigmascope.scenes import Link, Scene
from ui.film import look, speakable
from ui.limits import FILM_SECONDS
from ui.text import say_sentence_in, translate

KINDS = (".html", ".gif", ".png", ".npz", ".csv", ".json", ".ipynb")
IN_A_BROWSER = {".mp4": "a film as .gif", ".webm": "a film as .gif", ".svg": "a picture as .png", ".pdf": "a .png"}
"""What only a browser can make, and what there is in its place."""

SHORTEST = 2.0
"""Seconds of a film at least."""


class RenderError(Exception):
    """What was asked for cannot be made."""


def rendered(link: Link, kind: str, seconds: float = 10.0, size: str = "720p", speaks: bool = True) -> bytes:
    """Return a scene as a file.

    kind: one of KINDS. seconds: of a film, from SHORTEST to FILM_SECONDS. size: one of SIZES. speaks: whether a film or
    a picture has words. Raises RenderError, in one sentence, for what cannot be made.
    """
    if kind in IN_A_BROWSER:
        raise RenderError(f"only a browser can make {kind}; here there is {IN_A_BROWSER[kind]}.")
    if kind not in KINDS:
        raise RenderError(f"the file must end in one of {', '.join(KINDS)}, not in {kind or 'nothing'!r}.")
    if size not in SIZES:
        raise RenderError(f"the size must be one of {', '.join(SIZES)}, not {size}.")
    if not SHORTEST <= seconds <= FILM_SECONDS:
        raise RenderError(f"a film lasts {SHORTEST:g} to {FILM_SECONDS} seconds, not {seconds:g}.")
    if kind == ".html":
        return Scene(link).html.encode()
    scenario = link.scenario
    return _file(link, scenario, simulate(scenario), kind, seconds, size, speaks)


def _file(
    link: Link,
    scenario: Scenario,
    trajectories: tuple[Trajectory, ...],
    kind: str,
    seconds: float,
    size: str,
    speaks: bool,
) -> bytes:
    if kind == ".csv":
        return csv_text(scenario, trajectories).encode()
    if kind == ".npz":
        return npz_bytes(scenario, trajectories)
    address = link.link or "?" + "&".join(f"{name}={text}" for name, text in explicit(scenario).items())
    if kind == ".json":
        return scene_json(scenario, address).encode()
    if kind == ".ipynb":
        if scenario.steps > LONGEST:
            raise RenderError(f"a notebook makes at most {LONGEST:,} updates; this scene has {scenario.steps:,}.")
        say, speak = partial(translate, link.language), partial(say_sentence_in, link.language)
        return notebook(scenario, trajectories, address, say, speak).encode()
    code = speakable(link.language)
    looks = look(scenario, trajectories, worn(LIGHT, scenario.runs), size, code, speaks)
    if kind == ".png":
        return png(scenario, trajectories, looks, float(scenario.steps), partial(translate, code))
    return gif(scenario, trajectories, looks, seconds, partial(translate, code))
