"""Widgets made from declared knobs."""

import math
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import streamlit as st

from engine.labels import symbol
from spec.knobs import Choice, Flag, Integer, Number, Points, knobs_of
from spec.sentences import SentenceError
from ui.scene import bind, fields_of, remembered, widget
from ui.slider import slider
from ui.text import say, say_sentence

SLIDER = "slider:"


def knob_controls(scenario: Any, prefix: str, owner: Any, leave_out: Sequence[str] = ()) -> None:
    """Draw a widget for each knob of a catalogue entry, which the address calls `prefix.knob`."""
    for name in knobs_of(owner):
        if name not in leave_out:
            control(scenario, f"{prefix}.{name}")


def preset(key: str, value: Any) -> str:
    """Make the widget `key` show `value` whatever it said before; return the key."""
    st.session_state[key] = value
    return key


def control(scenario: Any, name: str, label: str = "") -> None:
    """Draw the widget for one field of a scene."""
    field = fields_of(scenario)[name]
    knob, value = field.knob, field.read(scenario)
    label = label or _label(symbol(knob, say), name.rpartition(".")[2])
    help_text = say(knob.help)
    if isinstance(knob, Choice):
        options = {option: say(knob.options[option]) for option in knob.options}
        st.selectbox(label, list(options), key=bind(name, value), help=help_text, format_func=options.__getitem__)
    elif isinstance(knob, Flag):
        st.toggle(label, key=bind(name, value), help=help_text)
    elif isinstance(knob, Number):
        _number(name, knob, value, label, help_text)
    elif isinstance(knob, Points):
        points_table(name, knob, value, label, help_text)
    else:
        text_control(scenario, name, label)


def _label(sign: str, name: str) -> str:
    return sign if sign == name else f"{sign} · {name}"


def text_control(scenario: Any, name: str, label: str, on_change: Callable[[], None] | None = None) -> None:
    """Draw a line of text; what it says wrong is said right below it, and the scene keeps its value."""
    field = fields_of(scenario)[name]
    knob, key = field.knob, bind(name, field.read(scenario))
    st.text_input(label, key=key, help=say(knob.help), on_change=on_change)
    try:
        knob.check(st.session_state[key])
    except SentenceError as error:
        st.error(say_sentence(error.sentence), icon=":material/edit:")


def points_table(name: str, knob: Points, value: tuple[tuple[int, float], ...], label: str, help_text: str) -> None:
    """Draw the table of a schedule made by hand: from each update on, a factor of the learning rate."""
    st.markdown(label, help=help_text)
    columns = {
        "update": st.column_config.NumberColumn(say("From update"), min_value=0, step=1, required=True),
        "factor": st.column_config.NumberColumn(say("Factor of μ"), min_value=0.0, required=True, format="%.4g"),
    }
    rows = [{"update": t, "factor": f} for t, f in value]
    edited = st.data_editor(rows, key=f"table:{name}:{knob.format(value)}", num_rows="dynamic", column_config=columns)
    points = sorted(
        {r["update"]: r["factor"] for r in edited if None not in (r.get("update"), r.get("factor"))}.items()
    )
    try:
        checked = knob.check(points)
    except SentenceError as error:
        st.error(say_sentence(error.sentence), icon=":material/edit:")
        return
    if checked != value:
        st.session_state[widget(name)] = checked
        st.rerun()


def _number(name: str, knob: Number, value: float, label: str, help_text: str) -> None:
    key = bind(name, value)
    whole = isinstance(knob, Integer)
    shown = st.session_state[key] if st.session_state[key] is not None else value
    st.number_input(
        label,
        min_value=int(knob.low) if whole else float(knob.low),
        max_value=int(knob.high) if whole else float(knob.high),
        step=_step(knob, shown),
        format="%d" if whole else "%.6g",
        key=key,
        help=help_text,
    )
    if knob.scale != "none":
        slider(SLIDER + name, name, knob, shown, label, partial(_follow_slider, name))


def _step(knob: Number, value: float) -> float:
    """Return a step of the buttons that suits the value's size: a tenth of its decade."""
    if isinstance(knob, Integer):
        return max(1, int(10 ** (len(str(abs(int(value)))) - 2))) if knob.scale == "log" else 1
    if knob.scale == "log":
        return float(10.0 ** (math.floor(math.log10(value)) - 1)) if value > 0 else 1e-8
    room = (1.0 - value) / 10.0 if knob.scale == "memory" and value < 1.0 else (knob.high - knob.low) / 100.0
    return float(f"{room:.0e}")


def _follow_slider(name: str) -> None:
    said = st.session_state[SLIDER + name].value
    if said is not None:
        bound = fields_of(remembered())[name].knob.nearest(said)
        st.session_state[widget(name)] = bound
