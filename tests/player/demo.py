"""The player alone, with one knob: run with `python -m benchmarks.player --serve`."""

import streamlit as st

from charts.loss import loss_chart
from charts.map import map_chart
from charts.sigma import sigma_chart
from charts.step_size import step_size_chart
from charts.theme import DARK, LIGHT
from engine.scenario import Run, Scenario
from engine.simulate import simulate
from optimizers import OPTIMIZERS
from surfaces import SURFACES
from ui.player import player

CHARTS = {"map": map_chart, "sigma": sigma_chart, "step_size": step_size_chart, "loss": loss_chart}
BENCHMARK = {"gd": 0.001, "momentum": 0.0005, "rmsprop": 0.01, "adam": 0.05}


def scenario() -> Scenario:
    """The lecture's scene, or the benchmark's four runs on Rosenbrock's valley."""
    steps = int(st.number_input("steps", value=1000, min_value=1))
    lr = float(st.number_input("lr", value=1.0, format="%g"))
    if st.checkbox("four runs", key="four"):
        surface = SURFACES["rosenbrock"]()
        runs = [Run(OPTIMIZERS[slug](), lr=rate) for slug, rate in BENCHMARK.items()]
        runs[-1] = Run(runs[-1].optimizer, lr=lr)
    else:
        surface = SURFACES["lecture"]()
        runs = [Run(OPTIMIZERS["gd"](), lr=1e-7), Run(OPTIMIZERS["adagrad-rms"](), lr=lr)]
    start = st.session_state.get("start", {}).get(surface.slug, surface.start)
    return Scenario(surface, start, steps, tuple(runs))


def set_start() -> None:
    """Take the point of a click as the start."""
    pick = st.session_state["player"].pick
    slug = "rosenbrock" if st.session_state.get("four") else "lecture"
    if pick:
        st.session_state["start"] = {slug: (pick["x"], pick["y"])}


st.set_page_config(layout="wide")
scene = scenario()
theme = DARK if st.context.theme.type == "dark" else LIGHT
trajectories = simulate(scene)
figures = {name: chart(scene, trajectories, theme) for name, chart in CHARTS.items()}
player(figures, updates=scene.steps, key="player", scene=scene.surface.slug, on_pick=set_start)
st.caption(f"start {scene.start}")
