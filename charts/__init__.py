"""Trajectories to Plotly figures: one file a chart, nothing computed here that the engine knows."""
