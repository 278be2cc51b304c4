"""Why: what happened in a run in words, and the arithmetic of a step."""
