"""How much each run depends on its learning rate, in numbers."""

import streamlit as st

from engine.labels import labels
from ensembles.sensitivity import Curve
from spec.knobs import format_real
from spec.sentences import Sentence
from ui.maps.making import Made
from ui.table import Cell, table
from ui.text import say, say_sentence


def rates_told(made: Made) -> None:
    """Draw how much each run depends on its learning rate."""
    heads = [
        say("Run"),
        say("Best learning rate"),
        say("Loss there"),
        say("Sensitivity S"),
        say("S as a share"),
        say("Good rates, in decades"),
    ]
    rows = [_curve(name, curve) for name, curve in zip(labels(made.asked.scenario, say), made.curves, strict=True)]
    st.html(table(say("How much does the learning rate matter?"), heads, rows))
    values = {"low": format_real(made.axes[0].low), "high": format_real(made.axes[0].high)}
    st.caption(
        say_sentence(
            Sentence(
                "S is the mean of min(l, l₀) − l* over rates from {low} to {high}, evenly in decades; as a share it is "
                "S / (l₀ − l*). A rate is good if it leaves at most a twentieth of l₀ − l*; those are drawn thick.",
                values,
            )
        )
        + " [arXiv 2309.14322](https://arxiv.org/abs/2309.14322)"
    )


def _curve(name: str, curve: Curve) -> list[Cell]:
    best = float(curve.rates[int(curve.counted.argmin())])
    return [
        name,
        *(float(f"{value:.3g}") for value in (best, curve.lowest, curve.sensitivity, curve.share, curve.width)),
    ]
