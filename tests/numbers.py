"""Reads numbers as Python writes them out of texts that have them as people do."""

import re

DIGITS = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")
POWER = r"10([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)"


def as_python_writes(text):
    """Return a text with 1.023e5 in the place of 1.023×10⁵ or 102,300."""
    text = re.sub(rf"(\d)×{POWER}", lambda found: f"{found[1]}e{found[2].translate(DIGITS)}", text)
    text = re.sub(rf"(?<!\d){POWER}", lambda found: f"1e{found[1].translate(DIGITS)}", text)
    return re.sub(r"(?<=\d),(?=\d{3}(?!\d))", "", text)
