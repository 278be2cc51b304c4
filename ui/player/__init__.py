"""The player: figures made in Python, animated in the browser on one clock, while the server rests."""

from collections.abc import Callable, Mapping
from typing import Any

import plotly.graph_objects as go
import streamlit as st

from ui.assets import assets
from ui.player.labels import LABELS
from ui.player.parts import OUTLINE, take_apart

# Inline scripts are sent again with every change of the data, so these only lead to the published ones.
_PLAYER = st.components.v2.component(
    "sigmascope_player",
    html='<div class="sigmascope-player" style="min-height: 36rem"></div>',
    js="""export default async (component) => {
  const { mount } = await import(new URL(component.data.module, document.baseURI))
  return mount(component)
}
""",
    isolate_styles=False,
)
_PART = st.components.v2.component(
    "sigmascope_part",
    css="""[class*="st-key-sigmascope-parts"] {
  display: none;
}
""",
    js="""export default ({ data }) => {
  (globalThis.sigmascopeParts ??= []).push(data)
  globalThis.dispatchEvent(new Event("sigmascope-part"))
}
""",
    isolate_styles=False,
)


def player(
    figures: Mapping[str, go.Figure],
    *,
    updates: int,
    begin: int,
    key: str,
    scene: str,
    on_pick: Callable[[], None],
    say: Callable[[str], str] = str,
) -> Any:
    """Show figures on one clock and return the component's result.

    figures: "map" and the charts over time beside it, in their order; traces with meta {"run": k, "animate":
    True} move. updates: where the clock ends. begin: where it stands at first. scene: names the surface; with
    another one, zoom and time begin anew. on_pick: called when a click on the map asks for another start;
    `st.session_state[key].pick` is then {"x": ..., "y": ...}, else None. say: translates the texts of LABELS.
    """
    parts = take_apart(figures)
    places = assets()
    data = {
        "module": places.player,
        "plotly": places.plotly,
        "outline": parts[OUTLINE].id,
        "parts": [part.id for part in parts.values()],
        "updates": updates,
        "begin": begin,
        "scene": scene,
        "labels": {name: say(text) for name, text in LABELS.items()},
    }
    result = _PLAYER(key=key, data=data, on_pick_change=on_pick, on_theme_change=_run_again)
    with st.container(key=f"sigmascope-parts-{key}"):
        for slot, part in parts.items():
            _PART(key=f"{key}: {slot}", data=part.data)
    return result


def _run_again() -> None:
    """Do nothing: the run that follows draws the figures in the page's new colours."""
