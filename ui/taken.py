"""What can be taken away of a scene, or of a network's training: its files, each made when it is asked for."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from engine.scenario import Run, Scenario
from engine.trajectory import Trajectory
from engine.url import encode
from explain.captions import captions
from explain.events import Event
from explain.lecture.chapters import CHAPTERS
from explain.lesson import Lesson
from explain.timeline import timeline
from export.film.painter import Told
from export.film.shot import Shot, scene_shot
from export.measured_code import check_size
from export.notebook import LONGEST, notebook
from export.tables import csv_text, npz_bytes, scene_json, stride_of
from spec.sentences import Sentence, SentenceError
from ui.lesson_address import address_of_lesson
from ui.offline import offline_lecture, offline_scene
from ui.pages import LESSONS, Page
from ui.parameters import LETS, PANELS
from ui.sheets import scene_sheets, worksheet
from ui.text import say_sentence_in, translate

Say = Callable[[str], str]

HTML, CSV, JSON = "text/html", "text/csv", "application/json"
NPZ, IPYNB = "application/octet-stream", "application/x-ipynb+json"


@dataclass(frozen=True)
class File:
    """A file that can be had. kind: how its name ends. label: of its button, `kind` if it has none."""

    kind: str
    mime: str
    make: Callable[[], str | bytes]
    label: str = ""

    def text(self) -> str:
        """Return the file as text."""
        made = self.make()
        return made if isinstance(made, str) else made.decode()


@dataclass(frozen=True, eq=False)
class Filmed:
    """What a film is of.

    of: equal for what looks the same. shot: what it shows, in a language. events: what happens meanwhile.
    """

    of: Hashable
    runs: Sequence[Run]
    shot: Callable[[Say], Shot]
    events: Callable[[Say], Sequence[Event]]

    def told(self, code: str) -> tuple[Told, ...]:
        """Return what is said in the film, in the language called `code`."""
        speak = partial(say_sentence_in, code)
        events = captions(self.events(partial(translate, code)))
        return tuple(Told(event.update, speak(event.caption), speak(event.detail)) for event in events)


@dataclass(frozen=True, eq=False)
class Taken:
    """All that can be taken away of one thing, in one language.

    name: of its files. lesson: the page of a lesson on it, and the address of one. film: None where there is nothing to
    be seen. pages, sheets, numbers: its files, of each kind the one first that a preview shows. columns: what the
    numbers are, in sentences. notebook: a file, or why there is none. is_in_link: whether the link has all of it.
    """

    name: str
    lesson: tuple[Page, Mapping[str, str]]
    film: Filmed | None
    pages: tuple[File, ...]
    sheets: tuple[File, ...]
    numbers: tuple[File, ...]
    columns: tuple[Sentence, ...]
    notebook: File | Sentence
    is_in_link: bool = True

    def file(self, kind: str) -> File | Sentence:
        """Return the file whose name ends in `kind`, or why there is none. Raises KeyError for what is no kind."""
        if kind == "ipynb":
            return self.notebook
        return {file.kind: file for file in (*self.pages, *self.sheets, *self.numbers)}[kind]


def scene_taken(
    scenario: Scenario, trajectories: Sequence[Trajectory], link: str, code: str, chapter: int = 0
) -> Taken:
    """Return what can be taken away of a scene; chapter: whose it is, 0 for none."""
    return Taken(
        name=f"sigmascope-{scenario.surface.slug}",
        lesson=(LESSONS, _lesson(scenario, chapter, code)),
        film=Filmed(
            scenario,
            scenario.runs,
            partial(scene_shot, scenario, trajectories),
            partial(timeline, scenario, trajectories),
        ),
        pages=_pages(scenario, trajectories, link, code, chapter),
        sheets=_sheets(scenario, trajectories, link, code, chapter),
        numbers=(
            File("csv", CSV, partial(csv_text, scenario, trajectories)),
            File("npz", NPZ, partial(npz_bytes, scenario, trajectories)),
            File("json", JSON, partial(scene_json, scenario, link)),
        ),
        columns=_columns(trajectories),
        notebook=_notebook(scenario, trajectories, link, code),
        is_in_link=scenario.surface.is_in_address,
    )


def _notebook(scenario: Scenario, trajectories: Sequence[Trajectory], link: str, code: str) -> File | Sentence:
    if scenario.steps > LONGEST:
        return Sentence("A notebook makes at most {most:,} updates; this scene has more.", {"most": LONGEST})
    try:
        check_size(scenario.surface)
    except SentenceError as error:
        return error.sentence
    say, speak = partial(translate, code), partial(say_sentence_in, code)
    return File("ipynb", IPYNB, partial(notebook, scenario, trajectories, link, say, speak))


def _lesson(scenario: Scenario, chapter: int, code: str) -> dict[str, str]:
    if not chapter:
        return encode(scenario) | address_of_lesson(Lesson("", lets=frozenset(LETS.default)))
    taught = CHAPTERS[chapter - 1]
    query = encode(scenario) | address_of_lesson(taught.lesson(partial(say_sentence_in, code)))
    return query | {PANELS.name: PANELS.knob.format(tuple(name for name in taught.charts if name != "map"))}


def _pages(
    scenario: Scenario, trajectories: Sequence[Trajectory], link: str, code: str, chapter: int
) -> tuple[File, ...]:
    if not chapter:
        return (File("html", HTML, partial(offline_scene, scenario, trajectories, link, code)),)
    say = partial(translate, code)
    return (
        File("html", HTML, partial(offline_lecture, code, [chapter]), say("This chapter")),
        File("lecture.html", HTML, partial(offline_lecture, code), say("All chapters")),
    )


def both_sheets(make: Callable[[bool], str], code: str) -> tuple[File, ...]:
    """Return something on paper, with answers and to be filled in; make: told whether it has them."""
    say = partial(translate, code)
    return (
        File("sheet.html", HTML, partial(make, True), say("With answers")),
        File("worksheet.html", HTML, partial(make, False), say("To fill in")),
    )


def _sheets(
    scenario: Scenario, trajectories: Sequence[Trajectory], link: str, code: str, chapter: int
) -> tuple[File, ...]:
    if not chapter:
        return both_sheets(partial(scene_sheets, scenario, trajectories, link, code), code)
    say = partial(translate, code)
    return (
        *both_sheets(partial(worksheet, code, numbers=[chapter]), code),
        File("lecture-sheets.html", HTML, partial(worksheet, code, True), say("All chapters")),
        File("lecture-worksheets.html", HTML, partial(worksheet, code, False), say("All chapters, to fill in")),
    )


def _columns(trajectories: Sequence[Trajectory]) -> tuple[Sentence, ...]:
    columns = Sentence(
        "Every update of every run: point, loss, gradient, direction, σ, step size, learning rate, sharpness."
    )
    stride = stride_of(trajectories)
    if stride == 1:
        return (columns,)
    return (
        columns,
        Sentence("So many updates are thinned: one of {stride} is written, and the last one.", {"stride": stride}),
    )
