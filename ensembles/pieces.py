"""An ensemble in pieces: what goes together as arrays, and what has to go value by value."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from engine.scenario import Scenario
from engine.trajectory import Floats
from ensembles.block import DIVERGED, UNDEFINED, Block, Report
from ensembles.columns import Column, Divided, folded
from ensembles.how import How
from ensembles.job import Job
from ensembles.setup import Setup, goes_by_value
from ensembles.watch import Watch, floor_of


@dataclass(frozen=True, eq=False)
class Piece:
    """Some starts of an ensemble, and the numbers of which each has its own.

    starts: (n, 2). places: (n,), which starts of the ensemble they are. columns: those with more than one value. job:
    of all pieces that are cut from one, where there are no columns.
    """

    scenario: Scenario
    number: int
    starts: Floats
    places: NDArray[np.intp]
    columns: tuple[Column, ...]
    job: Job | None = None

    def at(self, some: NDArray[np.intp] | NDArray[np.bool_] | slice) -> "Piece":
        """Return the piece with some of its starts."""
        scenario, columns = folded(self.scenario, [column.at(some) for column in self.columns])
        return replace(self, scenario=scenario, starts=self.starts[some], places=self.places[some], columns=columns)

    def cut(self, size: int, how: How) -> Iterator["Piece"]:
        """Yield the piece in pieces of at most `size` starts."""
        job = None if self.columns else Job(Setup(self.scenario, self.number), how)
        for first in range(0, len(self.places), size):
            yield replace(self.at(slice(first, first + size)), job=job)

    def blocks(self, how: How, report: Report) -> Iterator[tuple[NDArray[np.intp], Block]]:
        """Run the piece and yield its blocks and where they belong; in two where the rule decides by a column."""
        try:
            block = self._block(how)
            block.run(report)
            self._look_again(block, how)
        except Divided as divided:
            holds = divided.which[self.columns[divided.column].places]
            for part in (holds, ~holds):
                yield from self.at(part).blocks(how, report)
        else:
            yield self.places, block

    def _look_again(self, block: Block, how: How) -> None:
        """Run the starts again whose numbers are none at the end, to see what was the first of them to be none."""
        lost = np.flatnonzero(block.ending == UNDEFINED)
        if how.exact or not how.judged or not len(lost):
            return
        piece = replace(self.at(lost), places=lost, job=None)
        for places, again in piece.blocks(How(stop=False, judged=False, exact=True), lambda _: None):
            told = np.isin(again.ending, (DIVERGED, UNDEFINED))
            where = places[told]
            block.ending[where], block.updates[where] = again.ending[told], again.updates[told]
            block.theta[:, where] = again.theta[:, told]

    def _block(self, how: How) -> Block:
        job = self.job or Job(Setup(self.scenario, self.number, self.columns), how)
        places = np.array([column.places for column in self.columns], np.intp)
        return Block(job, self.starts.T, places.reshape(len(self.columns), len(self.starts)), self._watch(how))

    def _watch(self, how: How) -> Watch | None:
        if not how.watched:
            return None
        floor = np.full(len(self.starts), floor_of(self.scenario.surface))
        for column in self.columns:
            if any(part == "surface" for part, *_ in column.leaves(self.scenario, self.number)):
                floors = [floor_of(column.put(self.scenario, row).surface) for row in range(len(column))]
                floor = np.array(floors)[column.places]
        return Watch(self.scenario.steps, how, floor)


def pieces_of(scenario: Scenario, number: int, starts: Floats, columns: Sequence[Column]) -> Iterator[Piece]:
    """Yield an ensemble in pieces whose columns all can be arrays.

    A column of x or y becomes part of the starts.
    """
    scenario, columns = folded(scenario, columns)
    others = []
    for column in columns:
        leaves = list(column.leaves(scenario, number))
        for part, _, values in leaves:
            if part in ("x", "y"):
                starts = np.where(np.arange(2) == "xy".index(part), values[column.places, None], starts)
        others += [column] if any(part not in ("x", "y") for part, *_ in leaves) else []
    yield from _by_value(Piece(scenario, number, starts, np.arange(len(starts)), tuple(others)))


def _by_value(piece: Piece) -> Iterator[Piece]:
    column = next((c for c in piece.columns if goes_by_value(piece.scenario, piece.number, c)), None)
    if column is None:
        yield piece
        return
    for row in range(len(column)):
        yield from _by_value(piece.at(column.places == row))
