"""A slider for a number of the scene: the player's picture answers while it is held, the page when it is let go of."""

import math
from collections.abc import Callable
from pathlib import PurePosixPath

import streamlit as st

from spec.knobs import Integer, Number
from ui.assets import assets

DECADES = 0.75
"""How far a slider through decades goes to either side of where it is."""

SMALLEST = 1e-12
"""The least of a slider through decades for what may be zero."""

SPREAD = 1.5
"""How many decades a slider of a memory spans to either side of where it is."""

_SLIDER = st.components.v2.component(
    "sigmascope_slider",
    html='<div class="sigmascope-slider"></div>',
    js="""export default async ({ data, parentElement, setTriggerValue }) => {
  const { mount } = await import(new URL(data.module, new URL(".", document.baseURI)))
  mount(parentElement, data, (value) => setTriggerValue("value", value))
}
""",
    isolate_styles=False,
)


def slider(key: str, name: str, knob: Number, value: float, label: str, on_value: Callable[[], None]) -> None:
    """Draw the slider called `key` for the field `name` of a scene.

    on_value: called when a person has let go of it; `st.session_state[key].value` is then where.
    """
    low, high = span(knob, value)
    data = {
        "module": str(PurePosixPath(assets().player).with_name("slider.js")),
        "name": name,
        "label": label,
        "value": value,
        "low": low,
        "high": high,
        "scale": knob.scale,
        "step": step(knob),
    }
    _SLIDER(key=key, data=data, on_value_change=on_value)


def span(knob: Number, value: float) -> tuple[float, float]:
    """Return the ends of a slider: where it goes through decades what matters around a value, else all that may be."""
    if knob.scale == "memory":
        fresh = max(1.0 - value, SMALLEST)
        return max(1.0 - fresh * 10.0**SPREAD, knob.low), min(1.0 - fresh / 10.0**SPREAD, knob.high)
    if knob.scale != "log":
        return float(knob.low), float(knob.high)
    least = max(knob.low, 1.0 if isinstance(knob, Integer) else SMALLEST)
    middle = math.log10(max(value, least))
    low, high = (10.0 ** (middle + side * DECADES) for side in (-1, 1))
    return max(low, least), min(high, knob.high)


def step(knob: Number) -> float:
    """Return the step of a slider from end to end, or of whole numbers; 0 where three digits are enough."""
    if isinstance(knob, Integer):
        return 1.0
    return 0.0 if knob.scale in ("log", "memory") else float(f"{(knob.high - knob.low) / 100:.0e}") / 2
