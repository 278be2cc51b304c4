"""Whether a connection comes from a page of this server, as Streamlit asks of its own, without asking anybody else."""

from urllib.parse import urlsplit

import streamlit as st
from starlette.datastructures import Headers


def is_from_here(headers: Headers) -> bool:
    """Return whether the page that connects may: one of this host, or of an origin that the server was told of."""
    origin = headers.get("origin")
    if origin is None or not st.get_option("server.enableCORS"):
        return True
    allowed = st.get_option("server.corsAllowedOrigins") or ()
    return urlsplit(origin).netloc == headers.get("host") or origin in allowed
