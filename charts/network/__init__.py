"""The charts of a network's training."""
