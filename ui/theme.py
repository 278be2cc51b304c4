"""Which of the charts' themes the page has."""

import streamlit as st

from charts.theme import DARK, LIGHT, Theme


def page_theme() -> Theme:
    """Return the theme for charts on this page, which the person's browser or menu has chosen."""
    return DARK if st.context.theme.type == "dark" else LIGHT
