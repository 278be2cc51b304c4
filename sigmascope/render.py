"""A scene as a file, without a browser."""

from functools import partial

from charts.theme import LIGHT
from export.film.gif import SIZES, gif, png
from sigmascope.scenes import Link, scene_of
from spec.sentences import Sentence
from ui.film import look
from ui.letters import speakable
from ui.limits import FILM_SECONDS
from ui.taken import Filmed
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
    taken = scene_of(link).taken
    if kind in (".gif", ".png"):
        if taken.film is None:
            raise RenderError("there is nothing to be seen of it: the first loss is no finite number.")
        return _drawn(taken.film, kind, seconds, size, speakable(link.language), speaks)
    file = taken.file(kind.removeprefix("."))
    if isinstance(file, Sentence):
        raise RenderError(say_sentence_in("en", file))
    made = file.make()
    return made.encode() if isinstance(made, str) else made


def _drawn(filmed: Filmed, kind: str, seconds: float, size: str, code: str, speaks: bool) -> bytes:
    say, looks = partial(translate, code), look(filmed, LIGHT, size, code, speaks)
    shot = filmed.shot(say)
    return png(shot, looks, float(shot.updates), say) if kind == ".png" else gif(shot, looks, seconds, say)
