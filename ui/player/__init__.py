"""The player: figures made in Python, animated in the browser on one clock, while the server rests."""
