"""The controls of the network page: what is trained, and how."""

import streamlit as st

from network.study import Study
from ui.controls import control
from ui.runs import runs_editor
from ui.text import say


def study_controls(study: Study) -> None:
    """Draw the controls of a network, of its training and of its runs."""
    layers, width = st.columns(2)
    with layers:
        control(study, "layers", say("Hidden layers"))
    control(study, "width", say("Units of each"))
    with width:
        control(study, "activation", say("Activation"))
    control(study, "loss", say("Loss"))
    control(study, "steps", say("Updates") + " T")
    control(study, "batch", say("Digits of a batch") + " B")
    control(study, "seed", say("Seed"))
    control(study, "eigenvalues", say("Eigenvalues"))
    runs_editor(study)
