"""Sigmascope's server: the pages, with the lab first, and beside them the line to the player."""

import streamlit as st
from starlette.middleware import Middleware

from player.line import routes
from ui.assets import line_path
from ui.first_paint.middleware import FirstPaint

app = st.App("lab.py", routes=routes(line_path()), middleware=[Middleware(FirstPaint)])
