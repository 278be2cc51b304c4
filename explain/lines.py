"""The lines of an arithmetic, in LaTeX and as plain text."""

import math
from dataclasses import dataclass

DIGITS = 6
"""Significant digits of every number."""

SPACE, TIMES = r"\,", r"\times"


@dataclass(frozen=True)
class Line:
    """One equation: `left = worked = value`, the middle part empty where there is nothing to work out."""

    left: str
    worked: str
    value: float

    @property
    def latex(self) -> str:
        """The equation in LaTeX, aligned at its first sign of equality."""
        return " = ".join(filter(None, (f"{self.left} &", self.worked, number_latex(self.value))))

    @property
    def text(self) -> str:
        """The equation in plain characters."""
        return " = ".join(filter(None, (_plain(self.left), _plain(self.worked), number_text(self.value))))


def number_text(value: float) -> str:
    """Write a number with DIGITS significant digits, as Python reads it."""
    return f"{value + 0.0:.{DIGITS}g}"


def number_latex(value: float) -> str:
    """Write a number with DIGITS significant digits in LaTeX, with a power of ten in place of an exponent."""
    if math.isnan(value):
        return r"\mathrm{NaN}"
    if math.isinf(value):
        return r"\infty" if value > 0 else r"-\infty"
    mantissa, _, exponent = number_text(value).partition("e")
    return rf"{mantissa} \cdot 10^{{{int(exponent)}}}" if exponent else mantissa


def signed(value: float) -> str:
    """Write a number behind a sign of arithmetic: in brackets where it is negative."""
    return f"({number_latex(value)})" if value < 0 else number_latex(value)


def factor(value: float) -> str:
    """Write a number behind a sign of division: in brackets where it is a product or negative."""
    text = signed(value)
    return f"({text})" if "cdot" in text and value > 0 else text


def _plain(latex: str) -> str:
    """Turn the LaTeX of these equations into plain characters."""
    words = {
        r"\sigma": "σ",
        r"\mu": "μ",
        r"\lambda": "λ",
        r"\alpha": "α",
        r"\cos": "cos",
        r"\sin": "sin",
        r"\min": "min",
        r"\max": "max",
        r"\infty": "inf",
        r"\mathrm{NaN}": "nan",
        r"\cdot": "*",
        TIMES: "*",
    }
    for command, character in words.items():
        latex = latex.replace(command, character)
    text = latex.replace(f" {SPACE} ", " * ").replace(" * 10^{", "e")
    return text.replace("{", "").replace("}", "")
