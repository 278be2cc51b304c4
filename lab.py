"""Sigmascope's first page: the lab."""

from ui.frame import Frame
from ui.lab import lab

lab(Frame("Lab"))
