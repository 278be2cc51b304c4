"""Formulas that nobody would write: each is read or refused in one sentence, soon, and what is read has numbers."""

import random
import re
from collections.abc import Iterator

import numpy as np

from spec.sentences import SentenceError
from surfaces.formula.grammar import FUNCTIONS
from surfaces.formula.latex import latex_of
from surfaces.own import Own

ATOMS = """
x y w b a z e pi E I oo nan 0 1 2 3 10 0.5 1e3 1e-3 1e400 9999999999 x1 _ __ lambda None True x.real (1,2) [x] {x} 'x'
f"{x}" ... π ² ∞ ×
"""
X, Y = np.meshgrid([-1e200, -2.0, -1.0, 0.0, 0.5, 3.0, np.inf], [-0.0, 0.25, 1.0, 700.0, np.nan])
LONGEST = 1000

NAMES = """
sin cos tan exp log sqrt abs tanh sign min max floor gamma zeta eval open getattr exec __import__ print type lambda pow
"""
OPERATORS = """
+ - * / ** ^ // % @ = == < > & | ~ , ; : ! . << -> := if else for in and or not
"""
COMMAND = re.compile(r"\\(?:[a-zA-Z]+|.)")
COMMANDS = {"\\left", "\\right", "\\frac", "\\sqrt", "\\,", "\\cdot", "\\pi"} | set(
    COMMAND.findall("".join(function.latex for function in FUNCTIONS.values()))
)
"""The commands of LaTeX that a formula may become: none that follows, loads or defines anything."""

USUAL = ["+", "-", "*", "/", "**", "^"]


def formula(dice: random.Random, depth: int = 0) -> str:
    """Return a formula, or something like one."""
    kind = dice.random()
    if kind < 0.02:
        return dice.choice(["(" * 200, "-" * 200 + "x", "x" + "**2" * 60, "x^" * 50 + "2", "1+" * 90 + "x", "9**" * 40])
    if kind < 0.04:
        return "".join(chr(dice.choice([*range(1, 128), 0x3B1, 0x4E00, 0x1F600, 0xD800])) for _ in range(30))
    if depth > 4 or kind < 0.35:
        return dice.choice(["x", "y"] if dice.random() < 0.7 else ATOMS.split())
    if kind < 0.6:
        return f"{dice.choice(NAMES.split())}({formula(dice, depth + 1)})"
    between = dice.choice(USUAL if dice.random() < 0.9 else OPERATORS.split())
    made = f"{formula(dice, depth + 1)} {between} {formula(dice, depth + 1)}"
    return f"({made})" if dice.random() < 0.5 else made


def check(text: str) -> Iterator[str]:
    """Yield what is wrong with how a formula is read."""
    try:
        surface = Own(formula=text)
    except SentenceError as error:
        if len(str(error.sentence)) > LONGEST:
            yield f"a sentence of {len(str(error.sentence))} characters"
        return
    arrays = surface.value_array(X, Y), *surface.gradient_array(X, Y), *surface.hessian_array(X, Y)
    if not all(np.shape(array) in (X.shape, ()) and np.isrealobj(array) for array in arrays):
        yield f"no numbers: {arrays}"
    strange = set(COMMAND.findall(latex_of(text))) - COMMANDS
    if strange:
        yield f"LaTeX that no formula needs: {strange}"
