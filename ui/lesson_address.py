"""A lesson in the address: what it says, asks, shows and lets, beside its scene."""

from explain.lesson import Lesson
from ui.parameters import AFTER, ASK, EDIT, GUIDED, LETS, NONE, OPTIONS, RIGHT, SHOWS, TEXT, TITLE


def lesson_of_address() -> Lesson:
    """Return the lesson that the address describes; what it does not say is empty, or as usual."""
    right = RIGHT.read()
    return Lesson(
        title=TITLE.read(),
        text=tuple(TEXT.read().splitlines()),
        ask=ASK.read(),
        options=tuple(OPTIONS.read().splitlines()),
        right=-1 if right is None else right - 1,
        after=AFTER.read(),
        lets=frozenset(LETS.read()) - {NONE},
        shows=frozenset(SHOWS.read()) - {NONE},
        guided=GUIDED.read(),
    )


def address_of_lesson(lesson: Lesson) -> dict[str, str]:
    """Return the parameters that open a lesson to be edited; a text is as long as its parameter lets it be."""
    values = {
        TITLE: lesson.title,
        TEXT: "\n".join(lesson.text),
        ASK: lesson.ask,
        OPTIONS: "\n".join(lesson.options),
        AFTER: lesson.after,
    }
    said = {parameter.name: parameter.knob.nearest(text) for parameter, text in values.items() if text}
    lets, shows = (named(names, parameter.default) for names, parameter in ((lesson.lets, LETS), (lesson.shows, SHOWS)))
    said |= {LETS.name: lets} if lets else {}
    said |= {SHOWS.name: shows} if shows else {}
    said |= {RIGHT.name: str(lesson.right + 1)} if lesson.right >= 0 else {}
    return said | {EDIT.name: EDIT.knob.format(True)}


def named(names: frozenset[str], usual: tuple[str, ...]) -> str:
    """Return what stands in an address for some names; nothing where they are the usual ones."""
    if names == frozenset(usual):
        return ""
    return ".".join(sorted(names)) or NONE
