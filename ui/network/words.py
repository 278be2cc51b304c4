"""What is told of a network's training, as the player is given it: in the language of the page."""

from collections.abc import Container, Sequence
from functools import partial

from engine.labels import labels, short_labels
from explain.captions import captions
from explain.network.moments import moments
from explain.network.questions import question_of_study
from explain.network.story import network_timeline
from network.study import Study
from network.training import Training
from player.contract import Story, Symbol
from ui.story import caption, rate
from ui.text import say_sentence_in, translate


def endings_of(study: Study, trainings: Sequence[Training], code: str) -> tuple[str, ...]:
    """Return how each run ended, in one line each."""
    longest = max(training.updates for training in trainings)
    last = [moments(study, training, longest)[-1] for training in trainings]
    names = labels(study, partial(translate, code))
    speak = partial(say_sentence_in, code)
    return tuple(f"{name}: {speak(one.caption)} {speak(one.detail)}" for name, one in zip(names, last, strict=True))


def network_story(study: Study, trainings: Sequence[Training], charts: Container[str], code: str) -> Story:
    """Return the story of a study that is shown in some charts, in the language called `code`."""
    say = partial(translate, code)
    names = short_labels(study, say)
    events = network_timeline(study, trainings, say)
    asked = question_of_study(study)
    move = Symbol(text="θᵢ ← θᵢ − (μₜ/σᵢ) mᵢ", value=None, word="", panel=None)
    return Story(
        question=say_sentence_in(code, asked.sentence(asked.ask)) if asked else "",
        task=say_sentence_in(code, asked.sentence(asked.line)) if asked else "",
        answer=say_sentence_in(code, asked.sentence(asked.answer)) if asked else "",
        captions=[caption(event, charts, code) for event in captions(events)],
        run=events[0].run,
        axis=0,
        formulas=[[move] for _ in study.runs],
        rates=[rate(k, run.lr, name) for k, (run, name) in enumerate(zip(study.runs, names, strict=True))],
        names=list(names),
        axes=["x", "y"],
        start=[0.0, 0.0],
        lowest=None,
    )
