"""A bar that says how far long work is."""

from streamlit.delta_generator import DeltaGenerator


def report(bar: DeltaGenerator, words: str, before: int, total: int, done: int) -> None:
    """Move a bar to the share of `before + done` updates in `total`."""
    bar.progress(min((before + done) / total, 1.0), words)
