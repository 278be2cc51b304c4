"""What each way of taking a scene away costs, and how many bytes it has: `python -m benchmarks.exports`.

One thread of one processor; the first offline page of a server compresses Plotly once and is not counted. It prints the
table of docs/testing.md.
"""

import time
from collections.abc import Callable
from functools import partial

from charts.theme import LIGHT
from engine.presets import DEFAULT_SCENE
from engine.simulate import simulate
from engine.url import explicit
from export.film.gif import gif, png
from export.notebook import notebook
from export.tables import csv_text, npz_bytes, scene_json
from spec.sentences import fill
from ui.film import look
from ui.offline import offline_lecture, offline_scene
from ui.sheets import scene_sheets
from ui.taken import scene_taken


def ways() -> dict[str, Callable[[], str | bytes]]:
    """Return what makes each file of the default scene."""
    scene = DEFAULT_SCENE
    runs, link = simulate(scene), "?" + "&".join(f"{name}={text}" for name, text in explicit(scene).items())
    filmed = scene_taken(scene, runs, link, "en").film
    assert filmed
    looks = {size: look(filmed, LIGHT, size, "en", True) for size in ("720p", "1080p")}
    shot = filmed.shot(str)

    def speak(sentence):
        return fill(sentence.template, sentence.values)

    return {
        "offline page": partial(offline_scene, scene, runs, link, "en"),
        "offline page, eleven chapters": partial(offline_lecture, "en"),
        "picture, PNG 1920 × 1080": partial(png, shot, looks["1080p"], 1000.0),
        "film, GIF 10 s 720p": partial(gif, shot, looks["720p"], 10.0),
        "film, GIF 10 s 1080p": partial(gif, shot, looks["1080p"], 10.0),
        "film, GIF 60 s 720p": partial(gif, shot, looks["720p"], 60.0),
        "two sheets of A4, HTML": partial(scene_sheets, scene, runs, link, "en"),
        "CSV": partial(csv_text, scene, runs),
        ".npz": partial(npz_bytes, scene, runs),
        "JSON": partial(scene_json, scene, link),
        "notebook": partial(notebook, scene, runs, link, str, speak),
    }


def main() -> None:
    """Print seconds and bytes of each."""
    offline_scene(DEFAULT_SCENE, simulate(DEFAULT_SCENE), "", "en")
    print("\n| the default scene as | seconds | kB |\n|---|---|---|")
    for name, make in ways().items():
        began = time.perf_counter()
        made = make()
        seconds = time.perf_counter() - began
        size = len(made.encode() if isinstance(made, str) else made)
        print(f"| {name} | {seconds:.2f} | {size / 1000:,.0f} |")


if __name__ == "__main__":
    main()
