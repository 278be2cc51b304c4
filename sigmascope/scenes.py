"""A scene by its address: its runs as arrays, and itself as something to look at in a notebook."""

import warnings
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from html import escape
from typing import Any
from urllib.parse import SplitResult, parse_qsl, urlsplit

from charts.network.views import Studied
from engine.fields import RUN_KEYS
from engine.scenario import Scenario
from engine.simulate import simulate
from engine.trajectory import Trajectory
from engine.url import SCENES, Form
from explain.lecture.chapters import CHAPTERS
from network.studied import CUTTINGS, Cutting, slice_of, train_all
from network.study import STUDIES, Study
from network.training import Training
from ui.network.player import USUAL
from ui.network.taken import study_taken
from ui.pages import PAGES
from ui.parameters import CHAPTER, CUT, LANG, LANGUAGES
from ui.scene import FORMS, OTHERS
from ui.taken import Taken, scene_taken

HEIGHT = 780
"""Of what a notebook shows, in pixels."""


@dataclass(frozen=True)
class Link:
    """What a link or an address means: a scene or a study, the chapter that it is of (0 for none), a language.

    notes: what could not be used as it was written. link: where the scene can be changed, nothing if that is not known.
    cutting: along what the loss of a network is cut.
    """

    scenario: Scenario | Study
    chapter: int
    language: str
    notes: tuple[str, ...]
    link: str
    cutting: Cutting = "paths"

    @property
    def form(self) -> Form[Any]:
        """How an address means what this one does."""
        return STUDIES if isinstance(self.scenario, Study) else SCENES

    @property
    def address(self) -> str:
        """The link; where it is not known, what would stand behind its question mark."""
        return self.link or "?" + "&".join(f"{name}={text}" for name, text in self.form.explicit(self.scenario).items())


def name_of(parts: SplitResult) -> str:
    """Return the last part of a link's path, which says what page it is of."""
    return parts.path.rstrip("/").rpartition("/")[2]


def parts_of(text: str) -> SplitResult:
    """Return the parts of a link; of what is none, nothing but itself as a query."""
    try:
        return urlsplit(text)
    except ValueError:
        return SplitResult("", "", "", text, "")


def read(text: str) -> Link:
    """Return what a link of the app means, or the part of one behind its question mark, or nothing for the first scene.

    Any text means a scene; what it says wrong is in the notes.
    """
    parts = parts_of(text)
    is_link = bool(parts.scheme and parts.netloc)
    query = dict(parse_qsl(parts.query if is_link or "?" in text else text, keep_blank_values=True))
    said = query.get(LANG.name, "")
    language = said if said in LANGUAGES else "en"
    number = query.get(CHAPTER.name, "")
    if number in set(map(str, range(1, len(CHAPTERS) + 1))):
        return Link(CHAPTERS[int(number) - 1].scene, int(number), language, (), text if is_link else "")
    page = next((page for page in PAGES if page.name == name_of(parts) and (is_link or "?" in text)), PAGES[0])
    scenario, notes = FORMS[page.form].decode(query, OTHERS)
    is_web = is_link and parts.scheme in ("http", "https")
    cutting: Any = query.get(CUT.name)
    cutting = cutting if cutting in CUTTINGS else CUTTINGS[0]
    return Link(scenario, 0, language, tuple(map(str, notes)), text if is_web else "", cutting)


@dataclass(frozen=True)
class Shown(ABC):
    """What a link means, with its runs, as something to look at in a notebook."""

    link: Link

    @property
    def address(self) -> Mapping[str, str]:
        """What it is as the parameters of its shortest address."""
        return self.link.form.encode(self.link.scenario)

    @property
    @abstractmethod
    def taken(self) -> Taken:
        """All files that can be made of it."""

    @property
    def html(self) -> str:
        """It as one page that plays without a network."""
        return str(self.taken.pages[0].make())

    def _repr_html_(self) -> str:
        inside = escape(self.html).encode("ascii", "xmlcharrefreplace").decode()  # whatever the encoding around it
        return (
            f'<iframe title="Sigmascope" style="width: 100%; height: {HEIGHT}px; border: 0" srcdoc="{inside}"></iframe>'
        )


@dataclass(frozen=True)
class Scene(Shown):
    """A scene and its runs, as they are in an address: `scene["a"].theta` is (n + 1, 2)."""

    @property
    def scenario(self) -> Scenario:
        """What is run: surface, start, updates, noise and runs."""
        assert isinstance(self.link.scenario, Scenario)
        return self.link.scenario

    @cached_property
    def trajectories(self) -> Mapping[str, Trajectory]:
        """Every run by its letter: theta, loss and grad of each point; m, sigma, rate, lr, sharpness of each update."""
        return dict(zip(RUN_KEYS, simulate(self.scenario), strict=False))

    def __getitem__(self, letter: str) -> Trajectory:
        return self.trajectories[letter]

    @property
    def taken(self) -> Taken:
        runs, link = list(self.trajectories.values()), self.link
        return scene_taken(self.scenario, runs, link.address, link.language, link.chapter)


@dataclass(frozen=True)
class NetworkScene(Shown):
    """A network's training and its runs, as they are in an address: `scene["a"].sharpness` is (looks,)."""

    @property
    def study(self) -> Study:
        """What is trained: the network, how long, and the runs."""
        assert isinstance(self.link.scenario, Study)
        return self.link.scenario

    @cached_property
    def trainings(self) -> Mapping[str, Training]:
        """Every run by its letter: loss, gradient_norm and lr of each update, and what is seen at its looks."""
        return dict(zip(RUN_KEYS, train_all(self.study), strict=False))

    def __getitem__(self, letter: str) -> Training:
        return self.trainings[letter]

    @property
    def taken(self) -> Taken:
        trainings = tuple(self.trainings.values())
        cut = slice_of(self.study, trainings, self.link.cutting)
        shown = Studied(self.study, trainings, cut and cut.with_losses(self.study, lambda _: None))
        return study_taken(shown, USUAL, self.link.address, self.link.language)


def scene_of(link: Link) -> Scene | NetworkScene:
    """Return what a link means, with its runs."""
    return NetworkScene(link) if isinstance(link.scenario, Study) else Scene(link)


def scene(address: str = "") -> Scene | NetworkScene:
    """Return the scene of a link or of the part of one behind its question mark; a warning for what cannot be used.

    address: for example "surface=rosenbrock&a=adam&a.lr=0.02&steps=500", or "network?a=adam&a.lr=0.003" for a real
    network; the app's first scene if it is empty.
    """
    link = read(address)
    for note in link.notes:
        warnings.warn(note, stacklevel=2)
    return scene_of(link)
