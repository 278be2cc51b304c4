"""The page of a real network."""
