"""The page of maps: one picture of many runs, every cell of which is a scene to open."""

import streamlit as st

from charts.maps.sides import value_at
from explain.maps import MAP_QUESTIONS, MapQuestion
from ui.frame import Frame
from ui.maps.asking import Asked, asked
from ui.maps.controls import map_controls
from ui.maps.results import results
from ui.maps.share import share_map
from ui.maps.stage import KEY, begun, shown
from ui.maps.words import heading
from ui.parameters import CELLS, FRAME, GOAL, MAP_SIDES, MOMENT
from ui.player import player, told
from ui.runs import runs_editor
from ui.scene import change, change_numbers, remembered
from ui.surface import put_start, scene_controls
from ui.text import say, say_sentence

STYLE = """
<style>
.stApp:has(.st-key-map-controls) .sigmascope-stage { height: max(34rem, min(100vh - 10rem, 60rem)); }
.st-key-map-controls { gap: 0.5rem; }
.st-key-map-questions h2 { font-size: 1.15rem; padding: 0.6rem 0 0.2rem; }
.st-key-map-questions { gap: 0.25rem; }
.st-key-map-questions button { text-align: left; }
.st-key-making, .st-key-coarse {
  position: fixed; left: 50%; bottom: 0.75rem; z-index: 100; transform: translateX(-50%); width: min(92vw, 34rem);
  padding: 0.5rem 1rem; border: 1px solid var(--st-border-color); border-radius: 0.5rem;
  background: var(--st-background-color); box-shadow: 0 2px 12px rgba(0, 0, 0, 0.15);
}
.stApp:has(.st-key-map-controls) [data-testid="stStatusWidget"] { display: none; }
@media (max-width: 760px) { .stApp:has(.st-key-map-controls) .sigmascope-stage { height: auto; } }
</style>
"""

LOCKED = ("guess", "formula", "panels", "view")
"""What the player has for one scene alone."""


def maps(frame: Frame) -> None:
    """Draw the page of maps in a page's frame."""
    scenario = frame.scene.settle()
    wanted, notes = asked(scenario)
    growing = begun(wanted)
    frame.open(title=say_sentence(heading(wanted)))
    frame.close()
    st.html(STYLE)
    for note in notes:
        frame.note(note)
    map_controls(wanted)
    player(
        KEY,
        _pick,
        say,
        layout="story",
        on_change=_change,
        locked=(*LOCKED, *(("start", "rate") if wanted.kind == "race" else ())),
        on_frame=_frame,
    )
    made = shown(growing)
    with st.sidebar:
        scene_controls(scenario)
        runs_editor(scenario, ())
    if frame.tools:
        with frame.tools:
            share_map(made)
    with st.container(key="map-results"):
        results(made)
    _questions(wanted)
    frame.end()


def _questions(wanted: Asked) -> None:
    """Draw the maps that are worth looking at."""
    with st.container(key="map-questions"):
        st.header(say("Maps worth looking at"), anchor=False)
        for question in MAP_QUESTIONS:
            st.button(
                say_sentence(question.sentence(question.ask)),
                key=f"map:{question.slug}",
                type="tertiary",
                icon=":material/grid_view:",
                disabled=question == wanted.question,
                on_click=_ask,
                args=(question,),
            )


def _ask(question: MapQuestion) -> None:
    for parameter in MAP_SIDES:
        text = question.shown.get(parameter.name)
        parameter.write(None if text is None else parameter.knob.parse(text))
    change(lambda _: question.scene, without=(CELLS, GOAL, MOMENT))


def _pick() -> None:
    put_start(told(KEY, "pick"))


def _change() -> None:
    change_numbers(told(KEY, "change"))


def _frame() -> None:
    """Write into the address which part of the map is to be seen."""
    said = told(KEY, "frame")
    if not said:
        return
    wanted, _ = asked(remembered())
    x, y = wanted.axes(wanted.letters[0])
    for axis, name, parameters in ((x, "x", FRAME[:2]), (y, "y", FRAME[2:])):
        if name not in said and not said.get("whole"):
            continue
        for parameter, at in zip(parameters, said.get(name, (None, None)), strict=True):
            parameter.write(None if at is None else value_at(axis, float(at)))
