"""Sigmascope's first page: the lab."""

from ui.frame import Frame
from ui.lab import lab
from ui.pages import LAB

lab(Frame(LAB))
