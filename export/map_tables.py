"""The numbers of a map to take away: as NumPy's .npz, with the values along its sides."""

import io
import json
from collections.abc import Mapping
from typing import Any

import numpy as np

from engine.scenario import Scenario
from engine.trajectory import ENDINGS
from engine.url import explicit
from ensembles.axis import Axis
from ensembles.basins import Basins
from ensembles.plane import Plane

ARRAYS = ("loss", "ending", "updates", "best", "to_goal", "trainability", "ends", "where", "places")
"""What a map may hold of its runs."""


def map_npz(scenario: Scenario, maps: Mapping[str, Basins | Plane], sides: tuple[Axis, Axis], link: str) -> bytes:
    """Return maps of some runs, by their letters, as a compressed .npz that needs no pickle.

    `x` and `y` are the values along the sides; arrays are called as the run and what they are, `a.loss`, (y, x).
    `about` says in JSON what the sides and the numbers of `ending` are, and where the map is opened.
    """
    x, y = sides
    about = {
        "link": link,
        "address": explicit(scenario),
        "x": x.name,
        "y": y.name,
        "endings": dict(enumerate(ENDINGS)),
    }
    arrays: dict[str, Any] = {"about": np.array(json.dumps(about)), "x": x.values, "y": y.values}
    for letter, one in maps.items():
        found = {name: getattr(one, name, None) for name in ARRAYS}
        arrays |= {f"{letter}.{name}": values for name, values in found.items() if values is not None}
    file = io.BytesIO()
    np.savez_compressed(file, **arrays)
    return file.getvalue()
