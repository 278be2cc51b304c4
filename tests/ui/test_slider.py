"""Sliders: where they end, and what letting go of one does."""

from types import SimpleNamespace

import pytest
import streamlit as st

from engine.fields import fields
from engine.presets import DEFAULT_SCENE
from engine.scenario import LEARNING_RATE, STEPS
from optimizers.ranges import BETA2
from spec.knobs import Number, Real
from tests.ui.app_page import address, lab
from ui import controls
from ui.slider import DECADES, SPREAD, span, step


@pytest.mark.parametrize("value", [1e-12, 1e-8, 0.003, 1.0, 5.0, 1e5, 1e6])
def test_one_for_learning_rates_spans_what_matters_around_it(value):
    low, high = span(LEARNING_RATE, value)
    assert LEARNING_RATE.low <= low <= value <= high <= LEARNING_RATE.high * (1 + 1e-12)
    assert high / low <= 10 ** (2 * DECADES) * (1 + 1e-9)


NUMBERS = {name: field.knob for name, field in fields(DEFAULT_SCENE).items() if isinstance(field.knob, Number)}


@pytest.mark.parametrize("knob", NUMBERS.values(), ids=NUMBERS)
def test_every_span_lies_within_what_is_allowed(knob):
    if knob.scale == "none":
        return
    for value in (knob.low, (knob.low + knob.high) / 2, knob.high):
        low, high = span(knob, value)
        assert knob.low <= low < high <= knob.high


@pytest.mark.parametrize("value", [0.0, 0.5, 0.9, 0.999, BETA2.high])
def test_one_for_a_memory_spans_decades_of_what_is_new(value):
    low, high = span(BETA2, value)
    assert BETA2.low <= low <= value <= high <= BETA2.high
    assert (1 - low) / (1 - high) <= 10 ** (2 * SPREAD) * (1 + 1e-9)


def test_whole_numbers_stay_whole_and_a_zero_has_a_place():
    assert (step(STEPS), step(LEARNING_RATE)) == (1.0, 0.0)
    low, high = span(Real(symbol="e", help="", low=0.0, high=1.0, scale="log"), 0.0)
    assert 0 < low < high


def test_what_is_let_go_of_is_the_number_above(monkeypatch):
    page = lab(surface="valley")
    assert page.number_input(key="scene:surface.angle").value == 0.0
    state = {"slider:a.lr": SimpleNamespace(value=1e9), "slider:steps": SimpleNamespace(value=None)}
    monkeypatch.setattr(st, "session_state", state)
    monkeypatch.setattr(controls, "remembered", lambda: DEFAULT_SCENE)
    controls._follow_slider("a.lr")
    controls._follow_slider("steps")
    assert state["scene:a.lr"] == LEARNING_RATE.high
    assert "scene:steps" not in state
    assert "surface.angle" not in address(page)
