"""The controls of the network page: what is trained, and how."""

from collections.abc import Container

import streamlit as st

from explain.lesson import LETS
from network.study import Study
from ui.controls import control
from ui.runs import runs_editor
from ui.text import say


def study_controls(study: Study, lets: Container[str] = LETS) -> None:
    """Draw the controls of a network, of its training and of its runs, of these those that `lets` has."""
    if "surface" in lets:
        _network(study)
    if "steps" in lets:
        control(study, "steps", say("Updates") + " T")
    if "noise" in lets:
        control(study, "batch", say("Digits of a batch") + " B")
        control(study, "seed", say("Seed"))
    if "surface" in lets:
        control(study, "eigenvalues", say("Eigenvalues"))
    runs_editor(study, lets=lets)


def _network(study: Study) -> None:
    layers, width = st.columns(2)
    with layers:
        control(study, "layers", say("Hidden layers"))
    control(study, "width", say("Units of each"))
    with width:
        control(study, "activation", say("Activation"))
    control(study, "loss", say("Loss"))
