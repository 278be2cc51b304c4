"""From arrays with an element for each distinct value of a column to arrays with one for each start."""

from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.trajectory import Floats
from ensembles.columns import MOST
from ensembles.setup import Setup
from ensembles.updates import Update
from surfaces.base import Surface
from xp.factors import Number


class Columns:
    """Which value of each column the starts of a block have.

    places: (columns, n), places among the distinct values.
    """

    def __init__(self, setup: Setup, places: NDArray[np.intp]) -> None:
        self._setup, self._places = setup, places
        self._lasting: dict[int, Floats] = {}
        self._spread: dict[int, Floats] = {}
        self._rows: dict[int, Floats] = {}

    def at(self, staying: Any) -> "Columns":
        """Return the columns of some of the starts."""
        return Columns(self._setup, self._places[:, staying])

    def spread(self, numbers: Number, out: Floats | None = None) -> Any:
        """Return numbers (..., axis, k, l) as such an array (axis, n); a single number, or one an axis, as it is."""
        array = np.asarray(numbers)
        *_, k, l = (1, 1, *array.shape)  # noqa: E741
        if k == l == 1:
            return array.reshape(array.shape[1:3]) if array.ndim == 4 else array
        flat = array.reshape(-1, k * l)
        return np.take(flat, self._index[k > 1, l > 1], axis=1, mode="clip", out=out)

    def constants(self, update: Update) -> list[Any]:
        """Return the constants of an update, those of which each start has its own as arrays (axis, n)."""
        if update.lasting is not self._lasting:
            self._lasting = update.lasting
            self._spread = {place: self.spread(numbers) for place, numbers in update.lasting.items()}
            self._rows = {}
        constants = update.constants.copy()
        for place, numbers in update.passing.items():
            self._rows[place] = self.spread(numbers, self._rows.get(place))
            constants[place] = self._rows[place]
        for place, spread in self._spread.items():
            constants[place] = spread
        return constants

    def of_points(self, update: Update) -> list[Any]:
        """Return the constants of a plan on registers (n,)."""
        return [c[0] if np.ndim(c) == 2 else c for c in self.constants(update)]

    def surface(self, places: Any = slice(None)) -> Surface:
        """Return the surface for some of the starts: its knobs are arrays (n,) where a column varies them."""
        return self._every_surface.at(places)

    @cached_property
    def _every_surface(self) -> Surface:
        surface = self._setup.surface
        arrays = {name: value for name, value in vars(surface).items() if isinstance(value, np.ndarray)}
        if not arrays:
            return surface
        return surface.with_arrays(**{name: self.spread(value)[0] for name, value in arrays.items()})

    @cached_property
    def _index(self) -> dict[tuple[bool, bool], NDArray[np.intp]]:
        """Return the places of the starts in arrays flattened over (k, l), by which of the two vary."""
        count = len(self._places)
        first = self._places[0] if count > 0 else np.zeros(0, np.intp)
        second = self._places[1] if count == MOST else first
        size = len(self._setup.columns[1]) if count == MOST else 1
        return {(True, False): first, (False, True): second, (True, True): first * size + second}
