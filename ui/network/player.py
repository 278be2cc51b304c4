"""The player of a study: what a person does in it changes the study or the address."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from charts.network.views import CUT_TITLES, NETWORK_CURVES
from explain.network.questions import question_of_study
from network.studied import Cutting
from network.study import Study
from ui.network.stage import KEY
from ui.parameters import ALL, CUT, NETWORK_PANELS, NONE
from ui.player import player, told
from ui.scene import change_numbers
from ui.text import say

USUAL = ("stability", "loss", "digits")
"""The charts beside the slice where nothing is asked."""

LOCKED = ("start", "guess", "formula")
"""What the player has for a surface alone."""


@dataclass(frozen=True)
class Shown:
    """What the address wants to see of a study: its charts, all of them or a few, and along what it is cut."""

    is_full: bool
    charts: tuple[str, ...]
    few: tuple[str, ...]
    cutting: Cutting

    @classmethod
    def of(cls, study: Study) -> "Shown":
        """Return what the address says; what it does not say is as the study's question has it."""
        asked = question_of_study(study)
        panels = NETWORK_PANELS.read() or (asked.panels if asked else USUAL)
        is_full = ALL in panels
        few = USUAL if is_full else tuple(name for name in panels if name != NONE)
        cutting = cast(Cutting, CUT.read() or (asked.cutting if asked else "paths"))
        return cls(is_full, NETWORK_CURVES if is_full else few, few, cutting)


def network_player(shown: Shown, veiled: bool = False, locked: Sequence[str] = (), guided: bool | None = None) -> None:
    """Draw the player called KEY; veiled, locked, guided: as `player` has them."""
    player(
        KEY,
        _nothing,
        say,
        {name: say(title) for name, title in CUT_TITLES.items()},
        shown.cutting,
        _set_cut,
        veiled=veiled,
        layout="full" if shown.is_full else "story",
        on_layout=_set_layout,
        on_change=_change,
        locked=tuple(dict.fromkeys((*LOCKED, *locked))),
        guided=guided,
    )


def _nothing() -> None:
    """Do nothing: there is no start to be put elsewhere."""


def _set_cut() -> None:
    name = told(KEY, "view")
    if name in CUT_TITLES:
        CUT.write(name)


def _set_layout() -> None:
    NETWORK_PANELS.write((ALL,) if told(KEY, "layout") == "full" else None)


def _change() -> None:
    change_numbers(told(KEY, "change"))
