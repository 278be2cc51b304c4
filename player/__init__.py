"""What plays figures in a browser; it knows neither Streamlit nor the engine."""
