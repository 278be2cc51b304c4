"""A text to copy: shown whole, with a button that says that it has copied, or that the browser does not let it."""

import streamlit as st

from ui.plain_button import BUTTON
from ui.text import say

_COPY = st.components.v2.component(
    "sigmascope_copy",
    html='<pre class="copy-text" tabindex="0"></pre><button type="button"></button><span role="status"></span>',
    css=BUTTON
    + """
.copy-text {
  margin: 0 0 0.5rem; padding: 0.75rem; max-height: 9rem; overflow: auto; white-space: pre-wrap;
  overflow-wrap: anywhere;
  border-radius: var(--st-base-radius); background: var(--st-secondary-background-color); color: var(--st-text-color);
  font-family: var(--st-code-font); font-size: 0.8125rem;
}
""",
    js="""export default ({ data, parentElement }) => {
  const [text, button, said] = ["pre", "button", "span"].map((name) => parentElement.querySelector(name))
  if (text.textContent !== data.text) said.textContent = ""
  text.textContent = data.text
  text.setAttribute("aria-label", data.label)
  button.textContent = data.copy
  button.onclick = async () => {
    try {
      await navigator.clipboard.writeText(data.text)
      said.textContent = data.copied
    } catch {
      getSelection().selectAllChildren(text)
      said.textContent = data.refused
    }
  }
}
""",
)


def copied(key: str, text: str, label: str) -> None:
    """Draw a text that a person takes away; label: what it is called by those who hear the page."""
    data = {
        "text": text,
        "label": label,
        "copy": say("Copy"),
        "copied": say("Copied."),
        "refused": say("This browser does not let pages copy; the text is selected, so copy it by hand."),
    }
    _COPY(key=key, data=data)
