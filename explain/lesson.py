"""What a lesson says and asks about a scene, what students see of it, and what they may change."""

from dataclasses import dataclass

LETS = (
    "start",
    "rate",
    "guess",
    "view",
    "panels",
    "surface",
    "steps",
    "noise",
    "optimizer",
    "schedule",
    "runs",
)
"""What students may be let change: on the player the start, the learning rate, a guess, the view and the panels; beside
it the rest of the scene."""

SHOWS = ("captions", "formula", "endings", "answer")
"""What students may be shown beside the pictures; the answer follows once they have chosen one."""


ON_THE_PLAYER = ("start", "rate", "guess", "view", "panels", "captions", "formula")
"""What of both the player can keep from people."""


@dataclass(frozen=True)
class Lesson:
    """A lesson on a scene, in one language; its texts are plain.

    text: paragraphs. ask: a question; options: to choose from, none if what is asked for is a drawing of the path.
    right: the place of the right one, -1 if none is. after: what is said once the question is answered. lets: what of
    LETS students may change. shows: what of SHOWS they see. guided: whether it plays guided, None for as they like it.
    """

    title: str
    text: tuple[str, ...] = ()
    ask: str = ""
    options: tuple[str, ...] = ()
    right: int = -1
    after: str = ""
    lets: frozenset[str] = frozenset(LETS)
    shows: frozenset[str] = frozenset(SHOWS)
    guided: bool | None = None

    @property
    def locked(self) -> tuple[str, ...]:
        """What the player keeps from people."""
        return tuple(name for name in ON_THE_PLAYER if name not in self.lets | self.shows)

    @property
    def letters(self) -> int:
        """How many characters its texts have in all."""
        return sum(map(len, (self.title, *self.text, self.ask, *self.options, self.after)))
