"""The lecture as nine chapters that a student works through."""

from ui.frame import LECTURE, PARAMETERS, Frame
from ui.lecture import lecture

lecture(Frame("Lecture", PARAMETERS[LECTURE], shows_scene=False))
