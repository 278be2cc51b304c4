"""What the player of the page of maps says: what is mapped, and how the run of the cell ends that is pointed at."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import cast
from urllib.parse import urlencode

from charts.maps.views import Kind
from engine.fields import numbers
from engine.labels import short_labels, symbol
from engine.scenario import Scenario
from engine.trajectory import Trajectory
from engine.url import encode
from player.contract import Caption, Story
from spec.knobs import short_real
from spec.sentences import Sentence
from ui.maps.asking import Asked, name_of
from ui.maps.making import Made
from ui.story import rate
from ui.text import say_sentence_in, translate

QUESTIONS: Mapping[Kind, Sentence] = {
    "basins": Sentence("Where does a run end that begins here?"),
    "plane": Sentence("Which two numbers go together?"),
    "rates": Sentence("How much does the learning rate matter?"),
    "race": Sentence("Which rule wins if all are tuned alike?"),
    "values": Sentence("What does this one number change?"),
}

CELLS = Sentence("Point at a cell to see its run, click to open it, draw a rectangle to look closer.")

TASKS: Mapping[Kind, Sentence] = {
    "basins": CELLS,
    "plane": CELLS,
    "rates": Sentence("Point at a rate to see its runs, click to open them, draw a rectangle to look closer."),
    "race": Sentence(
        "Every rule has the same tries, from a box that is told below, from the same starts. Beside: the best of each."
    ),
    "values": Sentence("Point at a map to see its run, click to open it."),
}


@dataclass(frozen=True)
class Pointed:
    """The scene that is shown beside a map, and the cell, its column and its row, that it belongs to, if any."""

    scene: Scenario
    cell: tuple[int, int] | None = None


def heading(asked: Asked) -> Sentence:
    """Return what a map is called."""
    return asked.question.sentence(asked.question.ask) if asked.question else QUESTIONS[asked.kind]


def map_story(maps: Made, pointed: Pointed, runs: Sequence[Trajectory], code: str, beside: Mapping[str, str]) -> Story:
    """Return what is told of maps while the runs of one scene are shown; beside: what all addresses carry."""
    scene, asked = pointed.scene, maps.asked.question
    say = partial(translate, code)
    names = short_labels(scene, say)
    return Story(
        question=say_sentence_in(code, heading(maps.asked)),
        task=say_sentence_in(code, asked.sentence(asked.says) if asked else TASKS[maps.asked.kind]),
        answer="",
        captions=[_caption(maps.asked, pointed, runs, names, code, beside)],
        run=0,
        axis=0,
        formulas=[[] for _ in runs],
        rates=[rate(k, run.lr, name) for k, (run, name) in enumerate(zip(scene.runs, names, strict=True))],
        names=list(names),
        axes=list(scene.surface.axes),
        start=list(scene.start),
        lowest=None,
    )


def _caption(
    asked: Asked,
    pointed: Pointed,
    runs: Sequence[Trajectory],
    names: Sequence[str],
    code: str,
    beside: Mapping[str, str],
) -> Caption:
    """Return which numbers a cell stands for, how its runs end, and where they are opened."""
    scene = pointed.scene
    say = partial(translate, code)
    ends = [say_sentence_in(code, run.outcome.sentence) for run in runs]
    told = [end if len(runs) == 1 else f"{name}: {end}" for name, end in zip(names, ends, strict=True)]
    named = asked.numbers if asked.kind != "race" else ()
    text = " · ".join(_number(scene, asked.letters[0], name, say) for name in named)
    made = _said(text, " ".join(told), scene, beside)
    if pointed.cell:
        made["cell"] = list(pointed.cell)
    return made


def _said(text: str, detail: str, scene: Scenario, beside: Mapping[str, str]) -> Caption:
    """Return a caption of all updates, with a link that opens a scene."""
    link = "./?" + urlencode({**encode(scene), **beside})
    at_once = {"kind": "cell", "update": 0, "run": 0, "axis": None, "panel": None, "mark": "", "place": None}
    return cast(Caption, {**at_once, "text": text, "detail": detail, "link": link})


def _number(scene: Scenario, letter: str, name: str, say: partial[str]) -> str:
    field = numbers(scene)[name_of(scene, letter, name)]
    sign = scene.surface.axes["xy".index(name)] if name in ("x", "y") else symbol(field.knob, say)
    return f"{sign} {short_real(field.read(scene), 6)}"
