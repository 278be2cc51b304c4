"""Any scenario that an address may mean, for property tests."""

from hypothesis import strategies as st

from engine.around import Clip
from engine.box import Box
from engine.noise import Noise
from engine.scenario import COORDINATE, LEARNING_RATE, MOST_RUNS, NAME, STEPS, Run, Scenario
from optimizers import OPTIMIZERS
from schedules import SCHEDULES
from schedules.base import WarmUp
from spec.knobs import Choice, Flag, Integer, Real, defaults_of, knobs_of
from surfaces import SURFACES


def numbers(knob):
    if isinstance(knob, Integer):
        return st.integers(knob.low, knob.high)
    return st.floats(knob.low, knob.high, allow_nan=False)


def values(name, knob, default):
    if isinstance(knob, Integer | Real):
        return numbers(knob)
    if isinstance(knob, Choice):
        return st.sampled_from(sorted(knob.options))
    return st.booleans() if isinstance(knob, Flag) else st.just(default)


def entries(kinds):
    def build(kind):
        defaults = defaults_of(kind)
        return st.builds(kind, **{n: values(n, k, defaults[n]) for n, k in knobs_of(kind).items()})

    return st.one_of([build(kind) for kind in kinds])


warmups = st.builds(WarmUp, **{n: values(n, k, None) for n, k in knobs_of(WarmUp).items()})
names = st.text(max_size=30).map(NAME.nearest)
clips = st.builds(Clip, **{n: values(n, k, None) for n, k in knobs_of(Clip).items()})
runs = st.builds(
    Run, entries(OPTIMIZERS.values()), numbers(LEARNING_RATE), entries(SCHEDULES.values()), warmups, names, clips
)
scenarios = st.builds(
    Scenario,
    entries([kind for slug, kind in SURFACES.items() if slug != "own"]),
    st.tuples(numbers(COORDINATE), numbers(COORDINATE)),
    numbers(STEPS),
    st.lists(runs, min_size=1, max_size=MOST_RUNS).map(tuple),
    st.builds(Noise, **{n: values(n, k, None) for n, k in knobs_of(Noise).items()}),
    st.just(Box()) | st.builds(Box, **{n: values(n, k, None) for n, k in knobs_of(Box).items()}),
)
