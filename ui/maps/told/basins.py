"""Where the starts of a window end, in numbers."""

from collections.abc import Mapping

import numpy as np
import streamlit as st

from charts.maps.basins import Outcome, outcomes
from charts.maps.picture import css
from charts.theme import Theme
from engine.trajectory import Ending
from ensembles.basins import Basins
from explain.events import percent
from spec.knobs import short_real
from spec.markdown import literal
from spec.sentences import Sentence
from ui.table import Cell, Swatch, table
from ui.text import say, say_sentence

ENDING: Mapping[Ending, str] = {
    "converged": "minimum",
    "floor": "valley floor",
    "saddle": "saddle",
    "maximum": "maximum",
    "plateau": "plateau",
    "balanced": "held by weight decay",
    "wall": "at a wall of the box",
    "idle": "not moving any more, and not at rest",
    "stalled": "at a standstill",
    "moving": "still moving",
    "diverged": "diverged",
    "undefined": "loss undefined",
}
"""What is at the end of a run, in a word or two."""


def basins_told(name: str, basins: Basins, theme: Theme) -> None:
    """Draw the places where starts end, and how entangled their borders are; name: of the run."""
    st.markdown(f"**{literal(name)}**")
    heads = [say("Where runs end"), say("What is there"), say("Share of the starts"), say("Updates, the middle one")]
    rows: list[list[Cell]] = [[Swatch(*looks(one, theme)), *_outcome(one, basins)] for one in outcomes(basins, theme)]
    st.html(table(f"{say('Where runs end')}: {name}", heads, rows))
    st.caption(" ".join(map(say_sentence, entropies(basins))))


def looks(one: Outcome, theme: Theme) -> tuple[str, str, str]:
    """Return the text, the colour and the lines of an outcome's key."""
    place = "–" if one.place is None else "({}, {})".format(*(short_real(v) for v in one.place))
    return place, one.colour, css(one.pattern, theme)


def _outcome(one: Outcome, basins: Basins) -> list[Cell]:
    here = basins.colours == one.code
    share = percent(one.share)
    said = say_sentence(share) if isinstance(share, Sentence) else share
    return [say(ENDING[one.ending]), said, float(np.median(basins.updates[here]))]


def entropies(basins: Basins) -> list[Sentence]:
    """Return how entangled the borders of the basins are."""
    values = {"all": basins.entropy, "border": basins.boundary_entropy}
    said = Sentence("Basin entropy {all:.3g}; along the borders {border:.3g}.", values)
    if basins.is_fractal:
        return [said, Sentence("That is above ln 2 = 0.693, so the border is fractal.")]
    return [said, Sentence("Above ln 2 = 0.693 along the borders they would be fractal for certain.")]
