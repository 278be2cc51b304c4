"""What a person takes away of a network's training: its link, pictures of it, and its numbers."""

from charts.network.views import Studied


def share_network(shown: Studied) -> None:
    """Draw a button that opens what a person can take away."""
