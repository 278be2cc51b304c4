"""The lab: controls beside the player, and below it why the runs went as they did."""

from functools import partial

import streamlit as st

from explain.questions.questions import question_of
from ui.frame import Frame
from ui.lens import lens
from ui.links import to_the_network
from ui.next import ways
from ui.parameters import ALL, MOMENT, PANELS
from ui.presets import presets
from ui.runs import runs_editor
from ui.scene_player import charts_of, scene_player
from ui.share import link_of_page, share
from ui.stage import is_long, run_all, show_runs
from ui.surface import scene_controls
from ui.taken import scene_taken
from ui.text import language, say, say_sentence
from ui.workers import work


def lab(frame: Frame) -> None:
    """Draw the lab in a page's frame: first what answers a change, then what stands around it."""
    scenario = frame.scene.settle()
    if is_long(scenario):
        frame.open()
    trajectories = run_all(scenario)
    is_full = ALL in (PANELS.read() or ())
    begin = MOMENT.read()
    moment = 0 if begin is None and not is_full else begin
    offer = partial(ways, scenario, language())
    show_runs(scenario, charts_of(trajectories), begin=moment, tells=not is_full, offer=offer)
    asked = None if is_full else question_of(scenario)
    frame.open(sidebar=is_full, title=say_sentence(asked.sentence(asked.ask)) if asked else "")
    scene_player(is_full, ways=lambda: work(offer))
    if is_full:
        with st.sidebar:
            scene_controls(scenario)
            runs_editor(scenario, trajectories)
    frame.close()
    if frame.tools:
        with frame.tools:
            share(lambda link: scene_taken(scenario, trajectories, link, language()))
            presets()
        lens(scenario, trajectories)
        to_the_network()
    else:
        st.link_button(
            say("Open this scene in the lab"), link_of_page(), type="tertiary", icon=":material/open_in_new:"
        )
    frame.end()
