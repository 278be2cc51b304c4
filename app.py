"""Sigmascope's server: the pages, with the lab first, and beside them the line to the player."""

import streamlit as st

from ui.player.line import routes

app = st.App("lab.py", routes=routes())
