"""A session that has ended is no event: what a person does first after it counts.

A browser comes to a new session with the values of all widgets that it shows, one of them perhaps just changed. The new
session knows no widget yet, so its first run shows what the address says, as the browser did before the change. Then
the browser's message is taken in once more: now Streamlit sees what has changed, and calls what belongs to it.
"""

import streamlit as st
from streamlit.proto.WidgetStates_pb2 import WidgetStates
from streamlit.runtime.scriptrunner import RerunData, RerunException, get_script_run_ctx
from streamlit.runtime.state.session_state import Serialized

CAME_WITH = "came with"
"""Session key of the message with which a browser came, until it is taken in."""


def remember_message() -> None:
    """Keep what a browser says of widgets that this session does not know, until a run of a page has come to its end.

    A run may be broken off by the browser's next message: then that one counts, but for the widgets that the run has
    drawn, of which Streamlit has seen what changed.
    """
    context = get_script_run_ctx()
    if context is None or st.session_state.get(CAME_WITH, ...) is None:
        return
    said = context.session_state._state._new_widget_state
    known = said.widget_metadata
    strange = [
        state.value for name, state in said.states.items() if isinstance(state, Serialized) and name not in known
    ]
    st.session_state[CAME_WITH] = WidgetStates(widgets=strange)


def catch_up() -> None:
    """Take in what was kept, if anything was, at the end of a page that has drawn its widgets."""
    context, message = get_script_run_ctx(), st.session_state.get(CAME_WITH)
    st.session_state[CAME_WITH] = None
    if context and message and message.widgets:
        raise RerunException(
            RerunData(
                query_string=context.query_string,
                widget_states=message,
                page_script_hash=context.page_script_hash,
            )
        )
