"""The list of runs: choose one to edit, add, duplicate, remove, rename."""

from collections.abc import Callable, Container, Sequence
from dataclasses import replace
from typing import Any

import streamlit as st

from charts.colours import worn
from engine.fields import RUN_KEYS
from engine.labels import labels, symbol
from engine.scenario import LEARNING_RATE, NAME, Run
from engine.trajectory import Trajectory
from explain.lesson import LETS
from explain.margin import margin_sentence
from optimizers.adam import Adam
from optimizers.base import Optimizer
from schedules import SCHEDULES
from schedules.base import WarmUp
from spec.knobs import knobs_of
from spec.markdown import literal
from ui.controls import control, knob_controls, preset
from ui.formula import formula
from ui.menu import optimizers_menu
from ui.scene import bind, change, fields_of, form
from ui.text import say, say_sentence
from ui.theme import page_theme

CHOSEN = "chosen_run"
CONVENTIONS = {"pytorch": "PyTorch", "keras": "Keras"}


def runs_editor(scenario: Any, trajectories: Sequence[Trajectory] = (), lets: Container[str] = LETS) -> None:
    """Draw the list of runs, and the controls of the chosen one, of these those that `lets` has.

    trajectories: of all runs, if it shall be said how near their limits they come.
    """
    if not any(part in lets for part in ("runs", "optimizer", "rate", "schedule")):
        return
    index = _choose(scenario)
    if "runs" in lets:
        _buttons(scenario, index)
    _editor(scenario, index, trajectories[index] if trajectories else None, lets)


def _choose(scenario: Any) -> int:
    indices = list(range(len(scenario.runs)))
    if st.session_state.get(CHOSEN) not in indices:
        st.session_state[CHOSEN] = indices[-1]
    st.html(_colours(scenario))
    st.pills(
        say("Runs"),
        indices,
        key=CHOSEN,
        required=True,
        default=None,
        format_func=[literal(label) for label in labels(scenario, say)].__getitem__,
    )
    return int(st.session_state[CHOSEN])


def _colours(scenario: Any) -> str:
    """Return a style that puts the colour of each run before its name."""
    theme = worn(page_theme(), scenario.runs)
    rules = (
        f".st-key-{CHOSEN} button:nth-of-type({k + 1})::before {{ background: {colour}; }}"
        for k, colour in enumerate(theme.runs[: len(scenario.runs)])
    )
    bar = 'content: ""; flex: none; width: 1rem; height: 3px; margin-right: 0.5rem; border-radius: 2px;'
    return f"<style>.st-key-{CHOSEN} button::before {{ {bar} }} {' '.join(rules)}</style>"


def _buttons(scenario: Any, index: int) -> None:
    full, last = len(scenario.runs) >= len(form().letters), len(scenario.runs) == 1
    with st.container(horizontal=True, gap="small"):
        _button("add_run", say("Add"), ":material/add:", full, _add)
        _button("copy_run", say("Duplicate"), ":material/content_copy:", full, _copy, index)
        _button("remove_run", say("Remove"), ":material/delete:", last, _remove, index)


def _button(key: str, label: str, icon: str, disabled: bool, act: Callable[..., None], *arguments: int) -> None:
    st.button(label, key=key, icon=icon, type="tertiary", disabled=disabled, on_click=act, args=arguments)


def _editor(scenario: Any, index: int, trajectory: Trajectory | None, lets: Container[str]) -> None:
    key, run = RUN_KEYS[index], scenario.runs[index]
    if "optimizer" in lets:
        _optimizer(index, key, run)
    if "rate" in lets:
        control(scenario, f"{key}.lr", say("Learning rate") + f" {symbol(LEARNING_RATE)}")
        near = margin_sentence(run, trajectory) if trajectory else None
        if near:
            st.caption(say_sentence(near))
    if "optimizer" in lets:
        knob_controls(scenario, key, run.optimizer)
    if "optimizer" in lets:
        control(scenario, f"{key}.clip", say("Clip each gradient at") + " c")
    if "schedule" in lets:
        _schedule(scenario, index, key, run)
    if "runs" in lets:
        name, usual = bind(f"{key}.name", run.name), say(run.optimizer.title)
        st.text_input(say("Name"), key=name, max_chars=NAME.longest, placeholder=usual)


def _optimizer(index: int, key: str, run: Run) -> None:
    menu = optimizers_menu(form().rules)
    st.selectbox(
        say("Optimizer"),
        list(menu),
        key=preset(f"choose:{key}", run.optimizer.slug),
        format_func=menu.__getitem__,
        help=say(run.optimizer.summary),
        on_change=_set_optimizer,
        args=(index, f"choose:{key}"),
    )
    formula(run.optimizer.latex)
    _conventions(index, run.optimizer)


def _schedule(scenario: Any, index: int, key: str, run: Run) -> None:
    schedules = {slug: say(SCHEDULES[slug].title) for slug in SCHEDULES}
    st.selectbox(
        say("Schedule"),
        list(schedules),
        key=preset(f"choose:{key}.sched", run.schedule.slug),
        format_func=schedules.__getitem__,
        help=say(run.schedule.summary),
        on_change=_set_schedule,
        args=(index, f"choose:{key}.sched"),
    )
    knob_controls(scenario, f"{key}.sched", run.schedule)
    _warmup(scenario, key, run.warmup)


def _conventions(index: int, optimizer: Optimizer) -> None:
    """Draw buttons that set the knobs to what a framework or the paper means by the optimizer's name."""
    if not optimizer.conventions:
        return
    values = {name: getattr(optimizer, name) for name in knobs_of(optimizer)}
    met = [name for name, knobs in optimizer.conventions.items() if knobs.items() <= values.items()]
    st.pills(
        say("As in"),
        list(optimizer.conventions),
        key=preset(f"convention:{index}", met[0] if met else None),
        format_func={name: CONVENTIONS.get(name, say("the paper")) for name in optimizer.conventions}.__getitem__,
        on_change=_set_convention,
        args=(index, f"convention:{index}"),
    )


def _set_convention(index: int, key: str) -> None:
    name = st.session_state[key]
    if name:
        _edit(index, lambda _, run: replace(run, optimizer=replace(run.optimizer, **run.optimizer.conventions[name])))


def _warmup(scenario: Any, key: str, warmup: WarmUp) -> None:
    control(scenario, f"{key}.warmup", say("Warm-up updates") + " τ")
    if warmup.steps:
        knob_controls(scenario, f"{key}.warmup", warmup, leave_out=("steps",))


def new_run(scenario: Any, optimizer: Optimizer) -> Run:
    """Return a run of `optimizer` with the learning rate that makes sense in the scene."""
    run = Run(optimizer, LEARNING_RATE.low)
    alone = replace(scenario, runs=(run,))
    rate = fields_of(alone)[f"{RUN_KEYS[0]}.lr"]
    return replace(run, lr=rate.default(alone))


def _add() -> None:
    def make(scenario: Any) -> Any:
        used = {type(run.optimizer) for run in scenario.runs}
        rules = form().rules
        preferred: list[type[Optimizer]] = [Adam, *(rules[slug] for slug in optimizers_menu(rules))]
        kind = next((kind for kind in preferred if kind not in used), Adam)
        return replace(scenario, runs=(*scenario.runs, new_run(scenario, kind())))

    change(make)
    st.session_state.pop(CHOSEN, None)


def _copy(index: int) -> None:
    change(lambda s: replace(s, runs=(*s.runs, s.runs[index])))
    st.session_state.pop(CHOSEN, None)


def _remove(index: int) -> None:
    change(lambda s: replace(s, runs=s.runs[:index] + s.runs[index + 1 :]))
    st.session_state[CHOSEN] = max(index - 1, 0)


def _set_optimizer(index: int, key: str) -> None:
    optimizer = form().rules[st.session_state[key]]()
    _edit(
        index,
        lambda scenario, run: replace(
            new_run(scenario, optimizer), schedule=run.schedule, warmup=run.warmup, clip=run.clip
        ),
    )


def _set_schedule(index: int, key: str) -> None:
    schedule = SCHEDULES[st.session_state[key]]()
    _edit(index, lambda _, run: replace(run, schedule=schedule))


def _edit(index: int, make: Callable[[Any, Run], Run]) -> None:
    def make_scene(scenario: Any) -> Any:
        runs = list(scenario.runs)
        runs[index] = make(scenario, runs[index])
        return replace(scenario, runs=tuple(runs))

    change(make_scene)
