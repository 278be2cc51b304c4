"""Scenario to trajectory: the numerical core, without Streamlit and without Plotly."""
