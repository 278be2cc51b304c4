"""Surfaces that are measured on a grid, in place of a formula: slices of the loss of a network."""

from surfaces.measured.surface import Measured, Slice, measured_surface

__all__ = ["Measured", "Slice", "measured_surface"]
