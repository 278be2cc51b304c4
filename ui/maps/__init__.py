"""The page of maps: one picture of many runs."""
