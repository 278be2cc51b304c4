"""What is taken away, shown before: made once a person opens it, and in a frame that can reach nothing of the page."""

from collections.abc import Callable

import streamlit as st

from ui.text import say
from ui.workers import work

_FRAME = st.components.v2.component(
    "sigmascope_frame",
    html="<iframe></iframe>",
    css="iframe { width: 100%; height: 520px; border: 1px solid var(--st-border-color); background: #fff; }",
    js="""export default ({ data, parentElement }) => {
  const frame = parentElement.querySelector("iframe")
  frame.title = data.title
  if (data.address && frame.src !== data.address) frame.src = data.address
  if (!data.html || frame.srcdoc === data.html) return
  frame.setAttribute("sandbox", "allow-scripts") // and so no origin but its own
  frame.srcdoc = data.html
}
""",
)


def preview_of(key: str, show: Callable[[], object]) -> None:
    """Draw a part that calls `show` once it is opened."""
    part = st.expander(say("Preview"), icon=":material/visibility:", key=f"preview:{key}", on_change="rerun")
    with part:
        if part.open:
            show()


def html_shown(key: str, make: Callable[[], str]) -> None:
    """Show an HTML file in a frame with an origin of its own, whatever stands in it."""
    _FRAME(key=f"shown:{key}", data={"html": work(lambda _: make()), "title": say("Preview")})


def page_shown(key: str, address: str) -> None:
    """Show a page of the app as another page will have it."""
    _FRAME(key=f"shown:{key}", data={"address": address, "title": say("Preview")})


def text_shown(make: Callable[[], str], lines: int) -> None:
    """Show the first lines of a file."""
    st.code("\n".join(work(lambda _: make()).splitlines()[:lines]), language=None)
