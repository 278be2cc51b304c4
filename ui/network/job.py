"""The training of a study, which goes on while a page waits for it, can be left, and is gone on with."""

from collections.abc import Callable
from threading import Lock

from cachetools import LRUCache

from engine.scenario import Run
from network.studied import Cutting, Slice, Trainer, slice_of
from network.study import Study
from network.training import Task, Training
from spec.shared import shared
from ui.limits import SLICES_KEPT, TRAININGS_KEPT, UNDER_WAY
from ui.workers import GivingWay


class _Kept:
    """Finished trainings of single runs, for everybody, within a bound."""

    def __init__(self) -> None:
        self._known: LRUCache[tuple[Task, Run], Training] = LRUCache(TRAININGS_KEPT, getsizeof=lambda one: one.nbytes)
        self._lock = Lock()

    def get(self, task: Task, run: Run) -> Training | None:
        with self._lock:
            return self._known.get((task, run))

    def put(self, task: Task, run: Run, training: Training) -> None:
        with self._lock:
            if training.nbytes <= TRAININGS_KEPT:
                self._known[task, run] = training


KEPT = _Kept()


class Job:
    """The training of the runs of a study, of which those that are known are not trained again."""

    def __init__(self, study: Study) -> None:
        self.study = study.unnamed
        runs = self.study.runs
        self._known = {run: known for run in runs if (known := KEPT.get(study.task, run))}
        self._missing = tuple(dict.fromkeys(run for run in runs if run not in self._known))
        self.give_way = GivingWay()
        self._trainer = Trainer(study.task, self._missing, self.give_way)
        self._lock = Lock()
        self.is_done = not self._missing

    @property
    def trainings(self) -> tuple[Training, ...]:
        """What is recorded of each run so far; nothing before the first update."""
        found = self._known | dict(zip(self._missing, self._trainer.trainings, strict=False))
        runs = self.study.runs
        return tuple(found[run] for run in runs) if all(run in found for run in runs) else ()

    @property
    def updates(self) -> int:
        """How many updates each run has made that is trained."""
        return self._trainer.updates

    def go_on(self, tick: Callable[[int], None], look: Callable[[], None]) -> None:
        """Train to the end; look: called after each update. `tick` may raise, to leave it for later."""
        with self._lock:
            self.give_way.begin()
            while self._trainer.go_on():
                look()
                tick(self.updates)
            for run, training in zip(self._missing, self._trainer.trainings, strict=True):
                KEPT.put(self.study.task, run, training)
            self.is_done = True


class _Jobs:
    """The trainings that are under way, by who has begun them."""

    def __init__(self) -> None:
        self._known: LRUCache[str, Job] = LRUCache(UNDER_WAY)
        self._lock = Lock()

    def of(self, who: str, study: Study) -> Job:
        """Return somebody's training of a study, a new one unless they have begun it."""
        with self._lock:
            job = self._known.get(who)
            if job is None or job.study != study.unnamed:
                job = Job(study)
            if job.is_done:
                self._known.pop(who, None)
            else:
                self._known[who] = job
            return job


JOBS = _Jobs()


def cut_of(
    study: Study, trainings: tuple[Training, ...], cutting: Cutting, tick: Callable[[int], None]
) -> Slice | None:
    """Return the slice of a study whose trainings are finished, worked out at most once while it is kept."""
    return _cut(study.unnamed, cutting, trainings=trainings, tick=tick)


def _size(cut: Slice | None) -> int:
    return cut.nbytes if cut else 0


@shared(SLICES_KEPT, size=_size)
def _cut(
    study: Study, cutting: Cutting, *, trainings: tuple[Training, ...], tick: Callable[[int], None]
) -> Slice | None:
    cut = slice_of(study, trainings, cutting, tick)
    return cut and cut.with_losses(study, tick)
