"""Maps of many runs: what their figures show."""
