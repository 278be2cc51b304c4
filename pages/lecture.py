"""The lecture as eleven chapters that a student works through."""

from ui.frame import Frame
from ui.lecture import lecture
from ui.pages import LECTURE

lecture(Frame(LECTURE))
