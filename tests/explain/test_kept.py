"""What is said of a run is worked out once, and forgotten with the run."""

import gc
from weakref import ref

from engine.presets import DEFAULT_SCENE
from engine.simulate import simulate
from explain.kept import kept
from explain.timeline import timeline


def test_a_run_is_asked_once_on_each_surface():
    asked = []
    tell = kept(lambda surface, run: asked.append((surface, run)) or len(asked))
    one, other = simulate(DEFAULT_SCENE)[0], simulate(DEFAULT_SCENE)[0]
    assert [tell("valley", one), tell("valley", one), tell("saddle", one), tell("valley", other)] == [1, 1, 2, 3]


def test_a_run_that_nobody_keeps_is_forgotten():
    runs = simulate(DEFAULT_SCENE)
    timeline(DEFAULT_SCENE, runs)
    gone = ref(runs[0])
    del runs
    gc.collect()
    assert gone() is None
