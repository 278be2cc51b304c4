"""A scene by its address: its runs as arrays, and itself as something to look at in a notebook."""

import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from html import escape
from urllib.parse import SplitResult, parse_qsl, urlsplit

from engine.fields import RUN_KEYS
from engine.scenario import Scenario
from engine.simulate import simulate
from engine.trajectory import Trajectory
from engine.url import decode, encode
from explain.lecture.chapters import CHAPTERS
from ui.offline import offline_lecture, offline_scene
from ui.parameters import CHAPTER, LANG, LANGUAGES
from ui.scene import OTHERS

HEIGHT = 780
"""Of what a notebook shows, in pixels."""


@dataclass(frozen=True)
class Link:
    """What a link or an address means: a scene, the number of a chapter that it is of (0 for none), a language.

    notes: what could not be used as it was written. link: where the scene can be changed, nothing if that is not known.
    """

    scenario: Scenario
    chapter: int
    language: str
    notes: tuple[str, ...]
    link: str


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
    scenario, notes = decode(query, OTHERS)
    is_web = is_link and parts.scheme in ("http", "https")
    return Link(scenario, 0, language, tuple(map(str, notes)), text if is_web else "")


@dataclass(frozen=True)
class Scene:
    """A scene and its runs, as they are in an address: `scene["a"].theta` is (n + 1, 2)."""

    link: Link

    @property
    def scenario(self) -> Scenario:
        """What is run: surface, start, updates, noise and runs."""
        return self.link.scenario

    @property
    def address(self) -> Mapping[str, str]:
        """The scene as the parameters of its shortest address."""
        return encode(self.scenario)

    @cached_property
    def trajectories(self) -> Mapping[str, Trajectory]:
        """Every run by its letter: theta, loss and grad of each point; m, sigma, rate, lr, sharpness of each update."""
        return dict(zip(RUN_KEYS, simulate(self.scenario), strict=False))

    def __getitem__(self, letter: str) -> Trajectory:
        return self.trajectories[letter]

    @property
    def html(self) -> str:
        """The scene as one page that plays without a network."""
        if self.link.chapter:
            return offline_lecture(self.link.language, [self.link.chapter])
        return offline_scene(self.scenario, list(self.trajectories.values()), self.link.link, self.link.language)

    def _repr_html_(self) -> str:
        inside = escape(self.html).encode("ascii", "xmlcharrefreplace").decode()  # whatever the encoding around it
        return (
            f'<iframe title="Sigmascope" style="width: 100%; height: {HEIGHT}px; border: 0" srcdoc="{inside}"></iframe>'
        )


def scene(address: str = "") -> Scene:
    """Return the scene of a link or of the part of one behind its question mark; a warning for what cannot be used.

    address: for example "surface=rosenbrock&a=adam&a.lr=0.02&steps=500"; the app's first scene if it is empty.
    """
    link = read(address)
    for note in link.notes:
        warnings.warn(note, stacklevel=2)
    return Scene(link)
