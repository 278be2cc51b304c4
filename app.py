"""Sigmascope's server: the pages, with the lab first, and beside them the line to the player."""

import streamlit as st

from player.line import routes
from ui.assets import line_path

app = st.App("lab.py", routes=routes(line_path()))
