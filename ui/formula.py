"""A formula of the catalogue where there is little room: one equation a line, and long ones go on in the next."""

import re
from collections.abc import Iterator

import streamlit as st

from ui.text import say_latex

GATHERED = re.compile(r"^\\begin\{gathered\}|\\end\{gathered\}$")
PIECE = re.compile(r"\\begin\{|\\end\{|,?\s*\\q?quad\b\s*|\s*\\\\\s*|\\[a-zA-Z]+|.", re.DOTALL)


def formula(latex: str) -> None:
    """Draw a formula in LaTeX in the language of the page.

    Inline, because only there a browser breaks lines.
    """
    st.markdown("\n\n".join(rf"$\displaystyle {line}$" for line in equations(say_latex(latex))))


def equations(latex: str) -> Iterator[str]:
    """Yield the equations of a formula, which has gaps or new lines between them."""
    line, depth = "", 0
    for piece in PIECE.findall(GATHERED.sub("", latex.strip()).strip()):
        depth += (piece == "\\begin{") - (piece == "\\end{")
        is_gap = depth == 0 and piece.strip(", \n") in (r"\quad", r"\qquad", r"\\")
        if is_gap and line.strip():
            yield line.strip()
        line = "" if is_gap else line + piece
    if line.strip():
        yield line.strip()
