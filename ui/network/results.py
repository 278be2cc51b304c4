"""What is said below the network page's player: how the runs ended, what happened, what the slice shows and hides."""

from collections.abc import Sequence

import numpy as np
import streamlit as st

from charts.network.views import CUT_TITLES, Studied
from engine.labels import labels
from explain.events import percent
from explain.network.story import network_timeline
from network.studied import Slice
from network.training import Training
from spec.markdown import literal, quiet
from spec.sentences import Sentence
from ui.controls import preset
from ui.lens import told_of
from ui.parameters import CUT
from ui.table import Cell, table
from ui.text import say, say_sentence


def results(shown: Studied, cutting: str) -> None:
    """Draw what a study has come to."""
    st.header(say("How the runs ended"), anchor=False)
    _table(shown)
    st.header(say("What happened"), anchor=False)
    told_of(network_timeline(shown.study, shown.trainings, say), labels(shown.study, say))
    st.header(say("The slice, and what it hides"), anchor=False)
    _slice(shown, cutting)


def _table(shown: Studied) -> None:
    heads = [
        say("Run"),
        say("Updates"),
        say("Loss"),
        say("Held-out loss"),
        say("Held-out digits read rightly"),
        say("Sharpness, median of the second half"),
        say("Its limit"),
        say("Residual"),
    ]
    rows = [_row(*one) for one in zip(labels(shown.study, say), shown.trainings, strict=True)]
    st.html(table(say("How each run ended"), heads, rows))
    st.caption(
        say(
            "Sharpness is the largest eigenvalue of diag(μ/σ) H, found by products with the Hessian; the residual says "
            "how exactly, as a share of it. Around the median of σ and μ/σ lie bands with 80 % and with all of the "
            "weights; layers are dashed more and more, the first one's line is whole."
        )
    )


def _row(label: str, training: Training) -> list[Cell]:
    looks = training.looks[len(training.looks) // 2 :]
    sharpness = [look.sharpness.value for look in looks]
    last = training.looks[-1] if training.looks else None
    return [
        label,
        training.updates,
        float(training.loss[-1]),
        last.held_out if last and not training.is_lost else None,
        _share(last.accuracy) if last else None,
        None if training.is_lost or not sharpness else float(f"{np.median(sharpness):.4g}"),
        training.limit,
        float(f"{last.sharpness.residuals[0]:.2g}") if last else None,
    ]


def _share(share: float) -> str:
    said = percent(share)
    return say_sentence(said) if isinstance(said, Sentence) else said


def _slice(shown: Studied, cutting: str) -> None:
    titles = {name: say(title) for name, title in CUT_TITLES.items()}
    st.pills(
        say("Cut"),
        list(titles),
        key=preset("cut-choice", cutting),
        format_func=titles.__getitem__,
        required=True,
        default=None,
        on_change=_set_cut,
    )
    if shown.cut:
        st.markdown("\n".join(f"- {say_sentence(quiet(one))}" for one in _told_of(shown, shown.cut)))


def _set_cut() -> None:
    CUT.write(st.session_state["cut-choice"])


def _told_of(shown: Studied, cut: Slice) -> list[Sentence]:
    """Return what a slice shows, and how far it is from the network."""
    told = [_of_plane(cut)]
    gap = _largest_gap(shown.trainings, cut)
    if gap:
        told.append(
            Sentence(
                "At update {update} of {run} the network's loss is {true:.3g}; the slice has {seen:.3g} at the point "
                "nearest to it.",
                gap | {"run": literal(labels(shown.study, say)[int(gap["run"])])},
            )
        )
    told.append(Sentence("A path seen on a slice need not go downhill there: the network moves in all its directions."))
    told.append(
        Sentence(
            "A random plane hides saddles: where a loss curves down in 300 of 1,000 directions and up as much in the "
            "others, all of 2,000 random planes looked like a bowl."
        )
    )
    return told


def _of_plane(cut: Slice) -> Sentence:
    if cut.plane.share is not None:
        return Sentence(
            "The plane through the end that holds most of the paths: {share} of their squared distances to it.",
            {"share": percent(cut.plane.share)},
        )
    if cut.cutting == "random":
        return Sentence(
            "Two random directions, each unit's weights as long as its own; one to the side is as far as the weights "
            "themselves."
        )
    return Sentence("The gradient at the end, and the direction in which the steps feel the loss curve most.")


def _largest_gap(trainings: Sequence[Training], cut: Slice) -> dict[str, float] | None:
    """Return where a slice is farthest from the network, in factors; None if nowhere is known."""
    worst: tuple[float, dict[str, float]] | None = None
    for run, (training, along) in enumerate(zip(trainings, cut.along, strict=True)):
        true = training.at_looks("loss")
        with np.errstate(all="ignore"):
            gaps = np.abs(np.log(along / true))
        if training.is_lost or not np.isfinite(gaps).any():
            continue
        at = int(np.where(np.isfinite(gaps), gaps, -1.0).argmax())
        found = {"run": run, "update": int(training.clock[at]), "true": float(true[at]), "seen": float(along[at])}
        if worst is None or gaps[at] > worst[0]:
            worst = (float(gaps[at]), found)
    return worst and worst[1]
