"""How a button of our own components looks, and a few words beside it."""

BUTTON = """
button {
  padding: 0.4rem 0.9rem; border: 1px solid var(--st-border-color); border-radius: var(--st-button-radius);
  background: none; color: var(--st-text-color); font: inherit; cursor: pointer;
}
button:focus-visible { outline: 2px solid var(--st-primary-color); }
[role="status"] {
  margin-left: 0.75rem; color: var(--st-text-color); font-family: var(--st-font); font-size: 0.875rem;
}
"""

SAVE = """
// Has the browser save a file under a name.
function save(file, name) {
  const address = URL.createObjectURL(file)
  Object.assign(document.createElement("a"), { href: address, download: name }).click()
  setTimeout(() => URL.revokeObjectURL(address), 60000)
}
"""
