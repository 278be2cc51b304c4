"""Files in which somebody has kept a measured slice of a loss, as bytes from outside: read within bounds, never run."""

from surfaces.measured.files.reading import KINDS, MOST_BYTES, read

__all__ = ["KINDS", "MOST_BYTES", "read"]
