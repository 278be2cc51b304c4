"""The player of a page's own scene: what a person does in it changes the scene or the address."""

from collections.abc import Callable, Sequence

from charts import views
from charts.views import VIEWS, causes, titles_of
from engine.trajectory import Trajectory
from engine.window import has_equal_axes
from player.line import Way
from ui.next import take
from ui.parameters import ALL, AXES, NONE, PANELS, VIEW
from ui.player import player, told
from ui.scene import change_numbers, remembered
from ui.stage import PLAYER
from ui.surface import put_start
from ui.text import say

AXIS_SCALES = ("fill", "equal")
"""What the map's axes may be, the one where they are equal last."""


def scene_player(
    is_full: bool,
    ways: Callable[[], Sequence[Way]] | None = None,
    veiled: bool = False,
    locked: Sequence[str] = (),
    guided: bool | None = None,
) -> None:
    """Draw the player called PLAYER; is_full: with all panels; ways, veiled, locked, guided: as `player` has them."""
    player(
        PLAYER,
        _pick,
        say,
        {name: say(title) for name, title in titles_of(remembered().surface).items()},
        VIEW.read(),
        _set_view,
        AXES.read() or "",
        _set_axes,
        veiled=veiled,
        layout="full" if is_full else "story",
        on_layout=_set_layout,
        on_change=_change,
        ways=ways,
        on_next=_go_on,
        locked=locked,
        guided=guided,
    )


def charts_of(trajectories: Sequence[Trajectory]) -> tuple[str, ...]:
    """Return the charts that the address asks for: those of the view, with the panels it names or the causes."""
    view = VIEW.read()
    panels = PANELS.read() or causes(trajectories)
    main, *curves = views.charts_of(view, trajectories)
    return (main, *(curves if ALL in panels or view == "phase" else (name for name in panels if name != NONE)))


def _set_layout() -> None:
    PANELS.write((ALL,) if told(PLAYER, "layout") == "full" else None)


def _change() -> None:
    change_numbers(told(PLAYER, "change"))


def _go_on() -> None:
    name = told(PLAYER, "next")
    if name:
        take(name)


def _set_view() -> None:
    name = told(PLAYER, "view")
    if name in VIEWS:
        VIEW.write(None if name == VIEW.default else name)


def _set_axes() -> None:
    said = told(PLAYER, "axes")
    if said in AXIS_SCALES:
        own = AXIS_SCALES[has_equal_axes(remembered().surface)]
        AXES.write(None if said == own else said)


def _pick() -> None:
    put_start(told(PLAYER, "pick"))
