"""Addresses that nobody would write: each gives a scene, soon, and what that means survives being written and read."""

import random
from collections.abc import Iterator

from engine.fields import RUN_KEYS, fields
from engine.presets import DEFAULT_SCENE
from engine.url import decode, encode
from optimizers import OPTIMIZERS
from schedules import SCHEDULES
from spec.sentences import Sentence
from surfaces import SURFACES
from tests.fuzz.formulas import formula

NUMBERS = """
0 -0 0.0 -0.0 1 -1 2 3 0.5 0.1 1e-3 1e-300 5e-324 1e300 1.8e308 1e999 -1e999 nan inf -inf NaN Infinity 1_000 ٣ ½ 0x10
1e3 1E3 +1 .5 5. 1e 1e+ --1 1,5 1.0000000000000002 0.1000000000000000055511151231257827 9007199254740993 1000000 1000001
2.5 1e-17 0.9999 0.99999999999999999 6.283185307179586 pi 2pi 2π π/2 1/3
"""
TEXTS = r"""
![x](http://x.test/y.png) [x](javascript:alert(1)) <img/src=x> <script>alert(1)</script> $x$ $$\input{x}$$ **x** `x`
&lt; %00 ../../etc/passwd ';drop None true [] = & {x} {0.__class__} { } %s
"""
ODD = ("", " ", "\x00", "\ud800", "a" * 5000, "\u202e", "\u200d" * 50, "\n")
NAMES = "v t lang view panels a. . a.a A g a.lr.lr surface. __proto__ utm_x"


def address(dice: random.Random) -> dict[str, str]:
    """Return a query that may say anything of anything."""
    known = _known(dice)
    return {_name(dice, known): _value(dice) for _ in range(dice.choice([0, 1, 2, 3, 5, 9, 20]))} | _scene(dice)


def _known(dice: random.Random) -> list[str]:
    letters = "".join(sorted(dice.sample(RUN_KEYS, dice.randint(0, len(RUN_KEYS)))))
    return [*fields(DEFAULT_SCENE, letters)]


def _scene(dice: random.Random) -> dict[str, str]:
    """Return a few values that decide on what the others may be."""
    said = {"surface": dice.choice([*SURFACES, "own"])} if dice.random() < 0.7 else {}
    if said.get("surface") == "own":
        said["surface.formula"] = formula(dice)
    for key in dice.sample(RUN_KEYS, dice.randint(0, 3)):
        said |= {key: dice.choice([*OPTIMIZERS]), f"{key}.sched": dice.choice([*SCHEDULES])}
    return said


def _name(dice: random.Random, known: list[str]) -> str:
    name = dice.choice(known if dice.random() < 0.85 else [*NAMES.split(), ""])
    return name.upper() if dice.random() < 0.02 else name


def _value(dice: random.Random) -> str:
    kind = dice.random()
    if kind < 0.5:
        return dice.choice(NUMBERS.split())
    if kind < 0.7:
        return repr(dice.choice([dice.uniform(-10, 10), 10 ** dice.uniform(-20, 20), dice.randint(-10, 10**7)]))
    if kind < 0.8:
        return dice.choice([*SURFACES, *OPTIMIZERS, *SCHEDULES])
    return dice.choice([*TEXTS.split(), *ODD])


def check(query: dict[str, str]) -> Iterator[str]:
    """Yield what is wrong with how an address is read."""
    scene, notes = decode(query)
    if not all(isinstance(note, Sentence) and len(str(note)) < 1000 for note in notes):
        yield f"a note that is no short sentence: {notes}"
    if decode(encode(scene)) != (scene, ()):
        yield f"another scene after {encode(scene)}: {decode(encode(scene))[1]}"
