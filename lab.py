"""Sigmascope's first page: the lab."""

from ui.frame import LAB, PARAMETERS, Frame
from ui.lab import lab

lab(Frame("Lab", PARAMETERS[LAB]))
