"""What happens in a run as values: a moment of one run, and an event of a scene's timeline."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from engine.trajectory import Ending
from explain.margin import share_text
from spec.sentences import Sentence

Panel = Literal["map", "sigma", "step_size", "stability", "loss", "accuracy"]
Kind = (
    Literal[
        "start", "quiet", "fades", "crosses", "rises", "seen", "back", "stuck", "crawls", "near", "lowest", "closest",
        "no_limit", "decay", "slides", "leaves", "warm_up", "stage", "no_rate", "clips", "touches",
        "hovers", "sharpens", "softens", "apart",
    ]
    | Ending
)  # fmt: skip
"""What an event tells of; how a run ends is an event of the kind that the judge gives it."""


@dataclass(frozen=True)
class Moment:
    """Something that happens in one run at an update, in words that do not name the run.

    axis: 0 or 1, the one that it is about. panel: the chart that shows it. caption: the headline. detail: why. mark:
    two or three words. account: all that is known of it, None if that is caption and detail; moments that one
    sentence tells together share it.
    """

    kind: Kind
    update: int
    axis: int | None
    panel: Panel | None
    caption: Sentence
    detail: Sentence
    mark: Sentence
    account: Sentence | None = field(default=None, kw_only=True)

    def told(self) -> Sentence:
        """Return all that is known of it, in one or two sentences."""
        if self.account is not None:
            return self.account
        values = {"update": self.update, "caption": self.caption, "detail": self.detail}
        return Sentence("At update {update}: {caption} {detail}", values)


@dataclass(frozen=True)
class Event:
    """A moment of one of a scene's runs.

    update: when on the clock. run: its index among the scene's runs, named in the caption where there are several.
    account: what a list says of it. place: the point of the path then, None where that is no point of a map. The rest
    is as in a Moment.
    """

    kind: Kind
    update: int
    run: int
    axis: int | None
    panel: Panel | None
    caption: Sentence
    detail: Sentence
    mark: Sentence
    account: Sentence
    place: tuple[float, float] | None


def event_of(moment: Moment, run: int, name: str, place: tuple[float, float] | None) -> Event:
    """Return a moment as an event of run number `run`, whose caption says its name, unless that is empty."""
    caption = Sentence("{run}: {caption}", {"run": name, "caption": moment.caption}) if name else moment.caption
    return Event(
        kind=moment.kind,
        update=moment.update,
        run=run,
        axis=moment.axis,
        panel=moment.panel,
        caption=caption,
        detail=moment.detail,
        mark=moment.mark,
        account=moment.told(),
        place=place,
    )


def accounts(told: Iterable[Event] | Iterable[Moment]) -> tuple[Sentence, ...]:
    """Return what a list says of events, each account once, in their order."""
    sentences = [event.account for event in told if event.account is not None]
    return tuple({id(sentence): sentence for sentence in sentences}.values())


def percent(share: float) -> str | Sentence:
    """Return a share in per cent; in words where its size says more than its digits."""
    if share < 1e-4:
        return Sentence("less than 0.01%")
    return Sentence("more than 1000%") if share > 10.0 else share_text(share).replace(" ", "")
