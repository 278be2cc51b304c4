"""The lecture as nine chapters that a student works through."""

from ui.frame import Frame
from ui.lecture.page import lecture

lecture(Frame("Lecture", parameters=("chapter",), shows_scene=False))
