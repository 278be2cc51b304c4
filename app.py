"""Sigmascope's server: the pages, with the lab first; beside them what the player needs, and the line to it."""

import streamlit as st
from starlette.middleware import Middleware

from player.connection import routes
from ui.assets import LINE, asset_routes, server_path
from ui.first_paint.middleware import FirstPaint
from ui.origin import is_from_here
from ui.previews import preview_routes
from ui.start import prepare
from ui.static import Compressed

prepare()

app = st.App(
    "lab.py",
    routes=[*routes(server_path(LINE), is_from_here), *asset_routes(), *preview_routes()],
    middleware=[Middleware(FirstPaint), Middleware(Compressed)],
)
