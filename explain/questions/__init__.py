"""Questions that people ask about training, each with a scene that answers it."""
