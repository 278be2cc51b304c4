"""Scenes as films that play anywhere: frames drawn with Pillow, on one clock, and a GIF made of them."""
