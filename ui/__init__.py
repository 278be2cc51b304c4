"""All Streamlit code: controls made from knobs, the frame of a page, the player."""
