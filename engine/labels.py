"""What the runs of a scene are called: their names, or their rules and as much as tells runs of one rule apart."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Protocol, TypeAlias

from engine.scenario import LEARNING_RATE, Run
from spec.knobs import Choice, Flag, Knob, Real, format_real, knobs_of

Say: TypeAlias = Callable[[str], str]
Part: TypeAlias = tuple[str, Knob | None, Any]  # what it is, with the knob whose value it is, or a title

LONGEST = 40
"""Characters after which a label is given no more parts."""

REMARK = re.compile(r"\s*[(（][^()（）]*[)）]$")

GREEK = {
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "eta": "η", "kappa": "κ", "lambda": "λ",
    "mu": "μ", "nu": "ν", "rho": "ρ", "sigma": "σ", "tau": "τ", "theta": "θ", "psi": "ψ",
}  # fmt: skip
SUBSCRIPTS = str.maketrans("0123456789+-aeijklmnopstx", "₀₁₂₃₄₅₆₇₈₉₊₋ₐₑᵢⱼₖₗₘₙₒₚₛₜₓ")


class WithRuns(Protocol):
    """A scene, or whatever else has runs."""

    @property
    def runs(self) -> tuple[Run, ...]:
        """The runs, in their order."""
        ...


def labels(scenario: WithRuns, say: Say = str) -> tuple[str, ...]:
    """Return what each run is called as `say` puts it, no two alike.

    A run without a name is called as its optimizer, with what differs among the runs that are called so, learning rate
    first; runs that are alike, or differ in more than there is room for, are numbered.
    """
    titles = [run.label(say) for run in scenario.runs]
    made = [
        title if run.name else _told_apart(title, run, _alike(title, scenario.runs, titles), say)
        for title, run in zip(titles, scenario.runs, strict=True)
    ]
    return _numbered(made)


def short_labels(scenario: WithRuns, say: Say = str) -> tuple[str, ...]:
    """Return labels for sentences: rules without what their titles add in brackets, if that still tells them apart."""
    said = {run.optimizer.title: say(run.optimizer.title) for run in scenario.runs}
    short = {title: REMARK.sub("", text) for title, text in said.items()}
    if len(set(short.values())) < len(said):
        return labels(scenario, say)
    return labels(scenario, lambda text: short.get(text) or say(text))


def _alike(title: str, runs: Sequence[Run], titles: Sequence[str]) -> list[list[Part]]:
    return [list(_parts(run)) for run, other in zip(runs, titles, strict=True) if other == title and not run.name]


def _told_apart(title: str, run: Run, alike: Sequence[Sequence[Part]], say: Say) -> str:
    label = title
    for name, knob, value in _parts(run) if len(alike) > 1 else ():
        values = [other for parts in alike for what, _, other in parts if what == name]
        if all(other == value for other in values) and (len(values) == len(alike) or name not in ("warmup", "clip")):
            continue
        longer = f"{label}, {_write(knob, value, values, say)}"
        if label != title and len(longer) > LONGEST:
            break
        label = longer
    return label


def _parts(run: Run) -> Iterator[Part]:
    """Yield what may tell a run from others; a part that only some have is named after what brings it."""
    yield "lr", LEARNING_RATE, run.lr
    yield from _knobs(type(run.optimizer).__name__, run.optimizer)
    yield "schedule", None, run.schedule.title
    yield from _knobs(type(run.schedule).__name__, run.schedule)
    if run.warmup.steps:
        knobs = knobs_of(run.warmup)
        yield from ((f"warmup {name}".removesuffix(" steps"), knobs[name], getattr(run.warmup, name)) for name in knobs)
    if run.clip.value:
        yield "clip", knobs_of(run.clip)["value"], run.clip.value


def _knobs(owner: str, entry: Any) -> Iterator[Part]:
    yield from ((f"{owner} {name}", knob, getattr(entry, name)) for name, knob in knobs_of(entry).items())


def _write(knob: Knob | None, value: Any, values: Sequence[Any], say: Say) -> str:
    if knob is None:
        return say(value)
    if isinstance(knob, Choice):
        return say(knob.options[value])
    if isinstance(knob, Flag):
        on, off = say("on"), say("off")
        return f"{symbol(knob, say)} {on if value else off}"
    if isinstance(knob, Real):
        short = {format_real(_rounded(other)) for other in values}
        is_enough = len(short) == len(set(values))
        return f"{symbol(knob, say)} {format_real(_rounded(value) if is_enough else value)}"
    return f"{symbol(knob, say)} {knob.format(value)}"


def symbol(knob: Knob, say: Say = str) -> str:
    r"""Return the symbol of a knob without LaTeX: `\beta_1` as β₁, words as `say` puts them."""
    text = re.sub(r"\\text\{([^{}]+)\}", lambda words: say(words[1]), knob.symbol)
    text = re.sub(r"\\([a-z]+)", lambda name: GREEK.get(name[1], name[1]), re.sub(r"\\[()]", "", text))
    return re.sub(r"_(?:\{([^{}]*)\}|(.))", lambda below: (below[1] or below[2]).translate(SUBSCRIPTS), text)


def _rounded(value: float) -> float:
    return float(f"{value:.4g}") + 0.0


def _numbered(made: Sequence[str]) -> tuple[str, ...]:
    seen: Counter[str] = Counter()
    taken = set(made)
    result = []
    for label in made:
        seen[label] += 1
        own = label
        while seen[label] > 1 and own in taken:
            own = f"{label} ({seen[label]})"
            seen[label] += own in taken
        taken.add(own)
        result.append(own)
    return tuple(result)
