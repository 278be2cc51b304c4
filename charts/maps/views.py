"""The kinds of maps, and what each is called."""

from collections.abc import Mapping
from typing import Literal

Kind = Literal["basins", "plane", "rates", "race", "values"]

KINDS: Mapping[Kind, str] = {
    "basins": "Every start",
    "plane": "Two numbers",
    "rates": "Learning rates",
    "race": "A fair race",
    "values": "Nine values",
}
"""Every map, by its name in the address."""
